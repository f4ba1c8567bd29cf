"""Reading messages: lists for people, what sending needs to know."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shouwen.core.events import Subject
from shouwen.messages.models import Message, OptOut


def newest_messages(*, state: str = "", limit: int, before: UUID | None = None) -> list[Message]:
    """Messages in one state (empty: in any), newest first; `before` is the id of the last one seen."""
    messages = Message.objects.order_by("-id")
    if state:
        messages = messages.filter(state=state)
    if before is not None:
        messages = messages.filter(pk__lt=before)
    return list(messages[:limit])


def messages_about(*, about: Subject) -> list[Message]:
    """Every message about one thing, oldest first."""
    return list(Message.objects.filter(about_kind=about.kind, about_id=about.id).order_by("id"))


def is_opted_out(*, channel: str, address: str) -> bool:
    """Whether the address wants no messages on the channel."""
    return OptOut.objects.filter(channel=channel, address=address, ended_at__isnull=True).exists()


def planned_for(*, channel: str, address: str, limit: int) -> Sequence[datetime]:
    """When the latest messages to an address went or are to go (UTC), newest first."""
    return list(
        Message.objects.filter(channel=channel, recipient=address)
        .exclude(recipient="")
        .exclude(state=Message.State.SUPPRESSED)
        .order_by("-due_at")
        .values_list("due_at", flat=True)[:limit]
    )


def failed_count() -> int:
    """How many messages failed and wait for a person."""
    return Message.objects.filter(state=Message.State.FAILED).count()


def message_by_key(key: str) -> Message | None:
    """The message asked for under this idempotency key, if any."""
    return Message.objects.filter(key=key).first()
