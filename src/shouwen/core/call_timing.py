"""What the clock alone tells about a call: silences, breaking in, waits."""

from collections.abc import Collection
from dataclasses import dataclass

from shouwen.core.calls import CallRecord, Turn


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody spoke from `start` to `end`, in seconds; `after` is the turn before it."""

    start: float
    end: float
    after: int

    @property
    def seconds(self) -> float:
        """How long nobody spoke."""
        return round(self.end - self.start, 3)


def silences(call: CallRecord, *, longer_than: float) -> tuple[Silence, ...]:
    """The silences between turns, holds taken out, that last longer than so many seconds."""
    found = []
    until, after = None, 0
    for i, turn in enumerate(call.turns):
        if until is not None and turn.start - until > longer_than:
            start = _after_holds(call, until, turn.start)
            if turn.start - start > longer_than:
                found.append(Silence(start, turn.start, after))
        if until is None or turn.end >= until:
            until, after = turn.end, i
    return tuple(found)


def _after_holds(call: CallRecord, start: float, end: float) -> float:
    """Where the silence begins: after a hold inside it, whose own rule speaks of it."""
    return max([start, *(min(to, end) for since, to in call.holds if since < end and to > start)])


def break_ins(
    call: CallRecord, texts: Collection[str], *, more_than: float, backchannels: Collection[str]
) -> tuple[int, ...]:
    """The agent's turns that begin more than so many seconds before the customer has finished
    and go on longer than the customer; 嗯 and the like are none. `texts`: the turns normalised.
    """
    return tuple(
        i
        for i, (turn, text) in enumerate(zip(call.turns, texts, strict=True))
        if turn.speaker == "agent"
        and i
        and _still_spoken(call, i)
        and text not in backchannels
        and any(_breaks_into(turn, other, more_than) for other in call.turns[max(0, i - 4) : i])
    )


def _still_spoken(call: CallRecord, i: int) -> bool:
    start = call.turns[i].start
    return any(other.end > start for other in call.turns[max(0, i - 4) : i])


def overlap(call: CallRecord, turn: int) -> float:
    """Seconds by which a turn of the agent runs over the customer's words before it."""
    spoken = call.turns[turn]
    ends = [t.end for t in call.turns[max(0, turn - 4) : turn] if _breaks_into(spoken, t, 0)]
    return round(max(ends, default=spoken.start) - spoken.start, 3)


def _breaks_into(turn: Turn, other: Turn, more_than: float) -> bool:
    return (
        other.speaker == "customer"
        and other.start <= turn.start
        and round(other.end - turn.start, 3) > more_than
        and turn.end > other.end
    )
