"""The list of messages for supervisors, sending a failed one again, and the gateway's receipts."""

import uuid
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.adapters.sms import BadGateway, is_signed
from shouwen.messages import operations
from shouwen.messages.forms import LONGEST_BODY, BadReceipts, receipts_in
from shouwen.messages.models import Message
from shouwen.messages.presenters import STATES, Found, MessagesPage
from shouwen.messages.presenters import messages_page as page_of
from shouwen.messages.queries import newest_messages
from shouwen.messages.texts import active_texts
from shouwen.messages.ways import gateway_key
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.parts import Note

ROWS = 50


@never_cache
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """The messages of the company, newest first, recipients masked."""
    return _shown(request, now=system_clock.now())


@never_cache
@require_GET
def message_rows(request: HttpRequest) -> HttpResponse:
    """The rows alone, fetched anew when something moved."""
    return render(
        request,
        "messages/message_rows.html",
        {"page": _page(request, now=system_clock.now())},
    )


@require_POST
def retry_message(request: HttpRequest, message: uuid.UUID) -> HttpResponse:
    """Sends a failed message again."""
    staff = person(request)
    if not can(staff, Action.RETRY_MESSAGE):
        raise PermissionDenied
    now = system_clock.now()
    try:
        operations.retry(
            message_id=message, by=staff.staff_no, now=now, workstation=workstation(request)
        )
    except Message.DoesNotExist:
        raise Http404 from None
    except operations.NotFailed:
        said = Note(_("这条消息现在不能重发：已经重发，或者收件人已清除"), "warn")
        return _shown(request, now=now, notice=said, status=409)
    return redirect(f"{reverse('messages')}?{request.GET.urlencode()}")


@csrf_exempt
@login_not_required
@require_POST
def sms_receipts(request: HttpRequest) -> HttpResponse:
    """Signed receipts of the SMS gateway; no session, nothing readable.

    401 without a good signature of the last five minutes, 400 when the body is no list of
    receipts, 404 when this installation has no gateway; else 200 and how many were taken.
    """
    try:
        key = gateway_key()
    except BadGateway:
        return _answer(404, error="no gateway")
    if len(request.body) > LONGEST_BODY:
        return _answer(413, error="too long")
    now = system_clock.now()
    signed = is_signed(
        key=key,
        timestamp=request.headers.get("X-Timestamp", ""),
        body=request.body,
        given=request.headers.get("X-Signature", ""),
        now=now,
    )
    if not signed:
        return _answer(401, error="signature or time")
    try:
        receipts = receipts_in(request.body)
    except BadReceipts as error:
        return _answer(400, error=str(error))
    taken = [operations.take_receipt(receipt=receipt, now=now) for receipt in receipts]
    return _answer(200, **{word: taken.count(word) for word in ("taken", "known", "unknown")})


def _answer(status: int, **said: object) -> JsonResponse:
    return JsonResponse(said, status=status)


def _shown(
    request: HttpRequest, *, now: datetime, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    page = _page(request, now=now, notice=notice)
    outer = shell(
        frame(request, now=now),
        title=_("消息"),
        context=_("短信、邮件与文件"),
        current="messages",
        is_fixed=True,
        watermark=True,
    )
    context = {"shell": outer, "page": page}
    return render(request, "messages/messages.html", context, status=status)


def _page(request: HttpRequest, *, now: datetime, notice: Note | None = None) -> MessagesPage:
    staff = person(request)
    if not can(staff, Action.VIEW_MESSAGES):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    found = newest_messages(state=state, limit=ROWS + 1, before=_before(request))
    return page_of(
        Found(
            messages=found[:ROWS],
            has_more=len(found) > ROWS,
            state=state,
            texts=active_texts(),
            now=now,
            may_retry=can(staff, Action.RETRY_MESSAGE),
            notice=notice,
        )
    )


def _before(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get("before", ""))
    except ValueError:
        return None
