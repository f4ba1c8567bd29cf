"""Job handlers of the hotline: calling back, and calls that fell silent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.hotline.operations import CALL_BACK, ask_for_call_back, close_silent
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import handler
from shouwen.jobs.schedules import EveryMinutes

WATCH = define("hotline.watch", schedule=EveryMinutes(5), catch_up="once")


@handler(CALL_BACK)
def call_back(payload: Mapping[str, Any], now: datetime) -> None:
    """A call that reached nobody becomes a promise to call back."""
    ask_for_call_back(call_id=UUID(payload["call"]), now=now)


@handler(WATCH.name)
def watch(_payload: Mapping[str, Any], now: datetime) -> None:
    """Calls that have said nothing for an hour are taken to be over."""
    close_silent(now=now)
