"""What one control says about one act: let through, allowed by others, on record, in the register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Literal

from shouwen.core.acts import OWNER_OF_NUMBER
from shouwen.core.clause import Limit, Words
from shouwen.core.events import Event
from shouwen.core.events.given import day_given, is_given, moment_given
from shouwen.core.kinds.clock import duration_of, first
from shouwen.core.matter import Matter
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.months import end_of_day
from shouwen.core.timing.spans import in_utc

ENTERED = "custody.registered"
ENDED = ("custody.returned", "custody.destroyed")

Why = Literal[
    "",
    "not_let_through",
    "no_leave",
    "leave_run_out",
    "leave_too_long",
    "own_leave",
    "consent_missing",
    "same_person",
    "fields_missing",
    "not_entered",
    "no_end_day",
    "not_ended",
    "ended_late",
    "destroyed_by_one",
]
"""The reasons why a control was not kept; empty: it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control over `acts` (core/acts.py).

    `effect`:
    refuse: the acts are never let through, or with `at_most` only while a leave runs that lasts
    no longer.
    approve: one of `approvers` consented beforehand, or all of them when `together`; nobody for
    themselves, and no person twice.
    record: the act says what `needs` asks.
    register: an entry, or the act itself, says what `needs` asks, at the latest
    `within` after the act. With `until_ended` it is returned or destroyed by its day, and
    destroyed by two people when `destroyed_by_two`.
    """

    id: str
    title: Words
    effect: Literal["refuse", "approve", "record", "register"]
    acts: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    together: bool = False
    at_most: Limit | None = None
    needs: tuple[str, ...] = ()
    within: Limit | None = None
    until_ended: bool = False
    destroyed_by_two: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one control on one act.

    `why` is empty when all is well. `at`: when that was settled; None while
    it is outstanding, until `due_at`. `missing`: the roles or fields that were not there.
    """

    control: Control
    why: Why
    at: datetime | None
    due_at: datetime | None = None
    missing: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def is_broken(self) -> bool:
        """The act happened without what the control demands."""
        return bool(self.why) and not self.is_open


def found(*, control: Control, act: Event, matter: Matter) -> Finding:
    """The finding of one control on one act, on events in order of time, at `now`."""
    match control.effect:
        case "refuse":
            return _let_through(control, act, matter)
        case "approve":
            return _approved(control, act, matter)
        case "record":
            missing = _missing(control.needs, act)
            return Finding(control, "fields_missing" if missing else "", act.at, None, missing)
        case "register":
            return _entered(control, act, matter)


def who(event: Event) -> str:
    """The staff number of the person who did it; empty when it is not known."""
    return event.by or str(event.data.get("by", ""))


def same_act(event: Event, act: str) -> bool:
    """Whether the event is about this act; one that names none is about any."""
    return event.data.get("act", act) == act


# --- leave


@dataclass(frozen=True, slots=True)
class _Leave:
    """A consent: who gave it, as what, and from when until when; None where it does not say."""

    by: str
    role: str
    since: datetime
    until: datetime | None


def _let_through(control: Control, act: Event, matter: Matter) -> Finding:
    if control.at_most is None:
        return Finding(control, "not_let_through", act.at)
    given = _leaves(act, matter.events)
    running = [leave for leave in given if _runs(leave, act.at)]
    if not running:
        return Finding(control, "leave_run_out" if given else "no_leave", act.at)
    short_enough = any(_lasts_at_most(leave, control.at_most, matter) for leave in running)
    return Finding(control, "" if short_enough else "leave_too_long", act.at)


def _lasts_at_most(leave: _Leave, limit: Limit, matter: Matter) -> bool:
    if leave.until is None:
        return False
    latest = due_at(
        start=leave.since, duration=duration_of(limit), calendar=matter.calendar, now=leave.since
    )
    return leave.until <= latest


def _approved(control: Control, act: Event, matter: Matter) -> Finding:
    given = _leaves(act, matter.events)
    running = [leave for leave in given if _runs(leave, act.at)]
    by_others = [leave for leave in running if leave.by != who(act)]
    people = {role: _people(role, by_others, act) for role in control.approvers}
    missing = tuple(role for role, staff in people.items() if not staff)
    if not running:
        return Finding(control, "leave_run_out" if given else "no_leave", act.at, None, missing)
    if not by_others:
        return Finding(control, "own_leave", act.at, None, missing)
    if missing and (control.together or len(missing) == len(people)):
        return Finding(control, "consent_missing", act.at, None, missing)
    if control.together and not _all_different(people.values()):
        return Finding(control, "same_person", act.at)
    return Finding(control, "", act.at)


