"""One attempt at a message: begun before it goes out, finished after, both in short transactions."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.adapters.delivery import Outgoing
from shouwen.messages.models import Message
from shouwen.messages.operations.moving import WAITING, fail, held, note, queue
from shouwen.messages.policy import next_attempt
from shouwen.messages.queries import is_opted_out
from shouwen.messages.texts import active_texts

State = Message.State


@transaction.atomic
def begin(*, message_id: UUID, due_at: datetime, now: datetime) -> Outgoing | None:
    """Marks the message as being sent and returns it; None when there is nothing to send any more.

    That is so when it ended meanwhile, when another job has it (`due_at` differs), when the
    recipient has opted out since, or when quiet hours have begun: then it is put off.
    """
    message = held(message_id)
    if message.state not in WAITING or message.due_at != due_at:
        return None
    if not message.is_urgent and _is_stopped(message, now=now):
        return None
    message.state = State.SENDING
    message.attempts += 1
    message.save(update_fields=["state", "attempts"])
    return Outgoing(
        key=message.outside_key,
        channel=message.channel,
        to=message.recipient,
        title=message.title,
        body=message.body,
        language=message.language,
        asked_at=message.asked_at,
        answers=message.answers,
        is_written=message.is_written,
    )


def note_sent(*, message_id: UUID, round: int, provider_id: str, now: datetime) -> None:
    """The other side has the message. A receipt that was quicker stands. In the caller's transaction."""
    message = held(message_id)
    if message.sent_at is None:
        message.sent_at = now
        note("message.sent", message, now=now, data={"channel": message.channel})
    if message.round == round:
        message.provider_id = provider_id
        if message.state in WAITING:
            message.state, message.reason, message.detail = State.SENT, "", ""
    message.save(update_fields=["sent_at", "provider_id", "state", "reason", "detail"])


def note_later(*, message_id: UUID, round: int, detail: str, now: datetime) -> None:
    """The other side could not be reached: another attempt later, or the end after the last one."""
    message = held(message_id)
    if message.state not in WAITING or message.round != round:
        return
    rules = active_texts().sending
    at = next_attempt(
        message=message.pk,
        attempts=message.attempts,
        rules=rules,
        now=now,
        is_urgent=message.is_urgent,
    )
    if at is None:
        fail(message, reason="no_answer", detail=detail, now=now)
        return
    message.reason, message.detail = "no_answer", detail[:120]
    _put_off(message, at=at, now=now)


def note_refused(*, message_id: UUID, round: int, detail: str, now: datetime) -> None:
    """The other side will not have the message."""
    message = held(message_id)
    if message.state in WAITING and message.round == round:
        fail(message, reason="refused", detail=detail, now=now)


def _is_stopped(message: Message, *, now: datetime) -> bool:
    """Whether it must not go now; the row is changed accordingly."""
    if is_opted_out(channel=message.channel, address=message.recipient):
        message.state, message.reason = State.SUPPRESSED, "opted_out"
        message.save(update_fields=["state", "reason"])
        note("message.suppressed", message, now=now, data={"reason": message.reason})
        return True
    if _end_of_quiet(now) > now:
        _put_off(message, at=now, now=now)
        return True
    return False


def _put_off(message: Message, *, at: datetime, now: datetime) -> None:
    message.state = State.QUEUED
    message.due_at = at if message.is_urgent else _end_of_quiet(at)
    message.save(update_fields=["state", "due_at", "reason", "detail"])
    queue(message, now=now)


def _end_of_quiet(at: datetime) -> datetime:
    return active_texts().sending.quiet_hours.end_after(at, zone=ZoneInfo(settings.TIME_ZONE))
