"""A guide that is read out step by step, with yes and no, until it ends: solved, or somebody has to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["solved", "told", "promise", "visit", "alarm"]
OUTCOMES: tuple[Outcome, ...] = ("solved", "told", "promise", "visit", "alarm")
"""Solved on the phone; told; an answer is promised; a visit is needed; leave everything, it is an alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. Exactly one of the four texts is there.

    head   opens a part of a text that is read, not stepped through
    say    something to say; the guide goes on to `yes`
    do     something the customer does: done goes on to `yes`, cannot to `no`
    ask    a question with the answers yes and no
    yes, no   the id of a step, or an outcome
    """

    id: str = ""
    head: str = ""
    say: str = ""
    do: str = ""
    ask: str = ""
    yes: str = ""
    no: str = ""

    @property
    def text(self) -> str:
        """The words of the step."""
        return self.head or self.say or self.do or self.ask

    @property
    def kind(self) -> Literal["head", "say", "do", "ask"]:
        """What is to be done with the words."""
        if self.head:
            return "head"
        return "say" if self.say else "do" if self.do else "ask"

    @property
    def branches(self) -> tuple[str, ...]:
        """Where it may lead."""
        return (self.yes,) if self.kind == "say" else (self.yes, self.no)


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that is behind, and what was answered."""

    step: Step
    is_yes: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in a guide: the steps behind, and the present one or the outcome."""

    passed: tuple[Passed, ...]
    step: Step | None = None
    outcome: Outcome | None = None


def stand(steps: tuple[Step, ...], *, answers: str) -> Standing:
    """Where the answers lead, one letter a step: y or n. Answers beyond the end are left out.

    Raises ValueError for another letter.
    """
    by_id = {step.id: step for step in steps}
    passed: list[Passed] = []
    step = steps[0]
    for answer in answers:
        if answer not in "yn":
            raise ValueError(answer)
        is_yes = answer == "y" or step.kind == "say"
        passed.append(Passed(step, is_yes))
        target = step.yes if is_yes else step.no
        outcome = next((each for each in OUTCOMES if each == target), None)
        if outcome:
            return Standing(tuple(passed), outcome=outcome)
        step = by_id[target]
    return Standing(tuple(passed), step=step)


def is_guide(steps: tuple[Step, ...]) -> bool:
    """Whether the steps are gone through one by one; a text without branches is read."""
    return any(step.yes for step in steps)


def faults(steps: tuple[Step, ...]) -> Iterator[str]:
    """What keeps a guide from working: a code and the step it is about, separated by a blank.

    empty; unnamed; twice; nowhere: leads to no step; loop: comes back to itself; unreached;
    no_end: never ends with a solution or with somebody coming.
    """
    if not steps:
        yield "empty "
        return
    by_id = {step.id: step for step in steps}
    if len(by_id) < len(steps) or "" in by_id:
        yield from _names(steps)
        return
    lost = [
        step for step in steps for to in step.branches if to not in by_id and to not in OUTCOMES
    ]
    yield from (f"nowhere {step.id}" for step in lost)
    if lost:
        return
    looping = next((step for step in steps if _comes_back(step, by_id)), None)
    if looping:
        yield f"loop {looping.id}"
        return
    reached = _reached(steps[0], by_id)
    yield from (f"unreached {step.id}" for step in steps if step.id not in reached)
    ends = {to for step in steps for to in step.branches} & set(OUTCOMES)
    if not ends:
        yield f"no_end {steps[0].id}"


def _names(steps: tuple[Step, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for step in steps:
        if not step.id:
            yield f"unnamed {step.text[:12]}"
        elif step.id in seen:
            yield f"twice {step.id}"
        seen.add(step.id)


def _reached(first: Step, by_id: dict[str, Step]) -> set[str]:
    found, waiting = {first.id}, [first]
    while waiting:
        for to in waiting.pop().branches:
            if to in by_id and to not in found:
                found.add(to)
                waiting.append(by_id[to])
    return found


def _comes_back(step: Step, by_id: dict[str, Step]) -> bool:
    return any(step.id in _reached(by_id[to], by_id) for to in step.branches if to in by_id)
