"""Differences between phones and office, gifts, phones: for those who steer the work."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note
from shouwen.visits import operations, queries
from shouwen.visits.forms import DecideForm, GiftForm
from shouwen.visits.models import Conflict, Device, GiftReport
from shouwen.visits.operations.gifts import AlreadyDecided as GiftDecided
from shouwen.visits.presenters.desk import conflict_rows, gift_rows, phone_rows


def _viewer(request: HttpRequest, action: Action) -> Staff:
    viewer = person(request)
    if not can(viewer, action):
        raise PermissionDenied
    return viewer


@never_cache
@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """What a person has to decide, both sides side by side."""
    return _conflicts(request)


def _conflicts(
    request: HttpRequest, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    viewer = _viewer(request, Action.SETTLE_FIELD)
    now = system_clock.now()
    rows = conflict_rows(queries.open_conflicts(), viewer=viewer, act_id=ids.uuid7(now), now=now)
    outer = shell(
        frame(request, now=now), title=_("手机与站里不一致"), current="dispatch", watermark=True
    )
    context = {"shell": outer, "rows": rows, "notice": notice}
    return render(request, "visits/conflicts.html", context, status=status)


@never_cache
@require_POST
def decide(request: HttpRequest, conflict: uuid.UUID) -> HttpResponse:
    """One side counts, with a reason."""
    by = _viewer(request, Action.SETTLE_FIELD)
    found = get_object_or_404(Conflict.objects.select_related("device"), pk=conflict)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _conflicts(request, Note(first_error(form), "warn"), status=400)
    now = system_clock.now()
    try:
        operations.decide(
            act_id=form.act, conflict_id=found.pk, decision=form.cleaned_data["decision"],
            remark=form.cleaned_data["remark"], by=by, now=now,
        )  # fmt: skip
    except operations.AlreadyDecided as decided:
        who = decided.conflict.decided_by.name if decided.conflict.decided_by else ""
        text = _("%(name)s 已先定了，看一眼再说。") % {"name": who}
        return _conflicts(request, Note(text, "warn"), status=409)
    except operations.CannotApply:
        text = _("单子已结束或别人正在现场，按不了现场的。先在调度板上处理，再来定。")
        return _conflicts(request, Note(text, "warn"), status=409)
    if found.reason == Conflict.Reason.WAITING:
        operations.release(device_id=found.device_id, now=now)
    return redirect("field_conflicts")


@never_cache
@require_GET
def gifts(request: HttpRequest) -> HttpResponse:
    """Reports about gifts: one's own, or all for those who decide."""
    return _gifts(request)


def _gifts(request: HttpRequest, notice: Note | None = None, status: int = 200) -> HttpResponse:
    viewer, now = _viewer(request, Action.VIEW_GIFTS), system_clock.now()
    may_decide = can(viewer, Action.DECIDE_GIFTS)
    reports = queries.gift_reports(staff=None if may_decide else viewer)
    rows = gift_rows(reports, viewer=viewer, act_id=ids.uuid7(now), may_decide=may_decide, now=now)
    outer = shell(frame(request, now=now), title=_("馈赠与廉洁报告"), watermark=True)
    context = {"shell": outer, "rows": rows, "notice": notice}
    context["decisions"] = GiftReport.Decision.choices
    return render(request, "visits/gifts.html", context, status=status)


@never_cache
@require_POST
def gift_decide(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """The superior decides."""
    by = _viewer(request, Action.DECIDE_GIFTS)
    found = get_object_or_404(GiftReport, pk=report)
    form = GiftForm(request.POST)
    if not form.is_valid():
        return _gifts(request, Note(first_error(form), "warn"), status=400)
    try:
        operations.decide_gift(
            act_id=form.act, report_id=found.pk, decision=form.cleaned_data["decision"],
            remark=form.cleaned_data["remark"], by=by, now=system_clock.now(),
        )  # fmt: skip
    except operations.OwnReport:
        return _gifts(request, Note(_("自己的报告由别人批示。"), "warn"), status=409)
    except GiftDecided:
        return _gifts(request, Note(_("别人已先批示了。"), "warn"), status=409)
    return redirect("field_gifts")


@never_cache
@require_GET
def phones(request: HttpRequest) -> HttpResponse:
    """Every phone, and whether to wipe it."""
    _viewer(request, Action.SETTLE_FIELD)
    now = system_clock.now()
    rows = phone_rows(queries.phones(), now=now)
    outer = shell(frame(request, now=now), title=_("师傅的手机"), current="dispatch")
    context = {"shell": outer, "rows": rows, "act_id": ids.uuid7(now)}
    return render(request, "visits/phones.html", context)


@never_cache
@require_POST
def wipe(request: HttpRequest, device: uuid.UUID) -> HttpResponse:
    """At its next contact the phone throws its data away."""
    by = _viewer(request, Action.SETTLE_FIELD)
    found, now = get_object_or_404(Device, pk=device), system_clock.now()
    form = ActForm(request.POST)
    act_id = uuid.uuid5(form.act, str(device)) if form.is_valid() else ids.uuid7(now)
    operations.ask_wipe(act_id=act_id, device_id=found.pk, by=by, now=now)
    return redirect("field_phones")
