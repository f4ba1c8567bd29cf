"""A made-up year of cases in the journal, as the product would have written it, in bulk.

The same each time. Clocks start and end in it as the standard in force says; nothing but journal
entries is written, which is all that judging the past looks at.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction

from shouwen.clocks.queries.judgements import clock_id
from shouwen.core.events import Event, Scalar, Subject
from shouwen.core.kinds import Rule
from shouwen.core.verdict import Met, Missed, NotApplicable
from shouwen.customers import bulk
from shouwen.standard.judging import clocks, judge
from shouwen.standard.pack import Pack

FIRST_DAY = date(2025, 1, 2)
LAST_DAY = date(2025, 12, 20)
DEPARTMENTS = ("repair", "emergency", "service", "network")
_CHUNK = 2_000
_COLUMNS = (
    "id", "happened_at", "recorded_at", "source", "kind", "subject_kind", "subject_id", "actor",
    "on_behalf_of", "workstation", "data", "standard_version",
)  # fmt: skip

Row = tuple[Any, ...]


@dataclass
class Matter:
    """One case as it went: when it began, its facts, what happened after how many minutes."""

    id: uuid.UUID
    began_at: datetime
    facts: dict[str, Scalar]
    chance: Random
    events: list[tuple[str, datetime, dict[str, Scalar]]] = field(default_factory=list)

    def add(self, what: str, after: float, /, **data: Scalar) -> None:
        """Something that happened so many minutes after the beginning."""
        at = self.began_at + timedelta(seconds=round(after * 60))
        self.events.append((what, at, data))

    def minutes(self, median: float, spread: float = 0.7) -> float:
        """A length of time as such lengths are: mostly short, now and then very long."""
        return median * self.chance.lognormvariate(0, spread)


def fill(*, pack: Pack, verdicts: int) -> int:
    """Writes cases until so many clocks were judged in them; returns how many were."""
    done = 0
    cases = _cases(pack)
    while done < verdicts:
        rows: list[Row] = []
        for matter in islice(cases, _CHUNK):
            told, judged = _entries(matter, pack)
            rows += told
            done += judged
            if done >= verdicts:
                break
        with transaction.atomic():
            bulk.write("journal_entry", _COLUMNS, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE journal_entry")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def _cases(pack: Pack) -> Iterator[Matter]:
    days = (LAST_DAY - FIRST_DAY).days
    midnight = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=pack.calendar.zone)
    number = 0
    while True:
        number += 1
        chance = Random(number)  # noqa: S311 - made-up data
        hour = min(max(chance.gauss(13, 4.5), 0), 23.99)
        at = midnight + timedelta(days=chance.randrange(days), seconds=round(hour * 3600))
        yield _case(number, at.astimezone(UTC), chance)


def _case(number: int, at: datetime, chance: Random) -> Matter:
    kind, write = chance.choices(_KINDS, weights=_SHARES)[0]
    facts: dict[str, Scalar] = {
        "case_kind": kind,
        "side": "network" if kind == "network_fault" else chance.choice(("customer", "none")),
        "channel": chance.choice(("phone", "phone", "phone", "wechat")),
        "customer_class": chance.choice(("residential",) * 9 + ("commercial",)),
        "special_care": chance.random() < 0.05,
    }
    id_ = uuid.UUID(int=(0xD << 124) | (chance.getrandbits(60) << 64) | number)
    matter = Matter(id_, at, facts, chance)
    matter.add("case.reported", 0, kind=kind, side=facts["side"], channel=facts["channel"])
    matter.add("case.owner_set", 0, owner="1031")
    matter.add("case.recorded", matter.minutes(1), missing="")
    write(matter)
    matter.events.sort(key=lambda event: event[1])
    matter.events.append(("case.closed", matter.events[-1][1] + timedelta(minutes=1), {}))
    return matter


def _question(matter: Matter) -> None:
    if matter.chance.random() < 0.5:
        matter.add("case.answered", matter.minutes(3, 0.3), channel="phone")
        return
    _put_off(matter)


def _put_off(matter: Matter) -> None:
    matter.add("case.deferred", 4, name_recorded=True, phone_recorded=True, apology=True)
    _hand_on(matter, "service")
    answered = matter.minutes(900, 0.9)
    _pause(matter, answered, share=0.1)
    matter.add("case.answered", max(answered, 10), channel="phone")


def _complaint(matter: Matter) -> None:
    _hand_on(matter, "service")
    matter.add("case.investigation_started", matter.minutes(14))
    matter.add("case.answered", matter.minutes(1500, 0.8), channel="phone")


def _repair(matter: Matter) -> None:
    _hand_on(matter, "repair")
    set_out = matter.minutes(8)
    arrived = set_out + matter.minutes(70)
    if matter.chance.random() < 0.1:
        later = matter.began_at + timedelta(minutes=arrived)
        matter.add("case.agreed_time", 5, at=later.isoformat())
    matter.add("case.dispatched", set_out, to="2001")
    matter.add("case.accepted", set_out + 2)
    matter.add("case.arrived", arrived)
    handled = arrived + matter.minutes(20)
    matter.add("case.handled", handled)
    repaired = handled + matter.minutes(90, 1.2)
    _pause(matter, repaired, share=0.12)
    matter.add("case.repaired", repaired)


def _alarm(matter: Matter) -> None:
    matter.add("case.dispatched", matter.minutes(2), to="2001")
    _hand_on(matter, "emergency")
    arrived = 6 + matter.minutes(18, 0.4)
    matter.add("case.arrived", arrived)
    matter.add("case.handled", arrived + 5)
    matter.add("case.repaired", arrived + 5 + matter.minutes(60))


def _network_fault(matter: Matter) -> None:
    _hand_on(matter, "network")
    matter.add("case.dispatched", matter.minutes(8), to="2001")
    matter.add("case.arrived", 10 + matter.minutes(40))
    matter.add("case.cleared", 60 + matter.minutes(100))


def _hand_on(matter: Matter, department: str) -> None:
    offered = matter.minutes(4)
    matter.add("case.handover_offered", offered, to=department)
    matter.add("case.handover_accepted", offered + matter.minutes(3))
    matter.add("case.routed", offered, department=department)


def _pause(matter: Matter, until: float, *, share: float) -> None:
    if matter.chance.random() >= share or until < 60:
        return
    begins = matter.chance.uniform(5, until / 2)
    matter.add("case.paused", begins, reason="awaiting_customer", evidence="call")
    matter.add("case.resumed", matter.chance.uniform(begins, until), reason="awaiting_customer")


_KINDS = (
    ("consultation", _question),
    ("complaint", _complaint),
    ("repair", _repair),
    ("alarm", _alarm),
    ("network_fault", _network_fault),
    ("home_service", _put_off),
)
_SHARES = (35, 10, 33, 10, 5, 7)


# --- what the product would have written besides ----------------------------------------------------


def _entries(matter: Matter, pack: Pack) -> tuple[list[Row], int]:
    """The rows of a matter, clocks included, and how many clocks were judged."""
    subject = Subject("case", matter.id)
    events = [Event(kind, at, data) for kind, at, data in matter.events]
    told: list[tuple[str, datetime, Mapping[str, Any]]] = list(matter.events)
    told.append(("clock.facts_set", matter.began_at, {"n": 1, "facts": matter.facts}))
    now = matter.events[-1][1] + timedelta(days=30)
    judged = 0
    for rule in _rules(pack, matter):
        verdict = judge(
            rule=rule, facts=matter.facts, events=events, calendar=pack.calendar, now=now,
            explain=False,
        )  # fmt: skip
        if isinstance(verdict, NotApplicable):
            continue
        judged += 1
        clock = str(clock_id(subject=subject, rule_id=rule.id))
        started_at = getattr(verdict, "started_at", matter.began_at)
        version = rule.on(pack.calendar.day_of(started_at))
        told.append(
            (
                "clock.started",
                min(started_at, now),
                {
                    "clock": clock,
                    "rule": rule.id,
                    "rule_from": version.from_.isoformat() if version else "",
                    "ordinal": 1,
                },
            )
        )
        if isinstance(verdict, Met | Missed):
            due = verdict.due_at.isoformat() if verdict.due_at else ""
            at = verdict.at if isinstance(verdict, Met) else verdict.due_at
            ended = {"clock": clock, "rule": rule.id, "due_at": due}
            told.append((f"clock.{verdict.word}", at or now, ended))
    return _rows(matter, told, pack), judged


def _rules(pack: Pack, matter: Matter) -> Sequence[Rule]:
    day = pack.calendar.day_of(matter.began_at)
    key = (day, repr(matter.facts))
    if key not in _known:
        _known[key] = clocks(pack=pack, facts=matter.facts, day=day)
    return _known[key]


_known: dict[tuple[date, str], Sequence[Rule]] = {}


def _rows(
    matter: Matter, told: list[tuple[str, datetime, Mapping[str, Any]]], pack: Pack
) -> list[Row]:
    told.sort(key=lambda entry: entry[1])
    base = matter.id.int & ((1 << 124) - 1)
    rows = []
    for place, (kind, at, data) in enumerate(told):
        digest = pack.digest if kind.startswith("clock.") else ""
        id_ = uuid.UUID(int=(0xE << 124) | ((base & ((1 << 64) - 1)) << 8) | place)
        rows.append(
            (_id(id_), _at(at), _at(at), "app", kind, "case", _id(matter.id), "1031", "", "",
             json.dumps(data), digest)
        )  # fmt: skip
    return rows


def _id(value: uuid.UUID) -> Any:
    return value.hex if connection.vendor == "sqlite" else value


def _at(value: datetime) -> Any:
    """As Django's SQLite backend stores it."""
    return (
        str(value.astimezone(UTC).replace(tzinfo=None)) if connection.vendor == "sqlite" else value
    )
