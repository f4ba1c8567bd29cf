"""Rounds of a matter: up to its reopening, and from there on.

A matter that is reopened begins anew: the reopening stands for the report and for saying that the
answer will take time. What was judged before stands. A case that was void by mistake and is
reopened was never void: neither the voiding nor the reopening is looked at.
"""

from collections.abc import Sequence
from dataclasses import replace

from shouwen.core.events import Event

REOPENED, VOIDED = "case.reopened", "case.voided"
BEGINNING = ("case.reported", "case.deferred", "case.owner_set")
"""What a reopening stands for."""


def reopenings(events: Sequence[Event]) -> list[Event]:
    """The reopenings that begin a new round, in order."""
    return [event for event in _counting(events) if event.kind == REOPENED]


def of_rounds(events: Sequence[Event], *, first: int, before: int | None = None) -> list[Event]:
    """The events of the rounds from `first` on, up to `before` or to the end; 0 is the first."""
    counting = _counting(events)
    marks = [place for place, event in enumerate(counting) if event.kind == REOPENED]
    end = len(counting) if before is None else marks[before - 1]
    if first == 0:
        return counting[:end]
    opening = counting[marks[first - 1]]
    begun = [replace(opening, kind=kind) for kind in BEGINNING]
    return [*begun, *counting[marks[first - 1] + 1 : end]]


def _counting(events: Sequence[Event]) -> list[Event]:
    kept: list[Event] = []
    for event in events:
        if event.kind == REOPENED and event.data.get("after") == "voided":
            kept = [each for each in kept if each.kind != VOIDED]
        else:
            kept.append(event)
    return kept
