"""Taking people out of messages: the row stays as proof that something was sent, to whom and what goes."""

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.messages.addresses import tidy
from shouwen.messages.models import Message
from shouwen.messages.operations.moving import WAITING, note
from shouwen.messages.texts import active_texts

State = Message.State


@transaction.atomic
def forget(*, channel: str, address: str, by: str, now: datetime) -> int:
    """Erases one recipient from all messages, also those that wait, which then do not go; returns how many."""
    found = tidy(address, channel=channel)
    rows = Message.objects.select_for_update().filter(channel=channel, recipient=found)
    messages = list(rows.exclude(recipient=""))
    for message in messages:
        _erase(message, by=by, now=now)
    return len(messages)


@transaction.atomic
def erase_old(*, now: datetime, batch: int = 200) -> int:
    """Erases at most `batch` messages older than the rules of sending keep them; returns how many."""
    before = now - timedelta(days=active_texts().sending.keep_days)
    old = Message.objects.filter(asked_at__lt=before, erased_at__isnull=True)
    messages = list(old.select_for_update().order_by("asked_at")[:batch])
    for message in messages:
        _erase(message, by="", now=now)
    return len(messages)


def _erase(message: Message, *, by: str, now: datetime) -> None:
    if message.state in WAITING:
        message.state, message.reason = State.SUPPRESSED, "erased"
    message.recipient = message.title = message.body = message.detail = ""
    message.params, message.answers = {}, ""
    message.erased_at = now
    message.save(
        update_fields=[
            "state", "reason", "recipient", "title", "body", "detail", "params", "erased_at",
            "answers",
        ]
    )  # fmt: skip
    note("message.erased", message, now=now, by=by)
