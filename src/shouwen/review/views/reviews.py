"""One review: its page, and every act on it. An act leads back to the page, at the next open finding."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_pack
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.hotline.operations import Look, note_read
from shouwen.journal.queries import entry_with_id
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.review import forms, operations, queries
from shouwen.review.models import Review
from shouwen.review.operations import Judging
from shouwen.review.presenters.findings import ReviewMaterial
from shouwen.review.presenters.review import review_page
from shouwen.ui.parts import Note

BESIDE = 20
"""So many of the calls that wait stand beside the one that is reviewed."""
_REFUSALS: Mapping[type[Exception], str] = {
    operations.AlreadySent: "sent",
    operations.TakenByOther: "taken",
    operations.StillOpen: "open",
    operations.NoSuchFinding: "gone",
    operations.NotThatScore: "gone",
    operations.TooLate: "late",
    operations.AlreadyDecided: "decided",
    YearNotPublished: "calendar",
}
_TOLD = {
    "sent": gettext_lazy("已经发给坐席，不能再改；坐席可以申诉"),
    "taken": gettext_lazy("别人已经在复核这一通"),
    "open": gettext_lazy("还有没判或没评的，判完再发"),
    "gone": gettext_lazy("这一处变了，看一眼再判"),
    "late": gettext_lazy("申诉时间已过"),
    "decided": gettext_lazy("这件申诉已有人定了"),
    "calendar": gettext_lazy("日历还没公布，日子算不出来"),
    "form": gettext_lazy("没写全，补上再提交"),
}


@never_cache
@require_GET
def review(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """The page; `?at=` is the finding that stands open."""
    found = _seen(request, review)
    now, viewer, plan = system_clock.now(), person(request), queries.readable_reviewing()
    _note_read(request, found, viewer)
    operations.waveforms_of(recordings=list(found.call.recordings.all()), now=now)
    material = ReviewMaterial(
        told=queries.whole(review=found, plan=plan),
        viewer=viewer,
        pack=active_pack(),
        plan=plan,
        precision={each.rule_id: each for each in queries.precision()},
        act_id=ids.uuid7(now),
        now=now,
        until=_until(found),
        at=request.GET.get("at", ""),
    )
    reviews = can(viewer, Action.REVIEW_CALLS) and found.call.staff_id != viewer.pk
    told = _TOLD.get(request.GET.get("told", ""))
    page = review_page(
        material,
        queue=queries.open_reviews(viewer=viewer)[:BESIDE] if reviews else (),
        notice=Note(str(told), "warn") if told else None,
    )
    outer = shell(
        frame(request, now=now),
        title=_("质检"),
        current="review_desk" if reviews else "reviews_mine",
        is_fixed=True,
        watermark=True,
    )
    return render(request, "review/review.html", {"shell": outer, "page": page})


@dataclass(frozen=True, slots=True)
class _Deed:
    """One act: its form, who may, what it does; `goes_on`: the next open finding stands open after it."""

    form: type[ActForm]
    action: Action
    do: Callable[[Judging, Review, Mapping[str, Any]], None]
    goes_on: bool = False


def _confirm(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.confirm(act=act, rule_id=read["rule"], number=read["number"])


def _refuse(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.refuse(
        act=act,
        rule_id=read["rule"],
        number=read["number"],
        reason=read["reason"],
        words=read["words"],
    )


def _undo(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.undo(act=act, rule_id=read["rule"], number=read["number"])


def _add(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.add_missed(act=act, rule_id=read["rule"], turn=read["turn"], words=read["words"])


def _score(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.score(act=act, item=read["item"], given=read["given"])


def _send(act: Judging, _review: Review, _read: Mapping[str, Any]) -> None:
    operations.send(act=act)


def _appeal(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.appeal(act=act, rule_id=read["rule"], number=read["number"], words=read["words"])


def _decide(act: Judging, _review: Review, read: Mapping[str, Any]) -> None:
    operations.decide_appeal(
        act=act,
        rule_id=read["rule"],
        number=read["number"],
        reason=read["reason"],
        answer=read["answer"],
    )


def _coach(act: Judging, review: Review, read: Mapping[str, Any]) -> None:
    operations.set_coaching(
        act_id=act.act_id,
        review=review,
        rule_id=read["rule"],
        words=read["words"],
        by=act.by,
        now=act.now,
    )


DEEDS: Mapping[str, _Deed] = {
    "confirm": _Deed(forms.FindingForm, Action.JUDGE_CALL, _confirm, goes_on=True),
    "refuse": _Deed(forms.RefuseForm, Action.JUDGE_CALL, _refuse, goes_on=True),
    "undo": _Deed(forms.FindingForm, Action.JUDGE_CALL, _undo),
    "add": _Deed(forms.AddForm, Action.JUDGE_CALL, _add),
    "score": _Deed(forms.ScoreForm, Action.JUDGE_CALL, _score),
    "send": _Deed(ActForm, Action.JUDGE_CALL, _send),
    "appeal": _Deed(forms.AppealForm, Action.APPEAL_REVIEW, _appeal),
    "decide": _Deed(forms.AppealDecisionForm, Action.DECIDE_APPEAL, _decide),
    "coach": _Deed(forms.CoachingForm, Action.COACH, _coach),
}


@require_POST
def review_act(request: HttpRequest, review: uuid.UUID, what: str) -> HttpResponse:
    """One act on a review. What cannot be done is told on the page that follows."""
    deed = DEEDS.get(what)
    found = _seen(request, review)
    if deed is None:
        raise Http404
    if not _may(request, found, deed):
        raise PermissionDenied
    form = deed.form(request.POST)
    if not form.is_valid():
        return _back(review, told="form")
    act = Judging(form.act, review, person(request), system_clock.now())
    try:
        deed.do(act, found, form.cleaned_data)
    except tuple(_REFUSALS) as error:
        return _back(review, told=_REFUSALS[type(error)])
    read = form.cleaned_data
    here = f"{read['rule']}.{read['number']}" if "number" in read and not deed.goes_on else ""
    return _back(review, at=here)


def _may(request: HttpRequest, found: Review, deed: _Deed) -> bool:
    """Whether this person may; a doubled press after sending is answered by the page, not refused."""
    standing = queries.standing_of(found)
    if can(person(request), deed.action, standing):
        return True
    mine = standing.reviewer == person(request).staff_no
    return deed.action == Action.JUDGE_CALL and mine and standing.is_sent


def _seen(request: HttpRequest, pk: uuid.UUID) -> Review:
    viewer = person(request)
    found = queries.review_with(pk=pk)
    if found is None:
        if not (can(viewer, Action.REVIEW_CALLS) or can(viewer, Action.VIEW_OWN_REVIEWS)):
            raise PermissionDenied
        raise Http404(_("没有这一次复核"))
    if not can(viewer, Action.VIEW_REVIEW, queries.standing_of(found)):
        raise PermissionDenied
    return found


def _note_read(request: HttpRequest, found: Review, viewer: Staff) -> None:
    """Reading what was said is on record, once for each person, as on the page of the call."""
    act = uuid.uuid5(found.call_id, f"transcript:{viewer.staff_no}")
    if found.call.turns and entry_with_id(id=act) is None:
        look = Look(found.call_id, viewer, system_clock.now(), workstation(request))
        note_read(look=look, field="transcript", id=act)


def _until(found: Review) -> datetime | None:
    try:
        return operations.appeal_until(review=found)
    except YearNotPublished:
        return None


def _back(review: uuid.UUID, **query: str) -> HttpResponse:
    asked = {name: value for name, value in query.items() if value}
    url = reverse("review", args=[review])
    return redirect(f"{url}?{urlencode(asked)}" if asked else url)
