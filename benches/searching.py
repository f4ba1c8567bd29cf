"""Searching among so many customers: the page against the bare index query, in one process.

Run by `python -m benches`; prints one line of JSON for each kind of query and each list.
"""

import json
import random
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

import pytest  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402
from django.test import Client  # noqa: E402

from benches import many  # noqa: E402
from benches.measure import Timing, timed  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.core.text.looking_up import understood  # noqa: E402
from shouwen.core.text.name_sounds import name_letters  # noqa: E402
from shouwen.core.text.search_tokens import plain  # noqa: E402
from shouwen.customers import fulltext  # noqa: E402
from shouwen.customers.models import CareEntry, SearchRow  # noqa: E402
from shouwen.customers.operations import Act, open_point  # noqa: E402
from shouwen.customers.queries.searching import estates_spelt_in  # noqa: E402
from shouwen.people.models import Staff  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

ESTATES = 1000
QUERIES = 40  # of each kind
CARED = 20_000


def main(count: int) -> None:
    """Fills an empty database and measures."""
    call_command("migrate", verbosity=0)
    many.fill(count, of_estates=ESTATES)
    lines = random.Random(3).sample(list(many.lines(count, of_estates=ESTATES)), QUERIES)  # noqa: S311
    _open_accounts(lines)
    _register_care(count)
    client = _signed_in(_dispatcher())
    _say("empty page", timed([lambda: _get(client, "")] * 100))
    for kind, queries in _queries(lines).items():
        raw = timed([_raw(query) for query in queries], rounds=3)
        page = timed([_page(client, query) for query in queries])
        _say(f"search: {kind}", page, raw=raw)
    for name, url in _lists():
        _say(f"list: {name}", timed([_opened(client, url)] * 60))


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


def _page(client: Client, query: str) -> Callable[[], object]:
    return lambda: _get(client, query)


def _get(client: Client, query: str) -> None:
    response = client.get("/customers/", {"q": query} if query else {})
    assert response.status_code == 200  # noqa: S101
    # Finding nobody would be quick, too.
    assert bool(query) == (b"<tr data-row" in response.content), query  # noqa: S101


def _opened(client: Client, url: str) -> Callable[[], object]:
    def open_it() -> None:
        assert client.get(url).status_code == 200  # noqa: S101

    return open_it


def _lists() -> list[tuple[str, str]]:
    middle = (SearchRow.objects.aggregate(last=Max("pk"))["last"] or 0) // 2
    return [
        ("results, first page", "/customers/?q=花园"),
        ("results, half way", f"/customers/?q=花园&after={middle}"),
        ("special care, first page", "/customers/care/"),
        ("estates", "/customers/estates/"),
    ]


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


def _say(name: str, ours: Timing, *, raw: Timing | None = None) -> None:
    line = {"name": name, "median": ours.median, "p95": ours.p95}
    if raw:
        line |= {"raw": raw.median, "raw_p95": raw.p95}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
