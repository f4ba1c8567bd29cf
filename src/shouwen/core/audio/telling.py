"""The measures of a recording as plain values: for JSON, and for the record of a call."""

from collections.abc import Mapping, Sequence
from typing import Any

from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.rate import characters_a_second
from shouwen.core.audio.sound import CallSound, SideMeasures, Span
from shouwen.core.calls import Turn


def measures_told(sound: CallSound) -> dict[str, Any]:
    """Both sides, overlaps and dead air; times in seconds of the recording."""
    return {
        "seconds": sound.seconds,
        "agent": _side(sound.agent),
        "customer": _side(sound.customer),
        "overlaps": [
            {
                "start": each.start,
                "end": each.end,
                "seconds": each.seconds,
                "by": each.by,
                "outlasts": each.outlasts,
            }
            for each in sound.overlaps
        ],
        "dead_air": {
            "longest": sound.longest_dead_air,
            "spans": [_span(span) for span in sound.dead_air],
        },
    }


def norm_told(norm: Norm | NoNormYet) -> dict[str, Any]:
    """How the agent usually sounds, or that nobody knows yet."""
    if isinstance(norm, Norm):
        return {"pitch_hz": norm.hz, "calls": norm.calls}
    return {"status": "no norm yet", "calls": norm.calls, "wanted": norm.wanted}


def record_of(
    given: Mapping[str, Any], turns: Sequence[Turn], sound: CallSound, *, after: float
) -> dict[str, Any]:
    """A call record with these turns and measures; what is `given` of the call stays as it is.

    `after`: seconds from the first ring to the start of the recording.
    """
    audio = {
        "loudness_lufs": sound.agent.loudness_lufs,
        "pitch_hz": sound.agent.pitch.median_hz if sound.agent.pitch else None,
    }
    told = {name: value for name, value in audio.items() if value is not None}
    return {
        **given,
        "turns": [
            {
                "start": round(turn.start + after, 2),
                "end": round(turn.end + after, 2),
                "speaker": turn.speaker,
                "text": turn.text,
            }
            for turn in turns
        ],
        "audio": {**(given.get("audio") or {}), **told},
    }


def characters_told(turns: Sequence[Turn], sound: CallSound) -> dict[str, float | None]:
    """Han characters a second of each side's speech."""
    return {
        side: characters_a_second(
            [turn.text for turn in turns if turn.speaker == side], spoken=measures.spoken
        )
        for side, measures in (("agent", sound.agent), ("customer", sound.customer))
    }


def _side(side: SideMeasures) -> dict[str, Any]:
    return {
        "spoken": side.spoken,
        "loudness_lufs": side.loudness_lufs,
        "syllables_a_second": side.rate,
        "pitch_hz": side.pitch.median_hz if side.pitch else None,
        "pitch_spread_semitones": side.pitch.spread if side.pitch else None,
        "spans": [_span(span) for span in side.spans],
    }


def _span(span: Span) -> list[float]:
    return [span.start, span.end]
