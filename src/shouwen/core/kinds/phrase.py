"""The phrase kind: wording wanted or forbidden in a situation, heard on a call or noted elsewhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.cues import Cue, Weighed, weighed
from shouwen.core.listening import Because, Heard, Outcome, Utterance
from shouwen.core.text.leaning import Leaning
from shouwen.core.text.phrases import Hit, normalised

Mode = Literal["required", "forbidden", "guidance"]
Place = Literal["call", "hall", "visit", "text"]
Where = Literal["anywhere", "same_turn", "next_turn", "before", "after", "from_then"]

NOTED, WANTED, SAID = "words.noted", "words.wanted", "visit.said"
ENDED = ("visit.ended", "contact.ended")
_PLACES: dict[str, Place] = {"phone": "call", "text": "text", "hall": "hall", "visit": "visit"}
_ELSEWHERE = Outcome("not_applicable", Words(zh="此处不适用", en="not meant for this channel"))
_NO_MATTER = Outcome("not_applicable", Words(zh="本次未涉及", en="not a matter here"))
_NOT_HELD = Outcome(
    "not_applicable",
    Words(zh="没有听到，不据此评定", en="not heard, and not held against anybody"),
)
_LAST_WORDS = 2
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseVersion(Version):
    """One dated wording. `says`: the printed lines, verbatim; `also`: other wording with the
    same meaning, or `all_of`: one of every group; `never`: wording that must not be used
    instead; `instead`: the softened alternative offered for a forbidden line.

    Required lines are wanted each time one of the signals `wanted_if` is heard, in the place
    `where` tells; without signals, and with `unsaid` = "not_judged", hearing them counts and
    not hearing them does not. Forbidden words do not count that are part of the larger wording `not_in`,
    negated, quoted, or where one of the signals `made_good_by` follows in the same turn.
    `last_counts`: a wanted line after the last of `never` makes up for it.
    `cues`: words that weigh for or against; what one says breaks the rule too when those heard in it
    weigh `at_least` as much. `grave`: wording that counts even beside other broken rules of `left_to`.
    `leans`: what only leans to this rule breaks it too, where no other forbidden words were found.
    `unheard`: what a call comes to on which no forbidden word fell. `left_to`: rules of whose
    broken findings this one does not say the same again as kept.

    In the hall and on visits a line is wanted after each event of `wanted_on`, or when somebody
    notes that it was.
    """

    mode: Mode
    situation: Words
    says: tuple[str, ...]
    also: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    at_least: float = 1.0
    grave: tuple[str, ...] = ()
    leans: str = ""
    instead: tuple[str, ...] = ()
    places: tuple[Place, ...] = ("call", "hall", "visit", "text")
    wanted_if: tuple[str, ...] = ()
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()
    where: Where = "anywhere"
    unsaid: Literal["broken", "not_judged"] = "broken"
    last_counts: bool = False
    not_in: tuple[str, ...] = ()
    made_good_by: tuple[str, ...] = ()
    unheard: Literal["kept", "not_applicable"] = "not_applicable"
    left_to: tuple[str, ...] = ()
    wanted_on: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """What begins a matter in the hall or on a visit: a line is wanted, said or noted."""
        return (*self.wanted_on, WANTED, NOTED, SAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(RuleHead):
    """A rule about wording."""

    kind: Literal["phrase"]
    versions: tuple[PhraseVersion, ...]

    @property
    def judged(self) -> bool:
        """Wording is judged wherever it is heard or noted."""
        return True


def judge_phrase(version: PhraseVersion, heard: Heard) -> Outcome:
    """What the agent's words come to on a call or in a written conversation; pure.

    Nothing that the customer says can break or keep it.
    """
    if _PLACES[heard.call.channel] not in version.places:
        return _ELSEWHERE
    if version.mode == "forbidden":
        return _forbidden(version, heard)
    if version.mode == "guidance":
        return _helpful(version, heard)
    return _required(version, heard)


# --- forbidden


def _forbidden(version: PhraseVersion, heard: Heard) -> Outcome:
    leaning = heard.leanings.get(version.leans, ()) if version.leans else ()
    if not leaning and not heard.may_hear(version, lambda: _looked_for(version, heard)):
        return _CLEAN[version.unheard]
    words, *_ = _looked_for(version, heard)
    meant = _meant(words, version, heard)
    grave = frozenset(version.grave)
    said = [
        _Said(
            heard.turn_at(u, hit.start),
            _shown(u, hit),
            (Because(hit.phrase, 1.0),),
            hit.phrase in grave,
        )
        for u, hit in meant
    ]
    said += _by_cues(version, {u.turn for u, _ in meant}, heard)
    said += _by_leaning(version, leaning, {each.turn for each in said}, heard)
    if not said:
        return _CLEAN[version.unheard]
    return _broken_by(said, version)


def _looked_for(version: PhraseVersion, heard: Heard) -> list[tuple[str, ...]]:
    """Everything by which a forbidden line may be known: its words, then the cues for it."""
    words = heard.hearing.lexicon.joined(version.says, version.also, version.never, version.grave)
    return [words, *(cue.any_of for cue in version.cues if cue.by == "agent" and cue.weight > 0)]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one said that must not be said: where, the words, why it counts."""

    turn: int
    words: str
    because: tuple[Because, ...]
    grave: bool = False
    leaning: bool = False


