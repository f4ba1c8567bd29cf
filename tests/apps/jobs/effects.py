"""Jobs that tests run. Their effect is a row in a table of this database: a journal entry."""

import os
import signal
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.jobs.models import Job
from shouwen.jobs.operations import Claimed, claim, enqueue
from shouwen.jobs.registry import handler
from shouwen.journal.models import Entry
from shouwen.journal.operations import record

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SUBJECT = Subject("case", UUID(int=1))


def asked(key: str, *, kind: str = "test.note", at: datetime = NOON, **more: Any) -> Job:
    """A job asked for at `at`."""
    enqueue(kind=kind, key=key, payload={"key": key}, run_at=at, now=at, **more)
    return Job.objects.get(key=key)


def taken(*, now: datetime = NOON, **more: Any) -> Claimed:
    """The job that is next."""
    claimed = claim(now=now, **more)
    assert claimed is not None
    return claimed


def effects() -> list[str]:
    """The keys whose effect is there, as often as it is there."""
    return sorted(Entry.objects.values_list("data__key", flat=True))


@handler("test.note")
def note(payload: Mapping[str, Any], now: datetime) -> None:
    """Leaves one entry each time it runs: a second run would show."""
    record(id=uuid7(now), kind="case.noted", subject=SUBJECT, happened_at=now, now=now,
           data={"key": payload["key"]})  # fmt: skip


@handler("test.slow")
def slow(payload: Mapping[str, Any], now: datetime) -> None:
    """Leaves its effect and then takes its time, so that it can be killed in between."""
    note(payload, now)
    time.sleep(0.01)


@handler("test.fail")
def fail(payload: Mapping[str, Any], now: datetime) -> None:
    """Leaves its effect and then fails."""
    note(payload, now)
    raise RuntimeError("the printer is on fire")


@handler("test.die")
def die(payload: Mapping[str, Any], now: datetime) -> None:
    """Kills its own worker, in its own transaction, the first time; a file tells that it did."""
    note(payload, now)
    marker = f"{os.environ['SHOUWEN_TEST_MARKERS']}/{uuid5(UUID(int=0), payload['key'])}"
    if not os.path.exists(marker):
        open(marker, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
