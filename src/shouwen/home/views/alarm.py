"""Sending an alarm: from any signed-in page, or from a registered desk without a sign-in.

No lock, count, mask or lost database may stand between somebody and the crew: what cannot be
written is answered with the number to call, and the words typed stay on the page.
"""

import uuid
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.custody.entrance import DESK_COOKIE, Standing, admission, desk_at
from shouwen.custody.models import Desk
from shouwen.custody.operations import Barred, reserve_try
from shouwen.custody.policy import policy
from shouwen.home.forms import AlarmForm
from shouwen.home.presenters import sign_in_shell
from shouwen.home.presenters.alarm import alarm_page, crew_phone
from shouwen.home.views.desks import keep_token
from shouwen.hotline.at_desk import is_talking
from shouwen.hotline.operations import Alarm, send_alarm
from shouwen.people.models import Staff
from shouwen.people.requests import person, theme, workstation
from shouwen.ui.pages_security import AlarmPage

_LOST = (DatabaseError, InterfaceError)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a person, a desk, or both."""

    staff: Staff | None
    desk: Desk | None

    @property
    def text(self) -> str:
        names = [str(self.staff) if self.staff else "", self.desk.name if self.desk else ""]
        return " · ".join(name for name in names if name)


# Open for days at a desk, the page must still work when the forgery token has changed; the cookies
# that let it in are not sent along from other sites, and the origin is compared.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alarm(request: HttpRequest) -> HttpResponse:
    """The page, and sending. A stranger at an unknown machine is led to the sign-in."""
    if not _is_ours(request):
        raise PermissionDenied
    try:
        sender = _sender(request)
        if sender is None:
            return redirect(f"{reverse('sign_in')}?next={reverse('alarm')}")
        return _sent(request, sender) if request.method == "POST" else _blank(request, sender)
    except _LOST:
        return _shown(request, _faulty(request, _call_instead()), status=503)


def _sender(request: HttpRequest) -> Sender | None:
    desk, staff = desk_at(request), None
    if request.user.is_authenticated and can(person(request), Action.SEND_ALARM):
        standing = admission(request, now=system_clock.now()).standing
        is_there = standing is Standing.IN or (standing is Standing.LOCKED and desk is None)
        staff = person(request) if is_there else None
    return Sender(staff, desk) if staff or desk else None


def _blank(request: HttpRequest, sender: Sender) -> HttpResponse:
    now = system_clock.now()
    if sender.staff and "blank" not in request.GET and is_talking(staff=sender.staff):
        return redirect(f"{reverse('cockpit')}?alarm")  # the caller is at the telephone already
    page = alarm_page(
        act_id=ids.uuid7(now), from_text=sender.text, now=now, is_signed_in=bool(sender.staff)
    )
    answer = _shown(request, page)
    if sender.desk:
        keep_token(answer, request.COOKIES[DESK_COOKIE])
    return answer


def _sent(request: HttpRequest, sender: Sender) -> HttpResponse:
    now = system_clock.now()
    if sender.desk and sender.staff is None:
        try:
            reserve_try(key=f"alarm {sender.desk.pk}", limit=policy().alarms, now=now)
        except Barred:
            text = _("这台电脑刚报过很多次。请直接打抢修电话 %(crew)s。")
            fault = text % {"crew": crew_phone()}
            return _shown(request, _faulty(request, fault, sender), status=429)
    typed = _typed(request)
    case = send_alarm(
        alarm=Alarm(
            id=_act_id(request),
            staff=sender.staff,
            desk=sender.desk,
            workstation=workstation(request),
            place=typed["place"],
            phone=typed["phone"],
            what=typed["what"],
        ),
        now=now,
    )
    page = alarm_page(
        act_id=ids.uuid7(now),
        from_text=sender.text,
        now=now,
        sent=case,
        is_signed_in=bool(sender.staff),
    )
    return _shown(request, page)


def _faulty(request: HttpRequest, fault: str, sender: Sender | None = None) -> AlarmPage:
    return alarm_page(
        act_id=_act_id(request),
        from_text=sender.text if sender else "",
        now=system_clock.now(),
        typed=_typed(request),
        fault=fault,
        is_signed_in=bool(sender and sender.staff),
    )


def _call_instead() -> str:
    text = _("没有报出去：系统暂时写不进。马上打抢修电话 %(crew)s 口头报，您写的字还在下面。")
    return text % {"crew": crew_phone()}


def _typed(request: HttpRequest) -> dict[str, str]:
    return {
        "place": request.POST.get("place", "").strip()[:120],
        "phone": request.POST.get("phone", "").strip()[:20],
        "what": request.POST.get("what", "").strip()[:200],
    }


def _act_id(request: HttpRequest) -> uuid.UUID:
    form = AlarmForm(request.POST)
    given = form.cleaned_data["act_id"] if form.is_valid() else None
    return given or ids.uuid7(system_clock.now())


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    return origin in (None, f"{request.scheme}://{request.get_host()}")


def _shown(request: HttpRequest, page: AlarmPage, *, status: int = 200) -> HttpResponse:
    shell = sign_in_shell(
        now=system_clock.now(), theme=theme(request), path=request.path, title=_("报警")
    )
    return render(request, "home/alarm.html", {"shell": shell, "page": page}, status=status)
