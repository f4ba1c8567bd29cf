"""The list of periodic work. Apps define theirs in their `work.py`, beside the function that does it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shouwen.jobs.registry import DEFAULT
from shouwen.jobs.schedules import Schedule

CatchUp = Literal["once", "all", "skip"]
"""What becomes of instants that passed while nobody looked: one job for the newest of them; a job
for each; none, unless the newest is not older than two minutes."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Periodic work: `name` is the kind of its jobs."""

    name: str
    schedule: Schedule
    catch_up: CatchUp
    queue: str = DEFAULT


_definitions: dict[str, Definition] = {}


class DefinedTwice(ValueError):
    """Two definitions claim one name."""


def define(
    name: str, *, schedule: Schedule, catch_up: CatchUp, queue: str = DEFAULT
) -> Definition:
    """Puts periodic work on the list. Raises DefinedTwice."""
    definition = Definition(name, schedule, catch_up, queue)
    if _definitions.setdefault(name, definition) != definition:
        raise DefinedTwice(name)
    return definition


def definitions() -> Iterable[Definition]:
    """All periodic work of this process, by name."""
    return [_definitions[name] for name in sorted(_definitions)]
