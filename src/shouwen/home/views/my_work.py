"""The start page of everybody who serves customers."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.adapters import ids, system_clock
from shouwen.cases.queries import (
    answers_returned,
    answers_to_decide,
    headlines,
    offered_shifts,
    offers_to,
    open_cases,
    tellings,
    told_lately,
)
from shouwen.clocks.queries import (
    active_pack,
    counts_by_state,
    escalation_ladder,
    open_clocks,
)
from shouwen.home.presenters import my_work_page
from shouwen.home.presenters.work import Work
from shouwen.people.presenters import department_name, shell
from shouwen.people.requests import frame, person
from shouwen.review.queries import open_coaching
from shouwen.review.queries.coaching import calls_behind
from shouwen.ui.pages import MyWorkPage

# Nobody works on more at once; more would hide what is urgent.
MOST_CLOCKS = 200
MOST_QUIET = 50


@never_cache
@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """Hand-overs to accept, then own cases and promises by urgency."""
    now = system_clock.now()
    outer = shell(
        frame(request, now=now),
        title=_("我的"),
        context=department_name(person(request).department),
        current="my_work",
        watermark=True,
    )
    return render(request, "home/my_work.html", {"shell": outer, "page": _page(request, now)})


@never_cache
@require_GET
def my_work_rows(request: HttpRequest) -> HttpResponse:
    """The same without the frame, fetched anew when something moved."""
    page = _page(request, system_clock.now())
    return render(request, "home/my_work_rows.html", {"page": page})


def _page(request: HttpRequest, now: datetime) -> MyWorkPage:
    staff = person(request)
    clocks = open_clocks(owner=staff.staff_no, limit=MOST_CLOCKS)
    ladder = escalation_ladder()
    told, told_count = tellings(actor=staff, rungs=[rung.id for rung in ladder.rung])
    coaching = open_coaching(staff=staff)
    subjects = [(clock.subject_kind, clock.subject_id) for clock in clocks]
    return my_work_page(
        Work(
            viewer=staff,
            offers=offers_to(actor=staff),
            clocks=clocks,
            quiet_cases=list(open_cases(owner=staff)[:MOST_QUIET]),
            headlines=headlines(subjects=subjects, viewer=staff),
            counts=counts_by_state(now=now, owner=staff.staff_no),
            pack=active_pack(),
            new_id=lambda: ids.uuid7(now),
            now=now,
            shifts=offered_shifts(actor=staff),
            tellings=told,
            told_count=told_count,
            ladder=ladder,
            to_decide=answers_to_decide(actor=staff),
            decided=answers_returned(owner=staff),
            told_of=told_lately(owner=staff, now=now),
            coaching=coaching,
            coached_on=calls_behind(coaching) if coaching else {},
        )
    )
