"""What a rule comes to on one call, and what that rests on."""

from typing import Literal, NamedTuple

from shouwen.core.clause import Words

CallWord = Literal["kept", "broken", "not_applicable", "not_provable"]


class Because(NamedTuple):
    """One thing that a finding rests on: the words or frame heard, and what it weighs."""

    heard: str
    weight: float
    turn: int | None = None


class CallFinding(NamedTuple):
    """What one rule comes to on one call.

    `turn`: where; `parts`: what failed; `measured`: the number, if any; `also_at`: further turns
    in which the same rule was broken; `because`: what the finding rests on, where words were weighed; `grave_at`: as
    in an outcome.
    """

    rule_id: str
    clause: str
    verdict: CallWord
    why: Words
    turn: int | None = None
    parts: tuple[str, ...] = ()
    measured: float | None = None
    also_at: tuple[int, ...] = ()
    because: tuple[Because, ...] = ()
    grave_at: tuple[int, ...] = ()

    @property
    def turns(self) -> tuple[int | None, ...]:
        """Every turn of the finding, the first one first."""
        return (self.turn, *self.also_at)


class Outcome(NamedTuple):
    """A finding before it knows its rule. `grave_at`: turns that count whatever else is broken there."""

    verdict: CallWord
    why: Words
    turn: int | None = None
    parts: tuple[str, ...] = ()
    measured: float | None = None
    also_at: tuple[int, ...] = ()
    because: tuple[Because, ...] = ()
    grave_at: tuple[int, ...] = ()
