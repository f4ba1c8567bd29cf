"""Asking for a message: row and job are written in the caller's transaction, nothing goes out yet."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.messages.addresses import tidy
from shouwen.messages.models import Message
from shouwen.messages.operations.moving import note, queue
from shouwen.messages.policy import GoesAt, TooMany, decide
from shouwen.messages.queries import is_opted_out, planned_for
from shouwen.messages.texts import Language, Texts, active_texts

State = Message.State


class ConflictingMessage(ValueError):
    """The key has been used for another message."""


def send(  # noqa: PLR0913 - a message has these parts; the call names each
    *,
    key: str,
    channel: str,
    to: str,
    text_id: str,
    params: Mapping[str, str],
    about: Subject,
    now: datetime,
    by: str = "",
    language: Language = "zh",
    at: datetime | None = None,
    answers: str = "",
) -> Message:
    """Asks for one message in the caller's transaction; the same `key` again returns the stored one.

    `to` is a number, a mail address or, on the channel "file", any name. `by` is a staff number,
    `at` the earliest instant (UTC), `now` when not given, `answers` the Message-ID of the mail that
    it answers. Quiet hours and limits may put it off;
    an address that cannot be used, that opted out or that has had too many gets nothing: the
    message is stored as suppressed with the reason. Raises UnknownText, WrongParams,
    ConflictingMessage, journal.operations.NotInTransaction.
    """
    texts = active_texts()
    rendered = texts.render(text_id, params=params, language=language)
    message = Message(
        id=uuid7(now),
        key=key,
        channel=channel,
        recipient=tidy(to, channel=channel),
        text_id=text_id,
        params=dict(params),
        language=language,
        title=rendered.title,
        body=rendered.body,
        is_urgent=texts.text(text_id).urgent,
        is_written=texts.text(text_id).written,
        answers=answers,
        asked_at=now,
        due_at=max(at or now, now),
        about_kind=about.kind,
        about_id=about.id,
        asked_by=by,
    )
    there = Message.objects.filter(key=key).first()
    return _same(there, message) if there else _write(message, texts=texts, now=now)


def _write(message: Message, *, texts: Texts, now: datetime) -> Message:
    message.reason = _refusal(message, texts)
    message.state = State.SUPPRESSED if message.reason else State.QUEUED
    # Two transactions may ask under one key at once: the second waits here, then finds the first.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    stored = Message.objects.get(key=message.key)
    if stored.pk != message.pk:
        return _same(stored, message)
    note(
        "message.asked",
        stored,
        now=now,
        by=stored.asked_by,
        data={"channel": stored.channel, "template": stored.text_id},
    )
    if stored.reason:
        note("message.suppressed", stored, now=now, data={"reason": stored.reason})
    else:
        queue(stored, now=now)
    return stored


def _refusal(message: Message, texts: Texts) -> str:
    """Why the message does not go, or nothing; sets when it goes."""
    if not message.recipient:
        return "bad_address"
    if message.is_urgent:
        return ""
    if is_opted_out(channel=message.channel, address=message.recipient):
        return "opted_out"
    planned = planned_for(
        channel=message.channel, address=message.recipient, limit=texts.sending.most_counted
    )
    decision = decide(
        at=message.due_at,
        planned=planned,
        rules=texts.sending,
        zone=ZoneInfo(settings.TIME_ZONE),
    )
    match decision:
        case TooMany():
            return "too_many"
        case GoesAt(at):
            message.due_at = at
    return ""


def _same(stored: Message, asked: Message) -> Message:
    """The stored message, if it is the one asked for; an erased one cannot tell and is taken as such."""
    parts = ("channel", "recipient", "text_id", "params", "language", "about")
    is_same = all(getattr(stored, part) == getattr(asked, part) for part in parts)
    if stored.erased_at is None and not is_same:
        raise ConflictingMessage(f"{stored.key}: {stored.text_id}, now {asked.text_id}")
    return stored
