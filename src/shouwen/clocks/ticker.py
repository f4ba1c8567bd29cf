"""The ticker: looks every half second whether a milestone of a clock or periodic work has come due."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import Error, connection

from shouwen.clocks.operations import tick
from shouwen.jobs.operations import ask_for_periodic

LIMIT = 200
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 1.0

_log = logging.getLogger(__name__)


def tick_forever(stop: Event, clock: Callable[[], datetime]) -> None:
    """Turns milestones and periodic work into jobs until `stop` is set.

    A database that is busy or away is reported and tried again: milestones do not go away.
    """
    while not stop.is_set():
        try:
            count = tick(now=clock(), limit=LIMIT)
            ask_for_periodic(now=clock())
        except Error:
            _log.exception("the database did not answer; the ticker goes on")
            connection.close()
            stop.wait(TROUBLE_SECONDS)
            continue
        # SQLite's lock is not fair: after each batch others get their turn.
        stop.wait(0.02 if count == LIMIT else IDLE_SECONDS)
