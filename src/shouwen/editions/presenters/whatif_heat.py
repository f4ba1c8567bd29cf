"""When the breaches that a draft would add begin: strips of hours, by team and by weekday."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from shouwen.editions.presenters.whatif_pages import Cell, Heat, Label
from shouwen.standard.whatif import Outcome
from shouwen.ui import wording

_LEFT, _TOP, _CELL, _ROW = 92, 18, 27, 22
_DARKEST = 5
Counts = Mapping[str, Mapping[int, int]]


def heats(outcome: Outcome, *, teams: Mapping[str, str]) -> tuple[Heat, ...]:
    """One drawing by team and one by weekday; none when nothing is added. Hours are local."""
    by_team: dict[str, dict[int, int]] = {}
    by_day: dict[int, dict[int, int]] = {day: {} for day in range(7)}
    for (department, weekday, hour), (added, _saved) in sorted(outcome.hours.items()):
        if added:
            name = teams.get(department, department) or _("没有承办部门")
            _count(by_team.setdefault(name, {}), hour, added)
            _count(by_day[weekday], hour, added)
    if not by_team:
        return ()
    days = {wording.weekday(date(2024, 1, 1 + day)): hours for day, hours in by_day.items()}
    return (
        _heat("team", _("多出的超时 · 承办部门 × 受理时刻"), by_team),
        _heat("day", _("多出的超时 · 星期 × 受理时刻"), days),
    )


def _count(hours: dict[int, int], hour: int, added: int) -> None:
    hours[hour] = hours.get(hour, 0) + added


def _heat(id: str, title: str, rows: Counts) -> Heat:
    most = max(count for hours in rows.values() for count in hours.values())
    cells, labels = [], [_hour_label(hour) for hour in range(0, 24, 3)]
    for place, (name, hours) in enumerate(rows.items()):
        y = _TOP + place * _ROW
        labels.append(Label(0, y + 14, _short(name)))
        cells += [
            Cell(
                _LEFT + hour * _CELL,
                y,
                f"sw-h{-(-_DARKEST * hours.get(hour, 0) // most)}",
                _cell_text(name, hour, hours.get(hour, 0)),
            )
            for hour in range(24)
        ]
    return Heat(
        id=id,
        title=title,
        summary=_summary(rows),
        width=_LEFT + 24 * _CELL,
        height=_TOP + len(rows) * _ROW,
        cells=tuple(cells),
        labels=tuple(labels),
    )


def _short(name: str) -> str:
    """As much of a name as stands beside the strip; signs of Chinese are twice as wide."""
    room, kept = _LEFT // 6 - 2, ""
    for sign in name:
        room -= 2 if ord(sign) > 0x2E7F else 1
        if room < 0:
            return f"{kept}…"
        kept += sign
    return kept


def _hour_label(hour: int) -> Label:
    return Label(_LEFT + hour * _CELL, 12, f"{hour:02d}")


def _cell_text(name: str, hour: int, count: int) -> str:
    told = {"name": name, "hour": f"{hour:02d}:00", "count": count}
    return _("%(name)s %(hour)s 起一小时：%(count)s 件") % told


def _summary(rows: Counts) -> str:
    """The worst hour in words, for whoever does not see the drawing."""
    count, name, hour = max(
        (count, name, hour) for name, hours in rows.items() for hour, count in hours.items()
    )
    told = {"name": name, "hour": f"{hour:02d}:00", "count": count}
    return _("最多的是 %(name)s %(hour)s 起一小时：%(count)s 件") % told
