"""Clocks that another standard gives another length of time, and nothing else: counted together."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from shouwen.clocks.queries.judgements import WITHDRAWN, History, Start
from shouwen.core.kinds.clock import ClockRule, ClockVersion, is_quiet, new_length
from shouwen.core.timing.batch import ShiftingZone, due_times, instants, moment
from shouwen.core.timing.batch_years import runs_of
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.durations import Duration
from shouwen.core.verdict import Gap, Met, Missed, Running, Verdict
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack

Timed = Met | Missed | Running


def only_length(past: History, start: Start, *, old: Verdict, pack: Pack) -> Duration | None:
    """How long the clock would have had by the rule of another pack; None when more than the length
    differs, or something moved the clock while it ran.

    `old` is the verdict by the standard that it was judged by.
    """
    if not isinstance(old, Timed):
        return None
    rule_id = start.entry.data["rule"]
    before, after = past.pack_of(start).rules.get(rule_id), pack.rules.get(rule_id)
    if not isinstance(before, ClockRule) or not isinstance(after, ClockRule):
        return None
    version = after.on(pack.calendar.day_of(old.started_at))
    if not isinstance(version, ClockVersion):
        return None
    length = _length(This(before), start.rule_from, This(after), This(version))
    if length is None or rule_id not in past.applicable(past.facts_of(start), pack=pack):
        return None
    is_disturbed = WITHDRAWN in past.kinds or not is_quiet(version, past.kinds)
    return None if is_disturbed or not _counts(This(pack.calendar)) else length


def by_length(
    clocks: Iterable[Timed], *, length: Duration, calendar: WorkingCalendar, now: datetime
) -> list[Verdict]:
    """What each clock comes to at `now` (UTC) with this length; what ended it, and when, stays."""
    old = list(clocks)
    due = due_times(
        starts=instants(each.started_at for each in old), duration=length, calendar=calendar
    )
    return [
        Gap(reason="calendar_year_missing", year=year) if year else _then(each, moment(at), now)
        for each, at, year in zip(old, due.at.tolist(), due.missing_year.tolist(), strict=True)
    ]


def _then(old: Timed, due: datetime, now: datetime) -> Verdict:
    start, at = old.started_at, None if isinstance(old, Running) else old.at
    if (at or now) > due:
        return Missed(at=at, due_at=due, started_at=start)
    if at is None:
        return Running(due_at=due, warn_at=None, started_at=start)
    return Met(at=at, due_at=due, started_at=start)


@lru_cache(maxsize=4096)
def _length(
    before: This[ClockRule],
    rule_from: date | None,
    after: This[ClockRule],
    version: This[ClockVersion],
) -> Duration | None:
    old = next((each for each in before.it.versions if each.from_ == rule_from), None)
    start = version.it.start
    begins = {kind for each in after.it.versions for kind in each.begins_on}
    # The event that begins the clock must be the one whose day chooses the version.
    if old is None or start.all_of or start.rule or begins != set(start.on):
        return None
    return new_length(old, version.it)


@lru_cache(maxsize=16)
def _counts(calendar: This[WorkingCalendar]) -> bool:
    """Whether the batch can count by this calendar."""
    try:
        runs_of(calendar.it)
    except ShiftingZone:
        return False
    return True
