"""The SQLite library that everything runs on."""

import subprocess
import sys

import pytest

from shouwen import OLDEST_SAFE_SQLITE, SqliteTooOld, refuse_unsafe_sqlite


def test_the_library_in_use_is_our_own_and_recent() -> None:
    program = "import shouwen, sqlite3; print(sqlite3.sqlite_version_info >= (3, 51, 3), sqlite3.__name__)"

    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.split() == ["True", "pysqlite3"]


def test_a_library_that_can_damage_files_is_refused_in_both_languages() -> None:
    with pytest.raises(
        SqliteTooOld, match=r"3\.40\.1[^\n]*至少需要 3\.51\.3.*\n.*3\.51\.3 or newer"
    ):
        refuse_unsafe_sqlite((3, 40, 1))


def test_the_oldest_safe_library_is_accepted() -> None:
    refuse_unsafe_sqlite(OLDEST_SAFE_SQLITE)
