"""Who wants no messages, and wants them again."""

from datetime import datetime
from uuid import uuid5

from django.db import transaction

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.messages.addresses import tidy
from shouwen.messages.models import OptOut
from shouwen.people.operations import staff_subject


class BadAddress(ValueError):
    """Nothing can be sent to this address on this channel."""


@transaction.atomic
def opt_out(*, channel: str, address: str, by: str, now: datetime) -> None:
    """From now on only urgent messages go there. A second time changes nothing. Raises BadAddress."""
    row = OptOut(channel=channel, address=_tidy(address, channel), since=now, noted_by=by)
    before = OptOut.objects.filter(channel=channel, address=row.address, ended_at__isnull=True)
    if before.exists():
        return
    OptOut.objects.bulk_create([row], ignore_conflicts=True)
    _note("contact.opted_out", channel, by=by, now=now)


@transaction.atomic
def opt_in(*, channel: str, address: str, by: str, now: datetime) -> None:
    """Messages go there again. Changes nothing when they always did. Raises BadAddress."""
    rows = OptOut.objects.filter(
        channel=channel, address=_tidy(address, channel), ended_at__isnull=True
    )
    if rows.update(ended_at=now):
        _note("contact.opted_in", channel, by=by, now=now)


def _tidy(address: str, channel: str) -> str:
    found = tidy(address, channel=channel)
    if not found:
        raise BadAddress(channel)
    return found


def _note(kind: str, channel: str, *, by: str, now: datetime) -> None:
    """The journal tells that and by whom; the address stands in the list alone."""
    record(
        id=uuid7(now),
        kind=kind,
        subject=Subject("contact", uuid5(staff_subject(by).id, f"{kind}:{now.isoformat()}")),
        happened_at=now,
        now=now,
        actor=by,
        data={"channel": channel},
    )
