"""What a view reads from a request: the person, the workstation, the frame of the page."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from shouwen.clocks.queries import missed_count, readable_standard
from shouwen.people.models import Staff
from shouwen.people.presenters import Frame
from shouwen.people.rail import waiting_for

THEME_COOKIE = "shouwen_theme"


def person(request: HttpRequest) -> Staff:
    """The signed-in person; pages behind the sign-in always have one."""
    return cast("Staff", request.user)


def workstation(request: HttpRequest) -> str:
    """Where the request comes from: the address the connection was made from, no header."""
    return str(request.META.get("REMOTE_ADDR", ""))[:60]


def theme(request: HttpRequest) -> str:
    """Light or dark, as chosen in this browser."""
    return "dark" if request.COOKIES.get(THEME_COOKIE) == "dark" else "light"


def frame(request: HttpRequest, *, now: datetime) -> Frame:
    """The frame of the page that answers this request."""
    staff, standard = person(request), readable_standard()
    return Frame(
        staff=staff,
        path=request.get_full_path(),
        theme=theme(request),
        workstation=workstation(request),
        now=now,
        calendar=standard.calendar if standard else None,
        missed=missed_count(owner_no=staff.staff_no),
        waiting=waiting_for(staff),
    )
