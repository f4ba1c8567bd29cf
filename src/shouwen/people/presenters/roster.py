"""A week of shifts by person, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.timing.calendar import WorkingCalendar, YearNotPublished
from shouwen.people.models import Department, Line, Shift, Staff
from shouwen.people.presenters.frame import department_name
from shouwen.people.queries import WeekRow
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.pages_people import DayHead, ShiftCell, ShiftChip, ShiftForm, ShiftRow, ShiftsPage
from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Option

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What was asked for: the Monday, the filters, and where the page begins."""

    monday: date
    line: str = ""
    department: str = ""
    after: str = ""

    def url(self, **changes: object) -> str:
        """The address of the plan with something else asked for."""
        query: dict[str, object] = {
            "week": self.monday.isoformat(),
            "line": self.line,
            "department": self.department,
            "after": self.after,
            **changes,
        }
        return f"{reverse('shifts')}?{urlencode({k: v for k, v in query.items() if v})}"

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        return tuple(self.monday + _DAY * n for n in range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A week as read. `may_plan`: the viewer may change it. `more`: the last number of a full page."""

    week: Week
    rows: Sequence[WeekRow]
    lines: Sequence[Line]
    departments: Sequence[Department]
    calendar: WorkingCalendar
    may_plan: bool
    new_id: UUID
    now: datetime
    more: str = ""
    chosen: UUID | None = None


def shifts_page(
    roster: Roster,
    *,
    form: ShiftForm | None = None,
    faults: tuple[str, ...] = (),
    notice: Note | None = None,
) -> ShiftsPage:
    """The week by person."""
    week = roster.week
    return ShiftsPage(
        heading=f"{wording.day_of_month(week.days[0])} – {wording.day_of_month(week.days[-1])}",
        week=_weeks(roster),
        filters=_filters(roster),
        filter_url=reverse("shifts"),
        week_value=week.monday.isoformat(),
        days=tuple(_head(day, roster) for day in week.days),
        rows=tuple(_row(row, roster) for row in roster.rows),
        form=form,
        actions=_actions(roster),
        import_url=reverse("shifts_import") if roster.may_plan else "",
        template_url=reverse("shifts_template"),
        act_id=str(roster.new_id),
        faults=faults,
        fault_title=_("一个班也没有导入，请改正后再传：") if faults else "",
        more_url=week.url(after=roster.more) if roster.more else "",
        empty=Empty(_("这里还没有人"), _("换一个部门或班线"), "users")
        if not roster.rows
        else None,
        notice=notice,
    )


def add_form(
    roster: Roster,
    *,
    person: Staff,
    day: date,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> ShiftForm:
    """Planning somebody for a day; the usual hours stand in it."""
    values = {
        "starts_at": f"{day.isoformat()}T08:00",
        "ends_at": f"{day.isoformat()}T16:00",
        "line": person.department_code,
        **typed,
    }
    return ShiftForm(
        title=_("排班"),
        who=f"{person.name} {person.staff_no}",
        action_url=reverse("shift_add"),
        fields=_form_fields(roster, person, values, errors),
        confirm=_("排上"),
        close_url=roster.week.url(),
        error=errors.get("", ""),
    )


def change_form(
    roster: Roster, *, shift: Shift, typed: Mapping[str, str], errors: Mapping[str, str]
) -> ShiftForm:
    """Moving a shift, or taking it off."""
    values = {
        "starts_at": f"{wording.local(shift.starts_at):%Y-%m-%dT%H:%M}",
        "ends_at": f"{wording.local(shift.ends_at):%Y-%m-%dT%H:%M}",
        "line": shift.line.code,
        **typed,
    }
    hidden = (
        Field("act_id", "", kind="hidden", value=str(roster.new_id)),
        Field("back", "", kind="hidden", value=roster.week.url()),
    )
    return ShiftForm(
        title=_("改班"),
        who=f"{shift.staff.name} {shift.staff.staff_no}",
        action_url=reverse("shift_change", args=[shift.pk]),
        fields=_form_fields(roster, shift.staff, values, errors),
        confirm=_("保存"),
        close_url=roster.week.url(),
        error=errors.get("", ""),
        remove=Action("remove", _("撤班"), reverse("shift_remove", args=[shift.pk]), icon="x",
                      fields=hidden),
    )  # fmt: skip


def _form_fields(
    roster: Roster, person: Staff, values: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[Field, ...]:
    line = values.get("line", "")
    return (
        Field("act_id", "", kind="hidden", value=str(roster.new_id)),
        Field("back", "", kind="hidden", value=roster.week.url()),
        Field("staff", "", kind="hidden", value=person.staff_no),
        Field("line", _("班线"), kind="select", options=_line_options(roster.lines, line),
              error=errors.get("line", "")),
        Field("starts_at", _("开始"), kind="datetime-local", value=values["starts_at"],
              error=errors.get("starts_at", "")),
        Field("ends_at", _("结束"), kind="datetime-local", value=values["ends_at"],
              hint=_("夜班写第二天的时间"), error=errors.get("ends_at", "")),
    )  # fmt: skip


def line_name(line: Line) -> str:
    """The line in the active language."""
    return line.name_en if tongue() == "en" else line.name_zh


def _line_options(lines: Sequence[Line], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(line.code, line_name(line), line.code == chosen) for line in lines)


def _weeks(roster: Roster) -> tuple[Choice, ...]:
    week = roster.week
    this = monday_of(wording.local_day(roster.now))
    return (
        Choice(_("上周"), week.url(week=(week.monday - 7 * _DAY).isoformat(), after="")),
        Choice(_("本周"), week.url(week=this.isoformat(), after=""), week.monday == this),
        Choice(_("下周"), week.url(week=(week.monday + 7 * _DAY).isoformat(), after="")),
    )


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - _DAY * day.weekday()


def _filters(roster: Roster) -> tuple[Field, ...]:
    week = roster.week
    departments = (
        Option("", _("所有部门"), selected=not week.department),
        *(
            Option(d.code, department_name(d), d.code == week.department)
            for d in roster.departments
        ),
    )
    lines = (
        Option("", _("所有班线"), selected=not week.line),
        *_line_options(roster.lines, week.line),
    )
    return (
        Field("department", _("部门"), kind="select", options=departments, required=False),
        Field("line", _("班线"), kind="select", options=lines, required=False),
    )


def _head(day: date, roster: Roster) -> DayHead:
    try:
        note = roster.calendar.day_name(day) or (
            _("调休上班") if roster.calendar.is_makeup(day) else ""
        )
    except YearNotPublished:
        note = ""
    return DayHead(wording.day_text(day), note, day == wording.local_day(roster.now))


def _row(row: WeekRow, roster: Roster) -> ShiftRow:
    return ShiftRow(
        name=row.staff.name,
        staff_no=row.staff.staff_no,
        department=department_name(row.staff.department),
        cells=tuple(_cell(row, day, roster) for day in roster.week.days),
    )


def _cell(row: WeekRow, day: date, roster: Roster) -> ShiftCell:
    begins = datetime.combine(day, time(), wording.ZONE)
    listed = (
        shift
        for shift in row.shifts
        if begins <= shift.starts_at < begins + _DAY
        or (day == roster.week.monday and shift.starts_at < begins)
    )
    may_add = roster.may_plan and row.staff.is_active
    label = _("给%(name)s排 %(day)s") % {"name": row.staff.name, "day": wording.day_text(day)}
    return ShiftCell(
        shifts=tuple(_chip(shift, row, day, roster) for shift in listed),
        add_url=roster.week.url(new=row.staff.staff_no, day=day.isoformat()) if may_add else "",
        add_label=label,
        is_today=day == wording.local_day(roster.now),
    )


def _chip(shift: Shift, row: WeekRow, day: date, roster: Roster) -> ShiftChip:
    starts, ends = wording.clock_text(shift.starts_at), wording.clock_text(shift.ends_at)
    if ends == "00:00":
        ends = "24:00"
    elif wording.local_day(shift.ends_at) > wording.local_day(shift.starts_at):
        ends = _("次日 %(at)s") % {"at": ends}
    if wording.local_day(shift.starts_at) < day:
        starts, ends = _("昨 %(at)s") % {"at": starts}, wording.clock_text(shift.ends_at)
    text, line = f"{starts}–{ends}", line_name(shift.line)
    return ShiftChip(
        text=text,
        line=line,
        url=roster.week.url(edit=shift.pk) if roster.may_plan else "",
        label=f"{row.staff.name} {wording.day_text(day)} {text} {line}",
        is_now=shift.starts_at <= roster.now < shift.ends_at,
        is_chosen=shift.pk == roster.chosen,
    )


def _actions(roster: Roster) -> tuple[Action, ...]:
    if not roster.may_plan:
        return ()
    hidden = (
        Field("act_id", "", kind="hidden", value=str(roster.new_id)),
        Field("week", "", kind="hidden", value=roster.week.monday.isoformat()),
    )
    copy = Action(
        "copy-week",
        _("照抄上周"),
        reverse("shifts_copy"),
        icon="refresh",
        question=_("照抄上周的班？"),
        text=_("已排的不动；与已排的重叠、或人已停用的，不抄。"),
        confirm=_("照抄"),
        fields=hidden,
    )
    return (copy,)
