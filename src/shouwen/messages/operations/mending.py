"""What a person decides about a message that failed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from shouwen.messages.models import Message
from shouwen.messages.operations.moving import WAITING, fail, held, note, queue

State = Message.State


class NotFailed(ValueError):
    """Only a message that failed and still has its recipient can be sent again."""


@transaction.atomic
def retry(*, message_id: UUID, by: str, now: datetime, workstation: str = "") -> None:
    """Sends a failed message again, under a new name towards the gateway. Raises NotFailed."""
    message = held(message_id)
    if message.state != State.FAILED or not message.recipient:
        raise NotFailed(message_id)
    message.state, message.reason, message.detail = State.QUEUED, "", ""
    message.round += 1
    message.attempts = 0
    message.due_at = now
    message.provider_id = ""
    message.save(
        update_fields=[
            "state", "reason", "detail", "round", "attempts", "due_at", "provider_id",
        ]
    )  # fmt: skip
    note("message.retried", message, now=now, by=by, workstation=workstation)
    queue(message, now=now)


def drop(*, message_id: UUID, now: datetime) -> None:
    """Its job was dropped by a person: the message failed. In the caller's transaction."""
    message = held(message_id)
    if message.state in WAITING:
        fail(message, reason="dropped", detail="", now=now)
