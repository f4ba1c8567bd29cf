"""What an event is: its kind, its moment, what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its subject, its name on screens, and the fields its data may carry."""

    name: str
    subject: str
    zh: str
    en: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    `at` is aware (stored in UTC); `by` is a staff number; `data` holds facts only.
    """

    kind: str
    at: datetime
    data: Mapping[str, Scalar] = field(default_factory=dict)
    by: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a kind ("case", "promise", "call", "system" …) and the id of that
    one thing.
    """

    kind: str
    id: UUID
