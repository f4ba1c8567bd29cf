"""What agents at the telephone are doing: they say so themselves, and calls change it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shouwen.hotline.models import AgentState, Call, Offer
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff
from shouwen.people.subjects import staff_subject

Status = AgentState.Status


class ExtensionTaken(Exception):
    """Somebody else sits at this extension; the text is who."""


class OnACall(Exception):
    """While a telephone rings or is spoken on, its agent's status follows the call."""


@transaction.atomic
def set_status(
    *,
    act_id: uuid.UUID,
    staff: Staff,
    status: str,
    now: datetime,
    reason: str = "",
    extension: str | None = None,
    by: Staff | None = None,
) -> AgentState:
    """What an agent says of themselves: off, not ready (with a reason), ready, after a call.

    `by` is the supervisor who says it in their place. Raises ExtensionTaken and OnACall.
    """
    state = _state(staff, now=now)
    if entry_with_id(id=act_id):
        return state
    if state.status in (Status.RINGING, Status.TALKING) and _is_under_way(state.call):
        raise OnACall(state.get_status_display())
    if extension is not None:
        other = AgentState.objects.filter(extension=extension).exclude(staff=staff)
        sitting = other.exclude(status=Status.OFF).select_related("staff").first()
        if extension and sitting:
            raise ExtensionTaken(f"{sitting.staff.name} {sitting.staff.staff_no}")
        state.extension = extension
    before = state.status
    state.status, state.reason, state.since = status, reason[:40], now
    if status != Status.AFTER_CALL:
        state.call = None
    state.save()
    if before != status or reason:
        record(
            id=act_id,
            kind="agent.status_set",
            subject=staff_subject(staff.staff_no),
            happened_at=now,
            now=now,
            actor=(by or staff).staff_no,
            data={"status": status, "reason": reason},
        )
    return state


def at_extension(extension: str) -> Staff | None:
    """Who sits at an extension now."""
    if not extension:
        return None
    state = AgentState.objects.filter(extension=extension).exclude(status=Status.OFF)
    found = state.select_related("staff").first()
    return found.staff if found else None


def follow_call(*, call: Call, offers: Sequence[Offer], now: datetime) -> None:
    """Brings the status of every agent of a call up to what the call has become.

    An agent who is busy with a later call is left alone.
    """
    for offer in offers:
        if offer.staff is not None:
            _follow(call, offer, offer.staff, now=now)


def _follow(call: Call, offer: Offer, staff: Staff, *, now: datetime) -> None:
    state = _state(staff, now=now)
    is_mine = state.call_id == call.pk
    if not is_mine and state.call_id and _is_under_way(state.call):
        return
    wanted = _wanted(call, offer, has_it=is_mine, talked=state.status == Status.TALKING)
    if wanted is None or (is_mine and wanted == state.status):
        return
    state.status = wanted
    state.call = call if wanted in (Status.RINGING, Status.TALKING, Status.AFTER_CALL) else None
    state.reason, state.since = "", now
    state.save()


def _wanted(call: Call, offer: Offer, *, has_it: bool, talked: bool) -> str | None:
    """The status that follows from a call for one of its agents; None: none of its business."""
    is_over = call.stage == Call.Stage.OVER or (
        offer.outcome == "answered" and call.staff_id != offer.staff_id
    )
    if not is_over and offer.outcome == "ringing":
        return Status.RINGING
    if not is_over and offer.outcome == "answered":
        return Status.TALKING
    if not has_it:
        return None
    return Status.AFTER_CALL if talked or offer.outcome == "answered" else Status.READY


def _is_under_way(call: Call | None) -> bool:
    return call is not None and call.stage != Call.Stage.OVER


def _state(staff: Staff, *, now: datetime) -> AgentState:
    states = AgentState.objects.select_for_update(of=("self",)).select_related("call")
    there = states.filter(pk=staff.pk).first()
    if there:
        return there
    AgentState.objects.bulk_create(
        [AgentState(staff=staff, status=Status.OFF, since=now)], ignore_conflicts=True
    )
    return states.get(pk=staff.pk)
