"""The protocol kind: steps in order, some with a timer, a count, or a line to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from shouwen.core.clause import Conditions, RuleHead, Version, Words, matches
from shouwen.core.events import Event
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One step: what is done, what is said, and between how many seconds it lasts or waits.

    Done when the protocol's event names it, or when one of the events `on` happens. `count`: how
    often at one go. `says`: a line that must be said with it; `evidence`: must leave one. `when`:
    only under these conditions; `never_when`: must not be done under any of these. `after`: only
    where that step was done. `unless`: events after which it is no longer needed; `exempt`:
    reasons for which it may be skipped. `optional`: may be left out, but done wrongly it counts.
    """

    id: str
    title: Words
    says: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    at_least_seconds: float | None = None
    at_most_seconds: float | None = None
    count: int | None = None
    evidence: bool = False
    optional: bool = False
    when: Conditions = field(default_factory=dict)
    never_when: tuple[Conditions, ...] = ()
    after: str = ""
    unless: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolVersion(Version):
    """One dated wording of the steps, done in order unless `any_order`.

    From one of the events `begins` (or the first step) to one of `ends`; `done` is the event by
    which a step is reported. `cancel`: events after which nothing is asked any more.
    """

    steps: tuple[ProtocolStep, ...]
    begins: tuple[str, ...] = ("visit.arrived",)
    done: str = "visit.step_done"
    ends: tuple[str, ...] = ("visit.ended",)
    cancel: tuple[str, ...] = ()
    any_order: bool = False

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that begin the protocol."""
        reported = (kind for step in self.steps for kind in step.on)
        return tuple(dict.fromkeys((*self.begins, self.done, *reported)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRule(RuleHead):
    """A rule about steps."""

    kind: Literal["protocol"]
    versions: tuple[ProtocolVersion, ...]

    @property
    def judged(self) -> bool:
        """Steps are judged."""
        return True


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step beside what was reported of it: done when, skipped why, what was wrong."""

    step: ProtocolStep
    done: tuple[Event, ...]
    skipped: str
    needed: bool
    forbidden: bool
    faults: tuple[Step, ...] = ()

    @property
    def at(self) -> datetime | None:
        """When it was done first."""
        return self.done[0].at if self.done else None

    @property
    def open(self) -> bool:
        """Still to be done."""
        return self.needed and not self.done and not self.skipped


