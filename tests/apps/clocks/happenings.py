"""Cases as journals see them: short ways to let something happen to one."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict
from uuid import uuid4

from django.db import transaction

from shouwen.adapters.ids import uuid7
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import start_clocks
from shouwen.core.events import Scalar, Subject
from shouwen.journal.models import Entry
from shouwen.journal.operations import record

MONDAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
"""Monday 2 March 2026, 08:00 in Shandong."""
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
REPAIR: Mapping[str, Scalar] = {"case_kind": "repair", "side": "customer", "severity": "ordinary"}
CONSULTATION: Mapping[str, Scalar] = {"case_kind": "consultation", "side": "none"}

HANDLED = "repair-handled-6h"
DONE = "repair-done-24h"
ANSWERED = "consultation-answered-2wd"


class Days(TypedDict):
    """The days that figures are asked for; the last one is not among them."""

    since: date
    until: date


def a_case() -> Subject:
    """A case that nothing has happened to."""
    return Subject("case", uuid4())


@transaction.atomic
def happens(
    case: Subject,
    kind: str,
    *,
    at: datetime = MONDAY,
    now: datetime | None = None,
    facts: Mapping[str, Scalar] = REPAIR,
    data: Mapping[str, Scalar] | None = None,
    **more: Scalar,
) -> None:
    """What an operation on a case does: record the event, then start and judge the clocks."""
    record(
        id=uuid7(at),
        kind=kind,
        subject=case,
        happened_at=at,
        now=now or at,
        data={**(data or {}), **more},
    )
    start_clocks(subject=case, facts=facts, now=now or at)


def a_repair(*, at: datetime = MONDAY, now: datetime | None = None) -> Subject:
    """A repair reported at `at`, owned by the person first asked, its clocks running."""
    case = a_case()
    happens(case, "case.reported", at=at, now=now)
    happens(case, "case.owner_set", at=at, now=now, owner="2016")
    return case


def clock(case: Subject, rule_id: str = HANDLED) -> Clock:
    """The clock of a rule."""
    return Clock.objects.get(subject_id=case.id, rule_id=rule_id)


def told(case: Subject, kind: str) -> list[str]:
    """The rules of the entries of a kind, in order of time."""
    entries = Entry.objects.filter(subject_id=case.id, kind=kind).order_by("happened_at", "id")
    return sorted(entry.data["rule"] for entry in entries)
