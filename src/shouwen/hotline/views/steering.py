"""Acts on a call from the cockpit. Each answers with the parts of the screen as they are then."""

import uuid
from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.models import Case, Handover
from shouwen.cases.operations import Details
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.guiding.operations import details_of
from shouwen.guiding.promising import drafted
from shouwen.guiding.reading import NOTHING_SAID, crew_code
from shouwen.hotline import forms
from shouwen.hotline.at_desk import on_call
from shouwen.hotline.models import Call
from shouwen.hotline.operations import control, passing_on, steering, ways
from shouwen.hotline.operations.steering import At
from shouwen.hotline.presenters.matter import starting
from shouwen.hotline.queries import readable_cockpit, readable_leaves
from shouwen.hotline.views.cockpit import parts
from shouwen.hotline.views.ways import WAYS, Refused, fill_form
from shouwen.people.forms import ActForm
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.people.requests import person
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import Act

Deed = Callable[[HttpRequest, At], HttpResponse | None]


@never_cache
@require_POST
def cockpit_act(request: HttpRequest, call: uuid.UUID, what: str) -> HttpResponse:
    """Does one thing on the call at the agent's telephone."""
    found = _own_call(request, call)
    deed = DEEDS.get(what)
    if deed is None:
        raise Http404
    at = At(found, person(request), system_clock.now())
    try:
        answer = deed(request, at)
    except Refused as refusal:
        return parts(request, notice=str(refusal), status=422)
    except control.NotControllable as refusal:
        return parts(request, notice=worded(refusal.said), status=409)
    except passing_on.NotAccepted:
        text = _("对方还没答应。先请对方接下，再转过去：不能一转了之。")
        return parts(request, notice=text, status=409)
    except REFUSALS as refusal:
        return parts(request, notice=refusal_words(refusal), status=409)
    return answer or parts(request)


