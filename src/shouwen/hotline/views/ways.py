"""What an agent does about a kind of matter: the form, the superior, self-help, papers, incidents."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shouwen.cases.forms import AreaForm
from shouwen.cases.models import Case, Incident
from shouwen.cases.operations import values_of
from shouwen.cases.views.filling import values_in
from shouwen.cases.views.refusals import first_error
from shouwen.guiding.promising import drafted
from shouwen.hotline import forms
from shouwen.hotline.at_desk import on_call
from shouwen.hotline.operations import ways
from shouwen.hotline.operations.steering import At, case_of
from shouwen.hotline.presenters.ways import chosen_papers
from shouwen.hotline.queries import readable_cockpit
from shouwen.hotline.views.cockpit import parts
from shouwen.messages.models import Message
from shouwen.messages.presenters import reason_words
from shouwen.standard.forms import Listed, PaperList
from shouwen.ui.languages import worded

Deed = Callable[[HttpRequest, At], HttpResponse | None]


F = TypeVar("F", bound=Form)


class Refused(Exception):
    """The act cannot be done; the text says why and what to do."""


def fill_form(request: HttpRequest, at: At, case: Case | None = None) -> Case:
    """Writes what was filled into the form of the kind, as far as it was sent."""
    form = readable_cockpit().forms.of(at.call.kind)
    values, fault = values_in(request.POST, form)
    if fault:
        raise Refused(fault)
    case = case or case_of(at)
    return ways.fill(at, values=values, case=case) if form.field else case


def _papers_of(case: Case) -> PaperList:
    found = _found_papers(case)
    if found is None:
        raise Http404
    return found


def _found_papers(case: Case) -> PaperList | None:
    """The list of papers for a caller: of the class on record, else of the class of the home."""
    home = str(case.premises.customer_class) if case.premises else "residential"
    forms = readable_cockpit().forms
    chosen = case.details.filter(value__in=[each.id for each in forms.papers])
    known = {row.field: row.value for row in chosen}
    return chosen_papers(forms=forms, details=known, customer_class=home)


def _read(request: HttpRequest, kind: type[F]) -> F:
    form = kind(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    return form


def _ask(request: HttpRequest, at: At) -> HttpResponse:
    told = _read(request, forms.AskForm).cleaned_data
    found = drafted(on_call(viewer=at.by, call=at.call, now=at.now), now=at.now)
    if found is None:
        raise Refused(_("这一年的工作日历还没公布，算不出期限。请班长定一个时间。"))
    ways.ask_superior(at, question=told["question"], answer=told["answer"], due_at=found.due_at)
    return parts(request, toast=_("已约回电，已请示上级"))


def _solve(request: HttpRequest, at: At) -> HttpResponse:
    told = _read(request, forms.SolveForm).cleaned_data
    guides = {each.id: each for each in readable_cockpit().forms.self_help.guide}
    guide = _known(guides, told["guide"])
    words = _("电话指导（%(guide)s）：%(words)s") % {
        "guide": worded(guide.title),
        "words": told["words"],
    }
    ways.solve(at, guide=guide.id, words=words)
    return parts(request, toast=_("电话里解决，已办结"))


def _refer(request: HttpRequest, at: At) -> HttpResponse:
    told = _read(request, forms.ReferForm).cleaned_data
    plan = readable_cockpit().forms.referral
    why = _known({each.id: each for each in plan.why}, told["why"])
    where = _known({each.id: each for each in plan.where}, told["where"])
    parts_ = (worded(why.title), worded(where.title), told["words"])
    words = "；".join(part for part in parts_ if part)
    ways.refer(at, why=why.id, where=where.id, words=words)
    return parts(request, toast=_("已记下告知客户的渠道"))


def _known(listed: Mapping[str, Listed], chosen: str) -> Listed:
    if chosen not in listed:
        raise Refused(_("从列表里选一个"))
    return listed[chosen]


def _papers(request: HttpRequest, at: At) -> None:
    """All that was told, or with a script one tick after the other."""
    single = request.POST.get("tick")
    ticked = {single: request.POST.get("on") == "1"} if single else None
    try:
        ways.tell_papers(
            at, papers_of=_found_papers, told=request.POST.getlist("told"), tick_on=ticked
        )
    except ways.NoPapers:
        raise Http404 from None


def _send_papers(request: HttpRequest, at: At) -> HttpResponse:
    form, case = _read(request, forms.SendForm), case_of(at)
    papers = _papers_of(case)
    needed = [worded(each.title) for each in papers.need]
    message = ways.send_papers(
        at,
        act_id=form.act,
        case=case,
        papers=papers,
        title=worded(papers.title),
        words="；".join(needed),
        **_way(form, at),
    )
    return _sent(request, message)


def _material(request: HttpRequest, at: At) -> HttpResponse:
    fill_form(request, at)
    return parts(request, toast=_("告知的资料渠道已记下"))


def _send_material(request: HttpRequest, at: At) -> HttpResponse:
    form = _read(request, forms.SendForm)
    case = fill_form(request, at)
    plan, details = readable_cockpit().forms, values_of(case)
    what, where = (plan.field_of(each) for each in (plan.material.what, plan.material.where))
    if what is None or where is None:
        raise Http404
    told = [details.get(field.id, "") for field in (what, where)]
    if not all(told):
        raise Refused(_("先选哪种资料、到哪里取"))
    titles = [
        next((worded(each.title) for each in field.choices if each.id == value), value)
        for field, value in zip((what, where), told, strict=True)
    ]
    message = ways.send_material(
        at, act_id=form.act, case=case, what=titles[0], where=titles[1], **_way(form, at)
    )
    return _sent(request, message)


def _way(form: forms.SendForm, at: At) -> dict[str, Any]:
    channel, to = form.cleaned_data["channel"], form.cleaned_data["to"].strip()
    if channel == "mail" and "@" not in to:
        raise Refused(_("写上客户的邮箱再发"))
    return {"channel": channel, "to": to or at.call.number}


def _sent(request: HttpRequest, message: Message) -> HttpResponse:
    if message.state != Message.State.SUPPRESSED:
        return parts(request, toast=_("已交去发送"))
    return parts(request, notice=_("没有发：%(why)s") % {"why": reason_words(message.reason)})


def _join(request: HttpRequest, at: At) -> HttpResponse:
    told = _read(request, forms.JoinForm).cleaned_data
    incident = get_object_or_404(Incident.objects.select_related("lead"), pk=told["incident"])
    ways.join(at, incident=incident)
    return parts(request, toast=_("已归入管网事件 %(n)s") % {"n": incident.lead.number})


def _incident(request: HttpRequest, at: At) -> HttpResponse:
    form = _read(request, AreaForm)
    told = form.cleaned_data
    ways.open_incident(
        at, place=told["place"], zone=told["zone"], estates=form.names, until=told["until"]
    )
    return parts(request, toast=_("管网事件已开，新来电会提示归入"))


WAYS: dict[str, Deed] = {
    "ask": _ask,
    "solve": _solve,
    "refer": _refer,
    "papers": _papers,
    "send_papers": _send_papers,
    "material": _material,
    "send_material": _send_material,
    "join": _join,
    "incident": _incident,
}
