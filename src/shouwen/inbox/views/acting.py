"""Acts on a letter. Each leads back to the letter, or to the case that it became."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.queries import standing, whole_case
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.guiding.reading import readable_leaves
from shouwen.inbox import forms, operations, queries
from shouwen.inbox.checking import broken_in, findings_on
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.letters import is_alarming
from shouwen.inbox.views.looking import letter_of, show_letter
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.requests import person


class Refused(Exception):
    """The act cannot be done; the text says why and what to do."""


@never_cache
@require_POST
def letter_act(request: HttpRequest, receipt: str, what: str) -> HttpResponse:
    """Does one thing with a letter."""
    found, deed = letter_of(request, receipt), DEEDS.get(what)
    if deed is None:
        raise Http404
    kind, do = deed
    form = kind(request.POST)
    typed = request.POST.get("words", "")
    if not form.is_valid():
        return show_letter(request, found, notice=first_error(form), typed=typed, status=422)
    try:
        answer = do(request, found, form)
    except Refused as refusal:
        return show_letter(request, found, notice=str(refusal), typed=typed, status=422)
    except operations.Taken as taken:
        text = _("%(name)s 已经领取了这封信。") % {"name": taken}
        return show_letter(request, found, notice=text, typed=typed, status=409)
    except operations.NotOpen:
        text = _("这封信已经办过了，看一眼再办。")
        return show_letter(request, found, notice=text, typed=typed, status=409)
    except operations.NotAnswerable:
        text = _("这封信不能回：机器自动发的，或者没有邮箱地址。")
        return show_letter(request, found, notice=text, typed=typed, status=409)
    except REFUSALS as refusal:
        text = refusal_words(refusal)
        return show_letter(request, found, notice=text, typed=typed, status=409)
    return answer or redirect("letter", receipt=receipt)


def _take(request: HttpRequest, found: Letter, form: Form) -> None:
    operations.take_letter(**_act(request, found, form))


class Acting(TypedDict):
    """What every act on a letter takes."""

    act_id: UUID
    letter_id: UUID
    by: Staff
    now: datetime


def _act(request: HttpRequest, found: Letter, form: Form) -> Acting:
    return {
        "act_id": form.cleaned_data["act_id"],
        "letter_id": found.pk,
        "by": person(request),
        "now": system_clock.now(),
    }


def _make_case(request: HttpRequest, found: Letter, form: Form) -> HttpResponse:
    kind, leaf = form.cleaned_data["kind"], form.cleaned_data["leaf"]
    known = readable_leaves().get(leaf)
    case = operations.make_case(
        kind=known.kind if known else kind,
        leaf=leaf if known else "",
        store=queries.file_store(),
        **_act(request, found, form),
    )
    return redirect("case", number=case.number)


def _tie(request: HttpRequest, found: Letter, form: Form) -> HttpResponse:
    case = whole_case(number=form.cleaned_data["number"].strip())
    if case is None or not can(person(request), Action.VIEW_CASE, standing(case)):
        raise Refused(_("没有这张工单，或者您看不到它。核对一下工单号。"))
    operations.tie_to_case(case=case, store=queries.file_store(), **_act(request, found, form))
    return redirect("case", number=case.number)


def _answer(request: HttpRequest, found: Letter, form: Form) -> HttpResponse | None:
    """Sends the answer. What it would break is shown first; sent all the same, it is on record."""
    act, words = _act(request, found, form), form.cleaned_data["words"]
    operations.must_be_answerable(letter=found, by=act["by"])
    broken = broken_in(findings_on(letter=found, words=words, at=act["now"]))
    is_new = {finding.rule_id for finding in broken} - form.cleaned_data["as_is"]
    if is_new and not is_alarming(found):
        return show_letter(request, found, typed=words, broken=broken, status=422)
    operations.answer_letter(words=words, template=form.cleaned_data["template"], **act)
    return None


def _spam(request: HttpRequest, found: Letter, form: Form) -> None:
    known = {each.id for each in queries.readable_letters().spam if not each.hidden}
    if form.cleaned_data["reason"] not in known:
        raise Refused(_("选一个原因"))
    operations.set_aside(reason=form.cleaned_data["reason"], **_act(request, found, form))


def _back(request: HttpRequest, found: Letter, form: Form) -> None:
    operations.take_back(**_act(request, found, form))


def _seen(request: HttpRequest, found: Letter, form: Form) -> None:
    operations.note_danger_seen(**_act(request, found, form))


def _crew(request: HttpRequest, found: Letter, form: Form) -> HttpResponse:
    case = operations.send_crew(store=queries.file_store(), **_act(request, found, form))
    return redirect("case", number=case.number)


Deed = tuple[type[Form], Callable[[HttpRequest, Letter, Form], HttpResponse | None]]
DEEDS: dict[str, Deed] = {
    "take": (ActForm, _take),
    "make_case": (forms.CaseForm, _make_case),
    "tie": (forms.TieForm, _tie),
    "answer": (forms.AnswerForm, _answer),
    "spam": (forms.SpamForm, _spam),
    "back": (ActForm, _back),
    "seen": (ActForm, _seen),
    "crew": (ActForm, _crew),
}
