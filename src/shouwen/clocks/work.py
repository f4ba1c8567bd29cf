"""Job handlers of the clocks."""

import time as pause
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.clocks.operations import (
    FILL_RULINGS,
    MILESTONE,
    REJUDGE_ONE,
    REJUDGE_OPEN,
    bring_up_to_date,
    fill,
    fold,
    spread,
)
from shouwen.clocks.queries import look_again
from shouwen.core.events import Subject
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import OUTSIDE, Effects, errand, handler
from shouwen.jobs.schedules import EveryMinutes

FOLD = "clocks.fold"
MOST_BATCHES = 400
BREATH_SECONDS = 0.02

define(FOLD, schedule=EveryMinutes(5), catch_up="once", queue=OUTSIDE)


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


@handler(FILL_RULINGS)
def fill_rulings(payload: Mapping[str, Any], now: datetime) -> None:
    """Rules on the next subjects that were judged before rulings were kept, and asks for the rest."""
    after = UUID(payload["after"]) if payload["after"] else None
    fill(now=now, after=after)


@errand(FOLD)
def fold_changes(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Folds what has changed into the figures, batch by batch, each a short transaction."""
    for _ in range(MOST_BATCHES):
        if not fold():
            break
        pause.sleep(BREATH_SECONDS)  # SQLite's lock is not fair: others get their turn
    return lambda now: None
