"""The plan of shifts: a week by person, adding, changing, copying, importing."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_calendar
from shouwen.people import operations
from shouwen.people.forms import ActForm, SheetForm, ShiftForm
from shouwen.people.models import Shift, Staff
from shouwen.people.operations import Duty
from shouwen.people.presenters import shell
from shouwen.people.presenters.roster import (
    Roster,
    Week,
    add_form,
    change_form,
    line_name,
    monday_of,
    shifts_page,
)
from shouwen.people.queries import departments, lines, week_of
from shouwen.people.requests import frame, person
from shouwen.people.sheets import MOST_BYTES, SheetFaults, template
from shouwen.people.shift_sheet import COLUMNS, read_shifts
from shouwen.people.views.asking import act_of, allow, first_errors
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.pages_people import ShiftForm as FormOfShift
from shouwen.ui.parts import Note

ROWS = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLES = (
    ("1031", "hotline", "2026-10-09 08:00", "2026-10-09 16:00"),
    ("1015", "hotline", "2026-10-09 20:00", "2026-10-10 08:00"),
)


@never_cache
@require_GET
def shifts(request: HttpRequest) -> HttpResponse:
    """Who is on which line and when, a week by person."""
    allow(request, Action.VIEW_SHIFTS)
    week = _week(request.GET.dict())
    return _shown(request, week, form=_asked_form(request))


@never_cache
@require_POST
def shift_add(request: HttpRequest) -> HttpResponse:
    """Plans a shift."""
    allow(request, Action.PLAN_SHIFTS)
    form = ShiftForm(request.POST)
    staff = get_object_or_404(Staff, staff_no=request.POST.get("staff", ""))
    errors = _tried(
        request,
        form,
        lambda duty, act: operations.add_shift(duty=duty, act=act, now=system_clock.now()),
    )
    if not errors:
        return redirect(_back(request).url())
    day = _day(request.POST.get("starts_at", "")[:10])
    return _shown(
        request,
        _back(request),
        form=lambda roster: add_form(
            roster, person=staff, day=day, typed=_typed(request), errors=errors
        ),
        status=400,
    )


@never_cache
@require_POST
def shift_change(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """Moves a shift."""
    allow(request, Action.PLAN_SHIFTS)
    row = get_object_or_404(Shift.objects.select_related("staff", "line"), pk=shift)
    errors = _tried(
        request,
        ShiftForm(request.POST),
        lambda duty, act: operations.change_shift(
            shift_id=shift, duty=duty, act=act, now=system_clock.now()
        ),
    )
    if not errors:
        return redirect(_back(request).url())
    return _shown(
        request,
        _back(request),
        form=lambda roster: change_form(roster, shift=row, typed=_typed(request), errors=errors),
        status=400,
    )


@never_cache
@require_POST
def shift_remove(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """Takes a shift off the plan."""
    allow(request, Action.PLAN_SHIFTS)
    form = ActForm(request.POST)
    if form.is_valid():
        operations.remove_shift(
            shift_id=shift, act=act_of(request, form.act), now=system_clock.now()
        )
    return redirect(_back(request).url())


@never_cache
@require_POST
def shifts_copy(request: HttpRequest) -> HttpResponse:
    """Plans a week like the one before."""
    allow(request, Action.PLAN_SHIFTS)
    week, form = _week(request.POST.dict()), ActForm(request.POST)
    if not form.is_valid():
        return redirect(week.url())
    count = operations.copy_last_week(
        monday=_midnight(week.monday), act=act_of(request, form.act), now=system_clock.now()
    )
    told = Note(_("照抄了 %(count)s 个班") % {"count": count}, "met" if count else "plain")
    return _shown(request, week, notice=told)


@never_cache
@require_POST
def shifts_import(request: HttpRequest) -> HttpResponse:
    """Plans the shifts of a spreadsheet: all of them, or none with every fault by row."""
    allow(request, Action.PLAN_SHIFTS)
    week, form = _week(request.POST.dict()), SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, week, faults=tuple(first_errors(form).values()), status=400)
    content = form.cleaned_data["file"].read(MOST_BYTES + 1)
    try:
        duties = read_shifts(content, zone=wording.ZONE)
        count = operations.add_shifts(
            duties=duties, act=act_of(request, form.act), now=system_clock.now()
        )
    except SheetFaults as error:
        told = tuple(fault.worded(tongue()) for fault in error.faults)
        return _shown(request, week, faults=told, status=400)
    except operations.Overlaps:
        told = (_("刚才有人排了重叠的班，请再传一次看是哪些"),)
        return _shown(request, week, faults=told, status=409)
    first = monday_of(wording.local_day(min(duty.starts_at for duty in duties)))
    told_done = Note(_("导入了 %(count)s 个班") % {"count": count}, "met")
    return _shown(request, Week(monday=first), notice=told_done)


@require_GET
def shifts_template(request: HttpRequest) -> HttpResponse:
    """The spreadsheet to fill in."""
    allow(request, Action.VIEW_SHIFTS)
    answer = HttpResponse(template(COLUMNS, examples=_EXAMPLES), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="shifts.xlsx"'
    return answer


def _tried(
    request: HttpRequest, form: ShiftForm, do: Callable[[Duty, operations.Act], object]
) -> dict[str, str]:
    """What kept the shift from being planned; empty when it was."""
    if not form.is_valid():
        return first_errors(form)
    read = form.cleaned_data
    duty = Duty(
        staff=read["staff"],
        line=read["line"],
        starts_at=read["starts_at"],
        ends_at=read["ends_at"],
    )
    try:
        do(duty, act_of(request, form.act))
    except operations.Overlaps as error:
        other = error.shift
        times = f"{wording.full_moment(other.starts_at)}–{wording.full_moment(other.ends_at)}"
        told = _("与 %(line)s %(times)s 重叠") % {"line": line_name(other.line), "times": times}
        return {"": told}
    except operations.PersonNotAtWork:
        return {"": _("此人已停用，不能排班")}
    return {}


FormMaker = Callable[[Roster], FormOfShift]


def _asked_form(request: HttpRequest) -> FormMaker | None:
    """The form for `?new=NUMBER&day=DAY` or `?edit=ID`, for those who may plan."""
    if not can(person(request), Action.PLAN_SHIFTS):
        return None
    new, edit = request.GET.get("new", ""), _uuid(request.GET.get("edit", ""))
    if edit:
        row = get_object_or_404(Shift.objects.select_related("staff", "line"), pk=edit)
        return lambda roster: change_form(roster, shift=row, typed={}, errors={})
    if new:
        staff = get_object_or_404(Staff.objects.select_related("department"), staff_no=new)
        day = _day(request.GET.get("day", ""))
        return lambda roster: add_form(roster, person=staff, day=day, typed={}, errors={})
    return None


def _shown(
    request: HttpRequest,
    week: Week,
    *,
    form: FormMaker | None = None,
    faults: tuple[str, ...] = (),
    notice: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    now = system_clock.now()
    rows = week_of(
        monday=_midnight(week.monday),
        limit=ROWS + 1,
        after=week.after,
        line=week.line,
        department=week.department,
    )
    roster = Roster(
        week=week,
        rows=rows[:ROWS],
        lines=list(lines()),
        departments=list(departments()),
        calendar=active_calendar(),
        may_plan=can(person(request), Action.PLAN_SHIFTS),
        new_id=ids.uuid7(now),
        now=now,
        more=rows[ROWS - 1].staff.staff_no if len(rows) > ROWS else "",
        chosen=_uuid(request.GET.get("edit", "")),
    )
    page = shifts_page(roster, form=form(roster) if form else None, faults=faults, notice=notice)
    outer = shell(
        frame(request, now=now),
        title=_("排班"),
        context=page.heading,
        current="shifts",
        watermark=True,
    )
    return render(request, "people/shifts.html", {"shell": outer, "page": page}, status=status)


def _week(asked: dict[str, str]) -> Week:
    return Week(
        monday=monday_of(_day(asked.get("week", ""))),
        line=asked.get("line", "")[:40],
        department=asked.get("department", "")[:40],
        after=asked.get("after", "")[:16],
    )


def _back(request: HttpRequest) -> Week:
    """The week the form was opened from."""
    query = parse_qs(urlsplit(request.POST.get("back", "")).query)
    return _week({name: values[0] for name, values in query.items()})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return wording.local_day(system_clock.now())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), wording.ZONE)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:40] for name in ("line", "starts_at", "ends_at")}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
