"""Handing a call or its matter to somebody else: the crew, a colleague, a department, the supervisor.

A call is passed on warm only: offered with a note, and rung through once the colleague has accepted.
"""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, Handover
from shouwen.core.events import Subject
from shouwen.guiding import operations as guiding
from shouwen.hotline.models import Call
from shouwen.hotline.operations import control
from shouwen.hotline.operations.steering import (
    At,
    case_of,
    classify,
    contact_of,
    done_by,
    note_on_call,
    tick,
)
from shouwen.hotline.queries import readable_cockpit
from shouwen.journal.models import Entry
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Department, Staff


class NotAccepted(Exception):
    """The colleague has not accepted: a call is never passed on without a word."""


class NoNote(ValueError):
    """Whoever takes a matter on must be told what it is about."""


@transaction.atomic
def send_crew(at: At, *, act_id: uuid.UUID, to_staff: Staff | None = None) -> Case:
    """An alarm: the matter is offered to the emergency crew at once, whatever is known of it.

    `to_staff`: one of them who is on duty, instead of all. An offer to somebody else is taken back.
    Sent twice, it is sent once. Raises CaseClosed.
    """
    case = classify(at, kind="alarm")
    guiding.offer_to_crew(contact_of(at, case), case, act_id=act_id, to_staff=to_staff)
    done_by(at, "dispatch")
    return case


@transaction.atomic
def take_back(at: At, *, handover: Handover) -> None:
    """The offer was a slip: it is withdrawn. Raises HandoverGone, NotTheOwner."""
    guiding.take_back(contact_of(at, handover.case), handover=handover)


@transaction.atomic
def offer_call(
    at: At,
    *,
    act_id: uuid.UUID,
    note: str,
    to_staff: Staff | None = None,
    to_department: Department | None = None,
) -> Handover:
    """Offers the matter, and with it the call, to a colleague or a department.

    Raises NoNote, AlreadyOffered, NotTheOwner, CaseClosed.
    """
    if not note.strip():
        raise NoNote
    case = case_of(at)
    offer = cases.offer_handover(
        act_id=act_id,
        case_id=case.pk,
        by=at.by,
        to_staff=to_staff,
        to_department=to_department,
        note=note.strip(),
        at=at.now,
        now=at.now,
    )
    done_by(at, "pass_on")
    return offer


@transaction.atomic
def put_through(at: At, *, act_id: uuid.UUID) -> Call:
    """Rings the colleague who has accepted. Raises NotAccepted, NotControllable."""
    accepted = (
        Handover.objects.filter(case__calls=at.call.pk, state=Handover.State.ACCEPTED)
        .select_related("answered_by")
        .order_by("answered_at")
        .last()
    )
    if accepted is None or accepted.answered_by is None or accepted.answered_by == at.by:
        raise NotAccepted
    control.transfer(act_id=act_id, call=at.call, by=at.by, to=accepted.answered_by, now=at.now)
    rule = readable_cockpit().phrases.transfer
    tick(at, step="put_through", rule=rule)
    return at.call


@transaction.atomic
def ask_supervisor(at: At, *, why: str = "") -> None:
    """Asks the supervisor in; once until somebody has come."""
    came = _count(at.call, "call.supervisor_came")
    note_on_call(at, f"supervisor:{came}", "call.supervisor_asked", {"why": why})


@transaction.atomic
def supervisor_came(*, call: Call, by: Staff, now: datetime) -> None:
    """A supervisor looks after the call."""
    act = cases.part_of(call.pk, f"supervisor-came:{_count(call, 'call.supervisor_asked')}")
    if entry_with_id(id=act):
        return
    record(
        id=act,
        kind="call.supervisor_came",
        subject=Subject("call", call.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
    )


def _count(call: Call, kind: str) -> int:
    return Entry.objects.filter(subject_kind="call", subject_id=call.pk, kind=kind).count()


@transaction.atomic
def end_call(at: At, *, act_id: uuid.UUID, reason: str) -> None:
    """The agent ends the call, with a reason from the list: the record says so. Raises NotControllable."""
    note_on_call(at, f"end:{reason}", "call.end_asked", {"reason": reason})
    control.hang_up(act_id=act_id, call=at.call, by=at.by, now=at.now)
