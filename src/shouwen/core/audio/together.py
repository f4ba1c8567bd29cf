"""Two sides at once, or neither: who broke in, and where nobody spoke."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from shouwen.core.audio.sound import Overlap, Side, Span
from shouwen.core.audio.spans import joined


def overlaps(
    customer: Sequence[Span], agent: Sequence[Span], *, at_least: float
) -> tuple[Overlap, ...]:
    """Where both speak for at least so many seconds, in order.

    Who broke in is who began later; the agent is not said to have broken in where both begin at
    once.
    """
    found = []
    for theirs in customer:
        for ours in agent:
            start, end = max(theirs.start, ours.start), min(theirs.end, ours.end)
            if round(end - start, 3) >= at_least:
                found.append(_overlap(theirs, ours, start, end))
    return tuple(sorted(found))


def _overlap(theirs: Span, ours: Span, start: float, end: float) -> Overlap:
    by: Side = "agent" if ours.start > theirs.start else "customer"
    mine, other = (ours, theirs) if by == "agent" else (theirs, ours)
    return Overlap(start, end, by, mine.end > other.end, mine.seconds)


def dead_air(
    spans: Iterable[Span], *, seconds: float, at_least: float, but: Iterable[Span] = ()
) -> tuple[Span, ...]:
    """Where none of the spans of both sides lies for at least so many seconds of the recording.

    `but`: spans that are no dead air whatever is heard, such as holds; they count as taken.
    """
    taken = joined([Span(0.0, 0.0), *spans, *but, Span(seconds, seconds)], pause=0.0)
    gaps = (Span(before.end, after.start) for before, after in pairwise(taken))
    return tuple(gap for gap in gaps if gap.seconds >= at_least)