@never_cache
@require_GET
def cockpit_preview(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """The clocks that a kind would start on this call."""
    found = _own_call(request, call)
    kind = request.GET.get("kind", "")
    key = readable_cockpit().kind_of(kind)
    seen = on_call(viewer=person(request), call=found, now=system_clock.now())
    return render(request, "hotline/cockpit_clocks.html", {"clocks": starting(seen, key)})


def _own_call(request: HttpRequest, call: uuid.UUID) -> Call:
    """The call, when it is or was at this person's telephone."""
    by = person(request)
    if not can(by, Action.TAKE_CALLS):
        raise PermissionDenied
    found = get_object_or_404(Call.objects.select_related("staff", "case"), pk=call)
    is_theirs = found.staff_id == by.pk or found.offers.filter(staff=by).exists()
    if not is_theirs:
        raise Http404
    return found


def _read(request: HttpRequest, kind: type[Form]) -> Mapping[str, object]:
    form = kind(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    return form.cleaned_data


# --- what can be done


def _step(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.StepForm)
    step = readable_cockpit().step_of(str(told["step"]))
    if step is None:
        raise Http404
    steering.tick(at, step=step.id, rule=step.rule, count=int(str(told["count"] or 0)))


def _said(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.SaidForm)
    steering.tick(at, step=str(told["step"]), rule=str(told["rule"]))


def _kind(request: HttpRequest, at: At) -> None:
    steering.classify(at, kind=str(_read(request, forms.KindForm)["kind"]))


def _save(request: HttpRequest, at: At) -> Case:
    told = _read(request, forms.RecordForm)
    case = steering.complete(at, details=_details(at, told))
    case = fill_form(request, at, case)
    if readable_cockpit().kind_of(at.call.kind).passes_on and case.said != NOTHING_SAID:
        ways.pass_on(at, case=case)
    leaf = str(told["leaf"])
    if leaf and leaf in readable_leaves() and leaf != case.leaf:
        case = steering.classify(at, kind=readable_leaves()[leaf].kind, leaf=leaf)
    return case


def _record(request: HttpRequest, at: At) -> None:
    _save(request, at)


def _pass_on(request: HttpRequest, at: At) -> HttpResponse:
    """Saves the record and offers the matter to its department in one act."""
    offer = ways.pass_on(at, case=_save(request, at))
    if offer is None or offer.to_department is None:
        return parts(request, toast=_("已存；已经转过，或没有这个部门"))
    name = department_name(offer.to_department)
    return parts(request, toast=_("已转交%(name)s，等对方接收") % {"name": name})


def _details(at: At, told: Mapping[str, object]) -> Details:
    """What was typed; a name, number or address that only repeats the register is none."""
    seen = on_call(viewer=at.by, call=at.call, now=at.now)
    return details_of(told, customer=seen.customer, premises=seen.premises)


def _name(request: HttpRequest, at: At) -> None:
    """The caller is called otherwise than the screen said: an apology is owed if it was said."""
    name = str(request.POST.get("caller_name", "")).strip()[:60]
    if not name:
        raise Refused(_("写上姓氏和称呼，例如 欧阳女士"))
    seen = on_call(viewer=at.by, call=at.call, now=at.now)
    rule = readable_cockpit().phrases.name
    if seen.called and seen.called != name:
        steering.complete(at, details=Details(caller_name=name))
        steering.tick(at, step="name_wrong", rule=rule)
    elif not seen.called:
        steering.complete(at, details=Details(caller_name=name))
    steering.tick(at, step="surname", rule=rule)


def _promise(request: HttpRequest, at: At) -> HttpResponse:
    told = _read(request, forms.PromiseForm)
    seen = on_call(viewer=at.by, call=at.call, now=at.now)
    found = drafted(seen, now=at.now)
    if found is None:
        raise Refused(_("这一年的工作日历还没公布，算不出期限。请班长定一个时间。"))
    steering.promise_call_back(
        at, due_at=found.due_at, words=str(told["words"]), number=str(told["number"])
    )
    return parts(request, toast=_("回电承诺已记下，时钟在走"))


def _answer(request: HttpRequest, at: At) -> None:
    steering.answer_now(at, words=str(_read(request, forms.WordsForm)["words"]))


def _note(request: HttpRequest, at: At) -> HttpResponse:
    steering.note(at, words=str(_read(request, forms.WordsForm)["words"]))
    return parts(request, toast=_("已记进工单"))


def _advice(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.AdviceForm)
    steering.show_advice(at, rule=str(told["rule"]), used=bool(told["used"]))


def _dispatch(request: HttpRequest, at: At) -> HttpResponse:
    number = request.POST.get("to", "")
    crew = Staff.objects.filter(staff_no=number, is_active=True).first() if number else None
    case = passing_on.send_crew(at, act_id=_act_id(request, at), to_staff=crew)
    undo = Act(_("撤回"), reverse("cockpit_act", args=[at.call.pk, "undo"]))
    return parts(request, toast=_("%(n)s 已派抢修") % {"n": case.number}, undo=undo)


def _undo(_request: HttpRequest, at: At) -> None:
    code = crew_code()
    is_crew = Q(to_department__code=code) | Q(to_staff__department__code=code)
    offer = _open_offer(at).filter(is_crew).first()
    if offer:
        passing_on.take_back(at, handover=offer)


def _open_offer(at: At) -> QuerySet[Handover]:
    return Handover.objects.filter(case__calls=at.call.pk, state=Handover.State.OFFERED)


def _offer(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.OfferForm)
    sort, _sep, name = str(told["to"]).partition(":")
    act_id = uuid.UUID(str(told["act_id"]))
    note = str(told["words"])
    if sort == "staff":
        staff = get_object_or_404(Staff, staff_no=name, is_active=True)
        passing_on.offer_call(at, act_id=act_id, note=note, to_staff=staff)
    else:
        department = get_object_or_404(Department, code=name)
        passing_on.offer_call(at, act_id=act_id, note=note, to_department=department)


def _withdraw(_request: HttpRequest, at: At) -> None:
    offer = _open_offer(at).first()
    if offer:
        passing_on.take_back(at, handover=offer)


def _act_id(request: HttpRequest, at: At) -> uuid.UUID:
    form = ActForm(request.POST)
    return form.act if form.is_valid() else ids.uuid7(at.now)


def _through(request: HttpRequest, at: At) -> None:
    passing_on.put_through(at, act_id=_act_id(request, at))


def _supervisor(request: HttpRequest, at: At) -> HttpResponse:
    passing_on.ask_supervisor(at)
    return parts(request, toast=_("已请班长，班长的屏幕上有提示"))


def _pick_up(request: HttpRequest, at: At) -> None:
    control.answer(act_id=_act_id(request, at), call=at.call, by=at.by, now=at.now)


def _hold(request: HttpRequest, at: At) -> None:
    rule = readable_cockpit().phrases.before_hold
    steering.tick(at, step=f"before_hold_{len(at.call.holds) + 1}", rule=rule)
    control.hold(act_id=_act_id(request, at), call=at.call, by=at.by, now=at.now)


def _resume(request: HttpRequest, at: At) -> None:
    control.resume(act_id=_act_id(request, at), call=at.call, by=at.by, now=at.now)


def _end(request: HttpRequest, at: At) -> None:
    told = _read(request, forms.EndForm)
    reason = str(told["reason"])
    if reason not in {each.id for each in readable_cockpit().ending}:
        raise Refused(_("选一个原因"))
    passing_on.end_call(at, act_id=uuid.UUID(str(told["act_id"])), reason=reason)


DEEDS: dict[str, Deed] = {
    "step": _step,
    "said": _said,
    "kind": _kind,
    "record": _record,
    "pass_on": _pass_on,
    "name": _name,
    "promise": _promise,
    "answer": _answer,
    "note": _note,
    "advice": _advice,
    "dispatch": _dispatch,
    "undo": _undo,
    "offer": _offer,
    "withdraw": _withdraw,
    "through": _through,
    "supervisor": _supervisor,
    "pick_up": _pick_up,
    "hold": _hold,
    "resume": _resume,
    "end": _end,
    **WAYS,
}
