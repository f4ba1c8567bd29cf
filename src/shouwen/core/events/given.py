"""Reads what an event's data says: moments, days, lists of names, yes or no."""

from datetime import UTC, date, datetime

from shouwen.core.events.event import Event

_NO = frozenset({"", "false", "no", "0", "none"})


def moment_given(event: Event, name: str) -> datetime | None:
    """The moment in a field (ISO 8601 with offset), in UTC; None when there is no usable one."""
    try:
        at = datetime.fromisoformat(str(event.data.get(name, "")))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.utcoffset() is not None else None


def day_given(event: Event, name: str) -> date | None:
    """The day in a field (ISO 8601); None when there is no usable one."""
    try:
        return date.fromisoformat(str(event.data.get(name, ""))[:10])
    except ValueError:
        return None


def names_given(event: Event, name: str) -> tuple[str, ...]:
    """The names in a field that holds them with commas between."""
    parts = (part.strip() for part in str(event.data.get(name, "")).split(","))
    return tuple(part for part in parts if part)


def number_given(event: Event, name: str) -> float | None:
    """The number in a field; None when there is no usable one."""
    try:
        return float(event.data[name])
    except (KeyError, ValueError):
        return None


def is_given(event: Event, name: str) -> bool:
    """Whether a field says something, and something else than no."""
    return str(event.data.get(name, "")).strip().lower() not in _NO
