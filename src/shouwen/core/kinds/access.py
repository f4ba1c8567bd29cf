"""The access kind: what nobody may do without leave, and the controls that see to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from shouwen.core.acts import ACTS, APPROVERS, FIELDS
from shouwen.core.clause import RuleHead, Version
from shouwen.core.events import Event
from shouwen.core.kinds.clock import first
from shouwen.core.kinds.controls import Control, Finding, found, who
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict

DONE, REFUSED = "custody.done", "custody.refused"
_ASKED = ("custody.asked", "custody.approved", "custody.registered")
_ACT_OF: Mapping[str, str] = MappingProxyType(
    {kind: act.id for act in ACTS.values() for kind in act.events}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessVersion(Version):
    """One dated wording of the controls."""

    controls: tuple[Control, ...]

    @property
    def begins_on(self) -> tuple[str, ...]:
        """Asking for an act, or doing it."""
        watched = {act for control in self.controls for act in control.acts}
        acts = (ACTS[act] for act in sorted(watched & ACTS.keys()))
        return (DONE, REFUSED, *_ASKED, *(kind for act in acts for kind in act.events))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule(RuleHead):
    """A rule about access and custody."""

    kind: Literal["access"]
    versions: tuple[AccessVersion, ...]

    @property
    def judged(self) -> bool:
        """Judged once the controls name the acts they watch."""
        return any(control.acts for version in self.versions for control in version.controls)


def judge_access(version: AccessVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on one controlled act and what came before and after it.

    Missed when it happened without what a control demands; the controls are named. Met when it
    was refused, or happened under every control and was put away in time. Running until it is
    done or refused, or until it must be entered, returned or destroyed.
    """
    watched = {act for control in version.controls for act in control.acts}
    matter = replace(matter, events=[_named(event) for event in matter.events])
    about = [event for event in matter.events if event.data.get("act") in watched]
    if not about:
        return NotApplicable(reason="no_controlled_act")
    start = in_utc(about[0].at)
    done = [event for event in about if event.kind == DONE]
    refused = first(about, (REFUSED,))
    findings = [
        found(control=control, act=act, matter=matter)
        for act in done
        for control in version.controls
        if act.data["act"] in control.acts
    ]
    steps = tuple(_steps(done, refused, findings)) if matter.explain else ()
    if done:
        return _of_findings(findings, start, steps)
    if refused is not None:
        return Met(at=in_utc(refused.at), started_at=start, steps=steps)
    return Running(due_at=None, warn_at=None, started_at=start, steps=steps)


def _named(event: Event) -> Event:
    """An event that is an act by its kind, as the act; others as they are."""
    act = _ACT_OF.get(event.kind)
    return event if act is None else replace(event, kind=DONE, data={**event.data, "act": act})


def _of_findings(findings: Sequence[Finding], start: datetime, steps: tuple[Step, ...]) -> Verdict:
    broken = [finding for finding in findings if finding.is_broken]
    if broken:
        failed = tuple(dict.fromkeys(finding.control.id for finding in broken))
        worst = broken[0]
        at = None if worst.at is None else in_utc(worst.at)
        return Missed(at=at, due_at=worst.due_at, started_at=start, failed=failed, steps=steps)
    open_until = [f.due_at for f in findings if f.is_open and f.due_at is not None]
    if open_until:
        return Running(due_at=min(open_until), warn_at=None, started_at=start, steps=steps)
    at = max(finding.at for finding in findings if finding.at is not None)
    return Met(at=in_utc(at), started_at=start, steps=steps)


# --- in steps


def _steps(
    done: Sequence[Event], refused: Event | None, findings: Sequence[Finding]
) -> Iterator[Step]:
    for act in done:
        yield _act_step("act_done", act)
    if refused is not None:
        yield _act_step("act_refused", refused)
    for finding in findings:
        yield from _told(finding)


def _act_step(code: str, event: Event) -> Step:
    act, by = ACTS[str(event.data["act"])], who(event)
    words: dict[str, Param] = {"at": in_utc(event.at), "zh": act.zh, "en": act.en}
    return Step(code + "_by", {**words, "by": by}) if by else Step(code, words)


def _told(finding: Finding) -> Iterator[Step]:
    title = finding.control.title
    words = {"control": finding.control.id, "zh": title.zh, "en": title.en}
    if not finding.why:
        yield Step("control_kept", words)
    elif finding.due_at is None:
        yield Step("control_missing", {**words, "why": finding.why})
    else:
        code = "control_open" if finding.is_open else "control_late"
        yield Step(code, {**words, "why": finding.why, "due_at": finding.due_at})
    for name in finding.missing:
        zh, en = APPROVERS[name] if name in APPROVERS else FIELDS[name]
        yield Step("missing", {"name": name, "zh": zh, "en": en})
