"""Of two findings the more dangerous counts until a person has decided."""

from datetime import datetime

from shouwen.core.syncing import Danger, Finding, Trouble, danger_of, standing
from shouwen.visits.models import Conflict, FieldEvent, SiteFinding
from shouwen.visits.operations.conflicts import open_conflict


def note_finding(event: FieldEvent, *, what: str, danger: str, now: datetime) -> None:
    """What was found of one thing in one home; that it differs from before is shown."""
    order, found = event.order, danger_of(danger)
    if order is None or found is None:
        return
    place = order.premises_id or order.pk
    rows = SiteFinding.objects.select_for_update(of=("self",)).select_related("event__staff")
    row = rows.filter(place=place, what=what[:40]).first()
    new = Finding(found, event.pk, event.staff.staff_no)
    known = Finding(Danger(row.danger), row.event_id, row.event.staff.staff_no) if row else None
    counts = standing(known, new)
    if counts.finding == new:
        SiteFinding.objects.update_or_create(
            place=place, what=what[:40], defaults={"danger": danger, "event": event}
        )
    if counts.differs:
        conflict = open_conflict(event=event, reason=Trouble.FINDINGS_DIFFER, now=now)
        if row:
            conflict.office = {
                **conflict.office, "finding": row.danger, "found_by": row.event.staff.name,
            }  # fmt: skip
            conflict.save(update_fields=["office"])


def settle_findings(conflict: Conflict) -> None:
    """A person decided that the last report counts, even if it is less dangerous."""
    for event in conflict.reports.select_related("order").order_by("at", "sequence"):
        order = event.order
        danger = str(event.data.get("danger", ""))
        if order is None or danger_of(danger) is None:
            continue
        what = str(event.data.get("what") or event.data.get("code") or event.kind)[:40]
        SiteFinding.objects.update_or_create(
            place=order.premises_id or order.pk, what=what,
            defaults={"danger": danger, "event": event},
        )  # fmt: skip
