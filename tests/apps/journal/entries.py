"""Short ways to write journal entries in tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.journal.operations import record

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def wrote(
    kind: str = "case.noted",
    *,
    id: UUID | None = None,
    at: datetime = NOON,
    now: datetime | None = None,
    subject: Subject | None = None,
    **more: Any,
) -> Entry:
    """One entry, committed as far as the test's own transaction allows."""
    with transaction.atomic():
        return record(
            id=id or uuid7(at),
            kind=kind,
            subject=subject or Subject("case", uuid4()),
            happened_at=at,
            now=now or at,
            **more,
        )


def wrote_many(count: int, *, at: datetime = NOON) -> list[Entry]:
    """Entries a second apart, in order of their ids."""
    return [wrote(at=at + timedelta(seconds=n), data={"n": n}) for n in range(count)]
