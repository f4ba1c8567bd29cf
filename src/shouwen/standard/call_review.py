"""Reviews recorded calls by the standard: what was kept and broken, in which turn, and why."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shouwen.core.calls import CallFault, CallFaults, CallRecord, parse_call
from shouwen.core.clause import Words
from shouwen.core.listening import CallFinding
from shouwen.standard.judging import judge_calls
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One call and what the rules come to on it, in the order of the clauses."""

    call_id: str
    findings: tuple[CallFinding, ...]


@dataclass(frozen=True, slots=True)
class NoCall:
    """A line that is no call: its number counted from 1, and every fault in it."""

    number: int
    faults: tuple[CallFault, ...]


def review(*, pack: Pack, call: CallRecord) -> Reviewed:
    """What was kept and broken on a call; what cannot be proved or does not apply is left out. Pure."""
    told = [
        finding
        for finding in judge_calls(pack=pack, call=call)
        if finding.verdict in ("kept", "broken")
    ]
    broken = {finding.clause for finding in told if finding.verdict == "broken"}
    kept: set[str] = set()
    findings = []
    for finding in sorted(told, key=lambda each: _in_print(each.clause)):
        if finding.verdict == "kept" and (finding.clause in broken or finding.clause in kept):
            continue
        kept |= {finding.clause} if finding.verdict == "kept" else set()
        findings.append(finding)
    return Reviewed(call.call_id, tuple(findings))


def review_lines(*, pack: Pack, lines: Iterable[str]) -> Iterator[Reviewed | NoCall]:
    """Each line of a file of calls in turn; empty lines say nothing."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            call = parse_call(_decoded(line))
        except CallFaults as fault:
            yield NoCall(number, fault.faults)
        else:
            yield review(pack=pack, call=call)


def as_json(reviewed: Reviewed, *, explain: bool = False) -> dict[str, Any]:
    """The call's line: each finding once for every turn; `explain` adds what each rests on."""
    return {
        "call_id": reviewed.call_id,
        "findings": [
            row for finding in reviewed.findings for row in _rows(finding, explain=explain)
        ],
    }


def _rows(finding: CallFinding, *, explain: bool) -> Iterator[dict[str, Any]]:
    for turn in finding.turns:
        row: dict[str, Any] = {
            "clause": finding.clause,
            "verdict": finding.verdict,
            "turn": turn,
            "why": f"{finding.why.zh} / {finding.why.en}",
        }
        if finding.parts:
            row["parts"] = list(finding.parts)
        if explain:
            row |= _explained(finding, turn)
        yield row


def _explained(finding: CallFinding, turn: int | None) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "rule": finding.rule_id,
        "because": [
            {"heard": each.heard, "weight": each.weight}
            for each in finding.because
            if each.turn in (None, turn)
        ],
    }
    if finding.measured is not None:
        told["measured"] = finding.measured
    return told


@lru_cache(maxsize=1024)
def _in_print(clause: str) -> tuple[int, ...]:
    return tuple(int(part) for part in clause.replace("-", ".").split(".") if part.isdigit())


def _decoded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        fault = CallFault(
            path="",
            problem=Words(zh=f"不是完整的 JSON（{error}）", en=f"not complete JSON ({error})"),
            remedy=Words(zh="每行写一个完整的通话对象", en="write one whole call object a line"),
        )
        raise CallFaults([fault]) from error
