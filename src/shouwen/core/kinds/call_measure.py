"""The call-measure kind: a number taken from the events and turns of a call against a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.listening import Heard, Outcome, Utterance
from shouwen.core.text.surnames import other_surnames, times_used

Measure = Literal[
    "answer_after",
    "talk_seconds",
    "longest_hold",
    "surname_uses",
    "silence_seconds",
    "overlap_seconds",
    "pitch",
    "loudness",
    "tone",
]
JUDGED_MEASURES = ("answer_after", "talk_seconds", "longest_hold", "surname_uses")


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
    (exclusive), `surname` says what is kept, in seconds of the measure; none of them: shown, not
    judged. `good_up_to`: plainly good, what lies between it and the limit is grey but kept.
    `relieved_by`: a signal that, when it comes before the limit is exceeded, keeps the rule;
    then the rule applies only where the limit is exceeded or the signal heard.
    """

    measure: Measure
    rings: Rings | None = None
    kept_up_to: float | None = None
    kept_below: float | None = None
    good_up_to: float | None = None
    surname: Surname | None = None
    relieved_by: str = ""
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()

    @property
    def is_judged(self) -> bool:
        """Whether a limit is given for a measure that needs no sound."""
        limits = (self.rings, self.kept_up_to, self.kept_below, self.surname)
        return self.measure in JUDGED_MEASURES and any(limit is not None for limit in limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeasureRule(RuleHead):
    """A rule judged by a measure of a call."""

    kind: Literal["call_measure"]
    versions: tuple[CallMeasureVersion, ...]

    @property
    def judged(self) -> bool:
        """Only measures that need no sound are judged."""
        return any(version.is_judged for version in self.versions)


_CORRECTED_WITHIN = 2


def judge_measure(version: CallMeasureVersion, heard: Heard) -> Outcome:
    """The measure of one call against the limit; pure."""
    if version.surname is not None:
        return _surname(version.surname, heard)
    measured = _measured(version.measure, heard)
    if measured is None:
        return Outcome(
            "not_provable", Words(zh="话机事件不全", en="events of the exchange are missing")
        )
    if version.relieved_by:
        return _relieved(version, heard, measured)
    return _against(version, measured)


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
    if below is not None:
        return Words(zh=f"应少于 {below:g} 秒", en=f"must be under {below:g} s")
    return Words(
        zh=f"应不超过 {version.kept_up_to:g} 秒", en=f"must be {version.kept_up_to:g} s or less"
    )


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
    uses = (
        sum(times_used(u.text, heard.surname, rule.titles) for u in heard.agent)
        if heard.surname
        else 0
    )
    asked = any(heard.phrase_in(u.text, rule.asks) for u in heard.agent)
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


def _wrong_use(rule: Surname, heard: Heard) -> int | None:
    """The turn of a wrong surname that no apology follows; None when there is none."""
    right = [heard.surname] if heard.surname else []
    if not right:
        return None
    theirs = [
        name
        for u in heard.customer
        for name in other_surnames(u.text, right, rule.plain_titles)
        if u.turn != heard.stated_surname[0]
    ]
    for i, utterance in enumerate(heard.agent):
        wrong = other_surnames(utterance.text, [*right, *theirs], rule.plain_titles)
        if wrong and not _apologised(rule, heard.agent[i : i + 1 + _CORRECTED_WITHIN], heard):
            return utterance.turn
    return None


def _apologised(rule: Surname, utterances: Sequence[Utterance], heard: Heard) -> bool:
    return any(heard.phrase_in(utterance.text, rule.apologies) for utterance in utterances)
