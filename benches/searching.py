"""Searching among so many customers: the page against the bare index query, in one process.

Run by `python -m benches`; prints one line of JSON for each kind of query and each list.
"""

import json
import random
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import django

django.setup()

import pytest  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.test import Client  # noqa: E402

from benches import many  # noqa: E402
from benches.measure import Timing, side_by_side  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.core.text.looking_up import understood  # noqa: E402
from shouwen.core.text.name_sounds import name_letters  # noqa: E402
from shouwen.core.text.search_tokens import plain  # noqa: E402
from shouwen.customers import fulltext  # noqa: E402
from shouwen.customers.models import CareEntry  # noqa: E402
from shouwen.customers.operations import Act, open_point  # noqa: E402
from shouwen.customers.queries.searching import estates_spelt_in  # noqa: E402
from shouwen.people.models import Staff  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

ESTATES = 1000
QUERIES = 40  # of each kind, fewer in a small town
CARED = 20_000  # of a million
OPENED = 60  # times each list is opened, fewer in a small town
LISTS = {
    "results, first page": "/customers/?q=花园",
    "results, half way": f"/customers/?q=花园&after={2**51}",
    "special care": "/customers/care/",
    "estates": "/customers/estates/",
}


@dataclass(frozen=True, slots=True)
class Town:
    """One filled database, and a person who is signed in there."""

    connection: BaseDatabaseWrapper
    client: Client

    def get(self, url: str) -> bytes:
        """The page at `url`, with this town's database behind it."""
        connections["default"] = self.connection
        response = self.client.get(url)
        assert response.status_code == 200  # noqa: S101
        return bytes(response.content)


def main(small: int, large: int) -> None:
    """Fills two empty databases and measures; searches in the large one, lists in both."""
    asked, opened = min(QUERIES, large // 30), min(OPENED, large // 30)
    lines = random.Random(3).sample(list(many.lines(large, of_estates=ESTATES)), asked)  # noqa: S311
    towns = {"small": _town("small", small), "large": _town("large", large)}
    _open_accounts(lines)
    for kind, queries in _queries(lines).items():
        found = side_by_side(
            {
                "empty": [lambda: towns["large"].get("/customers/")] * asked,
                "raw": [_raw(query) for query in queries],
                "ours": [_search(towns["large"], query) for query in queries],
            }
        )
        _say(f"search: {kind}", found)
    for name, url in LISTS.items():
        found = side_by_side({size: [_opened(town, url)] * opened for size, town in towns.items()})
        _say(f"list: {name}", found)


def _town(name: str, count: int) -> Town:
    _connect(name)
    migrate(connections["default"])
    many.fill(count, of_estates=ESTATES)
    _register_care(count)
    many.settle()
    return Town(connections["default"], _signed_in(_dispatcher()))


def _connect(name: str) -> None:
    """Makes an empty database beside the first one; from now on it is the one in use."""
    given = connections["default"]
    if given.vendor == "postgresql":
        with given.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    fresh = connections.create_connection("default")
    place = name if given.vendor == "postgresql" else f"{given.settings_dict['NAME']}.{name}"
    fresh.settings_dict = {**given.settings_dict, "NAME": place}
    connections["default"] = fresh


def _signed_in(staff: Staff) -> Client:
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        client.force_login(staff)
    return client


def _queries(lines: list[many.Line]) -> dict[str, list[str]]:
    names = many.estates(ESTATES)
    return {
        "end of a phone number": [line.phone[-4:] for line in lines],
        "whole phone number": [line.phone for line in lines],
        "account number": [f"AT{line.number:08d}" for line in lines],
        "surname and estate": [f"{names[line.estate]} {line.name[0]}" for line in lines],
        "whole address": [
            f"{names[line.estate]}{line.building}-{line.unit}-{line.flat}" for line in lines
        ],
        "address in words": [
            f"{names[line.estate]}{line.building}号楼{line.unit}单元{line.flat}" for line in lines
        ],
        "pinyin initials": [_initials(line.name) for line in lines],
        "one character": [line.name[-1] for line in lines],
        "two characters": [line.name[:2] for line in lines],
        "two characters of an estate": [names[line.estate][:2] for line in lines],
        "three characters": [names[line.estate][:3] for line in lines],
    }


def _initials(name: str) -> str:
    return next(word for word in name_letters(name) if len(word) == len(name))


def _raw(query: str) -> Callable[[], object]:
    """The bare question to the index for this query: ids only."""
    text = plain(query)
    matching = fulltext.matching(understood(text, estates=estates_spelt_in(text)))
    sql = {
        "sqlite": f"SELECT rowid FROM {fulltext.TABLE} WHERE {fulltext.TABLE} MATCH %s"  # noqa: S608
        " ORDER BY rowid LIMIT 21",
        "postgresql": f"SELECT id FROM {fulltext.TABLE} WHERE words @@ %s::tsquery"  # noqa: S608
        " ORDER BY id LIMIT 21",
    }[connection.vendor]

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [matching])
            cursor.fetchall()

    return ask


def _search(town: Town, query: str) -> Callable[[], object]:
    def look() -> None:
        # Finding nobody would be quick, too.
        found = b"<tr data-row" in town.get(f"/customers/?{urlencode({'q': query})}")
        assert found, query  # noqa: S101

    return look


def _opened(town: Town, url: str) -> Callable[[], object]:
    return lambda: town.get(url)


def _open_accounts(lines: list[many.Line]) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for line in lines:
        open_point(
            act=Act(id=uuid.uuid4(), by="", now=now),
            premises_id=many.premises_id(line.number),
            account_no=f"AT{line.number:08d}",
            since=now.date(),
        )


def _register_care(count: int) -> None:
    """The same share of people in the register at every size."""
    day = date(2026, 1, 1)
    CareEntry.objects.bulk_create(
        (
            CareEntry(
                id=uuid.uuid4(),
                customer_id=many.customer_id(number * (count // (CARED * count // 1_000_000))),
                kind="elderly",
                needs="说话慢一点",
                consented_on=day,
                consent_how="hall",
                since=day,
                reviewed_on=day,
                review_on=day + timedelta(days=number % 365),
            )
            for number in range(CARED * count // 1_000_000)
        ),
        batch_size=2000,
    )


def _dispatcher() -> Staff:
    return Staff.objects.create_staff(
        staff_no="3001", name="周敏", password=None, roles={Role.DISPATCHER, Role.CLERK}
    )


def _say(name: str, found: dict[str, Timing]) -> None:
    line = {"name": name} | {who: [timing.median, timing.p95] for who, timing in found.items()}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
