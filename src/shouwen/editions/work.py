"""Job handlers of the editions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.core.events import Subject
from shouwen.editions import operations
from shouwen.editions.operations import whatif as trying
from shouwen.jobs.registry import Effects, errand, handler, when_dropped


@handler(operations.INSTALL)
def install(payload: Mapping[str, Any], now: datetime) -> None:
    """Sees that a published edition is in the list that every process reads."""
    operations.install()


@errand(operations.PREVIEW)
def preview(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Counts which clocks of the next subjects an edition would move. Raises PackFaults: the job comes again."""
    return operations.preview(passing_id=UUID(payload["passing"]), after=_after(payload), now=now)


@handler(operations.SPREAD)
def spread(payload: Mapping[str, Any], now: datetime) -> None:
    """A version begins: hands the clocks that it takes over out, subject by subject."""
    operations.spread(passing_id=UUID(payload["passing"]), after=_after(payload), now=now)


@handler(operations.MOVE)
def move(payload: Mapping[str, Any], now: datetime) -> None:
    """Moves the clocks of one subject. Raises PackFaults: the job comes again."""
    subject = Subject(payload["subject_kind"], UUID(payload["subject_id"]))
    operations.move(passing_id=UUID(payload["passing"]), subject=subject, now=now)


@errand(trying.WHATIF)
def try_on_the_past(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Goes on trying a draft on the past for a few seconds."""
    return trying.go_on(run_id=UUID(payload["run"]), now=now)


@handler(trying.CLEAR)
def clear_after_trying(payload: Mapping[str, Any], now: datetime) -> None:
    """Takes away some of what a try that has ended needs no more."""
    trying.clear(run_id=UUID(payload["run"]), now=now)


@when_dropped(trying.WHATIF)
def stop_trying(payload: Mapping[str, Any], now: datetime) -> None:
    """Nobody goes on with the run."""
    trying.give_up_trying(run_id=UUID(payload["run"]), now=now)


def _after(payload: Mapping[str, Any]) -> UUID | None:
    return UUID(payload["after"]) if payload["after"] else None
