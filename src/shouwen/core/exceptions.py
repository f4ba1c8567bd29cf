"""Taking a matter out of the count: a named reason, evidence, an approver. Counted apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shouwen.core.clause import AllowedException, Version
from shouwen.core.events import Event
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Verdict

EXCEPTION_GRANTED = "case.exception_granted"


def with_exceptions(version: Version, matter: Matter, verdict: Verdict) -> Verdict:
    """The verdict after the exceptions that were granted: the first one that counts voids it.

    What was kept before the approval stays kept, and a rule that does not speak has nothing to
    void. A grant that does not count is named in the steps.
    """
    if isinstance(verdict, NotApplicable):
        return verdict
    refused: list[Step] = []
    for event in matter.events:
        if event.kind != EXCEPTION_GRANTED or not _is_about(event, matter.rule_id):
            continue
        why = _refusal(version.exceptions, event, verdict)
        if not why:
            return _excepted(event, verdict, refused, explain=matter.explain)
        reason = str(event.data.get("reason", ""))
        step = Step("exception_refused", {"at": in_utc(event.at), "reason": reason, "why": why})
        refused.append(step)
    if refused and matter.explain:
        return replace(verdict, steps=(*verdict.steps, *refused))
    return verdict


def _is_about(event: Event, rule_id: str) -> bool:
    """An exception may be granted for one rule only."""
    return event.data.get("rule", "") in ("", rule_id)


def _refusal(allowed: Sequence[AllowedException], event: Event, verdict: Verdict) -> str:
    """Why the grant does not count; empty when it does."""
    reason = str(event.data.get("reason", ""))
    named = next((each for each in allowed if each.reason == reason), None)
    if named is None:
        return "exception_not_named"
    if not str(event.data.get("approver", "")).strip():
        return "approver_missing"
    if named.evidence and not str(event.data.get("evidence", "")).strip():
        return "evidence_missing"
    if isinstance(verdict, Met) and verdict.at <= event.at:
        return "kept_before"
    missed_at = _missed_at(verdict)
    if named.granted == "before_due" and missed_at is not None and event.at > missed_at:
        return "granted_too_late"
    return ""


def _missed_at(verdict: Verdict) -> datetime | None:
    return (verdict.due_at or verdict.at) if isinstance(verdict, Missed) else None


def _excepted(
    event: Event, verdict: Verdict, refused: Sequence[Step], *, explain: bool
) -> Excepted:
    data = event.data
    told = {name: str(data.get(name, "")) for name in ("reason", "approver", "evidence")}
    at = in_utc(event.at)
    step = Step("excepted", {"at": at, **told})
    return Excepted(
        **told,
        at=at,
        started_at=getattr(verdict, "started_at", None),
        due_at=getattr(verdict, "due_at", None),
        steps=(*verdict.steps, *refused, step) if explain else (),
    )
