"""The checklist kind: items that people look at and tick, with variants for men and women.

Only people tick: a list that does not say who ticked it proves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shouwen.core.clause import RuleHead, Version
from shouwen.core.events import Event
from shouwen.core.kinds.clock import first
from shouwen.core.looking import (
    LOOKS,
    SPOT_CHECK,
    Item,
    Look,
    is_about,
    look_of,
    occasion_of,
    ticked_by,
)
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Met, Missed, NotApplicable, NotProvable, Running, Verdict

Occasion = Literal["spot_check", "start_of_shift", "before_visit", "survey"]
OPENING: tuple[Occasion, ...] = ("start_of_shift", "before_visit")
NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistVersion(Version):
    """One dated wording of the items. `occasions`: when the list is used.

    `pass_score`: the share of points that must be in order (1: all of them). A list at the start
    of a shift or before a visit is awaited from `start` on and must be in order before one of
    `done_before`; until then what was found may be put right and looked at again. A spot check or
    a survey stands as it was found.
    """

    occasions: tuple[Occasion, ...]
    items: tuple[Item, ...]
    pass_score: float = 1
    start: tuple[str, ...] = ()
    done_before: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """A look through the list, or whatever asks for one."""
        return (*LOOKS, *self.start, *self.done_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRule(RuleHead):
    """A rule looked at by a person with a list."""

    kind: Literal["checklist"]
    versions: tuple[ChecklistVersion, ...]

    @property
    def judged(self) -> bool:
        """Lists are judged as soon as people tick them."""
        return True


def judge_checklist(version: ChecklistVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on one person's shift, visit or spot check.

    Missed when a spot check or survey fell short, or when one of `done_before` came without a
    list in order; the failed items are named. Running without a due time while a list is awaited
    or may still be put right. Otherwise met at the first list in order.
    """
    begun = first(matter.events, version.begins_on)
    given = [event for event in matter.events if _is_of(version, event, matter.rule_id)]
    proven = [event for event in given if _proves(event)]
    looks = [look_of(event, version.items, matter.rule_id) for event in proven]
    steps = tuple(_steps(version, matter, looks)) if matter.explain else ()
    if given and not proven:
        return NotProvable(reason="not_ticked_by_another_person", steps=steps)
    asked = [look for look in looks if look.counted]
    if looks and not asked:
        return NotApplicable(reason="no_items", steps=steps)
    if begun is None:
        return NotApplicable(reason="not_started", steps=steps)
    return _found(version, asked, _Awaited.of(version, matter), in_utc(begun.at), steps)


@dataclass(frozen=True, slots=True)
class _Awaited:
    """Since when an opening list is awaited, and when it had to be in order; None: not yet."""

    since: Event | None
    until: Event | None

    @classmethod
    def of(cls, version: ChecklistVersion, matter: Matter) -> "_Awaited":
        return cls(first(matter.events, version.start), first(matter.events, version.done_before))


def _is_of(version: ChecklistVersion, event: Event, rule_id: str) -> bool:
    is_look = event.kind in LOOKS and occasion_of(event) in version.occasions
    return is_look and is_about(event, rule_id)


def _proves(event: Event) -> bool:
    """A person ticked; in a spot check, not the one who was looked at."""
    by = ticked_by(event)
    return bool(by) and not (event.kind == SPOT_CHECK and by == str(event.data.get("of", "")))


def _found(
    version: ChecklistVersion,
    looks: Sequence[Look],
    awaited: _Awaited,
    start: datetime,
    steps: tuple[Step, ...],
) -> Verdict:
    in_order = [look for look in looks if look.reaches(version.pass_score)]
    stood = [look for look in looks if not _may_be_put_right(version, look)]
    short = [look for look in stood if look not in in_order]
    if short:
        return _missed(short, short[0].event, start, steps)
    opening = [look for look in looks if look not in stood]
    if not any(look in in_order and _in_time(look, awaited) for look in opening):
        if awaited.until is not None:
            late = next((look.event for look in opening if look in in_order), None)
            last = [look for look in opening if _in_time(look, awaited)][-1:]
            return _missed(last, late, start, steps)
        if opening or awaited.since is not None:
            return Running(due_at=None, warn_at=None, started_at=start, steps=steps)
    if not in_order:
        return NotApplicable(reason="not_looked_at", steps=steps)
    return Met(at=in_utc(in_order[0].event.at), started_at=start, steps=steps)


def _may_be_put_right(version: ChecklistVersion, look: Look) -> bool:
    return bool(version.done_before) and _is_opening(look)


def _is_opening(look: Look) -> bool:
    return occasion_of(look.event) in OPENING


def _in_time(look: Look, awaited: _Awaited) -> bool:
    return awaited.until is None or look.event.at <= awaited.until.at


def _missed(
    looks: Sequence[Look], seen: Event | None, start: datetime, steps: tuple[Step, ...]
) -> Missed:
    failed = dict.fromkeys(item.id for look in looks for item in look.failed)
    return Missed(
        at=in_utc(seen.at) if seen else None,
        started_at=start,
        failed=tuple(failed) or (NOT_LOOKED_AT,),
        steps=steps,
    )


# --- in steps


def _steps(version: ChecklistVersion, matter: Matter, looks: Sequence[Look]) -> Iterator[Step]:
    awaited = _Awaited.of(version, matter)
    if awaited.since is not None:
        yield Step("list_awaited", {"at": in_utc(awaited.since.at)})
    for look in looks:
        yield from _told(version, look)
    if awaited.until is not None:
        until = {"at": in_utc(awaited.until.at)}
        yield Step("work_began", until)
        if not any(_is_opening(look) and _in_time(look, awaited) for look in looks):
            yield Step("list_not_done", until)


def _told(version: ChecklistVersion, look: Look) -> Iterator[Step]:
    at, by = in_utc(look.event.at), ticked_by(look.event)
    yield Step("looked_through", {"at": at, "by": by, "occasion": occasion_of(look.event)})
    if look.counted:
        yield Step("points_in_order", _points(version, look))
    yield from _items("item_failed", look.failed)
    yield from _items("item_left_out", look.left_out)
    yield from _items("item_private", look.private)
    yield from _items("item_of_others", look.of_others)
    for name in look.unknown:
        yield Step("item_unknown", {"name": name})


def _points(version: ChecklistVersion, look: Look) -> Mapping[str, Param]:
    return {
        "good": f"{look.points_in_order:g}",
        "points": f"{look.points:g}",
        "share": f"{look.score * 100:.3g}",
        "wanted": f"{version.pass_score * 100:.3g}",
    }


def _items(code: str, items: Iterable[Item]) -> Iterator[Step]:
    for item in items:
        yield Step(code, {"item": item.id, "zh": item.title.zh, "en": item.title.en})
