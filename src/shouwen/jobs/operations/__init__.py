"""What can be done with jobs: ask for them, do them, mend those that were given up, clear old ones away."""

from shouwen.jobs.operations.mending import NotDead, give_up, revive
from shouwen.jobs.operations.periods import ask_for_periodic
from shouwen.jobs.operations.pruning import prune
from shouwen.jobs.operations.working import (
    Claimed,
    Done,
    Lost,
    Outcome,
    claim,
    enqueue,
    run,
)

__all__ = [
    "Claimed",
    "Done",
    "Lost",
    "NotDead",
    "Outcome",
    "ask_for_periodic",
    "claim",
    "enqueue",
    "give_up",
    "prune",
    "revive",
    "run",
]
