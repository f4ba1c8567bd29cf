"""The register kind: a list that is kept, with required fields, consent, a keeper and a review.

How the entries of one subject are judged, from the events up to `now`:
- An entry must be whole when it is made, or within `report_within` of what it is about. What
  stands in the event is looked at; names in its `missing` are not on record.
- While it stands it is reviewed: within so many months of the entry or the last review, or by the
  day that `review_on` names when that comes first.
- It ends by being removed, for a reason where the rule asks for one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version, Words
from shouwen.core.events import Event
from shouwen.core.events.given import day_given, is_given, moment_given, names_given
from shouwen.core.kinds.clock import duration_of, first
from shouwen.core.matter import Matter
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.months import end_of_day, months_later
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict

_ENTERED = ("register.entered",)
_CORRECTED = ("register.corrected",)
_REVIEWED = ("register.reviewed",)
_REMOVED = ("register.removed",)
_WARN_DAYS = timedelta(days=30)
_WARN_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field of the register. `choices`: allowed values, empty for free text.

    `good`: of the choices those that are as they should be; any other is a miss.
    """

    id: str
    title: Words
    choices: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVersion(Version):
    """One dated wording: what is entered, who keeps it, how often it is reviewed, what it leads
    to.

    `occurred`: events about which something must be entered within `report_within`; or the field
    `occurred_at` of the entry says when it was. `one_per`: the field that tells the entries of
    one subject apart. `keeper_named`: each entry names its keeper. `consent`: each entry says
    that consent was given. `removal_reason`: taking out needs a reason.
    """

    entries: tuple[Entry, ...]
    entered: tuple[str, ...] = _ENTERED
    corrected: tuple[str, ...] = _CORRECTED
    reviewed: tuple[str, ...] = _REVIEWED
    removed: tuple[str, ...] = _REMOVED
    occurred: tuple[str, ...] = ()
    occurred_at: str = ""
    one_per: str = ""
    keeper: str = ""
    keeper_named: bool = False
    review_every_months: int | None = None
    consent: bool = False
    removal_reason: bool = False
    leads_to: tuple[Words, ...] = ()
    report_within: Limit | None = None

    @property
    def begins_on(self) -> tuple[str, ...]:
        """What must be entered, or the entry itself."""
        return (*self.occurred, *self.entered)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRule(RuleHead):
    """A rule about a register."""

    kind: Literal["register"]
    versions: tuple[RegisterVersion, ...]

    @property
    def judged(self) -> bool:
        """Entries are judged."""
        return True


