"""The dead letters: jobs that failed for good, to be done again or dropped with a reason."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.home.forms import GiveUpForm
from shouwen.home.presenters import dead_jobs_page
from shouwen.jobs.operations import NotDead, give_up, revive
from shouwen.jobs.queries import load, newest_dead_jobs
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.parts import Note

ROWS = 50


@never_cache
@require_GET
def dead_jobs(request: HttpRequest) -> HttpResponse:
    """The jobs that were given up, newest first."""
    if not can(person(request), Action.VIEW_JOBS):
        raise PermissionDenied
    return _shown(request, now=system_clock.now())


@require_POST
def revive_job(request: HttpRequest, job: int) -> HttpResponse:
    """Has a dead job done again."""
    staff, now = _mender(request), system_clock.now()
    try:
        revive(job_id=job, by=staff.staff_no, now=now, workstation=workstation(request))
    except NotDead:
        return _gone(request, now=now)
    return redirect("dead_jobs")


@require_POST
def give_up_job(request: HttpRequest, job: int) -> HttpResponse:
    """Drops a dead job for good, with a reason."""
    staff, now = _mender(request), system_clock.now()
    form = GiveUpForm(request.POST)
    if not form.is_valid():
        said = Note(str(next(iter(form.errors.values()))[0]), "over")
        return _shown(request, now=now, notice=said, status=400)
    try:
        give_up(
            job_id=job,
            reason=form.cleaned_data["reason"],
            by=staff.staff_no,
            now=now,
            workstation=workstation(request),
        )
    except NotDead:
        return _gone(request, now=now)
    return redirect("dead_jobs")


def _mender(request: HttpRequest) -> Staff:
    staff = person(request)
    if not can(staff, Action.MEND_JOBS):
        raise PermissionDenied
    return staff


def _gone(request: HttpRequest, *, now: datetime) -> HttpResponse:
    said = Note(_("这个任务已经不在失败之列，别人可能已处理"), "warn")
    return _shown(request, now=now, notice=said, status=409)


def _shown(
    request: HttpRequest, *, now: datetime, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    found = newest_dead_jobs(limit=ROWS + 1, before=_before(request))
    page = dead_jobs_page(
        jobs=found[:ROWS],
        has_more=len(found) > ROWS,
        load=load(now=now),
        now=now,
        notice=notice,
    )
    outer = shell(
        frame(request, now=now),
        title=_("任务"),
        context=_("后台任务"),
        current="dead_jobs",
        is_fixed=True,
    )
    context = {"shell": outer, "page": page}
    return render(request, "home/dead_jobs.html", context, status=status)


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("before", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
