"""Job handlers of the hotline, and what `journal recompute` compares for it."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from shouwen.clocks.operations import also_recompute
from shouwen.hotline.operations import (
    CALL_BACK,
    JUDGE,
    MEASURE,
    ask_for_call_back,
    ask_for_measures,
    close_silent,
    forget_recordings,
    judge_events,
    measure_recording,
)
from shouwen.hotline.operations.ruling import CALL, FILL_RULINGS, compare, fill
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import handler
from shouwen.jobs.schedules import Daily, EveryMinutes

FORGET = define("hotline.forget_recordings", schedule=Daily(time(3, 40)), catch_up="once")
LISTEN = define("hotline.ask_for_measures", schedule=Daily(time(4, 10)), catch_up="once")
WATCH = define("hotline.watch", schedule=EveryMinutes(5), catch_up="once")
also_recompute(CALL)(compare)


@handler(CALL_BACK)
def call_back(payload: Mapping[str, Any], now: datetime) -> None:
    """A call that reached nobody becomes a promise to call back."""
    ask_for_call_back(call_id=UUID(payload["call"]), now=now)


@handler(FORGET.name)
def forget(_payload: Mapping[str, Any], now: datetime) -> None:
    """Recordings are removed when their time is over."""
    forget_recordings(now=now)


@handler(JUDGE)
def judge(payload: Mapping[str, Any], _now: datetime) -> None:
    """A call that is over is judged by what the exchange told of it."""
    judge_events(call_id=UUID(payload["call"]))


@handler(MEASURE)
def measure(payload: Mapping[str, Any], now: datetime) -> None:
    """A recording that arrived is listened to."""
    measure_recording(recording_id=UUID(payload["recording"]), now=now)


@handler(LISTEN.name)
def listen(_payload: Mapping[str, Any], now: datetime) -> None:
    """Recordings that came before the libraries did are asked for."""
    ask_for_measures(now=now)


@handler(WATCH.name)
def watch(_payload: Mapping[str, Any], now: datetime) -> None:
    """Calls that have said nothing for an hour are taken to be over."""
    close_silent(now=now)


@handler(FILL_RULINGS)
def fill_rulings(payload: Mapping[str, Any], now: datetime) -> None:
    """Rules on the next calls that were judged before rulings were kept, and asks for the rest."""
    fill(now=now, after=UUID(payload["after"]) if payload["after"] else None)
