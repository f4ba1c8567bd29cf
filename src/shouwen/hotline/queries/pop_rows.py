"""Rows of hand-written selects: values into the form of the database, and back into Python's."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection


def rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a select finds. `values` by name: text, numbers, UUIDs, instants (aware)."""
    names = native(values) if connection.vendor == "sqlite" else values
    with connection.cursor() as cursor:
        # Django's SQLite cursor takes named values as a mapping, psycopg as well.
        cursor.execute(sql, names)
        return list(cursor.fetchall())


def native(values: Mapping[str, Any]) -> dict[str, Any]:
    """As Django's SQLite backend stores them."""
    return {name: _stored(value) for name, value in values.items()}


def among(sql: str, ids: Sequence[uuid.UUID]) -> tuple[str, dict[str, uuid.UUID]]:
    """The select with the ids in the place of CASE_IDS, and the values to go with it."""
    names = {f"id{place}": pk for place, pk in enumerate(ids)}
    return sql.replace("CASE_IDS", ", ".join(f"%({name})s" for name in names)), names


def uuid_of(value: Any) -> uuid.UUID | None:
    """An id as either database gives it."""
    return uuid.UUID(value) if isinstance(value, str) else value


def moment_of(value: Any) -> datetime | None:
    """An instant as either database gives it."""
    found: datetime | None = datetime.fromisoformat(value) if isinstance(value, str) else value
    if found is None or found.tzinfo is not None:
        return found
    return found.replace(tzinfo=UTC)


def day_of(value: Any) -> date | None:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _stored(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return value
