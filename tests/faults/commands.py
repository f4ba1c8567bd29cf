"""The program's own commands as processes of their own, on the database of the running test."""

import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests import databases


def started(*words: object, home: Path) -> subprocess.Popen[str]:
    """`shouwen WORDS`, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "shouwen.cli", *map(str, words)],
        env=databases.environment_of_server(connection.settings_dict, home=home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(*words: object, home: Path, within: float = 180) -> tuple[int, str]:
    """Exit code of `shouwen WORDS` and all it said."""
    process = started(*words, home=home)
    said, _ = process.communicate(timeout=within)
    return process.returncode, said
