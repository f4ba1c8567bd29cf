"""What a company sets for reviewing calls: draws, the score sheet, reasons, appeals. The file may be missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds import Rule
from shouwen.core.kinds.call_measure import CallMeasureRule
from shouwen.core.kinds.sampling import SamplingRule
from shouwen.core.review_drawing import DrawPlan
from shouwen.core.score_sheet import SheetItem
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults

REVIEW = "review.toml"
Sign = Literal["broken", "forbidden", "complaint", "long_hold", "angry_hang_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBand:
    """A part of the day, local, half-open, that a sample is spread over."""

    id: str
    begins: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A sign that a call is worth looking at first, and what it weighs."""

    sign: Sign
    weight: int
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a finding is not so, and what stands instead."""

    id: str
    of: Literal["broken", "kept"]
    then: Literal["kept", "broken", "not_applicable"]
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How many calls a draw takes. `rule`: a sampling rule of the pack whose share takes the place of `share`."""

    share: float = 0.05
    at_least: int = 5
    at_most: int = 60
    each_agent: int = 1
    risk_share: float = 0.5
    second_share: float = 0.2
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Everything that stands in the file.

    `long_hold_seconds`: a hold from which on a call shows that sign. `abrupt_seconds`: a customer
    who hangs up so soon after a broken finding was angry. `forbidden`: rules whose breach is a sign
    of its own. `appeal`: how long an agent may appeal, `appeal_rule` the clause that says so, ""
    where it is the company's own. `coach_within`: until when a coaching task is due.
    """

    draw: Drawing = field(default_factory=Drawing)
    long_hold_seconds: float = 60
    abrupt_seconds: float = 15
    appeal: Limit = field(default_factory=lambda: Limit(value=3, unit="working_days"))
    appeal_rule: str = ""
    coach_within: Limit = field(default_factory=lambda: Limit(value=5, unit="working_days"))
    forbidden: tuple[str, ...] = ()
    band: tuple[DayBand, ...] = ()
    risk: tuple[Risk, ...] = ()
    item: tuple[SheetItem, ...] = ()
    refusal: tuple[Refusal, ...] = ()

    def plan(self, rules: Mapping[str, Rule]) -> DrawPlan:
        """How a draw is made; the share of the pack's sampling rule where one is named and gives one."""
        return DrawPlan(
            share=share_of(rules.get(self.draw.rule)) or self.draw.share,
            at_least=self.draw.at_least,
            at_most=self.draw.at_most,
            risk_share=self.draw.risk_share,
            each_agent=self.draw.each_agent,
            weights={each.sign: each.weight for each in self.risk},
        )

    def refusal_of(self, refusal_id: str, *, of: str) -> Refusal | None:
        """The reason with this id for a finding that says `of`."""
        return next((r for r in self.refusal if r.id == refusal_id and r.of == of), None)

    def item_of(self, item_id: str) -> SheetItem | None:
        """A line of the score sheet by its id."""
        return next((each for each in self.item if each.id == item_id), None)

    def band_at(self, clock: time) -> str:
        """The part of the day at a local time; "" outside all of them."""
        return next((each.id for each in self.band if each.begins <= clock < each.ends), "")


def share_of(rule: Rule | None) -> float | None:
    """The share that the newest version of a sampling rule gives; None without one."""
    return rule.versions[-1].share if isinstance(rule, SamplingRule) else None


def load_reviewing(path: Path, *, rules: Mapping[str, Rule] | None = None) -> Reviewing:
    """The settings of the pack in a directory; the defaults without a file. Raises PackFaults.

    `rules`: the pack's, where they are known, to check the names in the file.
    """
    value = beside_pack(path, file=REVIEW, of=Reviewing)
    faults = list(_faults(value))
    if rules is not None:
        faults += strangers(_named(value), rules, file=REVIEW)
        faults += _unscored(value, rules)
    if faults:
        raise PackFaults(faults)
    return value


def _named(value: Reviewing) -> Iterator[tuple[str, str]]:
    yield "draw.rule", value.draw.rule
    yield "appeal_rule", value.appeal_rule
    for place, rule in enumerate(value.forbidden):
        yield f"forbidden.{place}", rule
    for item in value.item:
        for place, rule in enumerate(item.rules):
            yield f"item.{item.id}.rules.{place}", rule


def _unscored(value: Reviewing, rules: Mapping[str, Rule]) -> Iterator[Fault]:
    """Items that people score and no rule of the pack decides by."""
    known = {name for rule in rules.values() for name in scored_items(rule)}
    named = [(f"item.{item.id}.score", item.score) for item in value.item]
    yield from strangers(named, known, file=REVIEW)


def scored_items(rule: Rule) -> tuple[str, ...]:
    """The items of the human score sheet that a rule decides by."""
    if not isinstance(rule, CallMeasureRule):
        return ()
    return tuple({version.item for version in rule.versions if version.item})


def _faults(value: Reviewing) -> Iterator[Fault]:
    yield from _of_numbers(value)
    for place, item in enumerate(value.item):
        if item.points < 1 or item.out_of < 1 or bool(item.rules) == bool(item.score):
            yield _fault(
                f"item.{place}",
                "分数要是正数，rules 和 score 写一样",
                "points must be positive, and either rules or score be given",
            )
    for place, each in enumerate(value.refusal):
        if each.of == each.then:
            yield _fault(f"refusal.{place}", "改判和原判一样", "then says the same as of")
    for what, ids in (
        ("item", [each.id for each in value.item]),
        ("refusal", [f"{each.of}.{each.id}" for each in value.refusal]),
        ("risk", [each.sign for each in value.risk]),
        ("band", [each.id for each in value.band]),
    ):
        if len({*ids}) < len(ids):
            yield _fault(what, "有两项同名", "two of one name")


def _of_numbers(value: Reviewing) -> Iterator[Fault]:
    for name in ("share", "risk_share", "second_share"):
        if not 0 <= getattr(value.draw, name) <= 1:
            yield _fault(f"draw.{name}", "要在 0 和 1 之间", "must lie between 0 and 1")
    for name, limit in (("appeal", value.appeal), ("coach_within", value.coach_within)):
        if limit.value <= 0:
            yield _fault(name, "时限要大于 0", "the time must be more than 0")


def _fault(place: str, zh: str, en: str) -> Fault:
    remedy = Words(zh="改 review.toml", en="change review.toml")
    return Fault(REVIEW, place, Words(zh=zh, en=en), remedy)
