"""Looking something up while the customer waits."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.knowledge import operations, queries
from shouwen.knowledge.presenters import FindPage, article_page, find_page
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note

LONGEST = 80
MOST_ANSWERS = 60


@never_cache
@require_GET
def knowledge_find(request: HttpRequest) -> HttpResponse:
    """The search; `?q=` looks, `&call=` is the call it is for. With `&asked=1` (typed to the end) a
    question without an answer is kept. As a fragment: the field first, then what it found."""
    staff, text, call = _reader(request), _text(request.GET.get("q", "")), _call(request)
    found = queries.find(text=text)
    if text and not found and request.GET.get("asked"):
        operations.note_unanswered(
            text=text,
            staff=staff,
            now=system_clock.now(),
            call_id=uuid.UUID(call) if call else None,
        )
    return _shown(request, find_page(text=text, found=found, call=call))


@require_POST
def knowledge_unanswered(request: HttpRequest) -> HttpResponse:
    """None of what was found was the answer: the question is kept."""
    staff, text, call = _reader(request), _text(request.POST.get("q", "")), _call(request)
    found = queries.find(text=text)
    operations.note_unanswered(
        text=text,
        staff=staff,
        now=system_clock.now(),
        found=len(found),
        call_id=uuid.UUID(call) if call else None,
    )
    notice = Note(_("记下了，会有人补上答案"), "met")
    return _shown(request, find_page(text=text, found=(), call=call, notice=notice))


@never_cache
@require_GET
def knowledge_article(request: HttpRequest, article: str) -> HttpResponse:
    """One article; `?answers=yn` is how far a guide has come."""
    staff, call = _reader(request), _call(request)
    found = queries.article_with(slug=article)
    if found is None:
        raise Http404(_("没有这一条知识，或已撤下"))
    answers = request.GET.get("answers", "")[:MOST_ANSWERS]
    if answers.strip("yn"):
        raise Http404(_("没有这一步"))
    can_send = bool(call) and can(staff, Action.SEARCH_CUSTOMERS)
    page = article_page(
        found,
        answers=answers,
        call=call,
        act_id=str(ids.uuid7(system_clock.now())),
        can_send=can_send and bool(operations.words_for_sms(found)),
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "knowledge/article_body.html", {"page": page})
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("知识"),
        context=found.title,
        current="knowledge_find",
    )
    return render(request, "knowledge/article.html", {"shell": outer, "page": page})


def _shown(request: HttpRequest, page: FindPage) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        is_asked = "q" in request.GET or request.method == "POST"
        part = "knowledge/find_rows.html" if is_asked else "knowledge/find_box.html"
        return render(request, part, {"page": page})
    outer = shell(
        frame(request, now=system_clock.now()), title=_("知识"), current="knowledge_find"
    )
    return render(request, "knowledge/find.html", {"shell": outer, "page": page})


def _reader(request: HttpRequest) -> Staff:
    if not can(person(request), Action.READ_KNOWLEDGE):
        raise PermissionDenied
    return person(request)


def _text(said: str) -> str:
    return said.strip()[:LONGEST]


def _call(request: HttpRequest) -> str:
    """The id of the call this is for; empty for none, or for something that is no id."""
    said = request.POST.get("call", "") or request.GET.get("call", "")
    try:
        return str(uuid.UUID(said)) if said else ""
    except ValueError:
        return ""
