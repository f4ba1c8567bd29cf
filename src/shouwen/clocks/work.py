"""Job handlers of the clocks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.clocks.operations import (
    MILESTONE,
    REJUDGE_ONE,
    REJUDGE_OPEN,
    bring_up_to_date,
    spread,
)
from shouwen.clocks.queries import look_again
from shouwen.core.events import Subject
from shouwen.jobs.registry import handler


@handler(MILESTONE)
def pass_milestone(payload: Mapping[str, Any], now: datetime) -> None:
    """Judges the subject's clocks anew; that records what was warned of or missed.

    The ticker has seen the milestone pass. A worker whose own clock is behind must not judge
    before it, or nobody would look again. Raises PackFaults: the job comes again.
    """
    passed = datetime.fromisoformat(payload["at"]) + timedelta(microseconds=1)
    subject = Subject(payload["subject_kind"], UUID(payload["subject_id"]))
    bring_up_to_date(subject=subject, now=max(now, passed))


@handler(REJUDGE_OPEN)
def rejudge_open(payload: Mapping[str, Any], now: datetime) -> None:
    """The calendar changed: hands the open clocks that depend on it out, subject by subject."""
    after = UUID(payload["after"]) if payload["after"] else None
    spread(version=payload["version"], now=now, after=after)


@handler(REJUDGE_ONE)
def rejudge_one(payload: Mapping[str, Any], now: datetime) -> None:
    """Judges one subject's clocks by the calendar in force now. Raises PackFaults: the job comes again."""
    look_again()
    subject = Subject(payload["subject_kind"], UUID(payload["subject_id"]))
    bring_up_to_date(subject=subject, now=now)
