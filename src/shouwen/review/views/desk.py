"""The desk: who waits to be reviewed, drawing calls, one's own calls, what the reviews come to."""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_pack
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.review import forms, operations, queries
from shouwen.review.models import Coaching, Review
from shouwen.review.presenters.lists import LISTS, DeskMaterial, desk_page, mine_page
from shouwen.review.presenters.results import coaching_lines, results_page
from shouwen.review.queries.coaching import calls_behind
from shouwen.review.queries.lists import PAGE
from shouwen.ui.parts import Note


@never_cache
@require_GET
def review_desk(request: HttpRequest) -> HttpResponse:
    """The list, `?list=` risk, sample or sent."""
    return _desk(request)


@require_POST
def review_draw(request: HttpRequest) -> HttpResponse:
    """Draws calls for review."""
    if not can(person(request), Action.DRAW_CALLS):
        raise PermissionDenied
    form = forms.DrawForm(request.POST)
    if not form.is_valid():
        errors = {name: str(texts[0]) for name, texts in form.errors.items()}
        return _desk(request, errors=errors, status=400)
    read = form.cleaned_data
    try:
        operations.draw(
            act_id=form.act,
            since=read["since"],
            until=read["until"] + timedelta(days=1),
            by=person(request),
            now=system_clock.now(),
            seed=read["seed"],
        )
    except operations.EmptyPeriod:
        note = Note(_("这几天没有可以复核的通话，换几天再抽"), "warn")
        return _desk(request, notice=note, status=400)
    return redirect("review_desk")


@never_cache
@require_GET
def reviews_mine(request: HttpRequest) -> HttpResponse:
    """What came of one's own calls."""
    agent = person(request)
    if not can(agent, Action.VIEW_OWN_REVIEWS):
        raise PermissionDenied
    now, pack = system_clock.now(), active_pack()
    rows = queries.own_reviews(agent=agent, after=_after_moment(request))
    coaching = queries.coaching_of(agent=agent)
    page = mine_page(
        rows,
        plan=queries.readable_reviewing(),
        coaching=coaching_lines(
            coaching,
            calls=calls_behind(coaching),
            pack=pack,
            viewer=agent,
            today=pack.calendar.day_of(now),
            act_id=ids.uuid7(now),
        ),
        page=PAGE,
        appeal_words=_("不同意哪一处，打开那通电话申诉"),
    )
    outer = shell(frame(request, now=now), title=_("我的通话复核"), current="reviews_mine")
    return render(request, "review/mine.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def review_results(request: HttpRequest) -> HttpResponse:
    """Precision by rule, agreement of two reviewers."""
    viewer = person(request)
    if not can(viewer, Action.VIEW_REVIEW_RESULTS):
        raise PermissionDenied
    page = results_page(
        found=queries.precision(),
        agreed=queries.agreements(),
        pack=active_pack(),
        may_review=can(viewer, Action.REVIEW_CALLS),
    )
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("质检"),
        context=_("判断准不准"),
        current="review_desk",
    )
    return render(request, "review/results.html", {"shell": outer, "page": page})


@require_POST
def coaching_done(request: HttpRequest, coaching: uuid.UUID) -> HttpResponse:
    """The lead says that it was gone through."""
    lead = person(request)
    if not can(lead, Action.REVIEW_CALLS):
        raise PermissionDenied
    if get_object_or_404(Coaching, pk=coaching).lead_id != lead.pk:
        raise PermissionDenied
    form = ActForm(request.POST)
    if form.is_valid():
        operations.finish_coaching(
            act_id=form.act, coaching_id=coaching, by=lead, now=system_clock.now()
        )
    return redirect("my_work")


def _desk(
    request: HttpRequest,
    *,
    errors: dict[str, str] | None = None,
    notice: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, now = person(request), system_clock.now()
    if not can(viewer, Action.REVIEW_CALLS):
        raise PermissionDenied
    chosen = request.GET.get("list", LISTS[0])
    chosen = chosen if chosen in LISTS else LISTS[0]
    plan, pack = queries.readable_reviewing(), active_pack()
    today = pack.calendar.day_of(now)
    if errors and "__all__" in errors:
        notice = Note(errors["__all__"], "warn")
    page = desk_page(
        DeskMaterial(
            chosen=chosen,
            rows=_rows(request, viewer, chosen),
            appeals=queries.appeals_to_decide(viewer=viewer),
            draws=queries.draws(),
            plan=plan,
            rule=pack.rules.get(plan.draw.rule),
            may_draw=can(viewer, Action.DRAW_CALLS),
            act_id=ids.uuid7(now),
            today=today,
            week_ago=today - timedelta(days=6),
            page=PAGE,
            notice=notice,
            errors=errors or {},
        )
    )
    outer = shell(frame(request, now=now), title=_("质检"), current="review_desk", watermark=True)
    return render(request, "review/desk.html", {"shell": outer, "page": page}, status=status)


def _rows(request: HttpRequest, viewer: Staff, chosen: str) -> list[Review]:
    if chosen == "sent":
        return queries.sent_reviews(viewer=viewer, after=_after_moment(request))
    return queries.open_reviews(
        viewer=viewer, by_risk=chosen == "risk", after=_after_weight(request)
    )


def _after_moment(request: HttpRequest) -> tuple[datetime, uuid.UUID] | None:
    moment, _sep, last = request.GET.get("after", "").partition(" ")
    try:
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(last)) if at.tzinfo else None
    except ValueError:
        return None


def _after_weight(request: HttpRequest) -> tuple[int, uuid.UUID] | None:
    weight, _sep, last = request.GET.get("after", "").partition(" ")
    try:
        return (int(weight), uuid.UUID(last))
    except ValueError:
        return None
