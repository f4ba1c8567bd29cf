"""The databases that tests run on: an SQLite file, or a PostgreSQL server started for this run alone."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import transaction

_KIND = "SHOUWEN_TEST_DATABASE"
_SERVER = "SHOUWEN_TEST_SERVER"
_POSTGRESQL = (
    "SHOUWEN_TEST_POSTGRESQL"  # set by the process that started it, inherited by the others
)
_HOME = "SHOUWEN_TEST_HOME"

# No network, and no waiting for the disk.
_SETTINGS = (
    "-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off",
    "-c", "full_page_writes=off", "-c", "max_connections=100", "-c", "shared_buffers=64MB",
)  # fmt: skip


def home() -> str:
    """A data folder for this process, removed at its end; a server under test is given its own."""
    given = os.environ.get(_HOME)
    if given:
        return given
    made = tempfile.mkdtemp(prefix="shouwen-test-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def settings(*, home: Path, sqlite_options: dict[str, Any]) -> dj_database_url.DBConfig:
    """What Django is told about the database of this test run."""
    served = os.environ.get(_SERVER)
    if served:
        found = dj_database_url.parse(served, conn_max_age=60)
    elif os.environ.get(_KIND, "sqlite") == "postgresql":
        found = dj_database_url.parse(postgresql_url())
    else:
        found = dj_database_url.parse(f"sqlite:///{home / 'shouwen.sqlite3'}")
        # A real file, because several processes and threads open it.
        found["TEST"] = {"NAME": str(home / "test.sqlite3")}
    if found["ENGINE"].endswith("sqlite3"):
        # As in use, but without waiting for the disk: no test switches the power off.
        found["OPTIONS"] = {
            **sqlite_options,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        }
    return found


def environment_of_server(connection_settings: dict[str, Any], *, home: Path) -> dict[str, str]:
    """The environment in which a child process works on the database of the running test."""
    name = connection_settings["NAME"]
    if connection_settings["ENGINE"].endswith("sqlite3"):
        url = f"sqlite:///{name}"
    else:
        url = f"{postgresql_url().rpartition('/')[0]}/{name}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{Path.cwd() / 'src'}:{Path.cwd()}",
        _SERVER: url,
        _HOME: str(home),
        "SHOUWEN_TELEPHONY": "simulator",  # journeys play the exchange by hand
    }


# --- PostgreSQL -----------------------------------------------------------------------------------------


def postgresql_url() -> str:
    """The server of this test run; started on the first call, by whichever process comes first."""
    if _POSTGRESQL not in os.environ:
        os.environ[_POSTGRESQL] = _start_postgresql()
    return os.environ[_POSTGRESQL]


def _start_postgresql() -> str:
    folder = Path(tempfile.mkdtemp(prefix="shouwen-pg-"))
    user = _unprivileged_user()
    if user:
        shutil.chown(folder, user, user)
    programs = _programs()
    _run_as(user, programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", cwd=folder)  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            _as(user, programs / "postgres", "-D", folder / "data", "-k", folder, *_SETTINGS),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
        )
    atexit.register(_stop_postgresql, server, folder)
    _wait_for_socket(server, folder)
    return f"postgresql://postgres@{str(folder).replace('/', '%2F')}/shouwen"


def _stop_postgresql(server: subprocess.Popen[bytes], folder: Path) -> None:
    os.killpg(server.pid, signal.SIGQUIT)  # at once: nothing in it is kept
    server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


def _wait_for_socket(server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        if (folder / ".s.PGSQL.5432").exists():
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit(f"PostgreSQL 未能启动 / PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit(
            "缺少 PostgreSQL：请安装 postgresql / PostgreSQL is missing: install Debian's `postgresql`"
        )
    return found[-1].parent


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to be run by root; Debian's package brings a user for it."""
    return "postgres" if os.geteuid() == 0 else None


def _as(user: str | None, *argv: object) -> list[str]:
    # The kernel ends the server when the tests are killed.
    change = ["setpriv", "--pdeathsig", "QUIT"]
    if user:
        change += ["--reuid", user, "--regid", user, "--clear-groups"]
    return [*change, "--", *map(str, argv)]


def _run_as(user: str | None, *argv: object, cwd: Path) -> None:
    done = subprocess.run(_as(user, *argv), cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{argv[0]}: {done.stderr}")


# --- clearing an append-only database -------------------------------------------------------------------


@contextmanager
def without_triggers(connection: Any) -> Iterator[None]:
    """Let a test empty the tables whose triggers refuse every removal; the triggers stand again after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


# Written by `migrate`, never by a test.
_KEPT = ("django_content_type", "auth_permission")


def deletions(operations: Any, style: Any, tables: list[str], **_ways: bool) -> list[str]:
    """What empties the tables, in any order: no trigger and no foreign key looks.

    PostgreSQL's TRUNCATE makes new files for every table and index: 0.3 s where a few rows are to go.
    """
    return [
        f"DELETE FROM {operations.quote_name(table)};"  # noqa: S608 - names of our tables
        for table in tables
        if table not in _KEPT
    ]


def emptied(operations: Any, deletions: list[str]) -> None:
    """Empties the tables, the append-only ones too."""
    connection = operations.connection
    with (
        transaction.atomic(connection.alias),
        without_triggers(connection),
        connection.cursor() as cursor,
    ):
        for statement in deletions:
            cursor.execute(statement)
