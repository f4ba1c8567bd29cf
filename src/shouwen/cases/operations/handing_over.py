"""Handing a case to another person or department. It changes hands only when accepted."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, Handover, Ownership, Promise, ShiftHandover
from shouwen.cases.operations.happenings import (
    Act,
    entered_late,
    happened,
    is_done,
    locked,
    locked_open,
    merged_into,
    show_owner,
    touched,
)
from shouwen.core.events import Subject
from shouwen.people.models import Department, Staff


class NotTheOwner(Exception):
    """Only the owner can hand a case over or take an offer back."""


class AlreadyOffered(Exception):
    """The case is offered to somebody already; that offer has to be answered first."""


class HandoverGone(Exception):
    """The offer has been answered or taken back meanwhile. The message says how and by whom."""


class NotAddressed(Exception):
    """The offer is for another person or department."""


class AboutThem(Exception):
    """The matter is about this person: it never goes to them. The message is their name."""


def keep_from(case: Case, staff: Staff | None) -> None:
    """Raises AboutThem when the case is about this person."""
    if staff and case.details.filter(bars=True, value=staff.staff_no).exists():
        raise AboutThem(staff.name)


@transaction.atomic
def offer_handover(  # noqa: PLR0913 - an offer has this many sides
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    note: str,
    at: datetime,
    now: datetime,
    to_staff: Staff | None = None,
    to_department: Department | None = None,
    shift: ShiftHandover | None = None,
    source: str = "app",
) -> Handover:
    """Offers the case to a person or a department; the owner stays until it is accepted.

    Raises CaseClosed, NotTheOwner, AlreadyOffered, AboutThem, and ValueError unless there is exactly one
    addressee. An offer to a department is the hand-over that the record rules wait for.
    """
    there = Handover.objects.filter(pk=act_id).first()
    if there:
        return there
    if (to_staff is None) == (to_department is None):
        raise ValueError("a hand-over goes to one person or to one department")
    case = locked_open(case_id)
    if case.owner_id != by.pk:
        raise NotTheOwner(case.owner.name)
    if case.handovers.filter(state=Handover.State.OFFERED).exists():
        raise AlreadyOffered(case.number)
    keep_from(case, to_staff)
    handover = Handover.objects.create(
        id=act_id,
        case=case,
        from_staff=by,
        to_staff=to_staff,
        to_department=to_department,
        shift=shift,
        note=note,
        offered_at=at,
    )
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    tell_offer(act=act, case=case, handover=handover)
    touched(case, act=act, kind="case.handover_offered")
    return handover


def tell_offer(*, act: Act, case: Case, handover: Handover) -> None:
    """Writes that a case is offered; to a department it is the hand-over that record rules want."""
    department, person = handover.to_department, handover.to_staff
    target = department.code if department else person.staff_no if person else ""
    with entered_late(now=act.now):
        words = handover.note
        happened(
            act=act, kind="case.handover_offered", case=case, data={"to": target}, words=words
        )
        if department:
            to = {"department": target}
            happened(act=act.part("routed"), kind="case.routed", case=case, data=to)


@transaction.atomic
def accept_handover(
    *, act_id: uuid.UUID, handover_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> Handover:
    """Makes `by` the owner. Raises HandoverGone, NotAddressed, AboutThem, CaseClosed.

    When two people of a department accept at once, one becomes the owner and the other is told.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Handover.objects.get(pk=handover_id)
    case, handover = _held(handover_id)
    _must_be_open(handover)
    _must_be_addressed(handover, by)
    keep_from(case, by)
    if not case.is_open:
        _answer(handover, state=Handover.State.WITHDRAWN, by=by, at=at)
        raise HandoverGone(case.number)
    _answer(handover, state=Handover.State.ACCEPTED, by=by, at=at)
    Ownership.objects.filter(case=case, until__isnull=True).update(until=at)
    Ownership.objects.create(case=case, staff=by, since=at)
    case.owner = by
    case.department = handover.to_department or by.department or case.department
    touched(case, "owner", "department", act=act, kind="case.handover_accepted")
    given = {"from": handover.from_staff.staff_no}
    with entered_late(now=now):
        happened(act=act, kind="case.handover_accepted", case=case, data=given)
        owner = {"owner": by.staff_no}
        happened(act=act.part("owner"), kind="case.owner_set", case=case, data=owner)
    owns_promises(case, by)
    return handover


def owns_promises(case: Case, by: Staff) -> None:
    """Promises go with the case, also those of cases merged into it; so do their clocks."""
    others = merged_into(case)
    for other in others:
        show_owner(subject=Subject("case", other.pk), case=other)
    for promise in Promise.objects.filter(case__in=[case, *others], state="open"):
        promise.owner = by
        promise.save(update_fields=["owner"])
        show_owner(subject=Subject("promise", promise.pk), case=case)


@transaction.atomic
def refuse_handover(
    *,
    act_id: uuid.UUID,
    handover_id: uuid.UUID,
    by: Staff,
    reason: str,
    at: datetime,
    now: datetime,
) -> Handover:
    """Sends the offer back with a reason; the owner stays. Raises HandoverGone, NotAddressed."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Handover.objects.get(pk=handover_id)
    case, handover = _held(handover_id)
    _must_be_open(handover)
    _must_be_addressed(handover, by)
    if not reason.strip():
        raise ValueError("a refusal needs a reason")
    _answer(handover, state=Handover.State.REFUSED, by=by, at=at, refusal=reason.strip())
    happened(act=act, kind="case.handover_refused", case=case, words=reason)
    touched(case, act=act, kind="case.handover_refused")
    return handover


@transaction.atomic
def withdraw_handover(
    *, act_id: uuid.UUID, handover_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> Handover:
    """The owner, or whoever offered it in the owner's place, takes the offer back.

    Raises HandoverGone, NotTheOwner.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Handover.objects.get(pk=handover_id)
    case, handover = _held(handover_id)
    _must_be_open(handover)
    if by.pk not in (case.owner_id, handover.offered_by_id):
        raise NotTheOwner(case.owner.name)
    _answer(handover, state=Handover.State.WITHDRAWN, by=by, at=at)
    happened(act=act, kind="case.handover_withdrawn", case=case)
    touched(case, act=act, kind="case.handover_withdrawn")
    return handover


def _held(handover_id: uuid.UUID) -> tuple[Case, Handover]:
    """The offer and its case, both held. The case first: every operation locks in this order."""
    case = locked(Handover.objects.values_list("case_id", flat=True).get(pk=handover_id))
    handover = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("from_staff", "answered_by")
        .get(pk=handover_id)
    )
    return case, handover


def _must_be_open(handover: Handover) -> None:
    if handover.state != Handover.State.OFFERED:
        who = handover.answered_by.name if handover.answered_by else ""
        raise HandoverGone(f"{handover.get_state_display()} {who}".strip())


def _must_be_addressed(handover: Handover, by: Staff) -> None:
    to_person = handover.to_staff_id is not None and handover.to_staff_id == by.pk
    to_department = (
        handover.to_department_id is not None and handover.to_department_id == by.department_id
    )
    if not (to_person or to_department):
        raise NotAddressed(by.staff_no)


def _answer(handover: Handover, *, state: str, by: Staff, at: datetime, refusal: str = "") -> None:
    handover.state = state
    handover.answered_by = by
    handover.answered_at = at
    handover.refusal = refusal
    handover.save(update_fields=["state", "answered_by", "answered_at", "refusal"])
