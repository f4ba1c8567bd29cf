"""Starting clocks, and saying who answers for them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from shouwen.clocks.models import Clock
from shouwen.clocks.operations.beginning import record_starts
from shouwen.clocks.operations.rejudging import (
    NOBODY,
    Answering,
    alone_with,
    flag_unreadable_standard,
    renew,
)
from shouwen.clocks.operations.ruling import answered_by
from shouwen.clocks.queries.judgements import History, history
from shouwen.core.events import Scalar, Subject
from shouwen.journal.operations import record
from shouwen.standard.faults import PackFaults


@transaction.atomic
def start_clocks(
    *,
    subject: Subject,
    facts: Mapping[str, Scalar],
    now: datetime,
    answering: Answering = NOBODY,
) -> None:
    """Starts every clock that the subject's facts and events call for, and judges all of them anew.

    Call it in the transaction of each event of the subject, after recording it; the same call again
    changes nothing, other facts than before take the place of the old ones. A clock starts when an
    event it starts on has happened. `answering` is named on the first clocks of a subject; later
    `set_owner` changes it. `now` is aware UTC. Never refuses: a standard that cannot be read or a
    calendar year that is not published is flagged in the journal instead.
    """
    alone_with(subject)
    try:
        past = history(subject=subject)
    except PackFaults:
        flag_unreadable_standard(subject=subject, now=now)
        return
    told = _record_facts(past, facts=facts, now=now)
    started = record_starts(past, facts=facts, now=now)
    past = history(subject=subject) if told or started else past
    renew(past, now=now, answering=answering)


@transaction.atomic
def set_owner(*, subject: Subject, owner_no: str, department: str = "") -> None:
    """Shows who answers for the subject's clocks: a staff number and the code of a department.

    What was decided before stays with whoever answered for it then.
    """
    alone_with(subject)
    Clock.objects.filter(subject_kind=subject.kind, subject_id=subject.id).update(
        owner_no=owner_no, department=department
    )
    answered_by(subject=subject, staff_no=owner_no, department=department)


def _record_facts(past: History, *, facts: Mapping[str, Scalar], now: datetime) -> bool:
    """Whether they were not on record yet."""
    if past.facts is not None and dict(past.facts) == dict(facts):
        return False
    number = 1 + sum(entry.kind == "clock.facts_set" for entry in past.entries)
    record(
        id=uuid5(past.subject.id, f"clock.facts_set:{past.subject.kind}:{number}"),
        kind="clock.facts_set",
        subject=past.subject,
        happened_at=now,
        now=now,
        data={"n": number, "facts": dict(facts)},
        standard_version=past.pack.digest,
    )
    return True
