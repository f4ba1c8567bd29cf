"""Everything worth knowing before the first word: who may be calling, from where, about what.

Nine selects at most, whatever the number leads to. A number that leads to several homes leads to a
list; until somebody has chosen, nothing of any of them is read.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shouwen.access.permission import CallStanding, CaseStanding
from shouwen.cases.presenters.kinds import incident_words
from shouwen.clocks.models import Clock
from shouwen.customers.flags import flags_of
from shouwen.customers.models import Customer, Estate, Premises
from shouwen.guiding.reading import readable_cockpit
from shouwen.hotline.queries import pop_sql
from shouwen.hotline.queries.pop_rows import among, day_of, moment_of, rows, uuid_of
from shouwen.people.models import Staff
from shouwen.ui import wording

LISTED = 20
"""So many homes of one number are listed; whoever has more is asked for the address."""
LATELY = timedelta(minutes=30)
_YEAR = timedelta(days=365)
_CASES, _CALLS, _NEIGHBOURS, _CLOCKED, _OUTAGES = 24, 12, 6, 6, 2
# What no row has: nobody's id, and a number that no telephone sends.
_NOBODY, _NO_NUMBER = uuid.UUID(int=0), "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBy:
    """The call itself. `times`: how often this number called in the month so far, 100 for more.

    `version`: of the choice of a home that holds; 0 while nothing was chosen. `is_read`: this
    person has had the pop-up of this call before.
    """

    id: uuid.UUID
    number: str
    kind: str
    direction: str
    rang_at: datetime
    case_id: uuid.UUID | None
    standing: CallStanding
    times: int
    version: int
    chosen: tuple[uuid.UUID | None, uuid.UUID | None]
    is_read: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A customer who may be calling, at one of the homes of today; without `premises` at none."""

    customer: Customer
    relation: str
    premises: Premises | None


@dataclass(frozen=True, slots=True)
class Thing:
    """A meter or an appliance of a home; `made_on` where the plate tells it."""

    kind: str
    text: str
    installed_on: date | None
    made_on: date | None


@dataclass(frozen=True, slots=True)
class Care:
    """One entry of the special-care register. `at_home`: errands are done at the customer's."""

    kind: str
    needs: str
    review_on: date | None
    at_home: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of one home: account, meters, appliances, special care."""

    account_no: str = ""
    meters: tuple[Thing, ...] = ()
    appliances: tuple[Thing, ...] = ()
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeen:
    """A case of this customer, home or number, with the most urgent clock that runs for it."""

    id: uuid.UUID
    number: str
    kind: str
    said: str
    is_open: bool
    reported_at: datetime
    standing: CaseStanding
    department: tuple[str, str]
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class CallSeen:
    """An earlier call from, or to, this number."""

    rang_at: datetime
    direction: str
    is_answered: bool
    kind: str
    staff: str
    case_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else in the building who called or reported within the last half hour."""

    at: datetime
    kind: str
    said: str
    unit: str
    flat: str


@dataclass(frozen=True, slots=True)
class HazardSeen:
    """A danger found at the home and not put right: its grade (major, general, minor) and what."""

    grade: str
    text: str


