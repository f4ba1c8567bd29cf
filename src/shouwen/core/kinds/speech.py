"""How the agent speaks: breaking in, silences, trade terms, pitch and loudness, forms of address."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shouwen.core.call_timing import Silence, break_ins, overlap, silences
from shouwen.core.clause import Words
from shouwen.core.listening import BACKCHANNELS, Heard, Outcome, Utterance
from shouwen.core.text.phrases import Hit, normalised

_NOTHING = Words(zh="本次通话未涉及", en="not a matter of this call")
_NOT_EVALUATED = Words(zh="未评估：没有声音数据", en="not evaluated: there is no audio")
_PLAIN_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Jargon:
    """A trade term and how to say it plainly. `counts`: whether using it without explaining is
    held against the agent, or the plain wording is only offered.
    """

    term: str
    plain: str
    counts: bool = True


def interruptions(*, heard: Heard, more_than: float, relieved_by: str) -> Outcome:
    """Broken where the agent breaks in by more than so many seconds without asking leave."""
    call, texts = heard.call, heard.texts
    turns = (
        heard.break_ins
        if more_than == heard.hearing.overlap_over
        else break_ins(call, texts, more_than=more_than, backchannels=BACKCHANNELS)
    )
    rude = [turn for turn in turns if not _signalled(texts[turn], relieved_by, heard)]
    if not rude:
        seconds = max((overlap(call, turn) for turn in turns), default=0.0)
        return Outcome("kept", Words(zh="没有打断客户", en="did not break in"), measured=seconds)
    seconds = overlap(call, rude[0])
    why = Words(
        zh=f"客户还有 {seconds:g} 秒才说完就插话，没有先请求允许",
        en=f"broke in {seconds:g} s before the customer had finished, without asking leave",
    )
    return Outcome("broken", why, rude[0], measured=seconds, also_at=tuple(rude[1:]))


def dead_air(*, heard: Heard, longer_than: float, relieved_by: str) -> Outcome:
    """Broken where nobody speaks for longer than so many seconds and it was not announced."""
    quiet = silences(heard.call, longer_than=longer_than)
    if not quiet:
        return Outcome("not_applicable", _NOTHING)
    spoken = [(silence, _last_words(silence, heard)) for silence in quiet]
    for silence, words in spoken:
        if words is None or not _signalled(words.text, relieved_by, heard):
            why = Words(
                zh=f"无声 {silence.seconds:g} 秒，事先没有交代",
                en=f"{silence.seconds:g} s of silence that was not announced",
            )
            where = silence.after if words is None else words.last_turn
            return Outcome("broken", why, where, measured=silence.seconds)
    silence, words = spoken[-1]
    why = Words(
        zh=f"无声 {silence.seconds:g} 秒，事先有交代",
        en=f"{silence.seconds:g} s of silence, announced before",
    )
    return Outcome("kept", why, words.last_turn if words else None, measured=silence.seconds)


def _last_words(silence: Silence, heard: Heard) -> Utterance | None:
    return next((u for u in reversed(heard.agent) if u.turn <= silence.after), None)


def _signalled(text: str, signal: str, heard: Heard) -> bool:
    rule = heard.hearing.signals.get(signal)
    return rule is not None and heard.has(text, rule.any_of, rule.all_of, rule.none_of)


def plain_words(
    *, heard: Heard, jargon: Sequence[Jargon], explains: tuple[str, ...], up_to: float
) -> Outcome:
    """Broken with more unexplained terms than allowed.

    A term that the customer used first is known to the customer; one is explained when words of
    explanation, or words of its plain form, stand in the same turn.
    """
    used = _used(heard, jargon)
    if not used:
        return Outcome("not_applicable", _NOTHING)
    by_term = {one.term: one for one in jargon}
    unclear = [
        (utterance, hit)
        for utterance, hit in _unclear(used, heard, by_term, explains)
        if by_term[hit.phrase].counts
    ]
    if len(unclear) <= up_to:
        why = Words(zh="用到的术语有解释", en="the terms used were explained")
        return Outcome("kept", why, used[0][0].turn, measured=float(len(unclear)))
    hit = unclear[0][1]
    plain = by_term[hit.phrase].plain
    why = Words(
        zh=f"术语“{hit.phrase}”没有解释；可以说：{plain}",
        en=f"the term “{hit.phrase}” was not explained; better: {plain}",
    )
    turns = dict.fromkeys(heard.turn_at(u, h.start) for u, h in unclear)
    first, *others = turns
    return Outcome("broken", why, first, measured=float(len(unclear)), also_at=tuple(others))


def unexplained(
    *, heard: Heard, jargon: Sequence[Jargon], explains: tuple[str, ...]
) -> list[tuple[Utterance, Hit]]:
    """The terms that the customer did not use first and nobody explained, also those that are not held
    against anybody.
    """
    by_term = {one.term: one for one in jargon}
    return _unclear(_used(heard, jargon), heard, by_term, explains)


def _used(heard: Heard, jargon: Sequence[Jargon]) -> list[tuple[Utterance, Hit]]:
    return _without_parts(heard.said_of(jargon, lambda: [tuple(one.term for one in jargon)]))


def _unclear(
    used: Sequence[tuple[Utterance, Hit]],
    heard: Heard,
    by_term: Mapping[str, Jargon],
    explains: tuple[str, ...],
) -> list[tuple[Utterance, Hit]]:
    return [
        (utterance, hit)
        for utterance, hit in used
        if not _known(hit.phrase, utterance, heard)
        and not _explained(by_term[hit.phrase], utterance, hit, heard, explains)
    ]


def _without_parts(used: Sequence[tuple[Utterance, Hit]]) -> list[tuple[Utterance, Hit]]:
    """Of terms inside one another only the longest."""
    return [
        (utterance, hit)
        for utterance, hit in used
        if not any(
            other.turn == utterance.turn
            and wider.start <= hit.start
            and hit.end <= wider.end
            and wider.end - wider.start > hit.end - hit.start
            for other, wider in used
        )
    ]


def _known(term: str, utterance: Utterance, heard: Heard) -> bool:
    return any(term in said.text for said in heard.customer if said.turn < utterance.turn)


def _explained(
    one: Jargon, utterance: Utterance, hit: Hit, heard: Heard, explains: tuple[str, ...]
) -> bool:
    around = utterance.text[: hit.start] + utterance.text[hit.end :]
    if heard.phrase_in(around, explains):
        return True
    plain, everyday = normalised(one.plain), heard.hearing.everyday
    pairs = {plain[i : i + _PLAIN_ENOUGH] for i in range(len(plain) - 1)}
    return any(pair in around for pair in pairs if pair not in everyday and pair not in one.term)


def loudness(*, heard: Heard, at_least: float | None, at_most: float | None) -> Outcome:
    """The agent's loudness within a band, in LUFS; without audio nothing is said."""
    measured = heard.call.audio.loudness_lufs
    if measured is None:
        return Outcome("not_applicable", _NOT_EVALUATED)
    return in_band(measured, at_least=at_least, at_most=at_most)


