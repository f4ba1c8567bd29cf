"""The import as the command does it, with its own times as JSON at the end."""

import json
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from shouwen.adapters.spreadsheets import read_table  # noqa: E402
from shouwen.customers.commands import REST  # noqa: E402
from shouwen.customers.operations import Act  # noqa: E402
from shouwen.customers.operations.importing import Watch, check, import_customers  # noqa: E402


def main(file: Path) -> None:
    """Reads, checks and writes the file."""
    now = datetime.now(UTC)  # noqa: TID251 - a bench is an entrance
    started = time.perf_counter()
    table = read_table(file)
    read_at = time.perf_counter()
    checked = check(table=table, today=now.date())
    checked_at = time.perf_counter()
    assert not checked.faults, checked.faults[:3]  # noqa: S101
    done = import_customers(
        act=Act(id=uuid.uuid4(), by="", now=now, source="import"),
        checked=checked,
        digest=table.digest,
        file_name=file.name,
        watch=Watch(timer=time.perf_counter, rest=lambda: time.sleep(REST)),
    )
    line = {
        "read": read_at - started,
        "check": checked_at - read_at,
        "write": time.perf_counter() - checked_at,
        "longest": done.longest,
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
