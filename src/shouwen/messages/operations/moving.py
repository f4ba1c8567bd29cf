"""The steps that every change of a message is made of."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.jobs.operations import enqueue
from shouwen.jobs.registry import OUTSIDE
from shouwen.journal.operations import record
from shouwen.messages.models import Message

SEND = "messages.send"
URGENT = -10

_NUMBERS = re.compile(r"\+?\d{7,}")

WAITING = frozenset({Message.State.QUEUED, Message.State.SENDING})
"""States in which the other side may or may not have the message."""


def held(message_id: UUID) -> Message:
    """The row, locked until the transaction ends."""
    return Message.objects.select_for_update().get(pk=message_id)


def queue(message: Message, *, now: datetime) -> None:
    """Asks for the job that sends the message at its due time. Job and message agree on the time."""
    enqueue(
        kind=SEND,
        key=f"message:{message.pk}:{message.round}:{message.due_at.isoformat()}",
        payload={"message": str(message.pk), "due": message.due_at.isoformat()},
        run_at=message.due_at,
        now=now,
        queue=OUTSIDE,
        priority=URGENT if message.is_urgent else 0,
    )


def note(
    kind: str,
    message: Message,
    *,
    now: datetime,
    by: str = "",
    workstation: str = "",
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Writes to the journal what became of a message; never to whom or in which words."""
    record(
        id=uuid7(now),
        kind=kind,
        subject=Subject("message", message.pk),
        happened_at=at or now,
        now=now,
        actor=by,
        workstation=workstation,
        data=data,
    )


def fail(message: Message, *, reason: str, detail: str, now: datetime) -> None:
    """The message did not arrive; a person may have it sent again."""
    message.state = Message.State.FAILED
    # What the other side says may name the recipient.
    message.reason, message.detail = reason, _NUMBERS.sub("…", detail)[:120]
    message.save(update_fields=["state", "reason", "detail"])
    note("message.failed", message, now=now, data={"reason": reason})
