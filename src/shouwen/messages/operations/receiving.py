"""Receipts of the gateway: late, doubled and out of order they give the same end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from shouwen.messages.models import Message
from shouwen.messages.operations.moving import WAITING, fail, held, note

State = Message.State
Taken = Literal["taken", "known", "unknown"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message on the other side. `key` is ours, `id` theirs; one of them is enough."""

    status: str
    at: datetime
    key: str = ""
    id: str = ""
    reason: str = ""


@transaction.atomic
def take_receipt(*, receipt: Receipt, now: datetime) -> Taken:
    """Moves the message forward, never back: delivered stands against every other receipt.

    "failed" counts for the current round only; "delivered" of any round means that the person
    has read it. `at` is when it happened by the gateway's clock (UTC).
    """
    found = _found(receipt)
    if found is None:
        return "unknown"
    message_id, round = found
    message = held(message_id)
    if message.state == State.SUPPRESSED:
        return "unknown"
    if receipt.status == "delivered" and message.state != State.DELIVERED:
        _deliver(message, at=min(receipt.at, now), now=now)
        return "taken"
    is_open = message.state in WAITING or message.state == State.SENT
    if receipt.status == "failed" and is_open and round == message.round:
        fail(message, reason="undelivered", detail=receipt.reason, now=now)
        return "taken"
    return "known"


def _deliver(message: Message, *, at: datetime, now: datetime) -> None:
    message.state, message.delivered_at = State.DELIVERED, at
    message.reason, message.detail = "", ""
    message.save(update_fields=["state", "delivered_at", "reason", "detail"])
    note("message.delivered", message, at=at, now=now)


def _found(receipt: Receipt) -> tuple[UUID, int] | None:
    """The message and the round that a receipt is for."""
    text, _, number = receipt.key.rpartition("-")
    try:
        message_id, round = UUID(text), int(number)
    except ValueError:
        return _found_by_id(receipt.id)
    exists = Message.objects.filter(pk=message_id).exists()
    return (message_id, round) if exists else None


def _found_by_id(provider_id: str) -> tuple[UUID, int] | None:
    found = Message.objects.filter(provider_id=provider_id).first() if provider_id else None
    return (found.pk, found.round) if found else None
