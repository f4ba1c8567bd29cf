"""The versions of a rule: a line of time, and what each changed."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from shouwen.clauses.presenters.pages import VersionChange, VersionPoint, Versions, VersionSpan
from shouwen.core.clause import Version
from shouwen.core.kinds import Rule
from shouwen.standard.describing import Line, described
from shouwen.standard.pack import Pack
from shouwen.ui.languages import worded

_WIDTH, _LEFT, _RIGHT = 620, 30, 590
_MOST = 4


def versions(rule: Rule, *, pack: Pack, today: date) -> Versions:
    """All versions as sentences, and the last few on a line with today on it; one needs no line."""
    shown = rule.versions[-_MOST:]
    first = len(rule.versions) - len(shown) + 1
    places = _places([version.from_ for version in shown], today)
    current = rule.on(today)
    points = tuple(
        VersionPoint(
            x,
            _look(version, current, today),
            _title(number, version, current, today),
            _text(version, pack),
        )
        for number, (version, x) in enumerate(zip(shown, places, strict=False), first)
    )
    ends = [*places[1:-1], _RIGHT]
    now_x = places[-1]
    return Versions(
        label="；".join(f"{point.title} {point.text}" for point in points),
        view_box=f"0 0 {_WIDTH} 74",
        points=points if len(rule.versions) > 1 else (),
        spans=tuple(
            VersionSpan(point.x + 6, end - 8, point.look)
            for point, end in zip(points, ends, strict=True)
        ),
        now_x=now_x,
        now_text=_("今天"),
        changes=tuple(_changes(rule.versions, pack)),
    )


def version_text(rule: Rule, *, today: date) -> str:
    """第 2 版 · 2025-03-01 起: the version in force, or the one to come."""
    current = rule.on(today)
    if current is None:
        coming = next((each for each in rule.versions if each.from_ > today), None)
        return _("%(day)s 起用") % {"day": coming.from_.isoformat()} if coming else _("已废止")
    number = rule.versions.index(current) + 1
    return _("第 %(number)s 版 · %(day)s 起") % {
        "number": number,
        "day": current.from_.isoformat(),
    }


def version_on(rule: Rule, day: date | None) -> str:
    """第 2 版，2025-03-01 起用: the version that begins on a day; empty when none does."""
    days = [version.from_ for version in rule.versions]
    if day not in days or day is None:
        return ""
    number = days.index(day) + 1
    return _("第 %(number)s 版，%(day)s 起用") % {"number": number, "day": day.isoformat()}


def _places(days: Sequence[date], today: date) -> list[float]:
    """Where each version begins, and at the end where today is; no two closer than a label is wide."""
    last = max(today, days[-1])
    whole = max(1, (last - days[0]).days)
    room = _RIGHT - 60 - _LEFT
    least = min(150.0, room / max(1, len(days) - 1))
    places: list[float] = []
    for day in days:
        x = _LEFT + room * (day - days[0]).days / whole
        places.append(max(x, places[-1] + least) if places else float(_LEFT))
    over = max(0.0, places[-1] - room - _LEFT)
    places = [
        round(x - over * number / max(1, len(places) - 1), 1) for number, x in enumerate(places)
    ]
    return [*places, _today_x(places, days, today)]


def _today_x(places: Sequence[float], days: Sequence[date], today: date) -> float:
    """Today lies between the versions around it, or after the last at the end of the line."""
    after = [number for number, day in enumerate(days) if day > today]
    if not after:
        return float(_RIGHT - 40)
    if after[0] == 0:
        return float(_LEFT - 12)
    left, right = after[0] - 1, after[0]
    share = (today - days[left]).days / max(1, (days[right] - days[left]).days)
    return round(places[left] + (places[right] - places[left]) * share, 1)


def _look(version: Version, current: Version | None, today: date) -> str:
    if version.from_ > today:
        return "draft"
    return "on" if version is current else "old"


def _title(number: int, version: Version, current: Version | None, today: date) -> str:
    title = _("第 %(number)s 版") % {"number": number}
    if version is current:
        return _("%(version)s，现行") % {"version": title}
    return _("%(version)s，还没到") % {"version": title} if version.from_ > today else title


def _text(version: Version, pack: Pack) -> str:
    """2025-03 · 2 个工作日: the month, and the limit where there is one."""
    month = f"{version.from_:%Y-%m}"
    if version.withdrawn:
        return f"{month} · {_('废止')}"
    limits = [line for line in described(version, pack=pack) if line.name in ("limit", "lead")]
    return " · ".join([month, *(worded(line.text) for line in limits[:1])])


def _changes(versions: Sequence[Version], pack: Pack) -> list[VersionChange]:
    """What each version changed, the latest first; the first one is the beginning."""
    told = []
    for number, version in enumerate(versions, 1):
        before = versions[number - 2] if number > 1 else None
        changes = [_("规则从这一天开始")] if before is None else _between(before, version, pack)
        told.append(
            VersionChange(
                _("第 %(number)s 版") % {"number": number},
                version.from_.isoformat(),
                tuple(changes) or (_("只改了写法"),),
            )
        )
    return told[::-1]


def _between(before: Version, after: Version, pack: Pack) -> list[str]:
    if after.withdrawn:
        return [_("废止，从这一天起不再适用")]
    was = {line.name: line for line in described(before, pack=pack)}
    now = {line.name: line for line in described(after, pack=pack)}
    told = []
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
        if old == new:
            continue
        label = worded((new or old).label)  # type: ignore[union-attr]  # one of them is there
        if old is None or new is None:
            word = _("新增") if old is None else _("去掉")
            told.append(f"{word} {label}：{_whole(new or old)}")
        else:
            told.append(f"{label}：{_whole(old)} → {_whole(new)}")
    return told


def _whole(line: Line | None) -> str:
    """A line with everything in it, for comparing."""
    if line is None:
        return ""
    parts = [
        " ".join([worded(part.text), *(worded(each) for each in part.details), *part.lines])
        for part in line.parts
    ]
    return "；".join(text for text in (worded(line.text), *parts, *line.lines) if text)
