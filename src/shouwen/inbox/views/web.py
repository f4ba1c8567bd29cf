"""The form on the web and the look at a receipt: open to everybody, counted by address.

Danger goes by telephone: the page says so before anything else, and again after a form that speaks of it.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouwen.adapters import ids, system_clock
from shouwen.core.mail import MailFile
from shouwen.custody.operations import Barred, reserve_try
from shouwen.custody.policy import Limit
from shouwen.inbox import forms, operations, queries
from shouwen.inbox.models import Letter
from shouwen.inbox.operations import Bringing, WebLetter
from shouwen.inbox.presenters.web import contact_page, public_state, status_page
from shouwen.people.requests import workstation
from shouwen.standard.letters import Often

_KEPT = ("name", "phone", "mail", "place", "words")
_LOST = (DatabaseError, InterfaceError)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The form; sent, its receipt."""
    if request.method != "POST":
        return _shown(request)
    form = forms.ContactForm(request.POST)
    if not form.is_valid():
        return _shown(request, errors=_errors(form), status=422)
    try:
        _count(f"contact {workstation(request)}", queries.readable_letters().web)
        letter = _received(request, form)
    except Barred:
        text = _("这个地址刚交过很多次。请过一会儿再交，或者打电话 %(phone)s。")
        return _shown(request, fault=text, status=429)
    except operations.OtherLetter:
        text = _("这张表刚才已经交过。要补充，请重新打开本页再写一张。")
        return _shown(request, fault=text, status=409)
    except _LOST:
        text = _("没有收到：系统暂时写不进。您写的字还在下面，请再交一次或者打电话 %(phone)s。")
        return _shown(request, fault=text, status=503)
    return _shown(request, sent=letter)


def _received(request: HttpRequest, form: Form) -> Letter:
    told, now = form.cleaned_data, system_clock.now()
    files = request.FILES.getlist("files")[: queries.readable_letters().web.files]
    return operations.receive_web(
        letter=WebLetter(
            id=told["act_id"],
            name=told["name"],
            phone=told["phone"],
            mail=told["mail"],
            place=told["place"],
            words=told["words"],
            is_trapped=bool(told["website"]),
        ),
        files=[MailFile(file.name or "", file.read()) for file in files],
        by=Bringing(queries.file_store(), now, now),
    )


def _count(key: str, often: Often) -> None:
    limit = Limit(often.most, timedelta(minutes=often.minutes))
    reserve_try(key=key, limit=limit, now=system_clock.now())


def _shown(
    request: HttpRequest,
    *,
    errors: Mapping[str, str] | None = None,
    fault: str = "",
    sent: Letter | None = None,
    status: int = 200,
) -> HttpResponse:
    page = contact_page(
        plan=queries.readable_letters(),
        act_id=_act_id(request) if fault else ids.uuid7(system_clock.now()),
        typed={name: request.POST.get(name, "")[:4000] for name in _KEPT},
        errors=errors or {},
        fault=fault,
        sent=sent,
    )
    context = {"page": page, "fault": fault % {"phone": page.hotline} if fault else ""}
    return render(request, "inbox/contact.html", context, status=status)


def _act_id(request: HttpRequest) -> uuid.UUID:
    """A form that could not be kept goes under the same id again."""
    try:
        return uuid.UUID(request.POST.get("act_id", ""))
    except ValueError:
        return ids.uuid7(system_clock.now())


def _errors(form: Form) -> dict[str, str]:
    return {name: str(listed[0]) for name, listed in form.errors.items()}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_status(request: HttpRequest) -> HttpResponse:
    """How a letter stands, for whoever knows its receipt and the telephone; nothing else is told."""
    if request.method != "POST":
        return _status(request)
    form = forms.StatusForm(request.POST)
    if not form.is_valid():
        return _status(request, errors=_errors(form), status=422)
    receipt = form.cleaned_data["receipt"].strip().upper()
    often = queries.readable_letters().status
    try:
        # By address and by receipt: nobody tries all ten thousand endings of a number.
        _count(f"receipt {workstation(request)}", often)
        _count(f"receipt {receipt}", often)
    except Barred:
        return _status(request, fault=_("查得太多了，请过一会儿再查。"), status=429)
    found = queries.letter_asked_for(receipt=receipt, phone_tail=form.cleaned_data["tail"])
    if found is None:
        fault = _("没有这个编号，或者电话后四位不对。")
        return _status(request, fault=fault, status=404)
    return _status(request, state=public_state(found))


def _status(
    request: HttpRequest,
    *,
    errors: Mapping[str, str] | None = None,
    fault: str = "",
    state: str = "",
    status: int = 200,
) -> HttpResponse:
    typed = {"receipt": request.POST.get("receipt", request.GET.get("receipt", ""))[:16]}
    page = status_page(typed=typed, errors=errors or {}, fault=fault, state=state)
    return render(request, "inbox/status.html", {"page": page}, status=status)
