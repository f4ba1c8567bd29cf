"""What waits for a person, and who is who at the door."""

import uuid
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from shouwen.people.models import Staff
from shouwen.visits.models import Conflict, Device, FieldEvent, GiftReport, Pass

MOST = 200


def open_conflicts() -> list[Conflict]:
    """What nobody decided yet, the oldest first, with both sides."""
    reports = FieldEvent.objects.order_by("at", "sequence")
    found = Conflict.objects.filter(decided_at__isnull=True).select_related(
        "order__assignee", "staff", "device"
    )
    return list(found.prefetch_related(Prefetch("reports", queryset=reports))[:MOST])


def conflict_with(*, conflict_id: uuid.UUID) -> Conflict | None:
    """One conflict."""
    return Conflict.objects.filter(pk=conflict_id).first()


def gift_reports(*, staff: Staff | None = None) -> list[GiftReport]:
    """Reports about gifts: those that wait first, then the latest. With `staff`, only their own."""
    found = GiftReport.objects.select_related("staff", "order", "decided_by")
    if staff is not None:
        found = found.filter(staff=staff)
    return list(found.order_by("decision", "-reported_at")[:MOST])


def phones() -> list[Device]:
    """Every phone, the one seen last first, with how many of its events wait."""
    waiting = Count("events", filter=Q(events__state=FieldEvent.State.HELD))
    return list(Device.objects.select_related("staff").annotate(waiting=waiting)[:MOST])


def device_of(*, device_id: uuid.UUID, staff: Staff) -> Device | None:
    """Somebody's own phone."""
    return Device.objects.filter(pk=device_id, staff=staff).first()


def pass_with(*, code: str, now: datetime) -> Pass | None:
    """Who shows this code now; None for an unknown code and outside its time."""
    found = Pass.objects.filter(code=code, valid_from__lte=now, valid_until__gte=now)
    return found.select_related("staff", "order").first()
