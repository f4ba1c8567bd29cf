"""Moving the clocks of a subject to newer versions of their rules, as a new edition says."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from shouwen.clocks.operations.rejudging import alone_with, renew
from shouwen.clocks.queries.judgements import MOVED, history
from shouwen.clocks.queries.version_moves import TakenOver, Takeover, taken_over
from shouwen.core.events import Subject
from shouwen.journal.operations import record


@transaction.atomic
def take_over(
    *, subject: Subject, takeover: Takeover, edition: UUID, now: datetime
) -> Sequence[TakenOver]:
    """Puts on record, once for an edition, each clock that a newer version takes over, and judges it anew.

    Returns the clocks with their standing before and after. `now` is aware UTC. Raises PackFaults.
    """
    alone_with(subject)
    past = history(subject=subject)
    now = past.not_before(now)
    found = list(taken_over(past, takeover, now=now))
    for each in found:
        record(
            id=uuid5(each.clock_id, f"{MOVED}:{edition}:{takeover.day.isoformat()}"),
            kind=MOVED,
            subject=subject,
            happened_at=now,
            now=now,
            data={
                "clock": str(each.clock_id),
                "rule": each.rule_id,
                "rule_from": takeover.day.isoformat(),
                "edition": str(edition),
                "due_before": _told(each.before.due_at),
                "due_after": _told(each.after.due_at),
            },
            standard_version=takeover.pack.digest,
        )
    if found:
        renew(history(subject=subject), now=now)
    return found


def _told(at: datetime | None) -> str:
    return at.isoformat() if at else ""
