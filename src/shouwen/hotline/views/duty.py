"""An agent's status, the check at the start of a shift, dialling what was promised, a supervisor's help."""

import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.models import Handover, Promise
from shouwen.cases.operations import accept_handover, part_of
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.hotline.at_desk import state_of
from shouwen.hotline.forms import CheckForm, DialForm, OutcomeForm, StatusForm
from shouwen.hotline.models import Call, CallAttempt
from shouwen.hotline.operations import ExtensionTaken, OnACall, passing_on, set_status
from shouwen.hotline.operations.dialling import dial_promise
from shouwen.hotline.operations.duty import NotChecked, check_in, go_ready, last_of, last_variant
from shouwen.hotline.presenters.shift_check import item_names, shift_check_page
from shouwen.hotline.queries import readable_standard
from shouwen.hotline.queries.call_backs import next_due
from shouwen.hotline.views.callbacks import CALL_REFUSALS, call_refusal, promised, say_outcome
from shouwen.hotline.views.cockpit import parts
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person

_LONGEST_CHECK = timedelta(minutes=60)


@never_cache
@require_POST
def cockpit_status(request: HttpRequest) -> HttpResponse:
    """What the agent says of themselves."""
    by, now = _taker(request), system_clock.now()
    form = StatusForm(request.POST)
    if not form.is_valid():
        return parts(request, notice=first_error(form), status=422)
    status, reason = form.cleaned_data["status"], form.cleaned_data["reason"]
    try:
        if status == "ready":
            go_ready(act_id=form.act, staff=by, now=now)
        else:
            set_status(act_id=form.act, staff=by, status=status, reason=reason, now=now)
    except NotChecked:
        text = _("先做班前检查，再上线接电话。漏气报警不受影响。")
        return parts(request, notice=text, status=409)
    except OnACall as refusal:
        return parts(request, notice=_("现在是“%(s)s”，通话结束再改") % {"s": refusal}, status=409)
    return parts(request)


@never_cache
@require_POST
def cockpit_dial(request: HttpRequest) -> HttpResponse:
    """Calls back what was promised."""
    _taker(request)
    form = DialForm(request.POST)
    if not form.is_valid():
        return parts(request, notice=first_error(form), status=422)
    found = promised(request, form.cleaned_data["promise"], Action.CALL_BACK)
    return _dialled(request, found, form)


@never_cache
@require_POST
def cockpit_next(request: HttpRequest) -> HttpResponse:
    """Calls back whoever is due first of this person's promises."""
    by = _taker(request)
    form = ActForm(request.POST)
    if not form.is_valid():
        return parts(request, notice=first_error(form), status=422)
    if CallAttempt.objects.filter(pk=form.act).exists():
        return parts(request)
    found = next_due(viewer=by, now=system_clock.now())
    if found is None:
        return parts(request, notice=_("现在没有要打的回电"), status=409)
    return _dialled(request, found, form)


@never_cache
@require_POST
def cockpit_outcome(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """What became of a call-back that was dialled."""
    _taker(request)
    found = promised(request, promise, Action.CALL_BACK)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return parts(request, notice=first_error(form), status=422)
    try:
        say_outcome(request, found, form)
    except CALL_REFUSALS as refusal:
        return parts(request, notice=call_refusal(refusal), status=409)
    return parts(request, toast=_("回电结果已记下"))


def _dialled(request: HttpRequest, found: Promise, form: ActForm) -> HttpResponse:
    try:
        dial_promise(
            act_id=form.act, promise_id=found.pk, by=person(request), now=system_clock.now()
        )
    except CALL_REFUSALS as refusal:
        return parts(request, notice=call_refusal(refusal), status=409)
    return parts(request)


@never_cache
@require_POST
def cockpit_accept(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Takes a call on that a colleague offers: the matter is this person's, the call follows."""
    by, now = _taker(request), system_clock.now()
    offer = get_object_or_404(Handover, pk=handover)
    try:
        accept_handover(
            act_id=part_of(offer.pk, f"accept:{by.staff_no}"),
            handover_id=offer.pk,
            by=by,
            at=now,
            now=now,
        )
    except REFUSALS as refusal:
        return parts(request, notice=refusal_words(refusal), status=409)
    return parts(request, toast=_("已接下，对方会把电话转过来"))


@never_cache
@require_POST
def supervisor_came(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """A supervisor goes to help."""
    by = person(request)
    if not can(by, Action.LEAD_CALLS):
        raise PermissionDenied
    found = get_object_or_404(Call, pk=call)
    passing_on.supervisor_came(call=found, by=by, now=system_clock.now())
    return parts(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shift_check(request: HttpRequest) -> HttpResponse:
    """The lists of the start of the shift, before the first call."""
    by, now = _taker(request), system_clock.now()
    if request.method != "POST":
        return _shown(request)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _shown(request, notice=first_error(form), status=422)
    names = item_names(pack=readable_standard(), now=now)
    in_order = set(request.POST.getlist("ok"))
    variant = form.cleaned_data["variant"]
    failed = [name for name in names[variant or "everyone"] if name not in in_order]
    began = min(max(form.cleaned_data["began_at"], now - _LONGEST_CHECK), now)
    check_in(
        act_id=form.act,
        staff=by,
        rules=sorted({name.partition(".")[0] for name in names[variant or "everyone"]}),
        failed=failed,
        variant=variant or "everyone",
        began_at=began,
        now=now,
    )
    extension = form.cleaned_data["extension"].strip()
    if failed:
        text = _("有 %(n)d 样不正常：先报修或补齐，再查一次。") % {"n": len(failed)}
        return _shown(request, notice=text, status=200)
    try:
        go_ready(
            act_id=part_of(form.act, "status"), staff=by, now=now, extension=extension or None
        )
    except ExtensionTaken as refusal:
        return _shown(request, notice=_("分机 %(x)s 上坐着%(who)s") % {"x": extension, "who": refusal}, status=409)  # fmt: skip
    except OnACall:
        pass  # a call rings already: the status follows it
    return redirect("cockpit")


def _shown(request: HttpRequest, *, notice: str = "", status: int = 200) -> HttpResponse:
    by, now = person(request), system_clock.now()
    state = state_of(by)
    page = shift_check_page(
        pack=readable_standard(),
        act_id=ids.uuid7(now),
        done=last_of(staff=by, kind="checklist.done", now=now),
        extension=state.extension if state else "",
        variant=last_variant(staff=by),
        ticked=set(request.POST.getlist("ok")),
        now=now,
        notice=notice,
    )
    outer = shell(frame(request, now=now), title=_("班前检查"), current="cockpit", context=str(by))
    return render(
        request, "hotline/shift_check.html", {"shell": outer, "page": page}, status=status
    )


def _taker(request: HttpRequest) -> Staff:
    by = person(request)
    if not can(by, Action.TAKE_CALLS):
        raise PermissionDenied
    return by
