"""Reading desks and sign-ins."""

from django.db.models import QuerySet

from shouwen.custody.models import Desk, SignIn
from shouwen.people.models import Staff

MOST_DESKS = 500


def desks() -> list[Desk]:
    """The register: desks in use first, by name."""
    found = Desk.objects.select_related("registered_by").order_by("revoked_at", "name", "id")
    return sorted(found[:MOST_DESKS], key=lambda desk: (desk.revoked_at is not None, desk.name))


def open_sign_ins(*, staff: Staff) -> QuerySet[SignIn]:
    """Where a person is signed in now, the latest first."""
    return SignIn.objects.filter(staff=staff, ended_at__isnull=True).select_related("desk")
