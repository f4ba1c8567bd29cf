"""A person decides between what a phone reported and what the office had decided."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.core.syncing import Trouble
from shouwen.fieldwork.operations import FieldRefusal, assign
from shouwen.journal.operations import record_once
from shouwen.people.models import Staff
from shouwen.visits.models import Conflict, FieldEvent
from shouwen.visits.operations.applying import apply_event
from shouwen.visits.operations.conflicts import CONFLICT
from shouwen.visits.operations.findings import settle_findings


class AlreadyDecided(Exception):
    """Somebody else was first."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(str(conflict))


class CannotApply(Exception):
    """The order has ended or somebody is at work on it: what the site says can no longer be done by itself."""


@transaction.atomic
def decide(
    *,
    act_id: uuid.UUID,
    conflict_id: uuid.UUID,
    decision: str,
    remark: str,
    by: Staff,
    now: datetime,
) -> Conflict:
    """A person decides: "site" takes what was reported as done, "office" leaves things as they are.

    Raises AlreadyDecided, CannotApply.
    """
    conflict = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict_id)
    if conflict.decided_at is not None:
        if conflict.decided_by_id == by.pk and conflict.decision == decision:
            return conflict
        raise AlreadyDecided(conflict)
    if decision == Conflict.Decision.SITE:
        _take_as_reported(act_id, conflict, by=by, now=now)
    conflict.decision, conflict.remark = decision, remark[:200]
    conflict.decided_by, conflict.decided_at = by, now
    conflict.save(update_fields=["decision", "remark", "decided_by", "decided_at"])
    record_once(
        id=act_id, kind="visit.conflict_decided", subject=Subject(CONFLICT, conflict.pk), now=now,
        actor=by.staff_no, data={"decision": decision, "reason": conflict.reason},
    )  # fmt: skip
    return conflict


def _take_as_reported(act_id: uuid.UUID, conflict: Conflict, *, by: Staff, now: datetime) -> None:
    """The reports that waited take effect, the order first given back to whoever was there."""
    if conflict.reason == Trouble.FINDINGS_DIFFER:
        settle_findings(conflict)
        return
    kept = list(
        conflict.reports.filter(state=FieldEvent.State.KEPT)
        .select_related("staff__department", "order", "device")
        .order_by("device", "sequence")
    )
    order = conflict.order
    try:
        if kept and order and order.is_open and order.assignee_id != conflict.staff_id:
            assign(
                act_id=uuid.uuid5(act_id, "assign"), order_id=order.pk, version=order.version,
                to=conflict.staff, by=by, at=now, now=now,
            )  # fmt: skip
        for event in kept:
            apply_event(event, now=now)
            event.state = FieldEvent.State.APPLIED
            event.save(update_fields=["state"])
    except FieldRefusal as refusal:
        raise CannotApply(str(refusal)) from refusal
