"""One recording from a file: measured, written down where a model is there, judged. Needs no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shouwen.adapters.sound.extras import ExtraMissing
from shouwen.adapters.sound.files import TwoSides, two_sides
from shouwen.adapters.sound.listening import heard
from shouwen.adapters.sound.recognising import SherpaRecogniser, recogniser_in, transcribed
from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.placing import begins_after
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, Span
from shouwen.core.audio.telling import record_of
from shouwen.core.calls import CallRecord, Turn, parse_call
from shouwen.core.clause import Scalar, Words
from shouwen.core.kinds.by_sound import SoundHeard
from shouwen.core.listening import CallFinding
from shouwen.standard.by_sound import judge_by_sound, sound_rules
from shouwen.standard.judging import judge_calls
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A recording to listen to.

    `given`: what is known of the call, as the fields of a record. `model`: the folder of a
    recogniser. `usual_pitch`: the agent's, in Hz.
    """

    recording: Path
    given: Mapping[str, Any]
    model: Path | None = None
    usual_pitch: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What came of it. `sound` is None, and there is no `record`, where an extra is `missing`."""

    recording: Path
    norm: Norm | NoNormYet
    findings: Sequence[CallFinding]
    sound: CallSound | None = None
    missing: ExtraMissing | None = None
    recogniser: SherpaRecogniser | None = None
    turns: Sequence[Turn] = ()
    record: Mapping[str, Any] | None = None


def listened(wanted: Wanted, *, pack: Pack, listening: Listening) -> Listened:
    """Measures, judges and, with a model, writes down. Raises BadRecording, BadModel, CallFaults."""
    call = parse_call({**wanted.given, "turns": []})
    usual, wants = wanted.usual_pitch, listening.norm_calls
    norm = Norm(usual, 1) if usual else NoNormYet(0, wants)
    try:
        recogniser = recogniser_in(wanted.model) if wanted.model else None
        lacks = None
    except ExtraMissing as missing:
        recogniser, lacks = None, missing
    try:
        sides = two_sides(wanted.recording)
        sound = heard(sides, listening=listening)
    except ExtraMissing as missing:
        findings = _by_sound(pack, call, _said(missing), words_known=False)
        return Listened(recording=wanted.recording, norm=norm, findings=findings, missing=missing)
    after = _after(call, sound)
    told = SoundHeard(
        sound=sound, norm=norm, holds=_holds(call, after, sound.seconds), listening=listening
    )
    plain = Listened(
        recording=wanted.recording,
        norm=norm,
        findings=_by_sound(pack, call, told, words_known=False),
        sound=sound,
        missing=lacks,
    )
    if recogniser is None:
        return plain
    return _with_words(plain, wanted.given, sides, told, recogniser, pack, after)


def _with_words(
    plain: Listened,
    given: Mapping[str, Any],
    sides: TwoSides,
    heard: SoundHeard,
    recogniser: SherpaRecogniser,
    pack: Pack,
    after: float,
) -> Listened:
    """With what was said, and all that the standard says of it."""
    longest = heard.listening.longest_utterance
    turns = transcribed(sides, heard.sound, recogniser=recogniser, longest=longest)
    record = record_of(given, turns, heard.sound, after=after)
    call = parse_call(record)
    day = pack.calendar.day_of(call.started_at)
    voice = {*sound_rules(pack=pack, day=day, words_known=True)}
    said = [f for f in judge_calls(pack=pack, call=call) if f.rule_id not in voice]
    return replace(
        plain,
        findings=[*said, *_by_sound(pack, call, heard, words_known=True)],
        recogniser=recogniser,
        turns=call.turns,
        record=record,
    )


def _by_sound(
    pack: Pack, call: CallRecord, heard: SoundHeard | Words, *, words_known: bool
) -> tuple[CallFinding, ...]:
    facts: dict[str, Scalar] = {
        "direction": call.direction,
        "case_kind": call.kind,
        "channel": call.channel,
        "customer_known": call.customer is not None,
    }
    day = pack.calendar.day_of(call.started_at)
    return judge_by_sound(pack=pack, heard=heard, day=day, facts=facts, words_known=words_known)


def _said(missing: ExtraMissing) -> Words:
    return Words(
        zh=f"未评估：没有安装 [{missing.extra}]",
        en=f"not evaluated: [{missing.extra}] is not installed",
    )


def _after(call: CallRecord, sound: CallSound) -> float:
    """Seconds of the call before the recording begins; none where its end is not known."""
    if call.ended_after is None:
        return 0.0
    return begins_after(recorded=sound.seconds, whole=call.ended_after, waited=call.answered_after)


def _holds(call: CallRecord, after: float, seconds: float) -> tuple[Span, ...]:
    """The holds in seconds of the recording."""
    moved = ((max(0.0, start - after), min(seconds, end - after)) for start, end in call.holds)
    return tuple(Span(start, end) for start, end in moved if end > start)
