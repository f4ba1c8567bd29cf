"""The timing of a call by the times of what was said, where nobody listened to its recording."""

from collections.abc import Iterable

from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, SideMeasures, Span
from shouwen.core.audio.spans import joined
from shouwen.core.audio.together import dead_air, overlaps
from shouwen.core.calls import Turn


def sound_of_turns(turns: Iterable[Turn], *, seconds: float, listening: Listening) -> CallSound:
    """Who spoke when, over whom, and where nobody did, in seconds of the call; nothing of the voices."""
    said = list(turns)
    theirs, ours = (
        joined([Span(t.start, t.end) for t in said if t.speaker == side], pause=0.0)
        for side in ("customer", "agent")
    )
    return CallSound(
        seconds=seconds,
        customer=_side(theirs),
        agent=_side(ours),
        overlaps=overlaps(theirs, ours, at_least=listening.overlap_from),
        dead_air=dead_air((*theirs, *ours), seconds=seconds, at_least=listening.dead_air_from),
    )


def _side(spans: tuple[Span, ...]) -> SideMeasures:
    return SideMeasures(spans=spans, spoken=round(sum(span.seconds for span in spans), 3))