def in_band(measured: float, *, at_least: float | None, at_most: float | None) -> Outcome:
    """A loudness in LUFS within a band."""
    low = -math.inf if at_least is None else at_least
    high = math.inf if at_most is None else at_most
    zh = "太轻" if measured < low else "太响" if measured > high else "适中"
    en = "too soft" if measured < low else "too loud" if measured > high else "moderate"
    why = Words(zh=f"{measured:g} LUFS，{zh}", en=f"{measured:g} LUFS, {en}")
    kept = low <= measured <= high
    return Outcome("kept" if kept else "broken", why, measured=measured)


def pitch(*, heard: Heard, up_to: float) -> Outcome:
    """How many semitones the agent's voice lies from its own usual pitch."""
    audio = heard.call.audio
    if not audio.pitch_hz or not audio.usual_pitch_hz or audio.pitch_hz < 0:
        return Outcome("not_applicable", _NOT_EVALUATED)
    return from_usual(audio.pitch_hz, usual=audio.usual_pitch_hz, up_to=up_to)


def from_usual(hz: float, *, usual: float, up_to: float) -> Outcome:
    """How far a pitch lies from the usual one, both in Hz, in semitones."""
    semitones = round(12 * math.log2(hz / usual), 1)
    why = Words(
        zh=f"比平时{'高' if semitones >= 0 else '低'} {abs(semitones):g} 个半音，应在 {up_to:g} 个以内",
        en=f"{semitones:+g} semitones from the usual pitch, {up_to:g} or less wanted",
    )
    return Outcome("kept" if abs(semitones) <= up_to else "broken", why, measured=semitones)


def polite_you(heard: Heard) -> Outcome:
    """Positive evidence only: 您 throughout, never 你."""
    text = "\n".join(utterance.text for utterance in heard.agent)
    polite = text.count("您")
    plain = text.count("你") - text.count("你好") - text.count("你们")
    share = round(polite / (polite + plain), 3) if polite + plain > 0 else None
    why = Words(
        zh=f"称“您”{polite} 次，称“你”{plain} 次", en=f"您 {polite} times, 你 {plain} times"
    )
    kept = polite > 0 and plain <= 0
    return Outcome("kept" if kept else "not_applicable", why, measured=share)