def judge_protocol(version: ProtocolVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`; pure.

    Missed as soon as a step was done wrongly, too early, or passed over; running while steps are
    open and the end has not come; met when every needed step was done as it should be.
    """
    begun = next((event for event in matter.events if event.kind in version.begins_on), None)
    if begun is None:
        return NotApplicable(reason="not_started")
    if any(event.kind in version.cancel for event in matter.events):
        return NotApplicable(reason="cancelled")
    ended = next((event for event in matter.events if event.kind in version.ends), None)
    taken = _in_turn([_taken(step, version, matter) for step in version.steps])
    if not any(one.needed or one.done for one in taken):
        return NotApplicable(reason="facts")
    judged = taken if version.any_order else _in_order(taken)
    open_steps = [one for one in judged if one.open]
    wrong = [one for one in judged if one.faults] + (
        [one for one in open_steps if not one.faults] if ended else []
    )
    start = in_utc(begun.at)
    steps = _explained(judged, over=ended is not None) if matter.explain else ()
    if wrong:
        failed = tuple(one.step.id for one in judged if one in wrong)
        last = ended or max((e for one in wrong for e in one.done), key=_when, default=None)
        at = in_utc(last.at) if last else None
        return Missed(at=at, started_at=start, failed=failed, steps=steps)
    if open_steps:
        return Running(due_at=None, warn_at=None, started_at=start, steps=steps)
    at = max((one.at for one in judged if one.at is not None), default=begun.at)
    return Met(at=in_utc(at), started_at=start, steps=steps)


def _when(event: Event) -> datetime:
    return event.at


def _taken(step: ProtocolStep, version: ProtocolVersion, matter: Matter) -> _Taken:
    reported = [event for event in matter.events if _reports(event, step, version, matter.rule_id)]
    done = tuple(event for event in reported if not event.data.get("skipped_because"))
    reasons = [str(event.data["skipped_because"]) for event in reported if event not in done]
    forbidden = any(matches(when=when, facts=matter.facts) for when in step.never_when)
    needed = (
        not step.optional
        and not forbidden
        and matches(when=step.when, facts=matter.facts)
        and (bool(done) or not any(event.kind in step.unless for event in matter.events))
    )
    allowed = next((reason for reason in reasons if reason in step.exempt), "")
    faults = [_fault("step_forbidden", step)] if forbidden and done else []
    faults += [fault for event in done for fault in _faults_of(step, event)]
    if needed and reasons and not allowed and not done:
        faults.append(_fault("step_skipped_without_leave", step, given=reasons[0]))
    return _Taken(step, done, allowed, needed, forbidden, tuple(faults))


def _reports(event: Event, step: ProtocolStep, version: ProtocolVersion, rule_id: str) -> bool:
    if event.kind in step.on:
        return True
    about_this = event.data.get("rule", rule_id) == rule_id
    return event.kind == version.done and about_this and event.data.get("step") == step.id


def _faults_of(step: ProtocolStep, event: Event) -> list[Step]:
    """What was wrong with one doing of a step. A length that was not measured is not judged."""
    data = event.data
    seconds, count = _number(data, "seconds"), _number(data, "count")
    least, most, wanted = step.at_least_seconds, step.at_most_seconds, step.count
    faults = []
    if seconds is not None and least is not None and seconds < least:
        faults.append(_fault("step_too_short", step, took=seconds, least=least))
    if seconds is not None and most is not None and seconds > most:
        faults.append(_fault("step_too_long", step, took=seconds, most=most))
    if count is not None and wanted is not None and count != wanted:
        faults.append(_fault("step_count", step, times=count, wanted=wanted))
    if event.kind in step.on:
        return faults
    if step.says and not _yes(data, "said"):
        faults.append(_fault("step_not_said", step))
    if step.evidence and not _yes(data, "evidence"):
        faults.append(_fault("step_without_evidence", step))
    return faults


def _number(data: Mapping[str, object], name: str) -> float | None:
    value = data.get(name)
    return float(value) if isinstance(value, int | float) and value is not True else None


def _yes(data: Mapping[str, object], name: str) -> bool:
    return str(data.get(name, "")).lower() not in ("", "false", "no", "0")


def _in_turn(taken: Sequence[_Taken]) -> list[_Taken]:
    """Steps that are only wanted after another are not needed where that one was not done."""
    done = {one.step.id for one in taken if one.done and not one.forbidden}
    return [
        replace(one, needed=False) if one.step.after and one.step.after not in done else one
        for one in taken
    ]


def _in_order(taken: Sequence[_Taken]) -> list[_Taken]:
    """With a fault for each step that came before one that belongs before it, or was passed over."""
    judged = []
    for i, one in enumerate(taken):
        faults = list(one.faults)
        at = one.at
        late = next((o for o in taken[:i] if at and o.at and o.at > at and o.needed), None)
        if late is not None:
            faults.append(_fault("step_out_of_order", one.step, other=late.step.title))
        following = next((o for o in taken[i + 1 :] if o.done and o.step.on == ()), None)
        if one.open and following is not None:
            faults.append(_fault("step_passed_over", one.step, other=following.step.title))
        judged.append(replace(one, faults=tuple(faults)))
    return judged


def _fault(code: str, step: ProtocolStep, **params: str | float | Words) -> Step:
    return Step(code, {"step": step.title, **params})


def _explained(judged: Sequence[_Taken], *, over: bool) -> tuple[Step, ...]:
    steps: list[Step] = []
    for one in judged:
        title = one.step.title
        if one.at is not None:
            steps.append(Step("step_done", {"step": title, "at": in_utc(one.at)}))
        elif one.skipped:
            steps.append(Step("step_skipped", {"step": title, "given": one.skipped}))
        elif one.forbidden:
            steps.append(Step("step_rightly_left_out", {"step": title}))
        elif not one.needed:
            steps.append(Step("step_not_needed", {"step": title}))
        elif not one.faults:
            steps.append(Step("step_missing" if over else "step_awaited", {"step": title}))
        steps += one.faults
    return tuple(steps)