def _by_cues(version: PhraseVersion, known: Collection[int], heard: Heard) -> list[_Said]:
    """What the cues find besides the utterances already known."""
    if not version.cues:
        return []
    return [
        _Said(
            heard.turn_at(said.utterance, said.first.start),
            _shown(said.utterance, said.first),
            said.because,
        )
        for said in weighed(version.cues, version.at_least, heard)
        if said.utterance.turn not in known and _counts(said, version, heard)
    ]


def _by_leaning(
    version: PhraseVersion,
    leaning: Sequence[tuple[Utterance, Leaning]],
    known: Collection[int],
    heard: Heard,
) -> list[_Said]:
    """What leans to the rule besides the turns already known."""
    said = []
    for utterance, lean in leaning:
        whole = Hit("", 0, len(utterance.text))
        if (
            utterance.turn in known
            or heard.having([utterance], any_of=version.not_in)
            or _quoted(utterance, whole, heard)
            or _made_good(version, utterance, Hit("", 0, 0), heard)
        ):
            continue
        because = tuple(Because(feature, weight) for feature, weight in lean.because)
        shown = utterance.text[: 2 * _SHOWN]
        said.append(_Said(utterance.turn, shown, because, leaning=True))
    return said


def _counts(said: Weighed, version: PhraseVersion, heard: Heard) -> bool:
    utterance, hit = said.utterance, said.first
    return not _quoted(utterance, hit, heard) and not _made_good(
        version, utterance, said.last, heard
    )


_NOT_THERE = Words(zh="没有听到这类话", en="nothing of the kind was heard")
_CLEAN = {
    "kept": Outcome("kept", _NOT_THERE),
    "not_applicable": Outcome("not_applicable", _NOT_THERE),
}


def _broken_by(said: Sequence[_Said], version: PhraseVersion) -> Outcome:
    by_turn = {each.turn: each for each in reversed(said)}
    grave = tuple(dict.fromkeys(each.turn for each in said if each.grave))
    leaning = tuple(each.turn for each in said if each.leaning)
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
        leaning_at=leaning,
    )


def _shown(utterance: Utterance, hit: Hit) -> str:
    """The words that were found, with a little of what stands around them."""
    around = max(0, _SHOWN - (hit.end - hit.start)) // 2
    return utterance.text[max(0, hit.start - around) : hit.end + around]


def _meant(
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
        and not _quoted(utterance, hit, heard)
        and not _made_good(version, utterance, hit, heard)
    ]


def _negated(utterance: Utterance, hit: Hit, heard: Heard) -> bool:
    before = utterance.text[: hit.start]
    return any(before.endswith(word) for word in heard.hearing.negations)


def _quoted(utterance: Utterance, hit: Hit, heard: Heard) -> bool:
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


# --- required


def _required(version: PhraseVersion, heard: Heard) -> Outcome:
    occasions = [o for signal in version.wanted_if for o in _occasions(signal, version, heard)]
    instead = _said_instead(version, occasions, heard)
    if instead:
        return _broken_by(instead, version)
    if not version.wanted_if:
        occasions = [_Occasion(heard.agent, None)]
    places = [occasion for occasion in occasions if occasion.listened]
    if not places:
        return _NO_MATTER
    heard_at = [_first_wanted(version, occasion.listened, heard) for occasion in places]
    missing = next((o for o, turn in zip(places, heard_at, strict=True) if turn is None), None)
    if missing is None:
        turns = [turn for turn in heard_at if turn is not None]
        return Outcome("kept", _said(version, max(turns), heard), max(turns))
    if version.unsaid == "not_judged" or not version.wanted_if:
        return _NOT_HELD
    return Outcome("broken", _missing(version, missing, heard), missing.belongs_at)


def _said_instead(
    version: PhraseVersion, occasions: Sequence["_Occasion"], heard: Heard
) -> list[_Said]:
    """What was said that must not be said instead; with `from_then` only from the first occasion on.

    Where the last counts, one turn is enough, and the wanted line after it makes up for all.
    """
    since = min((o.belongs_at or 0 for o in occasions), default=0)
    found = [
        _Said(heard.turn_at(u, hit.start), _shown(u, hit), (Because(hit.phrase, 1.0),))
        for u, hit in (_meant(version.never, version, heard) if version.never else ())
        if version.where != "from_then" or u.last_turn >= since
    ]
    if not version.last_counts or not found:
        return found
    after = tuple(u for u in heard.agent if u.turn > found[-1].turn)
    return [] if _first_wanted(version, after, heard) is not None else found[:1]


@dataclass(frozen=True, slots=True)
class _Occasion:
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
    wanted = heard.hearing.lexicon.joined(version.says, version.also)
    found = heard.said_by_agent(wanted)
    turns = {utterance.turn for utterance in utterances} if found else ()
    for utterance, hit in heard.apart(version.not_in, found):
        if utterance.turn in turns:
            return heard.turn_at(utterance, hit.start)
    having = heard.having(utterances, all_of=version.all_of) if version.all_of else ()
    return having[0].turn if having else None


def _said(version: PhraseVersion, turn: int, heard: Heard) -> Words:
    wanted = heard.hearing.lexicon.joined(version.says, version.also)
    found = heard.said_by_agent(wanted)
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


# --- guidance


def _helpful(version: PhraseVersion, heard: Heard) -> Outcome:
    turn = _first_wanted(version, heard.agent, heard)
    if turn is None:
        return _NOT_HELD
    return Outcome("kept", _said(version, turn, heard), turn)
