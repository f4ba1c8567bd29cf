"""Writing what happened, in the transaction of the change it belongs to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from shouwen.core.events import EVENTS, Subject
from shouwen.journal.bodies import canonical_body, canonical_data
from shouwen.journal.models import Entry, Unsealed
from shouwen.journal.queries import entry_with_id


class NotInTransaction(RuntimeError):
    """The journal is written only together with the change it tells of."""


class UnknownEvent(ValueError):
    """The kind is not in the list of events."""


class ConflictingEntry(ValueError):
    """The id has been used for something else."""


def record(  # noqa: PLR0913 - an entry has these columns; the call names each
    *,
    id: UUID,
    kind: str,
    subject: Subject,
    happened_at: datetime,
    now: datetime,
    actor: str = "",
    data: Mapping[str, Any] | None = None,
    source: str = "app",
    on_behalf_of: str = "",
    workstation: str = "",
    standard_version: str = "",
) -> Entry:
    """Adds one entry; the same `id` with the same content again returns the stored entry.

    Instants are aware UTC: `happened_at` when it happened, `now` when we are told. `actor` and
    `on_behalf_of` are staff numbers, empty for the program itself. `data` holds JSON values
    without personal text. Raises NotInTransaction outside `transaction.atomic`, UnknownEvent,
    ConflictingEntry when the id stands for something else, bodies.NotJournalable for values that
    the two databases would not give back unchanged.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(kind)
    if kind not in EVENTS:
        raise UnknownEvent(kind)
    entry = Entry(
        id=id,
        happened_at=happened_at,
        recorded_at=now,
        source=source,
        kind=kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        actor=actor,
        on_behalf_of=on_behalf_of,
        workstation=workstation,
        data=dict(data or {}),
        standard_version=standard_version,
    )
    return _write(entry)


def record_once(
    *,
    id: UUID,
    kind: str,
    subject: Subject,
    now: datetime,
    actor: str,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Adds an entry that happens now, unless its id is there: an act that is sent again later is the same act.

    Raises as `record`.
    """
    if entry_with_id(id=id) is None:
        record(id=id, kind=kind, subject=subject, happened_at=now, now=now, actor=actor, data=data)


def _write(entry: Entry) -> Entry:
    canonical_body(entry)  # what cannot be sealed later is refused now
    content = _content(entry)
    # Two requests may carry the same id at once: the second waits here for the first, then finds it.
    Entry.objects.bulk_create([entry], ignore_conflicts=True)
    stored = Entry.objects.get(pk=entry.pk)
    if _content(stored) != content:
        raise ConflictingEntry(f"{entry.pk}: {stored.kind}, now {entry.kind}")
    _await_seal(stored)
    return stored


def _content(entry: Entry) -> tuple[object, ...]:
    """All that a repeated call must agree in; when it was recorded may differ."""
    return (
        entry.kind,
        entry.subject,
        entry.happened_at,
        entry.source,
        entry.actor,
        entry.on_behalf_of,
        entry.workstation,
        entry.standard_version,
        canonical_data(entry.data),
    )


def _await_seal(entry: Entry) -> None:
    """Leaves the entry for the sealer and, on PostgreSQL in the same statement, tells open pages."""
    if connection.vendor != "postgresql":
        Unsealed.objects.bulk_create([Unsealed(entry=entry)], ignore_conflicts=True)
        return
    with connection.cursor() as cursor:
        cursor.execute(_AWAIT_AND_TELL, [entry.pk])


def wake() -> None:
    """Has open pages look for what changed beside the journal, once this transaction is done."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('shouwen_live', '')")


_AWAIT_AND_TELL = (
    "WITH awaited AS (INSERT INTO journal_unsealed (entry_id) VALUES (%s) ON CONFLICT DO NOTHING)"
    " SELECT pg_notify('shouwen_live', '')"
)
