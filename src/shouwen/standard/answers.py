"""Judges an answer in writing by the wording of a pack, before it is sent and for the record.

Pure: the same words, pack and letter give the same findings.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shouwen.core.calls import CALL_KINDS, CallerOnScreen, CallRecord, Turn
from shouwen.core.clause import Scalar, Words, matches
from shouwen.core.kinds import Rule
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion
from shouwen.core.listening import CallFinding
from shouwen.standard.judging import judge_call, said_once
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer: its words, when it was written (aware), about which kind of matter, to whom.

    `always`: rules whose lines stand in every answer of this company.
    """

    words: str
    at: datetime
    channel: str
    kind: str = ""
    customer: CallerOnScreen | None = None
    always: Collection[str] = ()


def judge_answer(*, pack: Pack, written: Written) -> tuple[CallFinding, ...]:
    """What every rule about wording in writing comes to: kept or broken; others are left out.

    What was written is known to the last sign: a forbidden line that is not there was kept, and a
    line of `always` that is not there is missing.
    """
    findings = [
        _finding(rule, version, written, pack)
        for rule in pack.rules.values()
        if isinstance(rule, PhraseRule)
        for version in [rule.on(pack.calendar.day_of(written.at))]
        if isinstance(version, PhraseVersion) and _speaks_of(version, written)
    ]
    told = [each for each in findings if each.verdict in ("kept", "broken")]
    return said_once(told, pack)


def _speaks_of(version: PhraseVersion, written: Written) -> bool:
    facts: dict[str, Scalar] = {
        "channel": written.channel,
        "customer_known": written.customer is not None,
        **({"case_kind": written.kind} if written.kind else {}),
    }
    return "text" in version.places and matches(when=version.when, facts=facts)


def _finding(rule: Rule, version: PhraseVersion, written: Written, pack: Pack) -> CallFinding:
    found = judge_call(
        rule=rule, call=_told(written), pack=pack, facts={"channel": written.channel}
    )
    if found.verdict != "not_applicable":
        return found
    if version.mode == "forbidden" and not (version.applies_if or version.exempt):
        return CallFinding(rule_id=rule.id, clause=rule.clause, verdict="kept", why=_NOT_THERE)
    if version.mode == "required" and rule.id in written.always:
        return CallFinding(
            rule_id=rule.id, clause=rule.clause, verdict="broken", why=_missing(version)
        )
    return found


_NOT_THERE = Words(zh="没有写这类话", en="nothing of the kind was written")


def _missing(version: PhraseVersion) -> Words:
    line = version.says[0]
    return Words(zh=f"没有写“{line}”一类的话", en=f"“{line}” or the like is missing")


def _told(written: Written) -> CallRecord:
    """The answer as one turn of a conversation in writing: the letter itself is not held against it."""
    return CallRecord(
        call_id="",
        direction="inbound",
        kind=written.kind if written.kind in CALL_KINDS else "other",
        started_at=written.at,
        staff_no="",
        customer=written.customer,
        events=(),
        turns=(Turn(0.0, 0.0, "agent", written.words),),
        channel="text",
    )
