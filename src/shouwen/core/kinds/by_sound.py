"""What a recording alone tells of the measures of a call, without a word that was spoken."""

from dataclasses import dataclass, field

from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, Overlap, Span
from shouwen.core.audio.together import dead_air
from shouwen.core.clause import Words
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.speech import from_usual, in_band
from shouwen.core.listening import Outcome

OF_THE_VOICE = ("loudness", "pitch")
"""Measures of the agent's channel that no transcript gives."""
OF_TIMING = ("overlap_seconds", "silence_seconds")
"""Measures that a transcript gives too, with what was said before."""
_NOTHING = Words(zh="本次通话未涉及", en="not a matter of this call")
_TOO_LITTLE = Words(zh="未评估：坐席说得太少", en="not evaluated: the agent said too little")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHeard:
    """A recording as it is judged: its measures, the agent's norm, holds in seconds of the recording."""

    sound: CallSound
    norm: Norm | NoNormYet
    holds: tuple[Span, ...] = ()
    listening: Listening = field(default_factory=Listening)


def judge_sound(version: CallMeasureVersion, heard: SoundHeard) -> Outcome:
    """A measure of the recording against the limit; pure.

    Where words could have kept the rule and nobody knows whether they were said, nothing is proved.
    """
    match version.measure:
        case "loudness":
            return _loudness(version, heard)
        case "pitch":
            return _pitch(version, heard)
        case "overlap_seconds":
            return _breaking_in(version, heard)
        case "silence_seconds":
            return _silence(version, heard)
        case _:
            return Outcome("not_applicable", _NOTHING)


def _loudness(version: CallMeasureVersion, heard: SoundHeard) -> Outcome:
    measured = heard.sound.agent.loudness_lufs
    if measured is None:
        return Outcome("not_provable", _TOO_LITTLE)
    return in_band(measured, at_least=version.kept_from, at_most=version.kept_up_to)


def _pitch(version: CallMeasureVersion, heard: SoundHeard) -> Outcome:
    pitch, norm = heard.sound.agent.pitch, heard.norm
    if pitch is None:
        return Outcome("not_provable", _TOO_LITTLE)
    if isinstance(norm, NoNormYet):
        why = Words(
            zh=f"未评估：还没有平时的声调，量过 {norm.calls} 通，要 {norm.wanted} 通",
            en=f"not evaluated: no norm yet, {norm.calls} calls measured of {norm.wanted} wanted",
        )
        return Outcome("not_provable", why)
    return from_usual(pitch.median_hz, usual=norm.hz, up_to=version.kept_up_to or 0.0)


def breaking_in(heard: SoundHeard, *, more_than: float) -> tuple[Overlap, ...]:
    """The overlaps in which the agent broke in by more than so many seconds, outlasted the customer
    and said more than an 嗯.
    """
    return tuple(
        each
        for each in heard.sound.overlaps
        if each.by == "agent"
        and each.outlasts
        and each.seconds > more_than
        and each.spoken > heard.listening.backchannel_up_to
    )


def _breaking_in(version: CallMeasureVersion, heard: SoundHeard) -> Outcome:
    found = breaking_in(heard, more_than=version.kept_up_to or 0.0)
    if not found:
        seconds = max((o.seconds for o in heard.sound.overlaps if o.by == "agent"), default=0.0)
        return Outcome("kept", Words(zh="没有打断客户", en="did not break in"), measured=seconds)
    longest = max(each.seconds for each in found)
    zh = f"{_clock(found[0].start)} 起抢话 {found[0].seconds:g} 秒，共 {len(found)} 处"
    en = f"broke in for {found[0].seconds:g} s at {_clock(found[0].start)}, {len(found)} times in all"
    return _unless_said(version, Words(zh=zh, en=en), longest)


def _silence(version: CallMeasureVersion, heard: SoundHeard) -> Outcome:
    sound, limit = heard.sound, version.kept_up_to or 0.0
    spans = (*sound.customer.spans, *sound.agent.spans)
    silent = dead_air(spans, seconds=sound.seconds, at_least=limit, but=heard.holds)
    found = [span for span in silent if span.seconds > limit and _within_the_talk(span, sound)]
    if not found:
        return Outcome("not_applicable", _NOTHING)
    longest = max(found, key=lambda span: span.seconds)
    zh = f"{_clock(longest.start)} 起无声 {longest.seconds:g} 秒"
    en = f"{longest.seconds:g} s of silence at {_clock(longest.start)}"
    return _unless_said(version, Words(zh=zh, en=en), longest.seconds)


def _within_the_talk(span: Span, sound: CallSound) -> bool:
    """Before the first word it rings, after the last one somebody has yet to hang up."""
    return span.start > 0 and span.end < sound.seconds


def _unless_said(version: CallMeasureVersion, what: Words, measured: float) -> Outcome:
    if not version.relieved_by:
        return Outcome("broken", what, measured=measured)
    why = Words(
        zh=what.zh + "；事先说了什么，没有文字可查",
        en=what.en + "; what was said before is not on record",
    )
    return Outcome("not_provable", why, measured=measured)


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
