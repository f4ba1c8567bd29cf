"""The words of the standard filled from the record, and the steps of a contact with their state."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import Scalar, Version, matches
from shouwen.core.kinds import Rule
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.script import ScriptVersion
from shouwen.customers.models import Customer, Premises
from shouwen.guiding.safety import safety_count
from shouwen.standard.cockpit import CallStep, Cockpit
from shouwen.standard.pack import Pack
from shouwen.ui.pages import SaidPart
from shouwen.ui.parts import ClauseMark

_SLOT = re.compile(r"\{(\w+)\}")
_UNKNOWN = "××"
StepState = Literal["", "now", "done"]


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done: when, and how many sentences of it."""

    at: datetime
    count: int = 0


class Guided(Protocol):
    """A contact that is guided: what is known of it, and the steps that are behind."""

    @property
    def pack(self) -> Pack | None: ...

    @property
    def plan(self) -> Cockpit: ...

    @property
    def began_at(self) -> datetime: ...

    @property
    def kind(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Scalar]: ...

    @property
    def done(self) -> Mapping[str, Done]: ...

    @property
    def called(self) -> str: ...

    @property
    def customer(self) -> Customer | None: ...

    @property
    def premises(self) -> Premises | None: ...

    @property
    def has_waited(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Stepped:
    """One step of this call: as set, its rule's version, whether it is done or current."""

    step: CallStep
    version: Version
    state: StepState
    done: Done | None


def rule_of(seen: Guided, rule_id: str) -> Rule | None:
    """A rule of the standard; None when it is not there."""
    return seen.pack.rules.get(rule_id) if seen.pack and rule_id else None


def version_of(seen: Guided, rule_id: str) -> Version | None:
    """The version of a rule that speaks on the day of the call."""
    rule = rule_of(seen, rule_id)
    if rule is None or seen.pack is None:
        return None
    return rule.on(seen.pack.calendar.day_of(seen.began_at))


def mark(
    seen: Guided, rule_id: str, state: Literal["", "now", "kept", "broken", "todo"] = ""
) -> ClauseMark | None:
    """The mark of a rule's clause."""
    rule = rule_of(seen, rule_id)
    if rule is None:
        return None
    plain = mark_of(rule.clause)
    return ClauseMark(plain.number, plain.url, state)


def lines_of(version: Version | None) -> Sequence[str]:
    """The lines that a rule wants said, as printed."""
    if isinstance(version, ScriptVersion | PhraseVersion | GuidanceVersion):
        return version.says
    return ()


def slots(seen: Guided) -> Mapping[str, str]:
    """What is known to fill scripts with."""
    known = dict(seen.pack.organisation.slots()) if seen.pack else {}
    called = seen.called
    customer, home = seen.customer, seen.premises
    known["called"] = called
    if customer and called == customer.called:
        known |= {"surname": customer.surname, "title": customer.title}
    else:
        known |= {"surname": called[:-2], "title": called[-2:]} if len(called) > 2 else {}
    if home:
        known |= {
            "estate": home.estate.name,
            "building": home.building,
            "unit": home.unit,
            "flat": home.flat,
        }
    return known


def filled(line: str, known: Mapping[str, str]) -> tuple[SaidPart, ...]:
    """A line with its slots filled; what nobody knows stays ××."""
    parts: list[SaidPart] = []
    at = 0
    for slot in _SLOT.finditer(line):
        if slot.start() > at:
            parts.append(SaidPart(line[at : slot.start()]))
        parts.append(SaidPart(known.get(slot[1], "") or _UNKNOWN, marked=True))
        at = slot.end()
    if at < len(line):
        parts.append(SaidPart(line[at:]))
    return tuple(parts)


def stepped(seen: Guided) -> tuple[Stepped, ...]:
    """The steps that apply to this call, in the order of the standard; one or two are current."""
    found: list[Stepped] = []
    is_open = True
    for step in seen.plan.step:
        version = version_of(seen, step.rule)
        if version is None or not _applies(seen, step, version):
            continue
        done = _done(seen, step)
        state: StepState = "done" if done else ""
        before = found[-1].state if found else ""
        if not done and (is_open or (step.beside and before == "now")):
            state, is_open = "now", False
        found.append(Stepped(step, version, state, done))
    return tuple(found)


def _applies(seen: Guided, step: CallStep, version: Version) -> bool:
    when = {name: told for name, told in version.when.items() if name in seen.facts}
    fits = seen.has_waited or not step.waited
    return fits and step.speaks_of(seen.kind) and matches(when=when, facts=seen.facts)


def _done(seen: Guided, step: CallStep) -> Done | None:
    done = seen.done.get(step.id)
    if done and step.by == "safety" and done.count < safety_count():
        return None
    return done


def spoken(seen: Guided, current: Stepped) -> Iterator[SaidPart]:
    step, known = current.step, slots(seen)
    lines = lines_of(current.version)
    if step.line is not None:
        yield from filled(step.line.zh, known)
    elif step.say is not None and step.say < len(lines):
        yield from filled(lines[step.say], known)
    elif step.by in ("tick", "end") and lines:
        for number, line in enumerate(lines):
            if number:
                yield SaidPart("，")
            yield from filled(line, known)
