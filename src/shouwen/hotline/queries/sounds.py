"""What was measured on recordings of calls, as the values that judge and draw it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from shouwen.clocks.queries import listening_plan
from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, Overlap, Pitch, SideMeasures, Span
from shouwen.core.clause import Words
from shouwen.core.kinds.by_sound import SoundHeard
from shouwen.hotline.models import Call, RecordingSound
from shouwen.standard.faults import PackFaults

MEASURED = RecordingSound.State.MEASURED


def readable_listening() -> Listening:
    """How recordings are listened to; the defaults while the file cannot be read."""
    try:
        return listening_plan()
    except PackFaults:
        return Listening()


def sound_of(*, call: Call) -> RecordingSound | None:
    """The measures of a call's recording: of the longest that was measured, else why none was."""
    rows = RecordingSound.objects.filter(recording__call=call)
    return max(rows, key=lambda row: (row.state == MEASURED, row.seconds), default=None)


def heard_on(*, call: Call, row: RecordingSound) -> SoundHeard | Words:
    """The measures as they are judged, or why there are none."""
    if row.state != MEASURED:
        return Words(zh=row.why_zh, en=row.why_en)
    listening = readable_listening()
    return SoundHeard(
        sound=told_sound(row),
        norm=norm_of_row(row, listening),
        holds=tuple(_holds(call, row)),
        listening=listening,
    )


def told_sound(row: RecordingSound) -> CallSound:
    """The row's measures."""
    return CallSound(
        seconds=row.seconds,
        customer=SideMeasures(
            spans=_spans(row.customer_spans),
            spoken=row.customer_spoken,
            loudness_lufs=row.customer_lufs,
            rate=row.customer_rate,
            pitch=_pitch(row.customer_pitch_hz, row.customer_pitch_spread),
        ),
        agent=SideMeasures(
            spans=_spans(row.agent_spans),
            spoken=row.agent_spoken,
            loudness_lufs=row.agent_lufs,
            rate=row.agent_rate,
            pitch=_pitch(row.agent_pitch_hz, row.agent_pitch_spread),
        ),
        overlaps=tuple(Overlap(*each) for each in row.overlaps),
        dead_air=_spans(row.dead_air),
    )


def norm_of_row(row: RecordingSound, listening: Listening) -> Norm | NoNormYet:
    """The agent's usual pitch when the recording was measured."""
    if row.usual_pitch_hz is None:
        return NoNormYet(row.norm_calls, listening.norm_calls)
    return Norm(row.usual_pitch_hz, row.norm_calls)


def _spans(pairs: Sequence[Sequence[float]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _pitch(hz: float | None, spread: float | None) -> Pitch | None:
    return None if hz is None or spread is None else Pitch(hz, spread)


def _holds(call: Call, row: RecordingSound) -> Iterable[Span]:
    """The holds in seconds of the recording; one whose end nobody told lasts to its end."""
    begun = call.rang_at + timedelta(seconds=row.begins_after)
    for since, until in call.holds:
        start = (datetime.fromisoformat(since) - begun).total_seconds()
        end = (datetime.fromisoformat(until) - begun).total_seconds() if until else row.seconds
        start, end = max(0.0, start), min(row.seconds, end)
        if end > start:
            yield Span(start, end)
