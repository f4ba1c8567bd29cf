"""The screen-pop among so many customers, against a bare view that runs the same selects and dumps JSON.

Run by `python -m benches`; prints one line of JSON for each kind of caller. Both answer the same
calls one after the other, each as a WSGI application: ours with all that stands around a page of the
product, the session, the sign-in, the journal; the bare one with nothing.
"""

import json
import random
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import mean, quantiles
from typing import Any

import django

django.setup()

import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, RequestFactory, override_settings  # noqa: E402

from benches import many  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.customers import bulk  # noqa: E402
from shouwen.people.models import Department, Staff  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

ESTATES = 1000
ASKED = 200  # pop-ups of each kind, fewer in a small town
NOW = datetime.now(UTC)  # noqa: TID251 - a bench is an entrance
Served = Callable[[dict[str, Any]], bytes]


class BareRequest(WSGIRequest):
    """A request that finds the bare view."""

    urlconf = "benches.bare_pop"


class BareHandler(WSGIHandler):
    """Django with nothing around the view."""

    request_class = BareRequest


def main(count: int) -> None:
    """Fills an empty database and measures pop-up and bare view in turn, call by call."""
    migrate(connection)
    many.fill(count, of_estates=ESTATES)
    staff = _staff()
    chance = random.Random(5)  # noqa: S311 - made-up data
    _furnish(count)
    _past(count, staff, chance)
    many.settle()
    cookie = _signed_in(staff)
    ours = _served(WSGIHandler())
    with override_settings(MIDDLEWARE=[]):
        bare = _served(BareHandler())
    for kind, calls in _calls(count, staff, chance).items():
        _say(kind, _measured(ours, bare, calls, cookie=cookie, viewer=staff.pk))


def _measured(
    ours: Served, bare: Served, calls: Sequence[uuid.UUID], *, cookie: str, viewer: int
) -> dict[str, list[float]]:
    """Milliseconds: processor, mean; wall, 99th percentile. `again`: the same pop-up a second time."""
    make = RequestFactory()
    taken: dict[str, list[tuple[float, float]]] = {"ours": [], "again": [], "bare": []}
    for call in calls:
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_COOKIE": cookie}
        page = {**make.get(f"/calls/{call}/pop/").environ, **headers}
        plain = make.get(f"/bare/{call}/{viewer}/").environ
        bare(
            dict(plain)
        )  # both find the rows in the cache of the database: the first look is nobody's
        taken["bare"].append(_timed(bare, plain))
        taken["ours"].append(_timed(ours, page))
        taken["again"].append(_timed(ours, page))
    warm = len(calls) // 10
    return {who: _figures(each[warm:]) for who, each in taken.items()}


def _figures(taken: Sequence[tuple[float, float]]) -> list[float]:
    processor, wall = zip(*taken, strict=True)
    return [mean(processor), quantiles(wall, n=100)[-1]]


