"""What apps above this one know of a home: tags on its page, and dangers that a pop-up names."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HomeFlag:
    """A danger found at a home and not put right: its grade (major, general), what."""

    grade: str
    text: str


Flagging = Callable[[UUID], tuple[HomeFlag, ...]]

_flagging: list[Flagging] = []


def flag_homes(function: Flagging) -> None:
    """Registers who knows of dangers at a home, by the id of the premises."""
    if function not in _flagging:
        _flagging.append(function)


def flags_of(premises_id: UUID | None) -> tuple[HomeFlag, ...]:
    """The dangers at a home, one query for each who knows; none without a home."""
    if premises_id is None:
        return ()
    return tuple(flag for function in _flagging for flag in function(premises_id))
