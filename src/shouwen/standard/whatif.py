"""What a draft would have made of the past: pairs of verdicts in, counts out.

Pure. Reading the past and judging it is the business of others; `Question`, `Part` and `Answer` are
what they say to each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

Turn = Literal["added", "saved", "other"]
PartOfDay = Literal["night", "morning", "afternoon", "evening"]
PARTS_OF_DAY: Mapping[PartOfDay, range] = MappingProxyType(
    {
        "night": range(7),
        "morning": range(7, 12),
        "afternoon": range(12, 18),
        "evening": range(18, 24),
    }
)
"""Local hours."""
_TELLING = 0.2
"""From this share of all on, one part of the week is worth naming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One clock, or one rule on one call, of which the draft thinks otherwise. Instants are UTC.

    `old` and `new` are words of verdicts; `began_at` is when the matter began, `ended_at` when it
    was done, None while it is not. `department` is the code of those who answered for it.
    """

    rule_id: str
    subject_kind: str
    subject_id: UUID
    ordinal: int
    old: str
    new: str
    began_at: datetime
    old_due_at: datetime | None = None
    new_due_at: datetime | None = None
    ended_at: datetime | None = None
    department: str = ""

    @property
    def turn(self) -> Turn:
        """A breach more, a breach less, or neither."""
        return turn_of(self.old, self.new)


def turn_of(old: str, new: str) -> Turn:
    """What a change of verdict means for the count of breaches."""
    if new == "missed":
        return "added"
    return "saved" if old == "missed" else "other"


@dataclass(slots=True)
class Tally:
    """Counts that grow: of each rule how often which verdict became which, and when the breaches
    that were added and saved began.

    Tallies of parts of the past add up to that of the whole. `hours` is kept by department, weekday
    (0 = Monday) and local hour.
    """

    counts: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)
    hours: dict[tuple[str, int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def judged(self) -> int:
        """How many verdicts were given anew."""
        return sum(sum(each.values()) for each in self.counts.values())

    def count(self, *, rule_id: str, old: str, new: str, times: int = 1) -> None:
        """So many verdicts of a rule that were `old` and are `new`."""
        of_rule = self.counts.setdefault(rule_id, {})
        of_rule[old, new] = of_rule.get((old, new), 0) + times

    def place(self, *, department: str, began: datetime, turn: Turn) -> None:
        """When, in local time, a matter began whose verdict turned."""
        if turn == "other":
            return
        key = (department, began.weekday(), began.hour)
        added, saved = self.hours.get(key, (0, 0))
        self.hours[key] = (added + (turn == "added"), saved + (turn == "saved"))

    def add(self, other: "Tally") -> None:
        """The counts of another part of the past."""
        for rule_id, pairs in other.counts.items():
            for (old, new), times in pairs.items():
                self.count(rule_id=rule_id, old=old, new=new, times=times)
        for key, (added, saved) in other.hours.items():
            known = self.hours.get(key, (0, 0))
            self.hours[key] = (known[0] + added, known[1] + saved)

    def as_table(self) -> dict[str, Any]:
        """As plain values, for keeping."""
        return {
            "counts": [
                [rule_id, old, new, times]
                for rule_id, pairs in self.counts.items()
                for (old, new), times in pairs.items()
            ],
            "hours": [[*key, *value] for key, value in self.hours.items()],
        }

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "Tally":
        """What `as_table` gave."""
        tally = cls()
        for rule_id, old, new, times in table["counts"]:
            tally.count(rule_id=rule_id, old=old, new=new, times=times)
        for department, weekday, hour, added, saved in table["hours"]:
            tally.hours[department, weekday, hour] = (added, saved)
        return tally


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """How a rule, or several together, would have fared: verdicts by both standards."""

    judged: int = 0
    old_met: int = 0
    old_missed: int = 0
    new_met: int = 0
    new_missed: int = 0
    added: int = 0
    saved: int = 0
    other: int = 0

    @property
    def old_share(self) -> float | None:
        """The part that was kept, 0 to 1; None when nothing was kept or broken."""
        return _share(self.old_met, self.old_missed)

    @property
    def new_share(self) -> float | None:
        """The part that would have been kept."""
        return _share(self.new_met, self.new_missed)

    @property
    def unchanged(self) -> int:
        """How many verdicts are the same by both."""
        return self.judged - self.added - self.saved - self.other

    @property
    def is_moved(self) -> bool:
        """Whether any verdict is another."""
        return bool(self.added or self.saved or self.other)

    def __add__(self, other: "RuleOutcome") -> "RuleOutcome":
        return RuleOutcome(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__slots__}
        )


@dataclass(frozen=True, slots=True)
class Peak:
    """The part of the week (0 = Monday) in which most of the breaches would have begun."""

    weekday: int
    part: PartOfDay
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft would have made of the past."""

    rules: Mapping[str, RuleOutcome]
    hours: Mapping[tuple[str, int, int], tuple[int, int]]

    @property
    def total(self) -> RuleOutcome:
        """All rules together."""
        return sum(self.rules.values(), start=RuleOutcome())

    @property
    def peak(self) -> Peak | None:
        """When the breaches that are added begin, if that can be said in two words."""
        added: dict[tuple[int, int], int] = {}
        for (_, weekday, hour), (more, _) in self.hours.items():
            added[weekday, hour] = added.get((weekday, hour), 0) + more
        return _peak(added)


