"""The words of the standard filled from the record, and the steps of a call with their state."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse

from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import Version, matches
from shouwen.core.kinds import Rule
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.script import ScriptVersion
from shouwen.hotline.desk_values import Done, OnCall
from shouwen.hotline.operations import safety_words
from shouwen.standard.cockpit import CallStep
from shouwen.ui.languages import worded
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import Act, SafetyLine, Script, StepLine
from shouwen.ui.parts import ClauseMark

_SLOT = re.compile(r"\{(\w+)\}")
_UNKNOWN = "××"
StepState = Literal["", "now", "done"]


@dataclass(frozen=True, slots=True)
class Stepped:
    """One step of this call: as set, its rule's version, whether it is done or current."""

    step: CallStep
    version: Version
    state: StepState
    done: Done | None


def act_url(seen: OnCall, what: str) -> str:
    """Where an act on the call is posted to."""
    return reverse("cockpit_act", args=[seen.call.pk, what])


def rule_of(seen: OnCall, rule_id: str) -> Rule | None:
    """A rule of the standard; None when it is not there."""
    return seen.pack.rules.get(rule_id) if seen.pack and rule_id else None


def version_of(seen: OnCall, rule_id: str) -> Version | None:
    """The version of a rule that speaks on the day of the call."""
    rule = rule_of(seen, rule_id)
    if rule is None or seen.pack is None:
        return None
    return rule.on(seen.pack.calendar.day_of(seen.call.rang_at))


def mark(
    seen: OnCall, rule_id: str, state: Literal["", "now", "kept", "broken", "todo"] = ""
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


def slots(seen: OnCall) -> Mapping[str, str]:
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


def stepped(seen: OnCall) -> tuple[Stepped, ...]:
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


def _applies(seen: OnCall, step: CallStep, version: Version) -> bool:
    when = {name: told for name, told in version.when.items() if name in seen.facts}
    return step.speaks_of(seen.kind) and matches(when=when, facts=seen.facts)


def _done(seen: OnCall, step: CallStep) -> Done | None:
    done = seen.done.get(step.id)
    if done and step.by == "safety" and done.count < safety_count():
        return None
    return done


def safety_count() -> int:
    """How many sentences of safety words there are."""
    do, leave = safety_words()
    return len(do) + len(leave)


def step_lines(seen: OnCall, steps: Sequence[Stepped]) -> tuple[StepLine, ...]:
    """The list of steps as it is printed."""
    return tuple(_line(seen, each, no=number) for number, each in enumerate(steps, start=1))


def _line(seen: OnCall, each: Stepped, *, no: int) -> StepLine:
    step, title = each.step, worded(each.step.title)
    if step.by == "safety":
        said = seen.done.get(step.id)
        title = f"{title} {said.count if said else 0} / {safety_count()}"
    keys = {"dispatch": "F9", "kind": "F10", "pass_on": "F6"}
    return StepLine(
        id=step.id,
        state=each.state,
        no=no,
        title=title,
        time=since_answer(seen, each.done.at) if each.done else "",
        mark=mark(seen, step.rule),
        act=tick_act(seen, step) if step.by in ("tick", "answer") and not each.done else None,
        key=keys.get(step.by, "") if not each.done else "",
    )


def tick_act(seen: OnCall, step: CallStep, *, count: int = 0) -> Act:
    """Telling that a step was done."""
    values = [("step", step.id)]
    if count:
        values.append(("count", str(count)))
    return Act(worded(step.title), act_url(seen, "step"), values=tuple(values))


def since_answer(seen: OnCall, at: datetime) -> str:
    """00:21 into the call."""
    began = seen.call.answered_at or seen.call.rang_at
    seconds = max(0, int((at - began).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def script(seen: OnCall, steps: Sequence[Stepped]) -> Script | None:
    """What to say at the step that is current."""
    current = next((each for each in steps if each.state == "now"), None)
    if current is None:
        return None
    parts = tuple(_spoken(seen, current))
    if not parts:
        return None
    act = tick_act(seen, current.step) if current.step.by == "tick" else None
    return Script(
        title=worded(current.step.title),
        parts=parts,
        mark=mark(seen, current.step.rule, "now"),
        act=act,
    )


def _spoken(seen: OnCall, current: Stepped) -> Iterator[SaidPart]:
    step, known = current.step, slots(seen)
    lines = lines_of(current.version)
    if step.line is not None:
        yield from filled(step.line.zh, known)
    elif step.say is not None and step.say < len(lines):
        yield from filled(lines[step.say], known)
    elif step.by == "tick" and lines:
        for number, line in enumerate(lines):
            if number:
                yield SaidPart("，")
            yield from filled(line, known)


def safety_lines(seen: OnCall) -> tuple[SafetyLine, ...]:
    """The six sentences with what was said of them."""
    step = next((each for each in seen.plan.step if each.by == "safety"), None)
    done = seen.done.get(step.id) if step else None
    said = done.count if done else 0
    do, leave = safety_words()
    return tuple(
        SafetyLine(
            no=number,
            text=worded(words),
            is_said=number <= said,
            is_now=number == said + 1,
            act=tick_act(seen, step, count=number) if step else None,
        )
        for number, words in enumerate((*do, *leave), start=1)
    )
