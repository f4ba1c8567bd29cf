"""What a company sets for those who serve: which rule speaks at which step of a call, or of a visit to the hall.

The file may be missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Words
from shouwen.core.facts import CASE_KINDS
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import PackFaults
from shouwen.standard.forms import Forms, load_forms

COCKPIT = "cockpit.toml"
DoneBy = Literal["tick", "kind", "safety", "dispatch", "record", "pass_on", "answer", "end"]
GuidedChannel = Literal["phone", "hall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Of which kinds of matter something speaks: `kinds` (empty: all), but `not_kinds`.

    A call that is not classified yet has the kind "".
    """

    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()

    def speaks_of(self, kind: str) -> bool:
        """Whether it is meant for calls of this kind."""
        return kind not in self.not_kinds and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStep(Narrowed):
    """One step of a call, or of another way to meet a customer (`channel`). `by` completes it; `say` is the
    number of the rule's line to be said, `line` words of the company's own where the rule has none.
    `beside`: it may be done together with the step before it; `waited`: only with customers who had to wait.
    """

    id: str
    rule: str
    title: Words
    by: DoneBy = "tick"
    say: int | None = None
    line: Words | None = None
    beside: bool = False
    channel: GuidedChannel = "phone"
    waited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindKey:
    """A kind of matter that agents choose, in the order of the keys, and where it goes first.

    `passes_on`: with its first record it is offered to the department in the same act.
    """

    id: str
    department: str = ""
    side: str = "none"
    severity: str = ""
    passes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Rules that the timers take their limits from; the look-up begins at step `from_step`."""

    answer: str = ""
    talk: str = ""
    look_up: str = ""
    from_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Rules whose lines are shown when they are due."""

    before_hold: str = ""
    after_hold: str = ""
    transfer: str = ""
    name: str = ""
    sorry: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePlan:
    """The call-back that is drafted: the rules it comes from, the first clock among them sets the
    due time; the words, with {called} and {due}, on the telephone and `at_counter`.
    """

    rules: tuple[str, ...] = ()
    says: str = ""
    at_counter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchPlan:
    """The clock that counts until somebody is sent to an alarm."""

    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistPlan:
    """Advice while a call is spoken: whether it is shown, the roles that do without, how many at once."""

    shown: bool = True
    not_for: tuple[str, ...] = ()
    at_most: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint(Narrowed):
    """What a rule asks for on this call, in a sentence."""

    rule: str
    says: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Narrowed):
    """A guidance rule offered on calls of these kinds."""

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Narrowed):
    """Points to handle a matter by."""

    title: Words
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """Something to choose from a short list."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What an agent may answer, and what somebody else decides."""

    title: Words
    says: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cockpit:
    """Everything that stands in the file. Without one the screen works, and steers nothing.

    `reason`: why an agent is not ready; `set_reason`: why a supervisor changes an agent's status.
    `forms` are read from a file of their own, see `standard.forms`.
    """

    limits: Limits = field(default_factory=Limits)
    phrases: Phrases = field(default_factory=Phrases)
    promise: PromisePlan = field(default_factory=PromisePlan)
    dispatch: DispatchPlan = field(default_factory=DispatchPlan)
    assist: AssistPlan = field(default_factory=AssistPlan)
    kind: tuple[KindKey, ...] = ()
    step: tuple[CallStep, ...] = ()
    hint: tuple[Hint, ...] = ()
    advice: tuple[Advice, ...] = ()
    point: tuple[Point, ...] = ()
    authority: tuple[Authority, ...] = ()
    reason: tuple[Titled, ...] = ()
    set_reason: tuple[Titled, ...] = ()
    ending: tuple[Titled, ...] = ()
    soft: tuple[str, ...] = ()
    forms: Forms = field(default_factory=Forms)

    def on(self, channel: GuidedChannel) -> "Cockpit":
        """The same with the steps of one channel."""
        return replace(self, step=tuple(step for step in self.step if step.channel == channel))

    def step_of(self, step_id: str) -> CallStep | None:
        """The step with this id."""
        return next((step for step in self.step if step.id == step_id), None)

    def kind_of(self, kind: str) -> KindKey:
        """Where matters of a kind go first."""
        return next((key for key in self.kind if key.id == kind), KindKey(id=kind))


def load_cockpit(
    path: Path,
    *,
    rules: Mapping[str, object] | None = None,
    departments: Iterable[str] | None = None,
) -> Cockpit:
    """The cockpit of the pack in a directory; an empty one without a file. Raises PackFaults.

    `rules` and `departments`: the pack's, where they are known, to check the names in the file.
    """
    forms = load_forms(path, rules=rules)
    value = beside_pack(path, file=COCKPIT, of=Cockpit)
    faults = strangers(_kinds(value), CASE_KINDS, file=COCKPIT)
    if rules is not None:
        faults += strangers(_rules(value), rules, file=COCKPIT)
    if departments is not None:
        faults += strangers(_departments(value), departments, file=COCKPIT)
    if faults:
        raise PackFaults(faults)
    return replace(value, forms=forms)


def _rules(cockpit: Cockpit) -> Iterator[tuple[str, str]]:
    limits, phrases = cockpit.limits, cockpit.phrases
    yield from (
        (f"limits.{name}", getattr(limits, name)) for name in ("answer", "talk", "look_up")
    )
    names = ("before_hold", "after_hold", "transfer", "name", "sorry", "owner")
    yield from ((f"phrases.{name}", getattr(phrases, name)) for name in names)
    yield from ((f"promise.rules.{i}", rule) for i, rule in enumerate(cockpit.promise.rules))
    yield "dispatch.clock", cockpit.dispatch.clock
    yield from ((f"step.{step.id}", step.rule) for step in cockpit.step)
    yield from ((f"hint.{i}", hint.rule) for i, hint in enumerate(cockpit.hint))
    yield from ((f"advice.{i}", advice.rule) for i, advice in enumerate(cockpit.advice))
    yield from ((f"soft.{i}", rule) for i, rule in enumerate(cockpit.soft))


def _kinds(cockpit: Cockpit) -> Iterator[tuple[str, str]]:
    yield from ((f"kind.{i}", key.id) for i, key in enumerate(cockpit.kind))
    narrowed = (*cockpit.step, *cockpit.hint, *cockpit.advice, *cockpit.point)
    for each in narrowed:
        yield from (("kinds", kind) for kind in (*each.kinds, *each.not_kinds))


def _departments(cockpit: Cockpit) -> Iterator[tuple[str, str]]:
    yield from ((f"kind.{i}.department", key.department) for i, key in enumerate(cockpit.kind))
