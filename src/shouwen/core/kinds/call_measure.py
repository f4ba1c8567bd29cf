"""The call-measure kind: a number taken from a call, or a reviewer's score, against a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.kinds.speech import (
    Jargon,
    dead_air,
    interruptions,
    loudness,
    pitch,
    plain_words,
    polite_you,
)
from shouwen.core.listening import Heard, Outcome, Utterance
from shouwen.core.matter import Matter
from shouwen.core.text.surnames import (
    any_surname_used,
    is_correction,
    named,
    other_surnames,
    times_used,
)
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Verdict

Measure = Literal[
    "answer_after",
    "talk_seconds",
    "longest_hold",
    "surname_uses",
    "silence_seconds",
    "overlap_seconds",
    "unexplained_terms",
    "polite_you",
    "pitch",
    "loudness",
    "tone",
]
SCORED = "review.scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """A number of rings with the exchange's cadence, in seconds of sound and of silence."""

    count: int
    on: float
    off: float

    @property
    def good_up_to(self) -> float:
        """Seconds after the first ring at which the last allowed ring stops sounding."""
        return (self.count - 1) * (self.on + self.off) + self.on

    @property
    def kept_below(self) -> float:
        """Seconds after the first ring at which the first ring too many begins."""
        return self.count * (self.on + self.off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surname:
    """How a surname is asked for, used and apologised for: phrases, forms of address, the least
    number of uses.

    `plain_titles`: the forms by which a wrong surname is told; 值班经理 calls nobody 班.
    """

    asks: tuple[str, ...]
    titles: tuple[str, ...]
    plain_titles: tuple[str, ...]
    apologies: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeasureVersion(Version):
    """One dated limit. Exactly one of `rings`, `kept_up_to` (inclusive), `kept_below`
    (exclusive), `surname` says what is kept, in the unit of the measure: seconds, semitones from
    the agent's usual pitch, LUFS (there with `kept_from`, inclusive), terms. None of them: shown,
    not judged. `good_up_to`: plainly good, what lies between it and the limit is grey but kept.
    `relieved_by`: a signal that, when it comes in time, keeps the rule. `jargon`: trade terms
    with their plain wording, `explains`: how one is explained. `item`: the line of the human
    score sheet that decides, with at least `score_at_least`.
    """

    measure: Measure
    rings: Rings | None = None
    kept_up_to: float | None = None
    kept_below: float | None = None
    kept_from: float | None = None
    good_up_to: float | None = None
    surname: Surname | None = None
    relieved_by: str = ""
    jargon: tuple[Jargon, ...] = ()
    explains: tuple[str, ...] = ()
    item: str = ""
    score_at_least: float | None = None
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """A score begins a matter of its own where one decides; calls are judged apart."""
        return (SCORED,) if self.item else ()

    @property
    def is_judged(self) -> bool:
        """Whether calls are judged: a limit is given, or the measure counts without one."""
        limits = (self.rings, self.kept_up_to, self.kept_below, self.kept_from, self.surname)
        return self.measure == "polite_you" or any(limit is not None for limit in limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeasureRule(RuleHead):
    """A rule judged by a measure of a call."""

    kind: Literal["call_measure"]
    versions: tuple[CallMeasureVersion, ...]

    @property
    def judged(self) -> bool:
        """Measures with a limit are judged on calls, items of the score sheet by people."""
        return any(v.is_judged or v.score_at_least is not None for v in self.versions)


EVENT_MEASURES = ("answer_after", "talk_seconds", "longest_hold")
"""The measures that the exchange's events give by themselves, without a word that was spoken."""
_CORRECTED_WITHIN = 2
_EVENTS_MISSING = Words(zh="话机事件不全", en="events of the exchange are missing")


def judge_measure(version: CallMeasureVersion, heard: Heard) -> Outcome:
    """The measure of one call against the limit; pure."""
    if version.surname is not None:
        return _surname(version.surname, heard)
    if version.measure in EVENT_MEASURES:
        return _of_events(version, heard)
    return _of_speech(version, heard) or _of_events(version, heard)


def _of_events(version: CallMeasureVersion, heard: Heard) -> Outcome:
    measured = _measured(version.measure, heard)
    if measured is None:
        return Outcome("not_provable", _EVENTS_MISSING)
    if version.relieved_by:
        return _relieved(version, heard, measured)
    return _against(version, measured)


def judge_scored(version: CallMeasureVersion, matter: Matter) -> Verdict:
    """The newest score that a reviewer gave for the version's item on one call or visit; pure."""
    scores = [
        (event, score)
        for event in matter.events
        if event.kind == SCORED and event.data.get("item") == version.item
        for score in [event.data.get("score")]
        if isinstance(score, int | float)
    ]
    if not version.item or version.score_at_least is None or not scores:
        return NotApplicable(reason="not_scored")
    event, score = scores[-1]
    at = in_utc(event.at)
    told = Step("scored", {"at": at, "score": score, "least": version.score_at_least})
    steps = (told,) if matter.explain else ()
    if score < version.score_at_least:
        return Missed(at=at, started_at=at, failed=(version.item,), steps=steps)
    return Met(at=at, started_at=at, steps=steps)


def _of_speech(version: CallMeasureVersion, heard: Heard) -> Outcome | None:
    """What a measure of the way of speaking comes to; None for the other measures."""
    limit, relieved = version.kept_up_to or 0.0, version.relieved_by
    match version.measure:
        case "overlap_seconds":
            return interruptions(heard=heard, more_than=limit, relieved_by=relieved)
        case "silence_seconds":
            return dead_air(heard=heard, longer_than=limit, relieved_by=relieved)
        case "unexplained_terms":
            explains, jargon = version.explains, version.jargon
            return plain_words(heard=heard, jargon=jargon, explains=explains, up_to=limit)
        case "loudness":
            low, high = version.kept_from, version.kept_up_to
            return loudness(heard=heard, at_least=low, at_most=high)
        case "pitch":
            return pitch(heard=heard, up_to=limit)
        case "polite_you":
            return polite_you(heard)
        case _:
            return None


def judge_events(version: CallMeasureVersion, measured: float | None) -> Outcome:
    """A measure taken from the exchange's events alone against the limit; pure.

    Where a phrase could have kept the rule and nobody heard whether it was said, nothing is proved.
    """
    if measured is None:
        return Outcome("not_provable", _EVENTS_MISSING)
    if not version.relieved_by:
        return _against(version, measured)
    if _within(version, measured):
        return Outcome(
            "not_applicable", Words(zh="本次通话未涉及", en="not a matter of this call")
        )
    limit = _limit_in_words(version)
    why = Words(
        zh=f"{measured:g} 秒，{limit.zh}；事先说了什么，没有文字可查",
        en=f"{measured:g} s, {limit.en}; what was said before is not on record",
    )
    return Outcome("not_provable", why, measured=measured)


def _measured(measure: Measure, heard: Heard) -> float | None:
    call = heard.call
    if measure == "answer_after":
        return call.answered_after
    if measure == "talk_seconds":
        return call.talk_seconds
    return max((round(end - start, 3) for start, end in call.holds), default=0.0)


def _within(version: CallMeasureVersion, measured: float) -> bool:
    below = version.rings.kept_below if version.rings else version.kept_below
    if below is not None:
        return measured < below
    return version.kept_up_to is None or measured <= version.kept_up_to


def _against(version: CallMeasureVersion, measured: float) -> Outcome:
    limit = _limit_in_words(version)
    kept = _within(version, measured)
    why = Words(zh=f"{measured:g} 秒，{limit.zh}", en=f"{measured:g} s, {limit.en}")
    good = version.rings.good_up_to if version.rings else version.good_up_to
    if kept and good is not None and measured > good:
        why = Words(zh=why.zh + "，接近限值", en=why.en + ", close to the limit")
    return Outcome("kept" if kept else "broken", why, measured=measured)


def _limit_in_words(version: CallMeasureVersion) -> Words:
    below = version.rings.kept_below if version.rings else version.kept_below
    return _in_words(below, version.kept_up_to)


@lru_cache(maxsize=64)
def _in_words(below: float | None, up_to: float | None) -> Words:
    if below is not None:
        return Words(zh=f"应少于 {below:g} 秒", en=f"must be under {below:g} s")
    return Words(zh=f"应不超过 {up_to:g} 秒", en=f"must be {up_to:g} s or less")


def _relieved(version: CallMeasureVersion, heard: Heard, measured: float) -> Outcome:
    """A signal in time keeps the rule; without it the limit decides, and below the limit nothing
    applies.
    """
    turn = heard.signal_turn(version.relieved_by)
    words = heard.words_of(version.relieved_by)
    if _within(version, measured):
        if turn is None:
            return Outcome(
                "not_applicable", Words(zh="本次通话未涉及", en="not a matter of this call")
            )
        return Outcome("kept", words, turn, measured=measured)
    begun = next(start for start, end in heard.call.holds if round(end - start, 3) == measured)
    if turn is not None and heard.call.turns[turn].start <= begun:
        return Outcome("kept", words, turn, measured=measured)
    before = [utterance for utterance in heard.agent if utterance.start <= begun]
    where = before[-1].last_turn if before else heard.agent[0].turn
    limit = _limit_in_words(version)
    why = Words(
        zh=f"{measured:g} 秒，{limit.zh}，事先未听到：{words.zh}",
        en=f"{measured:g} s, {limit.en}, and not heard before: {words.en}",
    )
    return Outcome("broken", why, where, measured=measured)


def _surname(rule: Surname, heard: Heard) -> Outcome:
    """Asked where unknown, used often enough, and a wrong one apologised for."""
    uses = _uses(rule, heard)
    asked = bool(heard.having(heard.agent, any_of=rule.asks))
    wrong = _wrong_use(rule, heard)
    if wrong is not None:
        return Outcome(
            "broken",
            Words(zh="叫错姓氏没有致歉", en="a wrong surname without an apology"),
            wrong,
            ("apology",),
            float(uses),
        )
    if not heard.surname:
        why = Words(zh="没有问姓氏", en="the surname was not asked")
        if not asked:
            return Outcome("broken", why, None, ("asked",), 0.0)
        return Outcome("kept", Words(zh="已问姓氏，客户未说", en="asked, not given"), measured=0.0)
    if uses < rule.at_least:
        why = Words(
            zh=f"姓氏尊称 {uses} 次，应不少于 {rule.at_least} 次",
            en=f"surname used {uses} times, at least {rule.at_least} wanted",
        )
        return Outcome("broken", why, None, ("used",), float(uses))
    why = Words(zh=f"姓氏尊称 {uses} 次", en=f"surname used {uses} times")
    return Outcome("kept", why, measured=float(uses))


def _uses(rule: Surname, heard: Heard) -> int:
    """How often the agent says the surname with a form of address, by sound."""
    if not heard.surname:
        return 0
    titled = heard.titled(rule.titles)
    return sum(
        [
            times_used(u.text, heard.surname, titled[u.turn])
            for u in heard.agent
            if u.turn in titled
        ]
    )


def _wrong_use(rule: Surname, heard: Heard) -> int | None:
    """The turn of a wrong surname that no apology follows; None when there is none."""
    right = [heard.surname] if heard.surname else []
    titled = heard.titled(rule.plain_titles)
    if not right or not titled:
        return None
    for i, utterance in enumerate(heard.agent):
        if utterance.turn not in titled:
            continue
        at = titled[utterance.turn]
        wrong = _of_nobody(utterance, at, right, rule, heard) or _corrected(utterance, at, heard)
        if wrong and not _apologised(rule, heard.agent[i : i + 1 + _CORRECTED_WITHIN], heard):
            return utterance.turn
    return None


def _of_nobody(
    utterance: Utterance, at: Sequence[int], right: Sequence[str], rule: Surname, heard: Heard
) -> bool:
    """Whether an utterance uses a surname that is neither the caller's nor one the caller named."""
    if not other_surnames(utterance.text, right, at):
        return False
    theirs = _names_of_others(right, rule, heard)
    return bool(other_surnames(utterance.text, [*right, *theirs], at))


def _names_of_others(right: Sequence[str], rule: Surname, heard: Heard) -> list[str]:
    """The surnames that the caller says of others."""
    titled = heard.titled(rule.plain_titles, speaker="customer")
    return [
        name
        for u in heard.customer
        if u.turn != heard.stated_surname[0]
        for name in (*other_surnames(u.text, right, titled.get(u.turn, ())), *named(u.text))
    ]


def _corrected(utterance: Utterance, at: Sequence[int], heard: Heard) -> bool:
    """Whether the caller puts right at once the name that an utterance used, whatever word it was."""
    turn, own = heard.stated_surname
    answer = next(iter(heard.after(utterance.turn, "customer")), None)
    return (
        answer is not None
        and answer.turn == turn
        and is_correction(answer.text)
        and bool(any_surname_used(utterance.text, own, at))
    )


def _apologised(rule: Surname, utterances: Sequence[Utterance], heard: Heard) -> bool:
    return bool(heard.having(utterances, any_of=rule.apologies))
