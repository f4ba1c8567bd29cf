"""Job handlers about people and the calendar they work by."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.jobs.registry import handler
from shouwen.people.operations import INSTALL_CALENDAR, install_calendar


@handler(INSTALL_CALENDAR)
def install(payload: Mapping[str, Any], now: datetime) -> None:
    """Sees that an approved calendar is in the data folder and that clocks are judged by it."""
    install_calendar(draft_id=UUID(payload["draft"]), now=now)
