"""The worker: takes due jobs one after another and does them."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from django.db import Error, connection

from shouwen.jobs.operations import claim, run
from shouwen.jobs.registry import DEFAULT, OUTSIDE
from shouwen.jobs.retrying import Again, GiveUp

SHORTEST_IDLE_SECONDS = 0.05
LONGEST_IDLE_SECONDS = 0.25
BREATH_SECONDS = 0.005
TROUBLE_SECONDS = 1.0
LEASE_SECONDS = 30
FAREWELL_SECONDS = 0.3

_log = logging.getLogger(__name__)


def work_on_all(
    stop: Event, clock: Callable[[], datetime], *, lease_seconds: int = LEASE_SECONDS
) -> None:
    """Works on every queue until `stop` is set, those who wait for others on a thread of their own.

    At the end such a wait is cut off, not sat out: its lease runs out and the job is done again.
    A thread that ends by a fault ends the whole, so that the supervisor starts it anew.
    """

    def outside() -> None:
        try:
            work_forever(stop, clock, queue=OUTSIDE, lease_seconds=lease_seconds)
        finally:
            connection.close()
            stop.set()

    thread = Thread(target=outside, name=OUTSIDE, daemon=True)
    thread.start()
    work_forever(stop, clock, queue=DEFAULT, lease_seconds=lease_seconds)
    thread.join(FAREWELL_SECONDS)


def work_forever(
    stop: Event,
    clock: Callable[[], datetime],
    *,
    queue: str = "default",
    lease_seconds: int = LEASE_SECONDS,
) -> None:
    """Works until `stop` is set; a job under way is finished first.

    Idle, it looks every 50 to 250 ms without taking the write lock. A database that is busy or
    away is reported and tried again; the lease sees to the job that was under way.
    """
    idle = SHORTEST_IDLE_SECONDS
    while not stop.is_set():
        try:
            worked = work_once(clock=clock, queue=queue, lease_seconds=lease_seconds)
        except Error:
            _log.exception("the database did not answer; the worker goes on")
            connection.close()
            stop.wait(TROUBLE_SECONDS)
            continue
        idle = SHORTEST_IDLE_SECONDS if worked else min(idle * 1.5, LONGEST_IDLE_SECONDS)
        # SQLite's lock is not fair: between two jobs others get their turn.
        stop.wait(BREATH_SECONDS if worked else idle)


def work_once(
    *, clock: Callable[[], datetime], queue: str = "default", lease_seconds: int = LEASE_SECONDS
) -> bool:
    """Does one due job; False when there is none. Raises django.db.Error when the database fails."""
    claimed = claim(now=clock(), lease_seconds=lease_seconds, queue=queue)
    if claimed is None:
        return False
    outcome = run(claimed=claimed, now=clock())
    if isinstance(outcome, Again | GiveUp):
        _log.warning("job %s (%s) failed: %s", claimed.id, claimed.kind, outcome)
    return True
