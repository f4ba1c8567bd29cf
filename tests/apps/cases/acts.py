"""Short ways to do things to a case in tests; minutes count from the morning of the named cast."""

import uuid
from datetime import timedelta

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import clocks_of
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import people
from tests.people import MORNING


def at(minutes: float = 0):
    moment = MORNING + timedelta(minutes=minutes)
    return {"act_id": uuid.uuid4(), "at": moment, "now": moment}


def on(case: Case, minutes: float = 0, by: Staff | None = None):
    return {**at(minutes), "case_id": case.pk, "by": by or case.owner}


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def clock(case: Case, rule: str, ordinal: int = 1) -> Clock:
    found = clocks_of(subject=Subject("case", case.pk))
    return next(c for c in found if c.rule_id == rule and c.ordinal == ordinal)


def kinds(case: Case) -> list[str]:
    entries = Entry.objects.filter(subject_id=case.pk)
    return list(entries.order_by("recorded_at", "id").values_list("kind", flat=True))


def offered(case: Case, minutes: float = 1, **to) -> Handover:
    to = to or {"to_staff": people.staff("sun_li")}
    return operations.offer_handover(note="请接着办", **to, **on(case, minutes))


def promised(case: Case, due: float = 60, minutes: float = 1):
    return operations.make_promise(
        kind="call_back",
        words="10:12 前回电",
        due_at=MORNING + timedelta(minutes=due),
        **on(case, minutes),
    )
