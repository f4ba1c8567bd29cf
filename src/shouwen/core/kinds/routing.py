"""The routing kind: somebody owns the matter at every moment, and a hand-over counts only when
accepted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version, Words
from shouwen.core.events import Event
from shouwen.core.kinds.clock import duration_of, first
from shouwen.core.listening import Heard, Outcome
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict

OWNER_SET = ("case.owner_set",)
OFFERED, ANSWERED_OFFER = (
    "case.handover_offered",
    ("case.handover_accepted", "case.handover_refused", "case.handover_withdrawn"),
)
_WARN_SHARE = 0.8
_AT_ONCE = Limit(value=1, unit="minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingVersion(Version):
    """One dated wording. Owned from `owner_from` until one of `owner_until`.

    An offered hand-over must be accepted or refused within `handover_accepted_within`. A call
    passed on without a word (`cold_transfer`) is flagged or refused; `warm_words` announce a
    transfer.
    """

    owner_from: tuple[str, ...]
    owner_until: tuple[str, ...]
    handover_accepted_within: Limit
    owner_set_within: Limit = _AT_ONCE
    cold_transfer: Literal["flag", "refuse"] = "flag"
    warm_words: tuple[str, ...] = ()
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events from which somebody owns the matter."""
        return self.owner_from


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule(RuleHead):
    """A rule of first-asked responsibility."""

    kind: Literal["routing"]
    versions: tuple[RoutingVersion, ...]

    @property
    def judged(self) -> bool:
        """Ownership is judged."""
        return True


@dataclass(frozen=True, slots=True)
class _Stage:
    """One thing that is awaited: since when, until when at the latest, and when it came."""

    code: str
    since: datetime
    due_at: datetime
    came_at: datetime | None


def judge_routing(version: RoutingVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`. Raises
    YearNotPublished.

    Missed as soon as the matter had no owner in time or an offer was not answered in time.
    Running without a due time while an owner stands and no offer is open.
    """
    events, calendar, now = matter.events, matter.calendar, matter.now
    begun = first(events, version.owner_from)
    if begun is None:
        return NotApplicable(reason="not_started")
    start = in_utc(begun.at)
    ended = first(events, version.owner_until, since=begun.at)
    stages = _stages(version, events, start, ended, calendar)
    steps = (
        tuple(Step(stage.code, {"at": stage.since, "due_at": stage.due_at}) for stage in stages)
        if matter.explain
        else ()
    )
    until = now if ended is None else ended.at
    for stage in stages:
        if (stage.came_at or until) > stage.due_at:
            # Once the matter is over nobody waits for the answer any more.
            at = stage.came_at or (in_utc(ended.at) if ended else None)
            return Missed(at=at, due_at=stage.due_at, started_at=stage.since, steps=steps)
    if ended is not None:
        at = in_utc(ended.at)
        return Met(at=at, due_at=at, started_at=start, steps=steps)
    awaited = next((stage for stage in stages if stage.came_at is None), None)
    if awaited is None:
        return Running(due_at=None, warn_at=None, started_at=start, steps=steps)
    warn_at = awaited.since + (awaited.due_at - awaited.since) * _WARN_SHARE
    return Running(due_at=awaited.due_at, warn_at=warn_at, started_at=awaited.since, steps=steps)


def _stages(
    version: RoutingVersion,
    events: Sequence[Event],
    start: datetime,
    ended: Event | None,
    calendar: WorkingCalendar,
) -> list[_Stage]:
    """The first owner, then each offer with its answer."""
    end_at = None if ended is None else ended.at
    owner = first(events, OWNER_SET)
    stages = [_stage("owner_awaited", start, version.owner_set_within, owner, calendar)]
    for event in events:
        if event.kind == OFFERED and (end_at is None or event.at <= end_at):
            answer = first(events, ANSWERED_OFFER, since=event.at)
            limit = version.handover_accepted_within
            stages.append(_stage("offer_awaited", event.at, limit, answer, calendar))
    return stages


def _stage(
    code: str, since: datetime, limit: Limit, came: Event | None, calendar: WorkingCalendar
) -> _Stage:
    latest = due_at(start=since, duration=duration_of(limit), calendar=calendar, now=since)
    return _Stage(code, in_utc(since), latest, in_utc(came.at) if came else None)


def judge_transfer(version: RoutingVersion, heard: Heard) -> Outcome:
    """Whether a transferred call was announced to the caller; calls that were not transferred
    are not judged.
    """
    if not heard.call.transferred or not version.warm_words:
        return Outcome("not_applicable", Words(zh="没有转接", en="not transferred"))
    for utterance in heard.agent:
        if heard.phrase_in(utterance.text, version.warm_words):
            return Outcome("kept", Words(zh="转接前已说明", en="announced"), utterance.turn)
    return Outcome(
        "broken",
        Words(zh="未说明就转接", en="passed on without a word"),
        heard.agent[-1].last_turn,
    )
