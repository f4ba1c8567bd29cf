"""One look through a list: who looked at whom, which items were in order, what they score."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

from shouwen.core.clause import Words
from shouwen.core.events import Event
from shouwen.core.events.given import is_given, names_given

LIST, SPOT_CHECK = "checklist.done", "spot_check.done"
LOOKS = (LIST, SPOT_CHECK)
# Points such as 0.1 and 0.7 have no exact binary form: a score at the share itself must reach it.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at.

    `variant`: for whom it is meant. `points`: what it weighs in a score. `private`: it counts only
    when people tick it of themselves or agreed to be looked at. `read_as`: how a damaged or odd
    print was read.
    """

    id: str
    title: Words
    variant: Literal["everyone", "men", "women"] = "everyone"
    points: float = 1
    private: bool = False
    read_as: Words | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one look.

    `counted`: the items that were asked, in the order of the list; `failed`: those of them that
    were not in order. `left_out` and `private`: items not asked, because they did not come up or
    because nobody agreed to them. `of_others`: items of the other variant, `unknown`: names of no
    item; both stand in the event and count for nothing.
    """

    event: Event
    counted: tuple[Item, ...]
    failed: tuple[Item, ...]
    left_out: tuple[Item, ...]
    private: tuple[Item, ...]
    of_others: tuple[Item, ...]
    unknown: tuple[str, ...]

    @property
    def points(self) -> float:
        """The points of all items that were asked."""
        return fsum(item.points for item in self.counted)

    @property
    def points_in_order(self) -> float:
        """The points of the items that were in order."""
        return fsum(item.points for item in self.counted if item not in self.failed)

    @property
    def score(self) -> float:
        """The share of points in order, from 0 to 1; 1 when nothing was asked."""
        return self.points_in_order / self.points if self.counted else 1.0

    def reaches(self, share: float) -> bool:
        """Whether at least this share of the points was in order."""
        return self.score >= share - _ROUNDING


def occasion_of(event: Event) -> str:
    """The occasion of a look: a spot check, or what the list was for."""
    return "spot_check" if event.kind == SPOT_CHECK else str(event.data.get("occasion", ""))


def ticked_by(event: Event) -> str:
    """The staff number of the person who ticked; empty when it is not known."""
    return event.by or str(event.data.get("by", ""))


def is_about(event: Event, rule_id: str) -> bool:
    """Whether the list that was looked through holds this rule; one that names none holds all."""
    rules = names_given(event, "rules")
    return not rules or rule_id in rules


def look_of(event: Event, items: Sequence[Item], rule_id: str) -> Look:
    """What the event says about the items of one rule.

    Items are written `item`, or `rule.item` where the list holds several rules. An item named as
    failed and as left out was seen: it counts.
    """
    failed, skipped = (_own(names_given(event, name), rule_id) for name in ("failed", "skipped"))
    known = {item.id for item in items}
    asked = [item for item in items if _is_for(item, event)]
    seen = [item for item in asked if not (item.private and not _may_look(event))]
    counted = [item for item in seen if item.id in failed or item.id not in skipped]
    return Look(
        event=event,
        counted=tuple(counted),
        failed=tuple(item for item in counted if item.id in failed),
        left_out=tuple(item for item in seen if item not in counted),
        private=tuple(item for item in asked if item not in seen),
        of_others=tuple(item for item in items if item.id in failed and item not in asked),
        unknown=tuple(dict.fromkeys(n for n in (*failed, *skipped) if n not in known)),
    )


def _is_for(item: Item, event: Event) -> bool:
    return item.variant in ("everyone", str(event.data.get("variant", "")))


def _may_look(event: Event) -> bool:
    """People may always look at themselves; others only when they were allowed to."""
    looked_at = str(event.data.get("of", ""))
    return is_given(event, "consent") or looked_at in ("", ticked_by(event))


def _own(names: Iterable[str], rule_id: str) -> list[str]:
    """The names without the rule in front of them; those of other rules left out."""
    return [item for name in names for item in _without_rule(name, rule_id)]


def _without_rule(name: str, rule_id: str) -> Iterator[str]:
    rule, dot, item = name.partition(".")
    if not dot:
        yield name
    elif rule == rule_id:
        yield item
