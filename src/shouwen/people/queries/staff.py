"""Reading the register of staff."""

from collections.abc import Set

from django.db.models import QuerySet

from shouwen.access.roles import Role
from shouwen.people.models import Department, Staff


def colleagues(*, of: Staff) -> QuerySet[Staff]:
    """Everybody at work here who can take over a case, but the person asking."""
    return (
        Staff.objects.filter(is_active=True, department__isnull=False)
        .exclude(pk=of.pk)
        .select_related("department")
        .order_by("department__code", "staff_no")
    )


def departments() -> QuerySet[Department]:
    """All departments by code."""
    return Department.objects.order_by("code")


def holders_of(*, roles: Set[Role]) -> QuerySet[Staff]:
    """Staff at work who hold any of the roles, each once."""
    return (
        Staff.objects.filter(is_active=True, roles__role__in=[role.value for role in roles])
        .distinct()
        .order_by("staff_no")
    )
