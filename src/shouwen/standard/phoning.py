"""What a company sets for its phones: what is measured and used, why a visit ends otherwise. The file may be missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.facts import FACTS
from shouwen.core.kinds.protocol import ProtocolVersion
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.dispatching import OrderWord
from shouwen.standard.faults import Fault, PackFaults

PHONE = "phone.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A choice with its code and its words."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFact(Named):
    """What somebody at the door says once, for the rules that ask. `yes`: as it usually is."""

    yes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """Something that is measured: over `warn_over` the cause is looked for, over `danger_over` work stops."""

    code: str
    title: Words
    unit: str = ""
    warn_over: float | None = None
    danger_over: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlan(Named):
    """A thing to do inside, on orders of these kinds."""

    kinds: tuple[OrderWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """A part with its fee in yuan."""

    code: str
    title: Words
    fee: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferPlan(Named):
    """Why a matter goes elsewhere, and where to."""

    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPlan:
    """Which step measures gas at the door gap, with which reading, and the fact that follows."""

    rule: str = ""
    step: str = ""
    reading: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePlan:
    """Everything that stands in the file."""

    days: int = 1
    lives_hours: int = 72
    pin_digits: int = 6
    pin_tries: int = 5
    gap: GapPlan = field(default_factory=GapPlan)
    fact: tuple[DoorFact, ...] = ()
    reading: tuple[ReadingPlan, ...] = ()
    work: tuple[WorkPlan, ...] = ()
    part: tuple[PartPlan, ...] = ()
    no_access: tuple[Named, ...] = (
        Named(id="nobody_in", title=Words(zh="没人应门", en="Nobody in")),
    )
    refer: tuple[ReferPlan, ...] = ()
    place: tuple[Named, ...] = ()
    danger: tuple[Named, ...] = ()


def load_phone(path: Path, *, rules: Iterable[Any] | None = None) -> PhonePlan:
    """What the pack in a directory says of phones; the defaults without the file. Raises PackFaults.

    `rules`: those of the pack, to check the step of the door gap.
    """
    plan = beside_pack(path, file=PHONE, of=PhonePlan)
    faults = list(_faults(plan))
    if rules is not None:
        faults += _faults_of_gap(plan.gap, {rule.id: rule for rule in rules})
    if faults:
        raise PackFaults(faults)
    return plan


def _faults(plan: PhonePlan) -> Iterator[Fault]:
    to = [(f"refer.{each.id}.to", place) for each in plan.refer for place in each.to]
    yield from strangers(to, [each.id for each in plan.place], file=PHONE)
    readings = [each.code for each in plan.reading]
    yield from strangers([("gap.reading", plan.gap.reading)], readings, file=PHONE)
    named = [("gap.fact", plan.gap.fact)] + [("fact", each.id) for each in plan.fact]
    yield from strangers(named, FACTS, file=PHONE)
    if not 4 <= plan.pin_digits <= 12 or plan.pin_tries < 1:
        said = Words(
            zh="手机密码要 4 到 12 位、至少能试一次",
            en="a PIN has 4 to 12 digits and one try at least",
        )
        yield Fault(PHONE, "pin_digits", said, Words(zh="如 6 位、5 次", en="such as 6 and 5"))


def _faults_of_gap(gap: GapPlan, rules: dict[str, Any]) -> Iterator[Fault]:
    yield from strangers([("gap.rule", gap.rule)], rules, file=PHONE)
    rule = rules.get(gap.rule)
    version = rule.versions[-1] if rule else None
    if isinstance(version, ProtocolVersion):
        steps = [step.id for step in version.steps]
        yield from strangers([("gap.step", gap.step)], steps, file=PHONE)
