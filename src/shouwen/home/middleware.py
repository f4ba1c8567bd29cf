"""What is answered when the standard in force cannot be read."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shouwen.standard.faults import PackFaults

_log = logging.getLogger(__name__)


class UnreadableStandardMiddleware:
    """Pages that need the standard say that it cannot be read, and lead to those that do without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says so; None for any other error."""
        if not isinstance(error, PackFaults):
            return None
        _log.error("the standard in force cannot be read: %s", error)
        where = {"cockpit_url": reverse("cockpit"), "alarm_url": reverse("alarm")}
        return render(request, "503.html", where, status=503)
