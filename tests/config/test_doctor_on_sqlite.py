"""`shouwen doctor` on SQLite files of its own, opened by other programs and with changed settings."""

import os
import subprocess
import sys

import pytest


def doctor(home, *, program="from shouwen.cli import main; main()"):
    """What `shouwen doctor` says about an installation of its own: exit code and output."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("SHOUWEN_")
    }
    environment |= {
        "SHOUWEN_HOME": str(home),
        "SHOUWEN_STATIC": "sources",
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program, "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


FOREIGN = (
    "import sqlite3, sys; database = sqlite3.connect(sys.argv[1]); database.execute(sys.argv[2]);"
    "database.execute('SELECT count(*) FROM t').fetchone();"
    "print('open', flush=True); sys.stdin.readline()"
)


@pytest.fixture
def file(tmp_path):
    """A database file in WAL, as our own library leaves it."""
    tmp_path.chmod(0o700)
    import sqlite3  # noqa: TID251 - our own library, put in its place by the package

    path = tmp_path / "shouwen.sqlite3"
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE t (x)")
    database.commit()
    database.close()
    return path


def opened_by_another_library(file, statement):
    return subprocess.Popen(
        ["/usr/bin/env", "python3", "-S", "-c", FOREIGN, str(file), statement],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )


def test_a_new_installation_is_told_what_it_lacks(tmp_path):
    tmp_path.chmod(0o700)
    code, text = doctor(tmp_path)

    assert code == 1
    assert "run `shouwen migrate`" in text


def test_a_second_process_that_opens_the_file_with_wrong_settings_is_found(file):
    other = opened_by_another_library(file, "PRAGMA journal_mode=DELETE")
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "open"
    try:
        code, text = doctor(file.parent)
    finally:
        other.communicate("\n")

    assert code == 1
    assert f"process {other.pid} (" in text
    assert "the database file is not in WAL" in text


def test_a_process_that_opens_the_file_through_our_library_is_no_fault(file):
    program = FOREIGN.replace("import sqlite3", "import shouwen, sqlite3")
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(file), "PRAGMA journal_mode=WAL"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )
    assert other.stdout is not None
    other.stdout.readline()
    try:
        _, text = doctor(file.parent)
    finally:
        other.communicate("\n")

    assert "no other program has the database open" in text
    assert "WAL, synchronous=FULL and IMMEDIATE are in effect" in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("options['init_command'] = 'PRAGMA synchronous=NORMAL;'", "synchronous=1: a power cut"),
        ("options['transaction_mode'] = 'DEFERRED'", "transactions are DEFERRED"),
        ("del options['transaction_mode']", "transactions are DEFERRED"),
    ],
)
def test_settings_that_somebody_changed_are_found(file, change, told):
    program = (
        f"from shouwen.config import settings; options = settings.SQLITE_OPTIONS; {change}\n"
        "from shouwen.cli import main; main()"
    )

    code, text = doctor(file.parent, program=program)

    assert (code, told in text) == (1, True)
