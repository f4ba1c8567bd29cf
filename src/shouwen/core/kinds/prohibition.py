"""The prohibition kind: something must not be done at all, or not at certain times of day.

Beside the kinds of the founding design: forbidden windows and forbidden actions fit none of them.
Until the matter ends nobody can say that it was kept: it runs without a due time, is met at the
end, and missed from the first forbidden action on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shouwen.core.clause import Limit, RuleHead, Version
from shouwen.core.events import EVENTS, Event
from shouwen.core.kinds.clock import duration_of, first
from shouwen.core.matter import Matter
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenWindow:
    """From `opens` up to but not including `closes`, local time of day, on these days of the week
    (mon … sun; empty: every day). A window that closes at or before its opening ends next day and
    belongs to the day on which it opened.
    """

    opens: time
    closes: time
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProhibitionVersion(Version):
    """One dated wording: `action` may not happen, within `windows` where there are any.

    `unless`: events at or before the action that allow it, such as an approval: `any` one of them
    or `all`, not older than `unless_within`. The matter begins with `begins` (empty: whatever
    happens first) and ends with one of `ends_on`; what happens later is no matter of this rule.
    """

    action: tuple[str, ...]
    ends_on: tuple[str, ...]
    begins: tuple[str, ...] = ()
    windows: tuple[ForbiddenWindow, ...] = ()
    unless: tuple[str, ...] = ()
    unless_needs: Literal["any", "all"] = "any"
    unless_within: Limit | None = None

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that begin the matter."""
        return self.begins


@dataclass(frozen=True, slots=True, kw_only=True)
class ProhibitionRule(RuleHead):
    """A rule about what must not be done."""

    kind: Literal["prohibition"]
    versions: tuple[ProhibitionVersion, ...]

    @property
    def judged(self) -> bool:
        """Prohibitions are judged."""
        return True


def judge_prohibition(version: ProhibitionVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Missed at the first forbidden action; `failed` names every kind of forbidden action. Nothing
    is due: no verdict has a due time. An action that is itself an end is judged. Raises
    YearNotPublished.
    """
    kinds = version.begins or tuple(event.kind for event in matter.events)
    begun = first(matter.events, kinds)
    if begun is None:
        return NotApplicable(reason="not_started")
    started = in_utc(begun.at)
    ended = first(matter.events, version.ends_on, since=begun.at)
    acts = [
        event
        for event in matter.events
        if event.kind in version.action
        and event.at >= begun.at
        and (ended is None or event.at <= ended.at)
    ]
    forbidden, steps = _looked_at(version, matter, acts)
    told = (Step("started", {"at": started}), *steps) if matter.explain else ()
    if forbidden:
        failed = tuple(dict.fromkeys(event.kind for event in forbidden))
        return Missed(at=in_utc(forbidden[0].at), started_at=started, failed=failed, steps=told)
    if ended is not None:
        at = in_utc(ended.at)
        ending = (Step("ended_without", {"at": at}),) if matter.explain else ()
        return Met(at=at, started_at=started, steps=(*told, *ending))
    return Running(due_at=None, warn_at=None, started_at=started, steps=told)


def _looked_at(
    version: ProhibitionVersion, matter: Matter, acts: Sequence[Event]
) -> tuple[list[Event], list[Step]]:
    """The forbidden actions, and a step for each action that was looked at."""
    forbidden, steps = [], []
    for act in acts:
        window = _window_of(version, act.at, matter.calendar.zone)
        if version.windows and window is None:
            continue
        allowed = _allowed_by(version, matter, act)
        said: dict[str, Param] = {"at": in_utc(act.at), **_named(act.kind)}
        if allowed is not None:
            steps.append(Step("action_allowed", {**said, "allowed_at": in_utc(allowed.at)}))
            continue
        forbidden.append(act)
        if window is None:
            steps.append(Step("forbidden_action", said))
        else:
            hours = {"opens": f"{window.opens:%H:%M}", "closes": f"{window.closes:%H:%M}"}
            steps.append(Step("forbidden_at_this_time", {**said, **hours}))
    return forbidden, steps


def _named(kind: str) -> dict[str, str]:
    known = EVENTS.get(kind)
    return {"name_zh": known.zh if known else kind, "name_en": known.en if known else kind}


def _window_of(
    version: ProhibitionVersion, at: datetime, zone: ZoneInfo
) -> ForbiddenWindow | None:
    """The forbidden window in which the moment falls."""
    for window in version.windows:
        if any(opens <= at < closes for opens, closes in _around(window, at, zone)):
            return window
    return None


def _around(
    window: ForbiddenWindow, at: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The window of the moment's local day and that of the day before, which may reach over."""
    today = at.astimezone(zone).date()
    for day in (today - _DAY, today):
        if not window.days or WEEKDAYS[day.weekday()] in window.days:
            over = window.closes <= window.opens
            yield _at(day, window.opens, zone), _at(day + _DAY * over, window.closes, zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _allowed_by(version: ProhibitionVersion, matter: Matter, act: Event) -> Event | None:
    """The approval that allows the action, the last one where several are needed."""
    found = {
        event.kind: event
        for event in matter.events
        if event.kind in version.unless
        and event.at <= act.at
        and _is_fresh(version, matter, event, act)
    }
    if not found or (version.unless_needs == "all" and len(found) < len(set(version.unless))):
        return None
    return max(found.values(), key=lambda event: event.at)


def _is_fresh(version: ProhibitionVersion, matter: Matter, approval: Event, act: Event) -> bool:
    if version.unless_within is None:
        return True
    good_until = due_at(
        start=approval.at,
        duration=duration_of(version.unless_within),
        calendar=matter.calendar,
        now=approval.at,
    )
    return act.at <= good_until
