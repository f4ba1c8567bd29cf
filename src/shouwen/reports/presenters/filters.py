"""The row of filters over figures: period, team, person; whose figures these are, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from shouwen.access.figures import FiguresScope
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.reports.forms import PERIODS, Asked
from shouwen.ui.pages_figures import Filters
from shouwen.ui.parts import Choice, Field, Option


@dataclass(frozen=True, slots=True)
class Around:
    """What every page of figures needs besides its figures.

    `seen` is all that the viewer may see, `scope` what of it is shown.
    """

    asked: Asked
    seen: FiguresScope
    scope: FiguresScope
    departments: Sequence[Department]
    people: Sequence[Staff]

    def team_name(self, code: str) -> str:
        """The department with a code in the active language; of nobody: 未归班组."""
        found = next((row for row in self.departments if row.code == code), None)
        return department_name(found) or code or _("未归部门")


def filters(around: Around, *, url: str) -> Filters:
    """The filters of the page at `url`."""
    asked = around.asked
    hidden = ("stage", "sort", "show", "verdict")
    return Filters(
        url=url,
        periods=tuple(
            Choice(label, f"{url}?{asked.query(period=period)}", is_on=period == asked.period)
            for period, label in _periods().items()
        ),
        fields=(
            *_teams(around),
            *_people(around),
            Field("from", _("从"), kind="date", value=asked.since.isoformat()),
            Field("to", _("到"), kind="date", value=(asked.until - timedelta(days=1)).isoformat()),
        ),
        kept=tuple(
            Field(name, "", kind="hidden", value=getattr(asked, name))
            for name in hidden
            if getattr(asked, name)
        ),
    )


def whose(around: Around) -> str:
    """全公司, 维修班, 孙立 · 维修班."""
    scope = around.scope
    if scope.staff_no:
        person = next((row for row in around.people if row.staff_no == scope.staff_no), None)
        name = f"{person.name} {person.staff_no}" if person else scope.staff_no
        team = around.team_name(scope.department) if scope.department else ""
        return " · ".join(part for part in (name, team) if part)
    return around.team_name(scope.department) if scope.department else _("全公司")


def _periods() -> dict[str, str]:
    words = {
        "today": _("今天"),
        "week": _("7 天"),
        "month": _("30 天"),
        "quarter": _("90 天"),
        "year": _("一年"),
    }
    return {period: words[period] for period in PERIODS}


def _teams(around: Around) -> tuple[Field, ...]:
    """Only for those who see more than one."""
    if not around.seen.is_all:
        return ()
    pairs = [("", _("全公司")), *((row.code, department_name(row)) for row in around.departments)]
    return (_select("team", _("部门"), pairs, around.asked.team),)


def _people(around: Around) -> tuple[Field, ...]:
    if not around.seen.names_people:
        return ()
    pairs = [
        ("", _("所有人")),
        *((row.staff_no, f"{row.name} {row.staff_no}") for row in around.people),
    ]
    return (_select("person", _("人员"), pairs, around.asked.person),)


def _select(name: str, label: str, pairs: Sequence[tuple[str, str]], chosen: str) -> Field:
    options = tuple(Option(value, text, selected=value == chosen) for value, text in pairs)
    return Field(name, label, kind="select", required=False, options=options)