def _timed(serve: Served, environ: dict[str, Any]) -> tuple[float, float]:
    processor, wall = time.process_time(), time.perf_counter()
    serve(dict(environ))
    return (time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000


def _nobody_reads(
    _status: str, _headers: list[tuple[str, str]], _fault: Any = None, /
) -> Callable[[bytes], object]:
    """Takes the head of an answer, as a server would."""
    return len


def _served(application: WSGIHandler) -> Served:
    def serve(environ: dict[str, Any]) -> bytes:
        response = application(environ, _nobody_reads)
        body = b"".join(response)
        assert response.status_code == 200, (response.status_code, body[:300])  # noqa: S101
        return body

    return serve


# --- what is in the database ------------------------------------------------------------------------


def _furnish(count: int) -> None:
    """An account, a meter and two appliances for every home; every fiftieth customer needs care."""
    day = date(2021, 5, 1)
    for start in range(0, count, many.CHUNK):
        numbers = range(start, min(start + many.CHUNK, count))
        with transaction.atomic():
            bulk.write(
                "customers_servicepoint",
                ("premises_id", "account_no", "since"),
                [(many.premises_id(n), f"AT{n:08d}", day) for n in numbers],
            )
            bulk.write(
                "customers_meter",
                ("id", "premises_id", "serial", "kind", "installed_on"),
                [(_id(1, n), many.premises_id(n), f"M{n:09d}", "prepaid", day) for n in numbers],
            )
            bulk.write(
                "customers_appliance",
                ("id", "premises_id", "kind", "make", "made_on", "installed_on"),
                [
                    (_id(place, n), many.premises_id(n), kind, "", day, day)
                    for n in numbers
                    for place, kind in ((2, "cooker"), (3, "water_heater"))
                ],
            )


def _past(count: int, staff: Staff, chance: random.Random) -> None:
    """A year of calls, a fifth as many as customers; every third became a case, some still open."""
    callers = [chance.randrange(count) for _ in range(count // 5)]
    known = _lines(callers, count)
    for start in range(0, len(callers), many.CHUNK):
        calls, cases, clocks = [], [], []
        for place, number in enumerate(callers[start : start + many.CHUNK], start=start):
            at = NOW - timedelta(seconds=chance.randrange(365 * 86400))
            phone = known[number].phone
            case_id = _id(4, place) if place % 3 == 0 else None
            calls.append(_call(_id(5, place), phone, at, staff, case_id))
            if case_id:
                is_open = place % 30 == 0
                cases.append(_case(case_id, place, number, phone, at, staff, is_open))
                clocks += [_clock(_id(6 + n, place), case_id, n, at, is_open) for n in range(2)]
        with transaction.atomic():
            bulk.write("cases_case", _CASE, cases)
            bulk.write("hotline_call", _CALL, calls)
            bulk.write("clocks_clock", _CLOCK, clocks)


def _lines(numbers: Sequence[int], count: int) -> dict[int, many.Line]:
    """Those of the town's lines; a million of them at once would fill a small machine."""
    wanted = set(numbers)
    found = many.lines(count, of_estates=ESTATES)
    return {line.number: line for line in found if line.number in wanted}


def _calls(count: int, staff: Staff, chance: random.Random) -> dict[str, list[uuid.UUID]]:
    """Calls that ring now: of strangers to us, of people with one home, of people with a history."""
    asked = min(ASKED, count // 10)
    some = chance.sample(range(count), 3 * asked)
    known = _lines(some, count)
    with transaction.atomic():
        _two_homes(some[2 * asked :], count)
    numbers = {
        "one home": [known[number].phone for number in some[:asked]],
        "twenty calls, ten cases": [
            _busy(known[number], staff, place)
            for place, number in enumerate(some[asked : 2 * asked])
        ],
        "several homes": [known[number].phone for number in some[2 * asked :]],
        "unknown number": [f"13{place:09d}" for place in range(asked)],
    }
    found: dict[str, list[uuid.UUID]] = {}
    for kind, called in numbers.items():
        ids = [uuid.uuid4() for _ in called]
        rows = [
            _call(pk, number, NOW, staff, None, stage="talking")
            for pk, number in zip(ids, called, strict=True)
        ]
        with transaction.atomic():
            bulk.write("hotline_call", _CALL, rows)
        found[kind] = ids
    return found


def _busy(line: many.Line, staff: Staff, place: int) -> str:
    """A customer of whom there is a lot to read."""
    cases = [
        _case(_id(9, 100 * place + n), 10**7 + 100 * place + n, line.number, line.phone, NOW, staff, n < 6)
        for n in range(10)
    ]  # fmt: skip
    clocks = [_clock(_id(10 + m, 100 * place + n), case[0], m, NOW, n < 6)
              for n, case in enumerate(cases) for m in range(3)]  # fmt: skip
    calls = [
        _call(uuid.uuid4(), line.phone, NOW - timedelta(days=n + 1), staff, cases[n][0] if n < 10 else None)
        for n in range(20)
    ]  # fmt: skip
    with transaction.atomic():
        bulk.write("cases_case", _CASE, cases)
        bulk.write("clocks_clock", _CLOCK, clocks)
        bulk.write("hotline_call", _CALL, calls)
    return line.phone


def _two_homes(numbers: Sequence[int], count: int) -> None:
    bulk.write(
        "customers_occupancy",
        ("customer_id", "premises_id", "relation", "since"),
        [
            (many.customer_id(n), many.premises_id((n + 7) % count), "tenant", many.MOVED_IN_ON)
            for n in numbers
        ],
    )


_CALL = ("id", "call_id", "source", "digest", "direction", "kind", "staff_id", "number", "queue",
    "stage", "outcome", "rang_at", "ended_by", "cause", "rings", "transfers", "holds", "unheard",
    "turns", "spoken", "case_id")  # fmt: skip
_CASE = ("id", "number", "kind", "leaf", "side", "severity", "said", "channel", "state",
    "reported_at", "opened_at", "closed_at", "customer_id", "premises_id", "caller_name",
    "caller_phone", "place", "first_asked_id", "owner_id", "version")  # fmt: skip
_CLOCK = ("id", "subject_kind", "subject_id", "rule_id", "ordinal", "pack_digest",
    "calendar_version", "facts", "state", "reason", "started_at", "due_at", "judged_at", "is_open",
    "urgency_at", "next_milestone", "owner_no", "department")  # fmt: skip


def _call(
    pk: uuid.UUID,
    number: str,
    at: datetime,
    staff: Staff,
    case_id: uuid.UUID | None,
    *,
    stage: str = "over",
) -> tuple[Any, ...]:
    return (pk, str(pk), "bench", "", "inbound", "", staff.pk, number, "", stage, "answered",
        _at(at), "", "", 1, 0, "[]", "[]", "[]", 0, case_id)  # fmt: skip


def _case(
    pk: uuid.UUID,
    place: int,
    number: int,
    phone: str,
    at: datetime,
    staff: Staff,
    is_open: bool,  # noqa: FBT001
) -> tuple[Any, ...]:
    return (pk, f"B{place:09d}", "repair", "", "customer", "", "热水器不点火，家里没有热水", "phone",
        "open" if is_open else "closed", _at(at), _at(at), None if is_open else _at(at),
        many.customer_id(number), many.premises_id(number), "", phone, "", staff.pk, staff.pk, 1)  # fmt: skip


def _clock(
    pk: uuid.UUID,
    case_id: uuid.UUID,
    ordinal: int,
    at: datetime,
    is_open: bool,  # noqa: FBT001
) -> tuple[Any, ...]:
    due = at + timedelta(hours=24 + ordinal)
    return (pk, "case", case_id, "complaint-answered-72h", ordinal, "", "", "{}",
        "running" if is_open else "met", "", _at(at), _at(due), _at(at), is_open, _at(due), "",
        "1031", "")  # fmt: skip


def _at(at: datetime) -> Any:
    """An instant as the column stores it."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return at.replace(tzinfo=None).isoformat(" ")
    return at


def _id(kind: int, number: int) -> uuid.UUID:
    return uuid.UUID(int=(0xB << 124) | (kind << 100) | number)


# --- who asks ---------------------------------------------------------------------------------------


def _staff() -> Staff:
    department = Department.objects.create(code="hotline", name_zh="客服热线", name_en="Hotline")
    return Staff.objects.create_staff(
        staff_no="1031", name="王敏", password=None, department=department, roles={Role.AGENT}
    )


def _signed_in(staff: Staff) -> str:
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        client.force_login(staff)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _say(name: str, found: dict[str, list[float]]) -> None:
    sys.stdout.write(json.dumps({"name": f"pop: {name}", **found}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