@dataclass(frozen=True, slots=True)
class OutageSeen:
    """Gas is off, or will be, at this home: why, from when until when, the words to say."""

    reason: str
    began_at: datetime
    until: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Popped:
    """What the screen shows for a call.

    `homes` are those of the number; `home` the one that is meant: the only one, or the chosen
    one. `has_more`: the number leads to further homes. `is_none_of_them`: the agent said so.
    """

    call: CalledBy
    homes: tuple[Home, ...]
    home: Home | None
    has_more: bool = False
    is_none_of_them: bool = False
    known: Known = Known()
    cases: tuple[CaseSeen, ...] = ()
    calls: tuple[CallSeen, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    hazards: tuple[HazardSeen, ...] = ()
    outages: tuple[OutageSeen, ...] = field(default=())


def called_by(*, call_id: uuid.UUID, viewer: Staff, now: datetime) -> CalledBy | None:
    """The call, how it stands to this person, and what was chosen for it. One select."""
    month = wording.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    values = {"call": call_id, "viewer": viewer.pk, "month": month}
    found = rows(pop_sql.CALL, {**values, "read_id": read_id(call_id=call_id, viewer=viewer)})
    return _called_by(found[0], viewer) if found else None


def read_id(*, call_id: uuid.UUID, viewer: Staff) -> uuid.UUID:
    """The id of the journal entry that this person has had the pop-up of this call."""
    return uuid.uuid5(call_id, f"popped:{viewer.staff_no}")


def pop(*, call: CalledBy, now: datetime) -> Popped:
    """What the screen shows for the call. At most nine selects."""
    homes = _homes(call.number)
    has_more = len(homes) > LISTED
    homes = homes[:LISTED]
    home = _meant(call, homes)
    is_none = call.version > 0 and call.chosen[0] is None
    shown = None if is_none else home
    return Popped(
        call=call,
        homes=homes,
        home=shown,
        has_more=has_more,
        is_none_of_them=is_none,
        known=_known(shown) if shown else Known(),
        cases=_cases(call, shown, now=now),
        calls=_calls(call, now=now) if call.number else (),
        neighbours=_neighbours(call, shown, now=now),
        hazards=_hazards(shown),
        outages=_outages(shown, now=now),
    )


def _hazards(home: Home | None) -> tuple[HazardSeen, ...]:
    at = home.premises.pk if home and home.premises else None
    return tuple(HazardSeen(flag.grade, flag.text) for flag in flags_of(at))


def _called_by(row: tuple[Any, ...], viewer: Staff) -> CalledBy:
    pk, number, kind, direction, _, rang_at, case_id, agent, offered, is_read, times, *chosen = row
    version, customer, premises = chosen
    return CalledBy(
        id=uuid_of(pk) or _NOBODY,
        number=number,
        kind=kind,
        direction=direction,
        rang_at=_at(rang_at),
        case_id=uuid_of(case_id),
        standing=CallStanding(agent or "", frozenset({viewer.staff_no} if offered else ())),
        times=times,
        version=version or 0,
        chosen=(uuid_of(customer), uuid_of(premises)),
        is_read=bool(is_read),
    )


def _homes(number: str) -> tuple[Home, ...]:
    if not number:
        return ()
    found = rows(pop_sql.HOMES, {"number": number, "limit": LISTED + 1})
    return tuple(_home(row) for row in found)


def _meant(call: CalledBy, homes: tuple[Home, ...]) -> Home | None:
    """The only home of the number, or the one that was chosen; nothing is guessed."""
    customer, premises = call.chosen
    if customer is None:
        return homes[0] if len(homes) == 1 else None
    for home in homes:
        at = home.premises.pk if home.premises else None
        if (home.customer.pk, at) == (customer, premises):
            return home
    found = rows(pop_sql.CHOSEN, {"customer": customer, "premises": premises or _NOBODY})
    return _home(found[0]) if found else None


def _home(row: tuple[Any, ...]) -> Home:
    pk, name, surname, title, care, relation, place, building, unit, flat, place_name, *rest = row
    customer_class, estate_id, estate_name = rest
    customer = Customer(id=uuid_of(pk), name=name, surname=surname, title=title, special_care=care)
    if place is None:
        return Home(customer, "", None)
    premises = Premises(
        id=uuid_of(place),
        estate=Estate(id=estate_id, name=estate_name),
        building=building,
        unit=unit,
        flat=flat,
        place_name=place_name,
        customer_class=customer_class,
    )
    return Home(customer, relation, premises)


def _known(home: Home) -> Known:
    premises = home.premises.pk if home.premises else _NOBODY
    found = rows(pop_sql.THINGS, {"premises": premises, "customer": home.customer.pk})
    things: dict[str, list[Thing]] = {"account": [], "meter": [], "appliance": []}
    care = []
    for what, text, kind, since, until in found:
        if what.startswith("care"):
            care.append(Care(kind, text, day_of(until), what == "care_at_home"))
        else:
            things[what].append(Thing(kind, text, day_of(since), day_of(until)))
    account = things["account"][0].text if things["account"] else ""
    return Known(account, tuple(things["meter"]), tuple(things["appliance"]), tuple(care))


def _cases(call: CalledBy, home: Home | None, *, now: datetime) -> tuple[CaseSeen, ...]:
    """Open cases first, with their clocks, then those of a year; the newest of each first."""
    if home is None and not call.number:
        return ()
    place = home.premises.pk if home and home.premises else _NOBODY
    values = {"customer": home.customer.pk if home else _NOBODY, "premises": place}
    said = {"number": call.number or _NO_NUMBER, "year": now - _YEAR, "limit": _CASES}
    found = rows(pop_sql.CASES, {**values, **said})
    clocks = _clocks([uuid_of(row[0]) or _NOBODY for row in found if row[4] == "open"][:_CLOCKED])
    return tuple(_case(row, clocks) for row in found)


def _case(row: tuple[Any, ...], clocks: dict[uuid.UUID, Clock]) -> CaseSeen:
    pk, number, kind, said, state, reported_at, asked, owner, code, zh, en, to, to_code = row
    case_id = uuid_of(pk) or _NOBODY
    return CaseSeen(
        id=case_id,
        number=number,
        kind=kind,
        said=said,
        is_open=state == "open",
        reported_at=_at(reported_at),
        standing=CaseStanding(
            first_asked=asked,
            owner=owner,
            department=code or "",
            offered_to=to or "",
            offered_to_department=to_code or "",
            is_open=state == "open",
        ),
        department=(zh or "", en or ""),
        clock=clocks.get(case_id),
    )


def _clocks(case_ids: list[uuid.UUID]) -> dict[uuid.UUID, Clock]:
    """The most urgent open clock of each case, of the case itself or of a promise of it."""
    if not case_ids:
        return {}
    found: dict[uuid.UUID, Clock] = {}
    for case_id, *columns in rows(*among(pop_sql.CLOCKS, case_ids)):
        clock, of = _clock(columns), uuid_of(case_id) or _NOBODY
        if of not in found or clock.urgency_at < found[of].urgency_at:
            found[of] = clock
    return found


def _clock(columns: list[Any]) -> Clock:
    pk, rule_id, state, reason, started, warn, due, stopped, paused, remaining, urgency = columns
    return Clock(
        id=uuid_of(pk) or _NOBODY,
        rule_id=rule_id,
        state=state,
        reason=reason,
        started_at=moment_of(started),
        warn_at=moment_of(warn),
        due_at=moment_of(due),
        stopped_at=moment_of(stopped),
        paused_at=moment_of(paused),
        remaining_seconds=remaining,
        urgency_at=_at(urgency),
    )


def _calls(call: CalledBy, *, now: datetime) -> tuple[CallSeen, ...]:
    values = {"number": call.number, "year": now - _YEAR, "call": call.id, "limit": _CALLS}
    return tuple(
        CallSeen(_at(rang_at), direction, answered is not None, kind, staff or "", uuid_of(case))
        for rang_at, direction, _, answered, kind, staff, case in rows(pop_sql.CALLS, values)
    )


def _neighbours(call: CalledBy, home: Home | None, *, now: datetime) -> tuple[Neighbour, ...]:
    premises = home.premises if home else None
    if premises is None or not premises.building:
        return ()
    values = {
        "estate": premises.estate_id,
        "building": premises.building,
        "number": call.number or _NO_NUMBER,
        "lately": now - LATELY,
        "limit": _NEIGHBOURS,
    }
    return tuple(
        Neighbour(_at(at), of_case or of_call, said or "", unit, flat)
        for at, of_call, of_case, said, unit, flat in rows(pop_sql.NEIGHBOURS, values)
        if (unit, flat) != (premises.unit, premises.flat)
    )


def _outages(home: Home | None, *, now: datetime) -> tuple[OutageSeen, ...]:
    """The faults under way in the estate of the home, with the words that callers are told."""
    premises = home.premises if home else None
    if premises is None:
        return ()
    found = rows(pop_sql.OUTAGES, {"estate": premises.estate_id, "limit": _OUTAGES})
    return tuple(
        _outage(place, _at(began), moment_of(until), now) for place, began, until in found
    )


def _outage(place: str, began_at: datetime, until: datetime | None, now: datetime) -> OutageSeen:
    plan = readable_cockpit().forms.incident
    told = incident_words(plan, place=place, until=until, now=now)
    return OutageSeen(reason=place, began_at=began_at, until=until, words=told)


def _at(value: Any) -> datetime:
    """An instant that is always there."""
    found = moment_of(value)
    if found is None:
        raise ValueError(value)
    return found
