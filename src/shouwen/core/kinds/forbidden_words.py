"""Wording that must not be used: heard, and meant as what it says."""

from collections.abc import Collection, Sequence, Set
from typing import NamedTuple

from shouwen.core.clause import Words
from shouwen.core.cues import Weighed, weighed
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.listening import Because, Heard, Outcome, Utterance
from shouwen.core.text.leaning import Leaning
from shouwen.core.text.phrases import Hit, Lexicon, normalised

_SHOWN = 12
_LINE = 4
_SIGNS = frozenset("…~%<>()|^$")


def judge_forbidden(version: PhraseVersion, heard: Heard) -> Outcome:
    """Broken in every turn in which forbidden wording is heard and meant; pure."""
    lexicon = heard.hearing.lexicon
    leaning = heard.leanings.get(version.leans, ()) if version.leans else ()
    if not leaning and not heard.may_hear(version, lambda: known_by(version, lexicon)):
        return _CLEAN[version.unheard]
    words, *_ = known_by(version, lexicon)
    found = meant(words, version, heard)
    said = [
        Said(
            heard.turn_at(u, hit.start),
            shown(u, hit),
            (Because(hit.phrase, 1.0),),
            hit.phrase in version.grave,
        )
        for u, hit in found
        if hit.phrase in version.grave or _is_plain(hit.phrase) or not _doubted(version, u, heard)
    ]
    said += _by_cues(version, {u.turn for u, _ in found}, heard)
    said += _by_leaning(version, leaning, {each.turn for each in said}, heard)
    if not said:
        return _CLEAN[version.unheard]
    return broken_by(said, version)


def known_by(version: PhraseVersion, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Everything by which a forbidden line may be known: its words, then the cues for it."""
    words = lexicon.joined(version.says, version.also, version.never, version.grave)
    return [words, *(cue.any_of for cue in version.cues if cue.by == "agent" and cue.weight > 0)]


class Said(NamedTuple):
    """What one said that must not be said: where, the words, why it counts."""

    turn: int
    words: str
    because: tuple[Because, ...]
    grave: bool = False


def _by_cues(version: PhraseVersion, known: Collection[int], heard: Heard) -> list[Said]:
    """What the cues find besides the utterances already known."""
    if not version.cues:
        return []
    return [
        Said(
            heard.turn_at(said.utterance, said.first.start),
            shown(said.utterance, said.first),
            said.because,
        )
        for said in weighed(version.cues, version.at_least, heard)
        if said.utterance.turn not in known
        and _counts(said, version, heard)
        and not _doubted(version, said.utterance, heard)
    ]


def _is_plain(phrase: str) -> bool:
    """Whether the phrase is a line written out, long enough to mean what it says: nothing doubts such a
    line, so that what an editor forbids word for word is forbidden.
    """
    return len(phrase) >= _LINE and _SIGNS.isdisjoint(phrase)


def _doubted(version: PhraseVersion, utterance: Utterance, heard: Heard) -> bool:
    """Whether everything else that is said speaks against what the words would mean."""
    leanings = heard.hearing.leanings
    return bool(version.leans) and leanings.doubts(
        version.leans, utterance.text, heard.said_before(utterance)
    )


def _by_leaning(
    version: PhraseVersion,
    leaning: Sequence[tuple[Utterance, Leaning]],
    known: Set[int],
    heard: Heard,
) -> list[Said]:
    """What leans to the rule besides the turns already known."""
    said = []
    for utterance, lean in leaning:
        whole = Hit(0, len(utterance.text), "")
        if (
            not known.isdisjoint(range(utterance.turn, utterance.last_turn + 1))
            or quoted(utterance, whole, heard)
            or _made_good(version, utterance, Hit(0, 0, ""), heard)
        ):
            continue
        because = tuple(Because(feature, weight) for feature, weight in lean.because)
        words = utterance.text[: 2 * _SHOWN]
        said.append(Said(utterance.turn, words, because))
    return said


def _counts(said: Weighed, version: PhraseVersion, heard: Heard) -> bool:
    utterance, hit = said.utterance, said.first
    return not quoted(utterance, hit, heard) and not _made_good(
        version, utterance, said.last, heard
    )


_NOT_THERE = Words(zh="没有听到这类话", en="nothing of the kind was heard")
_CLEAN = {
    "kept": Outcome("kept", _NOT_THERE),
    "not_applicable": Outcome("not_applicable", _NOT_THERE),
}


def broken_by(said: Sequence[Said], version: PhraseVersion) -> Outcome:
    """The finding of everything that was said, turn by turn."""
    by_turn = {each.turn: each for each in reversed(said)}
    grave = tuple(dict.fromkeys(each.turn for each in said if each.grave))
    first, *others = sorted(by_turn)
    words = by_turn[first].words
    better = f"；可以说：{version.instead[0]}" if version.instead else ""
    softer = f"; better: {version.instead[0]}" if version.instead else ""
    why = Words(zh=f"说了“{words}”{better}", en=f"said “{words}”{softer}")
    because = tuple(b._replace(turn=t) for t in sorted(by_turn) for b in by_turn[t].because)
    return Outcome(
        "broken",
        why,
        first,
        also_at=tuple(others),
        because=because,
        grave_at=grave,
    )


def shown(utterance: Utterance, hit: Hit) -> str:
    """The words that were found, with a little of what stands around them."""
    around = max(0, _SHOWN - (hit.end - hit.start)) // 2
    return utterance.text[max(0, hit.start - around) : hit.end + around]


def meant(
    words: tuple[str, ...], version: PhraseVersion, heard: Heard
) -> list[tuple[Utterance, Hit]]:
    """Where the words fall and mean what they say: the larger wording is no other, they are not
    turned round, not quoted, not made good in the same turn.
    """
    found = heard.said_by_agent(words)
    if not found:
        return []
    return [
        (utterance, hit)
        for utterance, hit in heard.apart(version.not_in, found)
        if not _negated(utterance, hit, heard)
        and not quoted(utterance, hit, heard)
        and not _made_good(version, utterance, hit, heard)
    ]


def _negated(utterance: Utterance, hit: Hit, heard: Heard) -> bool:
    before = utterance.text[: hit.start]
    return any(before.endswith(word) for word in heard.hearing.negations)


def quoted(utterance: Utterance, hit: Hit, heard: Heard) -> bool:
    """Somebody's words are repeated: between quotation marks, or spoken of with an apology."""
    words = utterance.text[hit.start : hit.end]
    turn = heard.call.turns[heard.turn_at(utterance, hit.start)]
    if any(words in normalised(quote) for quote in _between_marks(turn.text)):
        return True
    hearing = heard.hearing
    return bool(
        heard.phrase_in(utterance.text, hearing.quoting)
        and heard.phrase_in(utterance.text, hearing.apologies)
    )


def _between_marks(text: str) -> list[str]:
    parts = text.translate(_MARKS).split('"')
    return parts[1::2] if len(parts) > 2 else []


_MARKS = str.maketrans(dict.fromkeys("“”「」『』‘’", '"'))


def _made_good(version: PhraseVersion, utterance: Utterance, hit: Hit, heard: Heard) -> bool:
    rest = utterance.text[hit.end :]
    signals = heard.hearing.signals
    return any(
        heard.has(rest, signals[name].any_of, signals[name].all_of, signals[name].none_of)
        for name in version.made_good_by
        if name in signals
    )
