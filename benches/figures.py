"""The pages of figures over a year of rulings, one after the other, in one process.

Run by `python -m benches`; prints one line of JSON for each page.
"""

import json
import random
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, islice
from typing import NamedTuple

import django

django.setup()

import pytest  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from benches.measure import side_by_side  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.adapters import system_clock  # noqa: E402
from shouwen.clocks.queries import active_pack  # noqa: E402
from shouwen.clocks.queries.figures import discrepancies  # noqa: E402
from shouwen.core.kinds import Rule  # noqa: E402
from shouwen.customers import bulk  # noqa: E402
from shouwen.people.models import Department, Staff  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

DAYS = 365
TEAMS, STAFF = 8, 60
UNFOLDED = 2000  # changes that no worker has folded in yet
CHUNK = 20_000
OPENED = 15  # times each page is opened
WORDS = ("met", "missed", "excepted", "not_provable", "gap", "not_applicable")
# What the verdicts are on a day like any other; the last share is still running.
SHARES = (0.86, 0.05, 0.01, 0.01, 0.005, 0.05, 0.015)


class Ruled(NamedTuple):
    """One ruling of the year."""

    number: int
    rule: Rule
    day: date
    team: str
    person: str
    verdict: str


def rulings(count: int, *, last: date) -> Iterator[Ruled]:
    """So many rulings up to a day, the same each time: few rules are much used, most little."""
    chance = random.Random(11)  # noqa: S311 - made-up data
    rules = list(active_pack().rules.values())
    chance.shuffle(rules)
    used = list(accumulate(1 / (place + 4) for place in range(len(rules))))
    verdicts = (*WORDS, "running")
    for number in range(count):
        person = chance.randrange(STAFF)
        yield Ruled(
            number=number,
            rule=chance.choices(rules, cum_weights=used)[0],
            day=last - timedelta(days=chance.randrange(DAYS)),
            team=team_code(person % TEAMS),
            person=staff_no(person),
            verdict=chance.choices(verdicts, weights=SHARES)[0],
        )


def team_code(number: int) -> str:
    """The code of a department."""
    return f"team-{number}"


def staff_no(number: int) -> str:
    """The number of a person."""
    return str(6001 + number)


def fill(count: int, *, last: date) -> None:
    """Writes so many rulings and their figures; the last changes are left for a worker."""
    remaining = rulings(count, last=last)
    counted: Counter[tuple[str, str, str, date, str, str]] = Counter()
    written = 0
    while chunk := list(islice(remaining, CHUNK)):
        with transaction.atomic():
            _write_rulings(chunk)
            rest = [each for each in chunk if each.verdict != "running"]
            folded = [each for each in rest if each.number < count - UNFOLDED]
            _write_changes([each for each in rest if each.number >= count - UNFOLDED])
        for each in folded:
            for place in (
                ("all", "", ""),
                ("team", each.team, ""),
                ("person", each.team, each.person),
            ):
                counted[*place, each.day, each.rule.id, each.verdict] += 1
        written += len(chunk)
    _write_figures(counted)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main(count: int) -> None:
    """Fills an empty database with a year and opens its pages."""
    migrate(connection)
    last = system_clock.now().astimezone(active_pack().calendar.zone).date()
    fill(count, last=last)
    assert discrepancies() == [], "the figures are not those of the rulings"  # noqa: S101
    clients = _clients()
    busiest = next(rulings(1, last=last)).rule.id
    pages = {
        "all, a year": ("all", "/figures/?period=year"),
        "all, a year, by clause": ("all", "/figures/?period=year&sort=clause&show=all"),
        "all, 30 days": ("all", "/figures/?period=month"),
        "a team, a year": ("all", f"/figures/?period=year&team={team_code(3)}"),
        "a person, a year": ("all", f"/figures/?period=year&person={staff_no(7)}"),
        "a lead's team, a year": ("lead", "/figures/?period=year"),
        "one's own, a year": ("own", "/figures/?period=year"),
        "one rule, a year": ("all", f"/figures/{busiest}/?period=year"),
        "one rule, a year, of a person": (
            "own",
            f"/figures/{busiest}/?period=year&verdict=all",
        ),
    }
    for name, (who, url) in pages.items():
        found = side_by_side({"ours": [_opened(clients[who], url)] * OPENED})
        line = {"name": f"figures: {name}", "ours": [found["ours"].median, found["ours"].p95]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _opened(client: Client, url: str) -> Callable[[], None]:
    def open_page() -> None:
        page = client.get(url)
        assert page.status_code == 200, url  # noqa: S101
        # One person has not had every rule among few rulings.
        assert b"<tr data-row" in page.content or "verdict=all" in url, url  # noqa: S101

    return open_page


def _clients() -> dict[str, Client]:
    departments = [
        Department.objects.create(code=team_code(n), name_zh=f"{n + 1}班", name_en=f"Team {n + 1}")
        for n in range(TEAMS)
    ]
    people = [
        Staff.objects.create_staff(
            staff_no=staff_no(number),
            name=f"员工{number}",
            password=None,
            department=departments[number % TEAMS],
            roles={Role.DISPATCHER if number < TEAMS else Role.AGENT},
        )
        for number in range(STAFF)
    ]
    manager = Staff.objects.create_staff(
        staff_no="9001", name="陈总", password=None, roles={Role.COMPANY_MANAGER}
    )
    return {
        who: _signed_in(staff)
        for who, staff in (("all", manager), ("lead", people[3]), ("own", people[20]))
    }


def _signed_in(staff: Staff) -> Client:
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        client.force_login(staff)
    return client


def _write_rulings(chunk: list[Ruled]) -> None:
    columns = (
        "id", "rule_id", "clause", "subject_kind", "subject_id", "ordinal", "verdict", "reason",
        "failed", "due_at", "decided_at", "day", "stage", "department", "staff_no", "rule_from",
        "pack_digest",
    )  # fmt: skip
    bulk.write("clocks_ruling", columns, map(_ruling, chunk))


def _ruling(each: Ruled) -> tuple[object, ...]:
    # Ten in the morning in Shandong and so many seconds.
    at = datetime.combine(each.day, time(2), tzinfo=UTC) + timedelta(seconds=each.number % 20_000)
    moment = at.isoformat(sep=" ") if connection.vendor == "sqlite" else at
    return (
        uuid.UUID(int=(0xF << 124) | each.number), each.rule.id, each.rule.clause, "case",
        uuid.UUID(int=(0xE << 124) | each.number), 1, each.verdict, "", "[]", moment, moment,
        each.day, each.rule.stage, each.team, each.person, each.rule.versions[0].from_, "bench",
    )  # fmt: skip


def _write_changes(chunk: list[Ruled]) -> None:
    columns = ("rule_id", "day", "department", "staff_no", "verdict", "change")
    bulk.write(
        "clocks_figurechange",
        columns,
        [(each.rule.id, each.day, each.team, each.person, each.verdict, 1) for each in chunk],
    )


def _write_figures(counted: Counter[tuple[str, str, str, date, str, str]]) -> None:
    rows: dict[tuple[object, ...], dict[str, int]] = {}
    for (*place, verdict), count in counted.items():
        rows.setdefault(tuple(place), dict.fromkeys(WORDS, 0))[verdict] = count
    columns = ("scope", "department", "staff_no", "day", "rule_id", *WORDS)
    with transaction.atomic():
        bulk.write(
            "clocks_figure", columns, ((*place, *row.values()) for place, row in rows.items())
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
