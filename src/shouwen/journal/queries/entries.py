"""Finding entries: one by its id, all of a subject, the latest ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from shouwen.core.events import Event, Subject
from shouwen.journal.models import Entry

_SCALARS = (str, int, float, bool)


class Noted(Protocol):
    """What judging looks at in an entry, read as a row of the table or in bulk."""

    @property
    def pk(self) -> Any:
        """The id, as a UUID or as its text."""

    @property
    def kind(self) -> str:
        """What happened."""

    @property
    def happened_at(self) -> datetime:
        """When, UTC."""

    @property
    def recorded_at(self) -> datetime:
        """When we were told, UTC."""

    @property
    def actor(self) -> str:
        """Who did it."""

    @property
    def data(self) -> Any:
        """The facts of it."""

    @property
    def standard_version(self) -> str:
        """The digest of the standard that was in force."""


def entry_with_id(*, id: UUID) -> Entry | None:
    """The entry recorded under this idempotency key, if any."""
    return Entry.objects.filter(pk=id).first()


def entries_of(*, subject: Subject) -> list[Entry]:
    """All entries of a subject in the order in which they happened."""
    return list(
        Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by(
            "happened_at", "recorded_at", "id"
        )
    )


def events_of(*, subject: Subject) -> list[Event]:
    """The same entries as values that rules judge."""
    return [as_event(entry) for entry in entries_of(subject=subject)]


def as_event(entry: Noted) -> Event:
    """An entry as a value that rules judge; rules test single values, so lists and tables stay out."""
    data = {name: value for name, value in entry.data.items() if isinstance(value, _SCALARS)}
    return Event(
        kind=entry.kind, at=entry.happened_at, data=data, by=entry.actor, id=str(entry.pk)
    )


@dataclass(frozen=True, slots=True)
class Change:
    """That something of a kind happened to a subject, for pages that are open on it."""

    entry_id: UUID
    kind: str
    subject: Subject
    recorded_at: datetime


def changes_since(*, since: datetime, limit: int = 500) -> list[Change]:
    """What was recorded from `since` (UTC) on, oldest first.

    A transaction commits after the instant it carries: ask again from a few seconds before the
    last answer and skip the ids already seen.
    """
    rows = (
        Entry.objects.filter(recorded_at__gte=since)
        .order_by("recorded_at", "id")
        .values_list("id", "kind", "subject_kind", "subject_id", "recorded_at")[:limit]
    )
    return [
        Change(entry_id, kind, Subject(subject_kind, subject_id), recorded_at)
        for entry_id, kind, subject_kind, subject_id, recorded_at in rows
    ]
