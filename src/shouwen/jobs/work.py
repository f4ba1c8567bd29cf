"""Periodic work of the jobs themselves."""

import time as pause
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from shouwen.jobs.operations import prune
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import OUTSIDE, Effects, errand
from shouwen.jobs.schedules import Daily

PRUNE = "jobs.prune"
MOST_BATCHES = 400
BREATH_SECONDS = 0.02

define(PRUNE, schedule=Daily(time(3, 30)), catch_up="once", queue=OUTSIDE)


@errand(PRUNE)
def clear_old_jobs(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Removes old jobs batch by batch, each a short transaction; what is left waits for tomorrow."""
    for _ in range(MOST_BATCHES):
        if not prune(now=now):
            break
        pause.sleep(BREATH_SECONDS)  # SQLite's lock is not fair: others get their turn
    return lambda now: None