def judge_register(version: RegisterVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Missed names the fields that are not on record or not as they should be, `entered`, `consent`,
    `keeper`, `review` or `removal_reason`. Of several entries the worst counts: missed, then the
    one whose review is due first. Raises YearNotPublished.
    """
    if first(matter.events, version.begins_on) is None:
        return NotApplicable(reason="not_started")
    verdicts = [_of_entry(version, matter, events) for events in _entries(version, matter)]
    missed = [verdict for verdict in verdicts if isinstance(verdict, Missed)]
    running = [verdict for verdict in verdicts if isinstance(verdict, Running)]
    if missed:
        return missed[0]
    return min(running, key=_due, default=verdicts[-1])


def _due(verdict: Running) -> datetime:
    return verdict.due_at or verdict.started_at


def _entries(version: RegisterVersion, matter: Matter) -> Iterator[Sequence[Event]]:
    """The events of each entry; what happens again after a removal is a new entry."""

    def key(event: Event) -> str:
        return str(event.data.get(version.one_per, "")) if version.one_per else ""

    for _, group in groupby(sorted(matter.events, key=key), key=key):
        entry: list[Event] = []
        for event in group:
            over = first(entry, version.removed) is not None
            if over and event.kind in version.begins_on:
                yield entry
                entry = []
            entry.append(event)
        if first(entry, version.begins_on) is not None:
            yield entry


def _of_entry(version: RegisterVersion, matter: Matter, events: Sequence[Event]) -> Verdict:
    begun = next(event for event in events if event.kind in version.begins_on)
    entered = first(events, version.entered)
    started = in_utc(begun.at)
    latest = _report_by(version, matter, begun, entered)
    steps = _report_steps(version, started, latest)
    if entered is None:
        return _not_entered(matter, started, latest, steps)
    steps.append(Step("entered", {"at": in_utc(entered.at)}))
    lacking = _lacking(version, entered)
    whole_at = in_utc(entered.at) if not lacking else _whole_at(version, events, entered)
    is_late = latest is not None and (whole_at or matter.now) > latest
    if is_late or (lacking and latest is None):
        steps += _lacking_steps(version, lacking)
        failed = lacking or ("entered",)
        return _missed(matter, whole_at, latest or in_utc(entered.at), started, failed, steps)
    if whole_at is None:
        steps += _lacking_steps(version, lacking)
        return _running(matter, started, latest, steps)
    return _while_it_stands(version, matter, events, whole_at, latest, started, steps)


def _report_by(
    version: RegisterVersion, matter: Matter, begun: Event, entered: Event | None
) -> datetime | None:
    """By when it must be entered; None when nobody says."""
    if version.report_within is None:
        return None
    since = begun.at
    if version.occurred_at and entered is not None:
        since = moment_given(entered, version.occurred_at) or since
    return due_at(
        start=since,
        duration=duration_of(version.report_within),
        calendar=matter.calendar,
        now=since,
    )


def _not_entered(
    matter: Matter, started: datetime, latest: datetime | None, steps: list[Step]
) -> Verdict:
    if latest is not None and matter.now > latest:
        return _missed(matter, None, latest, started, ("entered",), steps)
    return _running(matter, started, latest, steps)


def _whole_at(
    version: RegisterVersion, events: Sequence[Event], entered: Event
) -> datetime | None:
    """When a correction made the entry whole."""
    for event in events:
        if event.kind in version.corrected and event.at >= entered.at:
            merged = Event(event.kind, event.at, {**entered.data, "missing": "", **event.data})
            if not _lacking(version, merged):
                return in_utc(event.at)
    return None


def _while_it_stands(
    version: RegisterVersion,
    matter: Matter,
    events: Sequence[Event],
    whole_at: datetime,
    latest: datetime | None,
    started: datetime,
    steps: list[Step],
) -> Verdict:
    """Reviewed in time, and taken out for a reason."""
    removed = first(events, version.removed, since=whole_at)
    if removed is not None:
        at = in_utc(removed.at)
        steps.append(Step("removed", {"at": at}))
        if version.removal_reason and not is_given(removed, "reason"):
            steps.append(_not_on_record([_OTHERS["removal_reason"]]))
            return _missed(matter, at, None, started, ("removal_reason",), steps)
        return Met(at=at, due_at=latest, started_at=started, steps=_told(matter, steps))
    if version.review_every_months is None:
        return Met(at=whole_at, due_at=latest, started_at=started, steps=_told(matter, steps))
    looked_at = [e for e in events if e.kind in (*version.entered, *version.reviewed)]
    last, (due_on, reviewed) = looked_at[-1], _review_on(version, matter, looked_at)
    due = end_of_day(due_on, matter.calendar.zone)
    steps += [Step("reviewed", {"at": in_utc(last.at)})] if reviewed else []
    steps.append(
        Step("review_by", {"n": version.review_every_months, "day": due_on, "due_at": due})
    )
    if matter.now > due:
        steps.append(_not_on_record([_OTHERS["review"]]))
        return _missed(matter, None, due, in_utc(last.at), ("review",), steps)
    return _running(matter, in_utc(last.at), due, steps, warn_at=due - _WARN_DAYS)


def _review_on(
    version: RegisterVersion, matter: Matter, looked_at: Sequence[Event]
) -> tuple[date, bool]:
    """The last day for the next review, and whether there has been one."""
    last = looked_at[-1]
    months = version.review_every_months or 0
    latest = months_later(matter.calendar.day_of(last.at), months=months)
    named = day_given(last, "review_on")
    return min(named, latest) if named else latest, last.kind in version.reviewed


# --- what an entry lacks


_OTHERS = {
    "entered": Words(zh="登记", en="the entry"),
    "consent": Words(zh="本人同意", en="consent"),
    "keeper": Words(zh="保管人", en="the keeper"),
    "review": Words(zh="按期复核", en="the review"),
    "removal_reason": Words(zh="注销原因", en="the reason for taking out"),
}


def _lacking(version: RegisterVersion, entered: Event) -> tuple[str, ...]:
    """The names of what is not on record, or not as it should be."""
    missing = names_given(entered, "missing")
    known = {entry.id for entry in version.entries}
    lacking = [entry.id for entry in version.entries if entry.required and entry.id in missing]
    lacking += [
        entry.id
        for entry in version.entries
        if entry.id in entered.data and not _is_good(entry, str(entered.data[entry.id]))
    ]
    if version.consent and not is_given(entered, "consent"):
        lacking.append("consent")
    if version.keeper_named and not is_given(entered, "keeper"):
        lacking.append("keeper")
    return tuple(dict.fromkeys(name for name in lacking if name in known | _OTHERS.keys()))


def _is_good(entry: Entry, value: str) -> bool:
    if not value.strip():
        return not entry.required
    if entry.good:
        return value in entry.good
    return not entry.choices or value in entry.choices


def _lacking_steps(version: RegisterVersion, lacking: Sequence[str]) -> list[Step]:
    titles = {**_OTHERS, **{entry.id: entry.title for entry in version.entries}}
    return [_not_on_record([titles[name] for name in lacking])] if lacking else []


def _not_on_record(names: Sequence[Words]) -> Step:
    said = {
        "names_zh": "、".join(name.zh for name in names),
        "names_en": ", ".join(name.en for name in names),
    }
    return Step("not_on_record", said)


# --- the verdicts


def _report_steps(
    version: RegisterVersion, started: datetime, latest: datetime | None
) -> list[Step]:
    steps = [Step("started", {"at": started})]
    if version.report_within is not None and latest is not None:
        within = {"value": version.report_within.value, "unit": version.report_within.unit}
        steps.append(Step("enter_within", {**within, "due_at": latest}))
    return steps


def _told(matter: Matter, steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(steps) if matter.explain else ()


def _missed(
    matter: Matter,
    at: datetime | None,
    due: datetime | None,
    started: datetime,
    failed: tuple[str, ...],
    steps: Sequence[Step],
) -> Missed:
    return Missed(at=at, due_at=due, started_at=started, failed=failed, steps=_told(matter, steps))


def _running(
    matter: Matter,
    started: datetime,
    due: datetime | None,
    steps: Sequence[Step],
    warn_at: datetime | None = None,
) -> Running:
    if warn_at is None and due is not None:
        warn_at = started + (due - started) * _WARN_SHARE
    told = _told(matter, steps)
    if warn_at is not None:
        warn_at = max(warn_at, started)
    return Running(due_at=due, warn_at=warn_at, started_at=started, steps=told)
