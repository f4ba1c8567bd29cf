"""From a verdict to what a clock row says: pure, so that anybody can compare the two."""

from dataclasses import dataclass
from datetime import UTC, datetime

from shouwen.core.timing.steps import Step
from shouwen.core.verdict import (
    Excepted,
    Gap,
    Met,
    Missed,
    NotApplicable,
    NotProvable,
    Paused,
    Running,
    Verdict,
)

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The urgency of a clock without a due time: after all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The computed columns of a clock row. Instants in UTC; see `models.Clock` for their meaning."""

    state: str
    is_open: bool
    reason: str = ""
    started_at: datetime | None = None
    warn_at: datetime | None = None
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    remaining_seconds: float | None = None
    calendar_version: str = ""
    next_milestone: str = ""
    next_milestone_at: datetime | None = None

    @property
    def urgency_at(self) -> datetime:
        """What open clocks are ordered by."""
        return self.due_at or NEVER


def standing(verdict: Verdict, *, now: datetime) -> Standing:
    """What the row says at `now`."""
    match verdict:
        case Running():
            return _running(verdict, now=now)
        case Paused():
            return _paused(verdict)
        case Met() | Missed():
            return _ended(verdict)
        case Gap():
            return _gap(verdict)
        case NotApplicable(reason="cancelled"):
            return Standing(state="cancelled", is_open=False)
        case NotApplicable(reason=reason) | Excepted(reason=reason) | NotProvable(reason=reason):
            return Standing(state=verdict.word, is_open=False, reason=reason)


def _running(verdict: Running, *, now: datetime) -> Standing:
    warned = verdict.warn_at is not None and now >= verdict.warn_at
    milestone, at = (
        ("due", verdict.due_at) if warned or verdict.warn_at is None else ("warn", verdict.warn_at)
    )
    return Standing(
        state="warned" if warned else "running",
        is_open=verdict.due_at is not None,  # else an owner stands and nobody waits for anything
        started_at=verdict.started_at,
        warn_at=verdict.warn_at,
        due_at=verdict.due_at,
        calendar_version=_calendar(verdict.steps),
        next_milestone=milestone if at else "",
        next_milestone_at=at,
    )


def _paused(verdict: Paused) -> Standing:
    return Standing(
        state="paused",
        is_open=True,
        reason=verdict.reason,
        started_at=verdict.started_at,
        paused_at=verdict.since,
        remaining_seconds=verdict.remaining_seconds,
        calendar_version=_calendar(verdict.steps),
        next_milestone="pause" if verdict.lapses_at else "",
        next_milestone_at=verdict.lapses_at,
    )


def _ended(verdict: Met | Missed) -> Standing:
    return Standing(
        state=verdict.word,
        is_open=verdict.at is None,
        started_at=verdict.started_at,
        due_at=verdict.due_at,
        stopped_at=verdict.at,
        calendar_version=_calendar(verdict.steps),
    )


def _gap(verdict: Gap) -> Standing:
    return Standing(
        state="gap" if verdict.year is None else "no_promise",
        is_open=verdict.stopped_at is None,
        reason=verdict.reason,
        started_at=verdict.started_at,
        stopped_at=verdict.stopped_at,
    )


def _calendar(steps: tuple[Step, ...]) -> str:
    return next((str(step.params["version"]) for step in steps if step.code == "calendar"), "")
