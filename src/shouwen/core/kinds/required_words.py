"""Wording that is wanted: at every time at which it is, in its place; or welcome whenever it is heard."""

from collections.abc import Sequence
from typing import NamedTuple

from shouwen.core.clause import Words
from shouwen.core.kinds.forbidden_words import Said, broken_by, meant, quoted, shown
from shouwen.core.kinds.phrase import PhraseVersion, Where
from shouwen.core.listening import Because, Heard, Outcome, Utterance
from shouwen.core.text.phrases import Hit, Lexicon, normalised

_NO_MATTER = Outcome("not_applicable", Words(zh="本次未涉及", en="not a matter here"))
_NOT_HELD = Outcome(
    "not_applicable",
    Words(zh="没有听到，不据此评定", en="not heard, and not held against anybody"),
)
_LAST_WORDS = 2
_SHOWN = 24


def judge_required(version: PhraseVersion, heard: Heard) -> Outcome:
    """Kept where the line is heard at every time at which it is wanted, broken where it is not; pure."""
    occasions = [o for signal in version.wanted_if for o in _occasions(signal, version, heard)]
    instead = _said_instead(version, occasions, heard) if version.never else []
    if instead:
        return broken_by(instead, version)
    if not version.wanted_if:
        occasions = [_Occasion(heard.agent, None)]
    places = [occasion for occasion in occasions if occasion.listened]
    if not places:
        return _NO_MATTER
    heard_at = [_first_wanted(version, occasion.listened, heard) for occasion in places]
    missing = next((o for o, turn in zip(places, heard_at, strict=True) if turn is None), None)
    if missing is None:
        last = max([turn for turn in heard_at if turn is not None])
        return Outcome("kept", _said(version, last, heard), last)
    if version.unsaid == "not_judged" or not version.wanted_if:
        return _NOT_HELD
    return Outcome("broken", _missing(version, missing, heard), missing.belongs_at)


def judge_helpful(version: PhraseVersion, heard: Heard) -> Outcome:
    """Kept where the line is heard anywhere; never broken; pure."""
    turn = _first_wanted(version, heard.agent, heard)
    if turn is None:
        return _NOT_HELD
    return Outcome("kept", _said(version, turn, heard), turn)


def wanted(version: PhraseVersion, lexicon: Lexicon) -> tuple[str, ...]:
    """Every wording that is good enough by itself."""
    return lexicon.joined(version.says, version.also)


def _said_instead(
    version: PhraseVersion, occasions: Sequence["_Occasion"], heard: Heard
) -> list[Said]:
    """What was said that must not be said instead; with `from_then` only from the first occasion on.

    Where the last counts, one turn is enough, and the wanted line after it makes up for all.
    """
    since = min((o.belongs_at or 0 for o in occasions), default=0)
    found = [
        Said(heard.turn_at(u, hit.start), shown(u, hit), (Because(hit.phrase, 1.0),))
        for u, hit in meant(version.never, version, heard)
        if version.where != "from_then" or u.last_turn >= since
    ]
    found = sorted([*found, *_provoking(version, heard)])
    if not version.last_counts or not found:
        return found
    after = tuple(u for u in heard.agent if u.turn > found[-1].turn)
    return [] if _first_wanted(version, after, heard) is not None else found[:1]


def _provoking(version: PhraseVersion, heard: Heard) -> list[Said]:
    """What answers one of the signals with words that lean to a rule that provokes."""
    leaning = [each for name in version.provoked_by for each in heard.leanings.get(name, ())]
    if not leaning:
        return []
    signalled = {u.turn for signal in version.wanted_if for u in heard.signalled(signal)}
    return [
        Said(u.turn, u.text[:_SHOWN], tuple(Because(*each) for each in lean.because))
        for u, lean in leaning
        if max((c.turn for c in heard.customer if c.turn < u.turn), default=-1) in signalled
        and not quoted(u, Hit(0, len(u.text), ""), heard)
    ]


class _Occasion(NamedTuple):
    """A time at which the line is wanted: where it is listened for, and where it belongs."""

    listened: tuple[Utterance, ...]
    belongs_at: int | None


def _occasions(signal: str, version: PhraseVersion, heard: Heard) -> list[_Occasion]:
    if not heard.is_on(signal):
        return []
    if signal in ("held", "waited"):
        spans = heard.call.holds if signal == "held" else heard.waits
        return [_around(start, end, version.where, heard) for start, end in spans]
    if signal == "broke_in":
        return [_in_turn(turn, heard) for turn in heard.break_ins]
    if signal not in heard.hearing.signals:
        return [_Occasion(heard.agent, None)]
    signalled = heard.signalled(signal)
    return [_of_turn(utterance, version.where, heard) for utterance in signalled]


def _around(start: float, end: float, where: Where, heard: Heard) -> _Occasion:
    """The agent's words around a wait: the last ones before it or the first ones after it."""
    before = tuple(u for u in heard.agent if u.start <= start)[-_LAST_WORDS:]
    after = tuple(u for u in heard.agent if u.start >= end - 1)[:_LAST_WORDS]
    if where == "before":
        return _Occasion(before or after[:1], (before or after)[-1].last_turn)
    return _Occasion(after, after[0].turn if after else None)


def _in_turn(turn: int, heard: Heard) -> _Occasion:
    return _Occasion(tuple(u for u in heard.agent if u.turn <= turn <= u.last_turn), turn)


def _of_turn(utterance: Utterance, where: Where, heard: Heard) -> _Occasion:
    if where == "same_turn":
        return _Occasion((utterance,), utterance.turn)
    if where == "next_turn":
        after = heard.after(utterance.turn, "agent")[:1]
        return _Occasion(after, after[0].turn if after else None)
    if where == "before":
        before = tuple(u for u in heard.agent if u.turn <= utterance.turn)
        return _Occasion(before, before[-1].turn if before else utterance.turn)
    if where in ("after", "from_then"):
        after = tuple(u for u in heard.agent if u.turn >= utterance.turn)
        return _Occasion(after, after[0].turn if after else None)
    return _Occasion(heard.agent, None)


def _first_wanted(
    version: PhraseVersion, utterances: Sequence[Utterance], heard: Heard
) -> int | None:
    found = heard.said_by_agent(wanted(version, heard.hearing.lexicon))
    if found:
        turns = {utterance.turn for utterance in utterances}
        for utterance, hit in heard.apart(version.not_in, found):
            if utterance.turn in turns:
                return heard.turn_at(utterance, hit.start)
    having = heard.having(utterances, all_of=version.all_of) if version.all_of else ()
    return having[0].turn if having else None


def _said(version: PhraseVersion, turn: int, heard: Heard) -> Words:
    found = heard.said_by_agent(wanted(version, heard.hearing.lexicon))
    line = next(
        (u.text[h.start : h.end] for u, h in found if heard.turn_at(u, h.start) == turn), ""
    )
    if not line:
        return Words(zh="意思齐全", en="said in other words")
    return Words(zh=f"说了“{line}”", en=f"said “{line}”")


def _missing(version: PhraseVersion, occasion: _Occasion, heard: Heard) -> Words:
    line = heard.phrase_in(normalised("".join(version.says)), version.says) or "…"
    text = "".join(utterance.text for utterance in occasion.listened)
    groups = [group[0] for group in version.all_of if not heard.phrase_in(text, group)]
    lacks = groups if groups and len(groups) < len(version.all_of) else [line]
    told = "、".join(lacks)
    zh, en = version.situation.zh, version.situation.en
    return Words(zh=f"{zh}，没有听到“{told}”", en=f"{en}: “{told}” was not heard")
