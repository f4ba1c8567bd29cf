"""Judges what somebody wrote down of a visit or of a contact in the hall, by the wording of a pack.

Pure. A note is not a record of every word: what stands in it counts, for and against; what does not stand in
it proves nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shouwen.core.calls import CALL_KINDS, CallerOnScreen, CallRecord, Turn
from shouwen.core.clause import Scalar, matches
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion
from shouwen.core.listening import CallFinding
from shouwen.standard.judging import judge_call, said_once
from shouwen.standard.pack import Pack

_CHANNELS = {"hall": "hall", "visit": "field"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What staff said, as noted: where, when (aware), about which kind of matter, to whom."""

    words: str
    at: datetime
    place: Literal["hall", "visit"]
    kind: str = ""
    customer: CallerOnScreen | None = None


def judge_note(*, pack: Pack, note: Note) -> tuple[CallFinding, ...]:
    """The rules about wording there that the note shows kept, and those that its words break."""
    facts: dict[str, Scalar] = {
        "channel": _CHANNELS[note.place],
        "customer_known": note.customer is not None,
        **({"case_kind": note.kind} if note.kind else {}),
    }
    call, day = _told(note), pack.calendar.day_of(note.at)
    findings = [
        judge_call(rule=rule, call=call, pack=pack, facts=facts)
        for rule in pack.rules.values()
        if isinstance(rule, PhraseRule) and _speaks(rule.on(day), note, facts)
    ]
    told = [each for each in findings if each.verdict == "kept" or _fell(each)]
    return said_once(told, pack)


def _speaks(version: object, note: Note, facts: dict[str, Scalar]) -> bool:
    return (
        isinstance(version, PhraseVersion)
        and note.place in version.places
        and matches(when=version.when, facts=facts)
    )


def _fell(finding: CallFinding) -> bool:
    """Whether words that stand there break it: what is missing may have been said all the same."""
    return finding.verdict == "broken" and bool(finding.because)


def _told(note: Note) -> CallRecord:
    return CallRecord(
        call_id="",
        direction="inbound",
        kind=note.kind if note.kind in CALL_KINDS else "other",
        started_at=note.at,
        staff_no="",
        customer=note.customer,
        events=(),
        turns=(Turn(0.0, 0.0, "agent", note.words),),
        channel=note.place,
    )
