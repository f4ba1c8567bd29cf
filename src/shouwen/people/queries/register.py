"""The register as the system administrator reads it."""

from collections.abc import Mapping

from django.db.models import Count, Q

from shouwen.access.roles import Role
from shouwen.journal.models import Entry
from shouwen.people.models import CalendarDraft, Staff
from shouwen.people.subjects import staff_subject


def staff_page(
    *, text: str = "", role: str = "", is_active: bool = True, after: str = "", limit: int = 50
) -> list[Staff]:
    """Staff by number from `after` on; `text` is part of the name or the start of the number."""
    rows = Staff.objects.filter(is_active=is_active, staff_no__gt=after)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(staff_no__startswith=text))
    if role:
        rows = rows.filter(roles__role=role)
    return list(
        rows.select_related("department").prefetch_related("roles").order_by("staff_no")[:limit]
    )


def staff_counts() -> tuple[int, int]:
    """How many people are at work, and how many are out of use."""
    counts = Staff.objects.aggregate(
        working=Count("pk", filter=Q(is_active=True)), gone=Count("pk", filter=Q(is_active=False))
    )
    return counts["working"], counts["gone"]


def holders_by_role() -> Mapping[Role, int]:
    """How many people at work hold each role; roles without a holder are there with 0."""
    counts = dict.fromkeys(Role, 0)
    rows = Staff.objects.filter(is_active=True, roles__isnull=False).order_by()
    for role, count in rows.values_list("roles__role").annotate(count=Count("pk")):
        counts[Role(role)] = count
    return counts


def history_of(*, staff_no: str, limit: int = 20) -> list[Entry]:
    """What happened to a person in the register, the newest first."""
    subject = staff_subject(staff_no)
    rows = Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return list(
        rows.exclude(kind__in=("staff.signed_in", "staff.signed_out")).order_by(
            "-happened_at", "-id"
        )[:limit]
    )


def calendar_drafts(*, limit: int = 20) -> list[CalendarDraft]:
    """Uploaded calendars, the newest first."""
    rows = CalendarDraft.objects.select_related("uploaded_by", "decided_by")
    return list(rows.order_by("-uploaded_at", "id")[:limit])
