"""Counts on the rail that apps above this one know: how much waits behind an entry, one query each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shouwen.access.permission import Action, can
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits behind an entry, and that in words."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class _Counting:
    action: Action
    count: Callable[[], int]
    words: Callable[[int], str]


_known: dict[str, _Counting] = {}


def count_on_rail(
    entry: str, *, action: Action, count: Callable[[], int], words: Callable[[int], str]
) -> None:
    """Registers what is counted on an entry, by its URL name, for those who may do `action`."""
    _known[entry] = _Counting(action, count, words)


def waiting_for(staff: Staff) -> Mapping[str, Waiting]:
    """What waits, by entry, as far as this person sees the entry; nothing for what is empty."""
    counted = {
        entry: (each, each.count()) for entry, each in _known.items() if can(staff, each.action)
    }
    return {
        entry: Waiting(count, each.words(count))
        for entry, (each, count) in counted.items()
        if count
    }
