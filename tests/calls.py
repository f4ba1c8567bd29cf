"""Recorded calls for tests: the samples of the demo, plain calls made to order, and who may take them."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import BigAutoField, Model

from shouwen.cases.models import (
    Case,
    CaseGap,
    CaseNote,
    DayNumber,
    Handover,
    Ownership,
    Promise,
)
from shouwen.clocks.models import Clock, Interval
from shouwen.demo.callers import (
    SAMPLE_CALLS,
    read_sample_calls,
    sample_callers,
    spoken_numbers,
)
from shouwen.demo.city import plan_city
from shouwen.demo.plans import CityPlan
from shouwen.demo.seed import seed_city, seed_staff
from shouwen.demo.staff import plan_staff
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.operations import Replayed, replay
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack
from tests.people import SHANGHAI

Line = dict[str, Any]
Content = dict[str, list[str]]

# Long after the last sample call, and a working morning.
AFTERWARDS = datetime(2026, 6, 3, 9, 30, tzinfo=SHANGHAI)


def samples() -> dict[str, Line]:
    """The sample calls by their id, as decoded objects."""
    lines = SAMPLE_CALLS.read_text(encoding="utf-8").splitlines()
    return {call["call_id"]: call for call in map(json.loads, lines)}


def lines(*calls: object) -> list[str]:
    """The calls as the lines of a file; a text stands for itself."""
    return [
        f"{call if isinstance(call, str) else json.dumps(call, ensure_ascii=False)}\n"
        for call in calls
    ]


def call(call_id: str = "T1", *said: str, **changed: object) -> Line:
    """A repair taken by 王敏 from nobody known; the words are said by customer and agent in turn."""
    words = said or ("家里灶打不着火", "您好，马上给您报修")
    turns = [
        {
            "start": 3.0 + 4 * place,
            "end": 6.0 + 4 * place,
            "speaker": "agent" if place % 2 else "customer",
            "text": text,
        }
        for place, text in enumerate(words)
    ]
    ended = 4.0 + 4 * len(words)
    plain = {
        "call_id": call_id,
        "direction": "inbound",
        "kind": "repair",
        "started_at": "2026-03-11T10:00:00+08:00",
        "staff_no": "1031",
        "customer": None,
        "events": [
            {"t": 0.0, "type": "ring"},
            {"t": 2.0, "type": "answer"},
            {"t": ended, "type": "hangup", "by": "customer"},
        ],
        "turns": turns,
    }
    return plain | changed


def played(
    *calls: object, at: Any = "recorded", now: datetime = AFTERWARDS, **how: Any
) -> Replayed:
    """Plays the calls in as one file."""
    return replay(lines=lines(*calls), at=at, now=lambda: now, **how)


def spread(count: int, *, until: datetime) -> list[Line]:
    """So many calls with the words of the samples, twenty minutes apart, the last one at `until`."""
    known = list(samples().values())
    return [
        {
            **known[place % len(known)],
            "call_id": f"K{place:03}",
            "started_at": (until - timedelta(minutes=20 * (count - 1 - place))).isoformat(),
        }
        for place in range(count)
    ]


# What a replay writes, and the columns that tell when rather than what.
WRITTEN = (
    Call, CallVerdict, Case, CaseGap, CaseNote, Clock, DayNumber, Entry, Handover, Interval, Ownership,
    Promise, Staff,
)  # fmt: skip
WHEN_WE_HEARD = frozenset({"opened_at", "recorded_at", "judged_at", "flagged_at"})


def content(*, leave_out: Collection[str] = ()) -> Content:
    """Every row that a replay writes, but digests and the numbers that the database counts itself."""
    return {
        model.__name__: sorted(
            repr(_told(row, without={*_unstable(model), *leave_out}))
            for row in model._default_manager.values()
        )
        for model in WRITTEN
    }


def _told(row: Mapping[str, object], *, without: Collection[str]) -> Mapping[str, object]:
    # The facts of a case are put on record when we hear of it.
    if row.get("kind") == "clock.facts_set" and "recorded_at" in without:
        without = {*without, "happened_at"}
    return {name: value for name, value in row.items() if name not in without}


def _unstable(model: type[Model]) -> set[str]:
    key = model._meta.pk
    counted = {key.name} if isinstance(key, BigAutoField) else set()
    # The password of somebody unknown is random.
    return counted | {"digest", "password"}


def take_up_posts() -> None:
    """Departments of the standard and staff with the numbers of the samples."""
    seed_staff(plan=plan_staff(), pack=_pack())


def move_in() -> None:
    """The smallest city in which every caller of the samples has a home."""
    seed_city(plan=_city())


@cache
def _pack() -> Pack:
    return load_pack(default_pack_path())


@cache
def _city() -> CityPlan:
    recorded = read_sample_calls()
    return plan_city(
        homes=60,
        businesses=2,
        callers=sample_callers(recorded),
        taken_phones=spoken_numbers(recorded),
    )
