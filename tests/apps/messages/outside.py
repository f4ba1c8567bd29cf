"""What tests of messages share: a noon, a way to ask, a turn of the sender."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.jobs.operations import Claimed, claim, run
from shouwen.jobs.registry import OUTSIDE
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from shouwen.messages.operations import send

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # Monday, 12:00 in Shanghai
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
CASE = Subject("case", UUID(int=7))
PHONE = "14077002093"
KEY = b"a key that both sides hold"


def asked(key: str = "a", *, now: datetime = NOON, **more: Any) -> Message:
    """A message asked for in a transaction of its own: an SMS about a case unless told otherwise."""
    given: dict[str, Any] = {
        "channel": "sms",
        "to": PHONE,
        "text_id": "case-received",
        "params": {"number": "202603020001"},
        "about": CASE,
        "by": "1031",
    } | more
    with transaction.atomic():
        return send(key=key, now=now, **given)


def urgent(key: str = "a", **more: Any) -> Message:
    """A message about danger."""
    return asked(key, text_id="danger-at-home", params={}, **more)


def taken(*, now: datetime = NOON, **more: Any) -> Claimed:
    """The sending job that is next."""
    claimed = claim(now=now, queue=OUTSIDE, **more)
    assert claimed is not None
    return claimed


def sent_out(*, now: datetime = NOON) -> int:
    """Does every sending job that is due; returns how many."""
    count = 0
    while (claimed := claim(now=now, queue=OUTSIDE)) is not None:
        run(claimed=claimed, now=now)
        count += 1
    return count


def told(message: Message) -> list[str]:
    """What the journal says about a message, in order; of one instant, in the order of its life."""
    life = ["asked", "failed", "retried", "sent", "suppressed", "delivered", "erased"]
    entries = Entry.objects.filter(subject_kind="message", subject_id=message.pk)
    rows = entries.values_list("recorded_at", "kind")
    steps = sorted((at, life.index(kind.removeprefix("message."))) for at, kind in rows)
    return [f"message.{life[step]}" for _, step in steps]


def fresh(message: Message) -> Message:
    """The row as it is now."""
    return Message.objects.get(pk=message.pk)
