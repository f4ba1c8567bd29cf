"""While a call is under way: what is settled whatever follows, and what would help the agent now.

Pure. `is_open` says of a breach that it can still be mended before the call ends; `tips_of` says what a
rule has to offer at this moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from shouwen.core.clause import Version, Words
from shouwen.core.findings import CallFinding
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.record import RecordVersion
from shouwen.core.kinds.script import Part, ScriptVersion
from shouwen.core.kinds.speech import unexplained
from shouwen.core.listening import Heard, Utterance

What = Literal["soften", "plain", "say", "name"]
_AFTER_A_WAIT = 2
_CORRECTED_WITHIN = 2
_BEFORE_A_HOLD = 2
_ASK_FROM, _USE_FROM = 2, 3
_SHOWN = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """Something that helps at this moment.

    soften  the words `heard` fell that a softer line takes the place of
    plain   the trade term `heard` fell; `says` is the plain wording
    say     a line is wanted: `title` is the occasion
    name    the surname: not asked yet, used too seldom, or a wrong one without an apology

    `turn` is what called for it; `says` are lines as the pack has them, their slots not filled.
    `count` is how often the surname was used, `of` how often it should be.
    """

    what: What
    rule_id: str
    clause: str
    title: Words
    turn: int | None = None
    heard: str = ""
    says: tuple[str, ...] = ()
    count: int = 0
    of: int = 0

    @property
    def id(self) -> str:
        """The same as long as it is the same tip: whoever puts it away sees it no more."""
        return f"{self.what}.{self.rule_id}.{'' if self.turn is None else self.turn}.{self.count}"


def is_open(version: Version, finding: CallFinding, heard: Heard) -> bool:
    """Whether what is broken so far can still be mended before the call ends."""
    if finding.verdict != "broken" or heard.call.ended_after is not None:
        return False
    match version:
        case PhraseVersion():
            return _is_open_phrase(version, finding, heard)
        case ScriptVersion() | RecordVersion():
            parts = version.parts if isinstance(version, ScriptVersion) else version.spoken
            failed = [part for part in parts if part.id in finding.parts]
            return any(_is_open_part(part, heard) for part in failed)
        case CallMeasureVersion(surname=rule) if rule is not None:
            late = finding.turn is not None and _spoken_since(
                finding.turn, 1 + _CORRECTED_WITHIN, heard
            )
            return not late
        case _:
            return False


def _is_open_phrase(version: PhraseVersion, finding: CallFinding, heard: Heard) -> bool:
    if version.mode != "required":
        return False
    if finding.because:  # something was said that must not be said instead
        return version.last_counts
    match version.where:
        case "before":
            return False
        case "same_turn" | "next_turn":
            return finding.turn is None or not _spoken_since(finding.turn, 1, heard)
        case "after" if "waited" in version.wanted_if or "held" in version.wanted_if:
            return finding.turn is None or not _spoken_since(finding.turn, _AFTER_A_WAIT, heard)
        case _:
            return True


def _is_open_part(part: Part, heard: Heard) -> bool:
    if part.at != "first_agent_turn":
        return True
    return heard.utterances[-1] in heard.agent[:1]  # the first words are not finished


def _spoken_since(turn: int, count: int, heard: Heard) -> bool:
    """Whether the agent has said so many things from a turn on and the last of them is finished."""
    since = [u for u in heard.agent if u.last_turn >= turn]
    return len(since) > count or (
        len(since) == count and heard.utterances[-1].last_turn > since[-1].last_turn
    )


# --- what helps now


def tips_of(
    version: Version, finding: CallFinding, heard: Heard, *, title: Words
) -> Iterator[Tip]:
    """What a rule has to offer, by its finding on the call so far. `title`: the rule's own.

    `finding` may say that the rule does not apply yet.
    """
    if heard.call.ended_after is not None or not _is_a_matter(version, heard):
        return
    match version:
        case PhraseVersion():
            yield from _of_phrase(version, finding, heard)
        case CallMeasureVersion(measure="unexplained_terms"):
            yield from _of_terms(version, finding, heard, title)
        case CallMeasureVersion(surname=rule) if rule is not None:
            yield from _of_surname(version, finding, heard, title)


def _is_a_matter(version: Version, heard: Heard) -> bool:
    return not any(heard.is_on(signal) for signal in getattr(version, "exempt", ()))


def _of_phrase(version: PhraseVersion, finding: CallFinding, heard: Heard) -> Iterator[Tip]:
    if version.mode == "guidance":
        return
    tip = partial(Tip, rule_id=finding.rule_id, clause=finding.clause, title=version.situation)
    fell = _fresh_turn(finding, heard)
    if fell is not None and (finding.because or not is_open(version, finding, heard)):
        yield tip(
            what="soften",
            turn=fell,
            heard=_words_at(version, fell, heard),
            says=version.instead or version.says[:1],
        )
        return
    wanted = _wanted_since(version, finding, heard) if version.mode == "required" else None
    if wanted is not None:
        yield tip(what="say", turn=wanted, says=version.says[:1])


def _fresh_turn(finding: CallFinding, heard: Heard) -> int | None:
    """The last turn of a breach that lies in what the agent said just now."""
    if finding.verdict != "broken" or not heard.agent:
        return None
    since = heard.agent[-1].turn
    turns = [turn for turn in finding.turns if turn is not None and turn >= since]
    return max(turns, default=None)


def _wanted_since(version: PhraseVersion, finding: CallFinding, heard: Heard) -> int | None:
    """The turn that calls for the line and has not been answered yet; None when there is none."""
    if not heard.customer:
        return None
    called = [
        utterance
        for signal in version.wanted_if
        if signal in heard.hearing.signals
        for utterance in heard.signalled(signal)
    ]
    last = max(called, key=lambda utterance: utterance.turn, default=None)
    if last is not None and last.speaker == "customer" and _is_last_word(last, heard):
        done = finding.verdict == "kept" and version.where == "anywhere"
        return None if done else last.turn
    if last is not None and is_open(version, finding, heard):
        return last.turn
    return _waited_since(version, heard)


def _is_last_word(utterance: Utterance, heard: Heard) -> bool:
    """Whether the agent has said nothing since."""
    return not heard.agent or heard.agent[-1].turn < utterance.turn


def _waited_since(version: PhraseVersion, heard: Heard) -> int | None:
    """The last turn before a wait that the agent did not announce, or has not spoken of since it ended."""
    if "held" in version.wanted_if and version.where == "before":
        last = heard.agent[-_BEFORE_A_HOLD:]
        said = heard.having(last, any_of=heard.hearing.lexicon.joined(version.says, version.also))
        return last[-1].last_turn if last and not said and _is_held(heard) else None
    if "waited" not in version.wanted_if or not heard.waits or not heard.utterances:
        return None
    start, end = heard.waits[-1]
    if _is_held(heard) or any(u.start >= end - 1 for u in heard.agent):
        return None
    before = [u for u in heard.utterances if u.start <= start]
    return before[-1].last_turn if before else 0


def _is_held(heard: Heard) -> bool:
    told = [event.type for event in heard.call.events if event.type in ("hold", "resume")]
    return told[-1:] == ["hold"]


def _of_terms(
    version: CallMeasureVersion, finding: CallFinding, heard: Heard, title: Words
) -> Iterator[Tip]:
    plain = {one.term: one.plain for one in version.jargon}
    since = heard.agent[-1].turn if heard.agent else 0
    fell = unexplained(heard=heard, jargon=version.jargon, explains=version.explains)
    for utterance, hit in fell:
        if utterance.turn >= since:
            yield Tip(
                what="plain",
                rule_id=finding.rule_id,
                clause=finding.clause,
                title=title,
                turn=heard.turn_at(utterance, hit.start),
                heard=hit.phrase,
                says=(plain[hit.phrase],),
            )


def _of_surname(
    version: CallMeasureVersion, finding: CallFinding, heard: Heard, title: Words
) -> Iterator[Tip]:
    rule, said = version.surname, len(heard.agent)
    if rule is None or finding.verdict != "broken":
        return
    due = {"asked": _ASK_FROM, "used": _USE_FROM, "apology": 0}
    if not any(said >= due.get(part, 0) for part in finding.parts):
        return
    yield Tip(
        what="name",
        rule_id=finding.rule_id,
        clause=finding.clause,
        title=title,
        turn=finding.turn,
        heard=heard.surname,
        says=rule.apologies[:1] if "apology" in finding.parts else (),
        count=int(finding.measured or 0),
        of=rule.at_least,
    )


def _words_at(version: PhraseVersion, turn: int, heard: Heard) -> str:
    """The words that fell in a turn, with a little around them; the turn itself where it only leans so."""
    words = heard.hearing.lexicon.joined(
        version.says if version.mode == "forbidden" else (),
        version.also if version.mode == "forbidden" else (),
        version.never,
        version.grave,
    )
    for utterance, hit in heard.said_by_agent(words):
        if heard.turn_at(utterance, hit.start) == turn:
            around = max(0, _SHOWN // 2 - (hit.end - hit.start)) // 2
            return utterance.text[max(0, hit.start - around) : hit.end + around]
    text = heard.call.turns[turn].text
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