def _people(role: str, leaves: Iterable[_Leave], act: Event) -> set[str]:
    """Who consented in this role; for the owner of a number only that very person counts."""
    people = {leave.by for leave in leaves if leave.role == role}
    return people & {str(act.data.get("for", ""))} if role == OWNER_OF_NUMBER else people


def _all_different(people: Iterable[set[str]]) -> bool:
    return any(len(set(chosen)) == len(chosen) for chosen in product(*people))


def _leaves(act: Event, events: Sequence[Event]) -> list[_Leave]:
    """The consents that were given to the act before it and not withdrawn until then."""
    name = str(act.data.get("act", ""))
    before = [event for event in events if event.at <= act.at and same_act(event, name)]
    withdrawn = [event for event in before if event.kind == "custody.withdrawn"]
    return [
        leave
        for event in before
        if event.kind == "custody.approved" and who(event)
        if not any(who(back) == who(event) and back.at >= event.at for back in withdrawn)
        if (leave := _leave(event)) is not None
    ]


def _leave(event: Event) -> _Leave | None:
    """None when it names a time that cannot be read: such a consent allows nothing."""
    since, until = moment_given(event, "since"), moment_given(event, "until")
    if any(is_given(event, n) and at is None for n, at in (("since", since), ("until", until))):
        return None
    begins = event.at if since is None else max(since, event.at)
    return _Leave(who(event), str(event.data.get("role", "")), begins, until)


def _runs(leave: _Leave, at: datetime) -> bool:
    return leave.since <= at and (leave.until is None or at <= leave.until)


# --- the register


def _entered(control: Control, act: Event, matter: Matter) -> Finding:
    latest = _latest_entry(control, act, matter)
    entry = _entry(control, act, matter)
    if entry is not None and entry.at <= latest:
        return _ended(control, entry, matter) if control.until_ended else _well(control, entry)
    missing = () if entry is not None else _missing(control.needs, act)
    at = in_utc(entry.at) if entry is not None else None
    is_open = matter.now <= latest and control.within is not None
    return Finding(control, "not_entered", at, latest, missing, is_open)


def _latest_entry(control: Control, act: Event, matter: Matter) -> datetime:
    if control.within is None:
        return in_utc(act.at)
    duration = duration_of(control.within)
    return due_at(start=act.at, duration=duration, calendar=matter.calendar, now=act.at)


def _entry(control: Control, act: Event, matter: Matter) -> Event | None:
    """The first complete entry, before or after the act; an act that says it all is its own."""
    name = str(act.data.get("act", ""))
    entries = (e for e in matter.events if e.kind == ENTERED and same_act(e, name))
    complete = [e for e in (*entries, act) if not _missing(control.needs, e)]
    return min(complete, key=lambda event: event.at, default=None)


def _ended(control: Control, entry: Event, matter: Matter) -> Finding:
    day = day_given(entry, "destroy_on")
    if day is None:
        return Finding(control, "no_end_day", in_utc(entry.at), None, ("destroy_on",))
    due = end_of_day(day, matter.calendar.zone)
    name = str(entry.data.get("act", ""))
    about = [event for event in matter.events if same_act(event, name)]
    ended = first(about, ENDED, since=entry.at)
    if ended is None:
        return Finding(control, "not_ended", None, due, (), matter.now < due)
    at = in_utc(ended.at)
    if ended.at >= due:
        return Finding(control, "ended_late", at, due)
    second = str(ended.data.get("second", ""))
    is_alone = ended.kind == "custody.destroyed" and second in ("", who(ended))
    if control.destroyed_by_two and (is_alone or not who(ended)):
        return Finding(control, "destroyed_by_one", at)
    return Finding(control, "", at, due)


def _well(control: Control, entry: Event) -> Finding:
    return Finding(control, "", in_utc(entry.at))


def _missing(needs: Iterable[str], event: Event) -> tuple[str, ...]:
    return tuple(name for name in needs if not _says(event, name))


def _says(event: Event, name: str) -> bool:
    return bool(who(event)) if name == "by" else is_given(event, name)
