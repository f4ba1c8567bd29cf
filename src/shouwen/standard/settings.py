"""What a company decides for itself beside its standard: who is told when a promise is in danger,
and which clocks begin anew when a matter is reopened. Both files may be missing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

from shouwen.core.clause import Conditions, Limit, Scalar, Words, matches
from shouwen.standard.conditions import check_conditions
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import read_toml, suggestion, typed

ESCALATION, REOPENING = "escalation.toml", "reopening.toml"
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
Policy = Literal["restarts", "stands"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder: `left` before the due time or `late` after it, `tell` these roles.

    Natural time. The owner of the matter is told as "owner". `when` and `departments` narrow the
    rung to matters with these facts, and of these departments; empty: all.
    """

    id: str
    title: Words
    tell: tuple[str, ...]
    left: Limit | None = None
    late: Limit | None = None
    when: Conditions = field(default_factory=dict)
    departments: tuple[str, ...] = ()

    def at(self, due_at: datetime) -> datetime:
        """When the rung is reached by a promise due at `due_at` (aware)."""
        if self.left is not None:
            return due_at - _length(self.left)
        return due_at + _length(self.late) if self.late is not None else due_at

    def speaks_of(self, *, facts: Mapping[str, Scalar], department: str = "") -> bool:
        """Whether a matter with these facts, of this department, climbs the rung."""
        is_theirs = not self.departments or department in self.departments
        return is_theirs and matches(when=self.when, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs, in the order in which a promise climbs them."""

    rung: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningPolicy:
    """Whether the clocks of a rule restart when a matter is reopened or what was judged stands.

    A rule without a line of its own goes by its kind; a kind without one restarts.
    """

    kinds: Mapping[str, Policy] = field(default_factory=dict)
    rules: Mapping[str, Policy] = field(default_factory=dict)

    def restarts(self, *, rule_id: str, kind: str) -> bool:
        """True when a new clock of the rule begins at the reopening."""
        return self.rules.get(rule_id, self.kinds.get(kind, "restarts")) == "restarts"


_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)
_LADDER: TypeAdapter[Any] = TypeAdapter(Ladder | None, config=_CONFIG)
_REOPENING: TypeAdapter[Any] = TypeAdapter(ReopeningPolicy | None, config=_CONFIG)
_DEFAULT_REOPENING = ReopeningPolicy(kinds={"record": "stands"})


def load_ladder(path: Path, *, departments: Collection[str] | None = None) -> Ladder:
    """The ladder of the pack in a directory; without a file nobody is told. Raises PackFaults.

    `departments`: the pack's, where they are known, to check the names that rungs use.
    """
    ladder = _read(path, ESCALATION, _LADDER, Ladder)
    if ladder is None:
        return Ladder()
    faults = [fault for rung in ladder.rung for fault in _faults(rung)]
    if departments is not None:
        faults += [fault for rung in ladder.rung for fault in _strangers(rung, departments)]
    names = [rung.id for rung in ladder.rung]
    faults += [_twice(name) for name in sorted(set(names)) if names.count(name) > 1]
    if faults:
        raise PackFaults(faults)
    return Ladder(rung=ladder.rung)


def load_reopening_policy(path: Path) -> ReopeningPolicy:
    """The policy of the pack in a directory; records stand where there is none. Raises PackFaults."""
    policy = _read(path, REOPENING, _REOPENING, ReopeningPolicy)
    return policy if isinstance(policy, ReopeningPolicy) else _DEFAULT_REOPENING


def _read(path: Path, name: str, adapter: TypeAdapter[Any], of: type) -> Any:
    if not (path / name).exists():
        return None
    faults: list[Fault] = []
    table = read_toml(path / name, file=name, faults=faults)
    value = None
    if table is not None:
        value, found = typed(adapter, table, file=name, of=of)
        faults += found
    if faults:
        raise PackFaults(faults)
    return value


def _faults(rung: Rung) -> list[Fault]:
    place = f"rung.{rung.id}"
    faults = []
    if (rung.left is None) == (rung.late is None):
        faults.append(
            Fault(
                ESCALATION,
                place,
                Words(zh="left 和 late 要写一个，也只写一个", en="one of left and late is needed"),
                Words(zh='如 late = { value = 30, unit = "minutes" }', en="keep one of them"),
            )
        )
    faults.extend(
        Fault(
            ESCALATION,
            place,
            Words(zh="这里只用自然时间", en="only natural time here"),
            Words(zh="用 minutes、hours 或 days", en="use minutes, hours or days"),
        )
        for limit in (rung.left, rung.late)
        if limit is not None and limit.unit not in _SECONDS
    )
    faults += [
        Fault(ESCALATION, ".".join((place, *where)), problem, remedy)
        for where, problem, remedy in check_conditions(rung.when)
    ]
    return faults


def _strangers(rung: Rung, departments: Collection[str]) -> list[Fault]:
    return [
        Fault(
            ESCALATION,
            f"rung.{rung.id}.departments.{i}",
            Words(zh=f"没有这个部门：{name}", en=f"no such department: {name}"),
            suggestion(name, departments),
        )
        for i, name in enumerate(rung.departments)
        if name not in departments
    ]


def _twice(name: str) -> Fault:
    return Fault(
        ESCALATION,
        f"rung.{name}",
        Words(zh="这个 id 写了两次", en="this id is there twice"),
        Words(zh="改一个名字", en="rename one of them"),
    )


def _length(limit: Limit) -> timedelta:
    return timedelta(seconds=limit.value * _SECONDS[limit.unit])
