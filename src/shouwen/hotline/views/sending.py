"""Sending an article of the knowledge base to whoever is calling."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.hotline.views.popping import look_of, seen_call
from shouwen.knowledge.operations import NotForCustomers, send_article
from shouwen.knowledge.queries import article_with
from shouwen.messages.models import Message
from shouwen.ui.parts import Note


@require_POST
def call_send_article(request: HttpRequest, call: uuid.UUID, article: str) -> HttpResponse:
    """The article as an SMS to the number of the call; says what becomes of it."""
    found, look = seen_call(request, call), look_of(request, call)
    wanted = article_with(slug=article)
    if wanted is None:
        raise Http404(_("没有这一条知识，或已撤下"))
    try:
        act_id = uuid.UUID(request.POST.get("act_id", ""))
        message = send_article(
            act_id=act_id,
            article=wanted,
            to=found.number,
            by=look.staff,
            now=look.now,
            call_id=call,
        )
    except ValueError:
        return _said(request, Note(_("页面旧了，请刷新再发"), "warn"), status=400)
    except NotForCustomers:
        return _said(request, Note(_("这一条只供内部，不发给客户"), "warn"), status=409)
    return _said(request, _note_of(message))


def _note_of(message: Message) -> Note:
    if message.state != Message.State.SUPPRESSED:
        return Note(_("短信已交去发送"), "met")
    why = {
        "bad_address": _("这个号码收不了短信"),
        "opted_out": _("客户谢绝短信"),
        "too_many": _("发得太多，这一条不发"),
    }.get(message.reason, message.reason)
    return Note(_("没有发：%(why)s") % {"why": why}, "warn")


def _said(request: HttpRequest, note: Note, *, status: int = 200) -> HttpResponse:
    return render(request, "hotline/note.html", {"note": note}, status=status)