def outcome(tally: Tally) -> Outcome:
    """The tally as figures of each rule."""
    return Outcome(
        rules={rule_id: _of_rule(pairs) for rule_id, pairs in tally.counts.items()},
        hours=dict(tally.hours),
    )


def _of_rule(pairs: Mapping[tuple[str, str], int]) -> RuleOutcome:
    def times(*, old: str = "", new: str = "") -> int:
        return sum(n for (was, is_), n in pairs.items() if old in ("", was) and new in ("", is_))

    turned: dict[Turn, int] = {"added": 0, "saved": 0, "other": 0}
    for (old, new), n in pairs.items():
        if old != new:
            turned[turn_of(old, new)] += n
    return RuleOutcome(
        judged=times(),
        old_met=times(old="met"),
        old_missed=times(old="missed"),
        new_met=times(new="met"),
        new_missed=times(new="missed"),
        added=turned["added"],
        saved=turned["saved"],
        other=turned["other"],
    )


def _share(met: int, missed: int) -> float | None:
    return met / (met + missed) if met + missed else None


def _peak(added: Mapping[tuple[int, int], int]) -> Peak | None:
    parts: dict[tuple[int, PartOfDay], int] = {}
    for (weekday, hour), count in added.items():
        part = next(name for name, hours in PARTS_OF_DAY.items() if hour in hours)
        parts[weekday, part] = parts.get((weekday, part), 0) + count
    total = sum(parts.values())
    if not total:
        return None
    (weekday, part), count = max(parts.items(), key=lambda item: item[1])
    share = count / total
    return Peak(weekday, part, count, share) if share >= _TELLING else None


# --- asking and answering, part by part -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """Which draft is tried on what: the directory of its pack, and matters that began in
    [since, until), by what was known at `known_at`. Moments are UTC. `calls_only`: only the calls of that
    time, none of the matters with clocks.
    """

    draft: str
    since: datetime
    until: datetime
    known_at: datetime
    calls_only: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some matters of one kind, by their ids (16 bytes each)."""

    subject_kind: str
    ids: bytes

    @classmethod
    def of(cls, subject_kind: str, ids: Iterable[UUID]) -> "Part":
        """The part with these matters."""
        return cls(subject_kind, b"".join(each.bytes for each in ids))

    @property
    def subjects(self) -> list[UUID]:
        """The ids."""
        return [UUID(bytes=self.ids[at : at + 16]) for at in range(0, len(self.ids), 16)]


@dataclass(slots=True)
class Answer:
    """What one part came to."""

    tally: Tally = field(default_factory=Tally)
    flips: list[Flip] = field(default_factory=list)
