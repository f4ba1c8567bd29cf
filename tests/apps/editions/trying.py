"""Short ways to try a draft on the past, for tests."""

from datetime import UTC, date, datetime
from uuid import uuid4

from shouwen.editions.operations.whatif import ask_what_if
from shouwen.jobs.registry import DEFAULT, OUTSIDE
from shouwen.jobs.worker import work_once
from tests.apps.clocks.happenings import CONSULTATION, happens
from tests.apps.editions.drafts import editor

MONDAY_NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
"""After the Saturday that is worked, before the second working day is over."""
LATER = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)


def an_answer(case, at=MONDAY_NOON):
    happens(case, "case.answered", at=at, facts=CONSULTATION)


def asked(
    edition, *, since=date(2026, 10, 1), until=date(2026, 10, 15), now=LATER, calls_only=False
):
    return ask_what_if(
        edition=edition,
        since=since,
        until=until,
        by=editor(),
        run_id=uuid4(),
        now=now,
        calls_only=calls_only,
    )


def worked(now=LATER):
    for queue in (OUTSIDE, DEFAULT):
        while work_once(clock=lambda: now, queue=queue):
            pass
