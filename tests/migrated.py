"""One migrated database for a whole test run: the first process migrates it, all others copy it."""

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

# Set by whoever starts the run, or by its first process, and inherited by the others.
_FOLDER = "SHOUWEN_TEST_MIGRATED"
_TEMPLATE = "shouwen_migrated"


def share() -> None:
    """From now on this process and its children keep the migrated database in one folder."""
    if _FOLDER not in os.environ:
        made = tempfile.mkdtemp(prefix="shouwen-migrated-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ[_FOLDER] = made


def turn_to_a_test_database(connection: Any) -> None:
    """From now on the connection works on a migrated database that no other process has.

    Nobody drops it: the folder or the server that it is in ends with the run.
    """
    name = connection.creation._get_test_db_name()
    _copy(connection, name)
    _turn(connection, name)


def migrate(connection: Any) -> None:
    """As the command does, in an empty SQLite file; by a copy where a test run keeps one."""
    if connection.vendor == "sqlite" and _FOLDER in os.environ:
        _copy(connection, connection.settings_dict["NAME"])
    else:
        _migrate(connection)


def _copy(connection: Any, name: str) -> None:
    folder = Path(os.environ[_FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes first migrates, the others wait
        if connection.vendor == "postgresql":
            _copy_on_server(connection, name)
        else:
            _copy_file(connection, folder, name)


def _copy_file(connection: Any, folder: Path, name: str) -> None:
    template = folder / "migrated.sqlite3"
    if not template.exists():
        made = folder / "half.sqlite3"
        made.unlink(missing_ok=True)  # of a process that was stopped in the middle
        _migrate_under(connection, str(made))
        made.rename(template)
    shutil.copyfile(template, name)


def _copy_on_server(connection: Any, name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE])
        is_there = cursor.fetchone()
        if not is_there:
            cursor.execute(f"DROP DATABASE IF EXISTS {_TEMPLATE}_half")
            cursor.execute(f"CREATE DATABASE {_TEMPLATE}_half")
    if not is_there:
        _migrate_under(connection, f"{_TEMPLATE}_half")
    with connection._nodb_cursor() as cursor:
        if not is_there:
            cursor.execute(f"ALTER DATABASE {_TEMPLATE}_half RENAME TO {_TEMPLATE}")
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {_TEMPLATE}')


def _migrate_under(connection: Any, name: str) -> None:
    given = connection.settings_dict["NAME"]
    _turn(connection, name)
    _migrate(connection)
    _turn(connection, given)


def _turn(connection: Any, name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate(connection: Any) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, database=connection.alias)
