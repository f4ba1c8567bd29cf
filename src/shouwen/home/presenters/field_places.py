"""Links from a clock of field work to the page of what it runs for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action, can
from shouwen.fieldwork.queries import FieldPlace
from shouwen.people.models import Staff

_SEEN_BY = {"hazard": Action.LIST_HAZARDS, "dispatch_order": Action.VIEW_DISPATCH}


def place_text(place: FieldPlace) -> str:
    """The kind of thing and its number."""
    kind = _("隐患") if place.route == "hazard" else _("上门")
    return f"{kind} {place.number}"


def place_url(place: FieldPlace, viewer: Staff) -> str:
    """Its page; empty for whoever has no way there."""
    return reverse(place.route, args=[place.number]) if can(viewer, _SEEN_BY[place.route]) else ""
