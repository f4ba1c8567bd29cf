"""Acts on the customer at the counter, and the search for them in the register."""

from collections.abc import Callable, Mapping

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.operations import Details
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.counter import forms, operations, queries
from shouwen.counter.at_counter import served
from shouwen.counter.operations import At
from shouwen.counter.views.desk import Refused, act_of, counter_shown, must_serve
from shouwen.customers import operations as customers
from shouwen.customers.models import Customer, Premises
from shouwen.customers.operations.acts import Act as RegisterAct
from shouwen.customers.queries import search
from shouwen.guiding.operations import details_of
from shouwen.guiding.promising import drafted
from shouwen.guiding.reading import readable_cockpit, readable_leaves
from shouwen.hotline.forms import KindForm, PromiseForm, RecordForm, StepForm, WordsForm
from shouwen.people.models import Department
from shouwen.people.requests import person, workstation

NEEDED = 2  # identifying parts: one household, not a list of people


@never_cache
@require_POST
def counter_serve(request: HttpRequest, what: str) -> HttpResponse:
    """Does one thing for the customer at the clerk's counter."""
    must_serve(request)
    deed = DEEDS.get(what)
    if deed is None:
        raise Http404
    ticket = queries.own_ticket(person(request))
    if ticket is None:
        text = _("窗口前没有客户了：可能刚在别的页面办完。")
        return counter_shown(request, notice=text, status=409)
    try:
        deed(request, At(ticket, person(request), system_clock.now()))
    except Refused as refusal:
        return counter_shown(request, notice=str(refusal), status=422)
    except operations.Gone:
        text = _("这位客户已不在这一步：可能刚在别的页面办了。看一眼再办。")
        return counter_shown(request, notice=text, status=409)
    except REFUSALS as refusal:
        return counter_shown(request, notice=refusal_words(refusal), status=409)
    return redirect("counter")


@never_cache
@require_GET
def counter_find(request: HttpRequest) -> HttpResponse:
    """Customers of the register that the words mean; what is asked is journalled as elsewhere."""
    must_serve(request)
    staff, now = person(request), system_clock.now()
    needs = 1 if can(staff, Action.SEARCH_WIDELY) else NEEDED
    text = request.GET.get("q", "")
    found = search(text=text, needs=needs, limit=8)
    if text and not found.is_too_little:
        act = RegisterAct(ids.uuid7(now), staff.staff_no, now, workstation(request))
        customers.note_search(act=act, parts=found.lookup.identifies, found=len(found.rows))
    rows = [
        {
            "value": f"{row.customer_id}:{row.premises_id or ''}",
            "name": row.customer.called,
            "address": row.premises.address if row.premises else "",
            "care": bool(row.customer.special_care),
        }
        for row in found.rows
    ]
    context = {"rows": rows, "url": reverse("counter_serve", args=["customer"]), "text": text}
    return render(request, "counter/found.html", {**context, "more": found.is_too_little})


def _read(request: HttpRequest, kind: type[Form]) -> Mapping[str, object]:
    form = kind(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    return form.cleaned_data


def _begin(_request: HttpRequest, at: At) -> None:
    operations.begin(at)


def _step(request: HttpRequest, at: At) -> None:
    told = _read(request, StepForm)
    step = readable_cockpit("hall").step_of(str(told["step"]))
    if step is None:
        raise Http404
    operations.tick(
        at,
        step=step.id,
        rule=step.rule,
        count=int(str(told["count"] or 0)),
        said="said" in request.POST,
    )


def _kind(request: HttpRequest, at: At) -> None:
    operations.classify(at, kind=str(_read(request, KindForm)["kind"]))


def _record(request: HttpRequest, at: At) -> None:
    told = _read(request, RecordForm)
    case = operations.complete(at, details=_details(at, told))
    leaf = str(told["leaf"])
    if leaf and leaf in readable_leaves() and leaf != case.leaf:
        operations.classify(at, kind=readable_leaves()[leaf].kind, leaf=leaf)


def _details(at: At, told: Mapping[str, object]) -> Details:
    """What was typed; a name or address that only repeats the register is none."""
    seen = served(viewer=at.by, ticket=at.ticket, now=at.now)
    return details_of(told, customer=seen.customer, premises=seen.premises)


def _customer(request: HttpRequest, at: At) -> None:
    form = forms.CustomerForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请从列表里选一户"))
    customer_id, premises_id = form.ids
    customer = get_object_or_404(Customer, pk=customer_id)
    premises = None
    if premises_id:
        lived = {"occupancies__customer": customer, "occupancies__until__isnull": True}
        premises = get_object_or_404(Premises.objects.distinct(), pk=premises_id, **lived)
    operations.choose(at, customer=customer, premises=premises)


def _promise(request: HttpRequest, at: At) -> None:
    told = _read(request, PromiseForm)
    found = drafted(served(viewer=at.by, ticket=at.ticket, now=at.now), now=at.now)
    if found is None:
        raise Refused(_("这一年的工作日历还没公布，算不出期限。请班长定一个时间。"))
    operations.promise_answer(
        at, due_at=found.due_at, words=str(told["words"]), number=str(told["number"])
    )


def _answer(request: HttpRequest, at: At) -> None:
    operations.answer_now(at, words=str(_read(request, WordsForm)["words"]))


def _note(request: HttpRequest, at: At) -> None:
    operations.note(at, words=str(_read(request, WordsForm)["words"]))


def _dispatch(request: HttpRequest, at: At) -> None:
    operations.begin(at)
    operations.send_crew(at, act_id=act_of(request))


def _pass_on(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.PassOnForm)
    to = get_object_or_404(Department, code=str(told["to"]))
    operations.pass_on(at, act_id=act_of(request), to=to, words=str(told["words"]))


def _send_on(request: HttpRequest, at: At) -> None:
    form = forms.SendOnForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    try:
        operations.send_on(at, **form.target)
    except LookupError:
        raise Refused(_("选一个窗口或业务")) from None


def _finish(request: HttpRequest, at: At) -> None:
    form = forms.FinishForm(request.POST)
    operations.finish(at, said=form.is_valid() and bool(form.cleaned_data["said"]))


DEEDS: dict[str, Callable[[HttpRequest, At], None]] = {
    "begin": _begin,
    "step": _step,
    "kind": _kind,
    "record": _record,
    "customer": _customer,
    "promise": _promise,
    "answer": _answer,
    "note": _note,
    "dispatch": _dispatch,
    "pass_on": _pass_on,
    "send_on": _send_on,
    "finish": _finish,
}
