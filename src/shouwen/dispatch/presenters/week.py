"""The week of the field as a table."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.dispatch.presenters.board import day_choices
from shouwen.dispatch.presenters.words import skills_text
from shouwen.dispatch.queries.week import DayLoad, Week
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import WeekCell, WeekLine, WeekPage
from shouwen.ui.parts import Empty

_STEPS = 5


def week_page(week: Week, *, now: datetime) -> WeekPage:
    """Who works when, how many jobs each has, how full the day is."""
    return WeekPage(
        choices=day_choices(now, chosen=None),
        days=tuple(wording.day_text(day) for day in week.days),
        lines=tuple(
            WeekLine(
                name=staff.name,
                sub=skills_text(skills, most=2),
                cells=tuple(_cell(load, day) for load, day in zip(loads, week.days, strict=True)),
            )
            for staff, skills, loads in week.people
        ),
        empty=Empty(_("还没有人填好会什么"), _("填好的人会出现在这里"), icon="users"),
    )


def _cell(load: DayLoad, day: date) -> WeekCell:
    url = f"{reverse('dispatch')}?day={day.isoformat()}"
    if load.shift is None and not load.jobs:
        return WeekCell("", "", "", url)
    begins, ends = load.shift or (None, None)
    times = f"{wording.clock_text(begins)}–{wording.clock_text(ends)}" if begins and ends else ""
    share = load.taken / load.minutes if load.minutes else 1.0
    jobs = _("%(n)d 件 · %(share)d%%") % {"n": load.jobs, "share": round(100 * share)}
    ramp = f"sw-h{min(_STEPS, round(share * _STEPS))}"
    return WeekCell(times or _("没排班"), jobs, ramp, url)
