"""Handing over without one owner and one case: for somebody who is absent, or a whole shift."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, Handover, ShiftHandover
from shouwen.cases.operations.handing_over import (
    AboutThem,
    AlreadyOffered,
    HandoverGone,
    NotTheOwner,
    accept_handover,
    keep_from,
    offer_handover,
    tell_offer,
)
from shouwen.cases.operations.happenings import (
    Act,
    CaseClosed,
    happened,
    locked_open,
    part_of,
    touched,
)
from shouwen.people.models import Department, Staff

ABSENCES = ("on_leave", "ill", "off_shift", "left", "overloaded")
MOST_CASES = 60


class TooManyCases(Exception):
    """More cases than one act can hand over without holding others up. The message is the most."""


class AlreadyTheirs(Exception):
    """The case is with that person already."""


@transaction.atomic
def reassign(  # noqa: PLR0913 - an offer in somebody's place has this many sides
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    reason: str,
    note: str,
    at: datetime,
    now: datetime,
    to_staff: Staff | None = None,
    to_department: Department | None = None,
) -> Handover:
    """A supervisor offers the case in the place of an absent owner, who stays until acceptance.

    An offer that waits already is taken back. `reason` is one of ABSENCES. Raises CaseClosed,
    AlreadyTheirs, AboutThem, and ValueError for another reason or unless there is exactly one addressee.
    """
    if reason not in ABSENCES:
        raise ValueError(f"not a reason to reassign a case: {reason}")
    if (to_staff is None) == (to_department is None):
        raise ValueError("a case is reassigned to one person or to one department")
    there = Handover.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked_open(case_id)
    if to_staff is not None and to_staff.pk == case.owner_id:
        raise AlreadyTheirs(to_staff.name)
    keep_from(case, to_staff)
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    waiting = case.handovers.filter(state=Handover.State.OFFERED)
    if waiting.update(state=Handover.State.WITHDRAWN, answered_at=at, answered_by=by):
        happened(act=act.part("withdrawn"), kind="case.handover_withdrawn", case=case)
    handover = Handover.objects.create(
        id=act_id,
        case=case,
        from_staff=case.owner,
        offered_by=by,
        to_staff=to_staff,
        to_department=to_department,
        note=note,
        offered_at=at,
    )
    target = to_department.code if to_department else to_staff.staff_no if to_staff else ""
    told = {"to": target, "reason": reason}
    happened(act=act.part("reassigned"), kind="case.reassigned", case=case, data=told)
    tell_offer(act=act, case=case, handover=handover)
    touched(case, act=act, kind="case.reassigned")
    return handover


@dataclass(frozen=True, slots=True)
class ShiftOffer:
    """What was offered at the end of a shift, and the numbers of cases that could not be."""

    shift: ShiftHandover
    left_out: tuple[str, ...] = ()


def hand_over_shift(
    *,
    act_id: uuid.UUID,
    case_ids: Sequence[uuid.UUID],
    by: Staff,
    note: str,
    at: datetime,
    now: datetime,
    to_staff: Staff | None = None,
    to_department: Department | None = None,
) -> ShiftOffer:
    """Offers many of one's own cases with one note; each can be accepted alone, or all at once.

    Each case is offered in a transaction of its own, so that an alarm never waits for a long list;
    the same act again goes on where it was cut short. Cases that are closed, offered or somebody
    else's by now are left out and named. Raises TooManyCases, and ValueError without a case or unless there is exactly one addressee.
    """
    if not case_ids or (to_staff is None) == (to_department is None):
        raise ValueError("a shift hands cases to one person or to one department")
    if len(case_ids) > MOST_CASES:
        raise TooManyCases(str(MOST_CASES))
    shift, _made = ShiftHandover.objects.get_or_create(
        id=act_id,
        defaults={
            "from_staff": by,
            "to_staff": to_staff,
            "to_department": to_department,
            "note": note,
            "offered_at": at,
        },
    )
    left_out = []
    for case_id in sorted(set(case_ids)):
        try:
            offer_handover(
                act_id=part_of(act_id, str(case_id)),
                case_id=case_id,
                by=by,
                note=note,
                at=at,
                now=now,
                to_staff=to_staff,
                to_department=to_department,
                shift=shift,
            )
        except (CaseClosed, NotTheOwner, AlreadyOffered, AboutThem):
            left_out.append(case_id)
    numbers = Case.objects.filter(pk__in=left_out).order_by("number")
    return ShiftOffer(shift, tuple(numbers.values_list("number", flat=True)))


def accept_shift(
    *, act_id: uuid.UUID, shift_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> tuple[Handover, ...]:
    """Accepts what still waits of a shift's hand-over; returns what was accepted now.

    Each case in a transaction of its own; the same act again goes on where it was cut short. What
    others accepted or what was settled meanwhile is passed over. Raises NotAddressed.
    """
    offers = _waiting(shift_id)
    accepted = []
    for offer in offers:
        try:
            accept_handover(
                act_id=part_of(act_id, str(offer.pk)),
                handover_id=offer.pk,
                by=by,
                at=at,
                now=now,
            )
        except HandoverGone:
            continue
        accepted.append(offer)
    return tuple(accepted)


def _waiting(shift_id: uuid.UUID) -> Iterable[Handover]:
    waiting = Handover.objects.filter(shift=shift_id, state=Handover.State.OFFERED)
    return list(waiting.order_by("case_id"))
