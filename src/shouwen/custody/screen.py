"""What every signed-in page needs to know of its lock, for the frame; read only when the frame asks."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from shouwen.custody.entrance import TOLD
from shouwen.custody.policy import policy
from shouwen.people.requests import person
from shouwen.ui.parts import Field, Toast


def screen(request: HttpRequest) -> dict[str, Any]:
    """The context `screen`: idle seconds, the lock's addresses, a sentence to tell once."""
    return {"screen": SimpleLazyObject(lambda: _screen(request))}


def _screen(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    idle = policy().idle_after(person(request).role_set)
    told = request.session.pop(TOLD, "")
    return {
        "idle_seconds": int(idle.total_seconds()) if idle else 0,
        "lock_url": reverse("lock"),
        "awake_url": reverse("awake"),
        "alarm_url": reverse("alarm"),
        "security_url": reverse("security"),
        "field": Field("password", _("密码"), "password", autocomplete="current-password"),
        "toast": Toast(told) if told else None,
    }
