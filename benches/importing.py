"""Importing a file while alarms come in: how long, the longest transaction, the slowest alarm.

Run by `python -m benches`; prints one line of JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from benches import many  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.cases.operations import NewCase, open_case  # noqa: E402
from shouwen.customers.models import Customer  # noqa: E402
from shouwen.people.models import Staff  # noqa: E402
from tests.databases import environment_of_server  # noqa: E402
from tests.migrated import migrate  # noqa: E402

BETWEEN_ALARMS = 0.2  # seconds


def main(count: int) -> None:
    """Imports `count` rows with the command while this process opens alarm cases."""
    migrate(connection)
    agent = Staff.objects.create_staff(
        staff_no="1031", name="王敏", password=None, roles={Role.AGENT}
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "customers.xlsx")
        _write(file, count)
        _alarm(agent)  # the pack is read on the first one
        started = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "benches.run_import", str(file)],
            env=_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        delays = []
        while child.poll() is None:
            delays.append(_alarm(agent))
            time.sleep(BETWEEN_ALARMS)
        took = time.perf_counter() - started
    found = json.loads((child.stdout.read() if child.stdout else "").splitlines()[-1])
    assert Customer.objects.count() == count  # noqa: S101
    line = {
        "name": "import",
        "seconds": took,
        "alarm": max(delays),
        "alarms": len(delays),
        **found,
    }
    sys.stdout.write(json.dumps(line) + "\n")


def _environment() -> dict[str, str]:
    given = environment_of_server(connection.settings_dict, home=settings.SHOUWEN_HOME)
    return {**given, "DJANGO_SETTINGS_MODULE": "benches.settings"}


def _alarm(agent: Staff) -> float:
    """Opens one alarm case; returns the seconds it took."""
    now = datetime.now(UTC)  # noqa: TID251 - a bench is an entrance
    started = time.perf_counter()
    open_case(
        new=NewCase(
            id=uuid.uuid4(), kind="alarm", said="有煤气味", reported_at=now, first_asked=agent
        ),
        now=now,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    return time.perf_counter() - started


def _write(file: Path, count: int) -> None:
    names = many.estates(200)
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(
            0, 0, ["户号", "小区", "楼", "单元", "室", "姓名", "电话", "入住日期", "表号"]
        )
        for row, line in enumerate(many.lines(count, of_estates=200), start=1):
            sheet.write_row(
                row,
                0,
                [
                    f"AT{line.number:08d}",
                    names[line.estate],
                    line.building,
                    line.unit,
                    line.flat,
                    line.name,
                    line.phone,
                    "2020-03-01",
                    f"M{line.number:08d}",
                ],
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
