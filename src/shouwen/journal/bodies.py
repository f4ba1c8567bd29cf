"""The one byte string that stands for an entry, the same on every database and for ever.

Every column is in it with its type, so that an edit of any of them, or a number turned into a
text, gives another string. A new column is a new form (`FORM`), never a change of this one.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from shouwen.journal.models import Entry

FORM = b"shouwen-entry-1"
COLUMNS = (
    "id",
    "happened_at",
    "recorded_at",
    "source",
    "kind",
    "subject_kind",
    "subject_id",
    "actor",
    "on_behalf_of",
    "workstation",
    "data",
    "standard_version",
)


class NotJournalable(ValueError):
    """A value that the databases would not give back unchanged."""


def canonical_body(entry: Entry) -> bytes:
    """All columns of an entry, typed, in a fixed order. Raises NotJournalable for a foreign type."""
    parts = [FORM]
    for column in COLUMNS:
        kind, content = _column(getattr(entry, column))
        parts.append(b"%s %s %d:" % (column.encode(), kind, len(content)) + content)
    return b"\n".join(parts)


def canonical_data(data: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and one spelling for each number. Raises NotJournalable."""
    return _json(data).encode()


def _column(value: object) -> tuple[bytes, bytes]:
    match value:
        case str():
            return b"text", _utf8(value)
        case UUID():
            return b"uuid", value.hex.encode()
        case datetime() if value.tzinfo is not None:
            moment = value.astimezone(UTC).isoformat(timespec="microseconds")
            return b"time", moment.encode()
        case dict():
            return b"json", canonical_data(value)
        case _:
            raise NotJournalable(f"{type(value).__name__}: {value!r}")


def _json(value: object) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            return json.dumps(_utf8(value).decode(), ensure_ascii=False)
        case int() | float():
            return _number(value)
        case list() | tuple():
            return "[" + ",".join(_json(item) for item in value) + "]"
        case Mapping():
            return "{" + ",".join(_members(value)) + "}"
        case _:
            raise NotJournalable(f"{type(value).__name__}: {value!r}")


def _members(value: Mapping[Any, object]) -> list[str]:
    if not all(isinstance(key, str) for key in value):
        raise NotJournalable(f"keys must be texts: {list(value)!r}")
    return [f"{_json(key)}:{_json(value[key])}" for key in sorted(value)]


def _number(value: float) -> str:
    """One spelling: PostgreSQL gives 1e3 back as 1000, and 1.0 equals 1."""
    if not math.isfinite(value):
        raise NotJournalable(f"not a finite number: {value!r}")
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _utf8(text: str) -> bytes:
    if "\x00" in text:
        raise NotJournalable("a text with a zero byte")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotJournalable(f"not a whole text: {error}") from error
