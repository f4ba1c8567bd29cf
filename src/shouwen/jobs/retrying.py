"""What becomes of a job that failed: again later, or given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Again:
    """Try again at this instant (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Leave it to a person."""


def after_failure(*, attempts: int, now: datetime) -> Again | GiveUp:
    """After the `attempts`-th failure: 2 s, 4 s, 8 s … at most an hour; given up after twelve (about 2 h)."""
    if attempts >= MOST_ATTEMPTS:
        return GiveUp()
    return Again(now + min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT))
