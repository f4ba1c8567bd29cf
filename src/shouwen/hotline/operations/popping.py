"""Looking at a caller, and saying which of several homes is meant: both are written down."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Occupancy
from shouwen.customers.queries import seen_customers
from shouwen.hotline.models import Call, CallerChoice
from shouwen.hotline.queries import CalledBy, read_id
from shouwen.journal.operations import ConflictingEntry, record
from shouwen.people.models import Staff


class NoSuchHome(Exception):
    """Nobody of that name lives there now."""


class ChosenMeanwhile(Exception):
    """Somebody has chosen since this list was shown; the text is the version that holds now."""


@dataclass(frozen=True, slots=True)
class Look:
    """One person looking at one call, from which machine."""

    call_id: uuid.UUID
    staff: Staff
    now: datetime
    workstation: str = ""


def note_popped(*, call: CalledBy, look: Look) -> None:
    """Journals that this person has seen the caller's particulars: once for each call and person."""
    if not call.is_read:
        note_read(look=look, field="pop", id=read_id(call_id=call.id, viewer=look.staff))


def note_read(*, look: Look, field: str, id: uuid.UUID | None = None) -> None:
    """Journals that one kind of particulars was read; with an `id` once, without one every time."""
    entry = id or uuid.uuid5(look.call_id, f"{field}:{look.staff.staff_no}:{look.now.isoformat()}")
    try:
        with transaction.atomic():
            record(
                id=entry,
                kind="data.read",
                subject=Subject("call", look.call_id),
                happened_at=look.now,
                now=look.now,
                actor=look.staff.staff_no,
                workstation=look.workstation,
                data={"field": field},
            )
    except ConflictingEntry:
        if id is None:
            raise
        # Another window of the same person was a moment quicker: the read is on record.


@transaction.atomic
def choose_home(
    *,
    act_id: uuid.UUID,
    look: Look,
    version: int,
    customer_id: uuid.UUID | None,
    premises_id: uuid.UUID | None,
) -> CallerChoice:
    """Says which home a call is about; no customer: none of those on record.

    `version` is that of the choice that was shown, 0 for none. The same act again returns what
    it chose. Raises Call.DoesNotExist, NoSuchHome, ChosenMeanwhile.
    """
    there = CallerChoice.objects.filter(pk=act_id).first()
    if there:
        return there
    call = Call.objects.select_for_update().get(pk=look.call_id)
    latest = CallerChoice.objects.filter(call=call).order_by("-version").first()
    if (latest.version if latest else 0) != version:
        raise ChosenMeanwhile(str(latest.version if latest else 0))
    if customer_id is not None and not _lives(customer_id, premises_id):
        raise NoSuchHome
    chosen = CallerChoice.objects.create(
        id=act_id,
        call=call,
        version=version + 1,
        customer_id=customer_id,
        premises_id=premises_id if customer_id else None,
        staff=look.staff,
        chosen_at=look.now,
    )
    _journal(chosen, look)
    return chosen


def _lives(customer_id: uuid.UUID, premises_id: uuid.UUID | None) -> bool:
    if premises_id is None:
        return seen_customers().filter(pk=customer_id).exists()
    stays = Occupancy.objects.filter(customer__in=seen_customers(), until__isnull=True)
    return stays.filter(customer=customer_id, premises=premises_id).exists()


def _journal(chosen: CallerChoice, look: Look) -> None:
    data: dict[str, Scalar] = {"version": chosen.version}
    for name, pk in (("customer", chosen.customer_id), ("premises", chosen.premises_id)):
        if pk:
            data[name] = str(pk)
    record(
        id=chosen.pk,
        kind="call.home_chosen",
        subject=Subject("call", chosen.call_id),
        happened_at=look.now,
        now=look.now,
        actor=look.staff.staff_no,
        workstation=look.workstation,
        data=data,
    )
