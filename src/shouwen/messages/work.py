"""Jobs of the messages: sending one, erasing old ones, the alarm about a missing calendar."""

import time as pause
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from shouwen.adapters.delivery import NotNow, Refused
from shouwen.clocks.queries import active_calendar
from shouwen.core.events import Subject
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import OUTSIDE, Effects, errand, handler, when_dropped
from shouwen.jobs.schedules import Daily
from shouwen.journal.operations import record
from shouwen.messages import operations
from shouwen.messages.operations.moving import SEND
from shouwen.messages.ways import way_out

ERASE = "messages.erase"
CALENDAR = "messages.calendar_check"
AHEAD = timedelta(days=60)
MOST_BATCHES = 100
BREATH_SECONDS = 0.02
_YEARS = UUID("5c0f8a34-1f0d-5a92-b6c7-91d1c52a4d17")

define(CALENDAR, schedule=Daily(time(8, 10)), catch_up="once")
define(ERASE, schedule=Daily(time(3, 50)), catch_up="once", queue=OUTSIDE)


@errand(SEND)
def send_message(payload: Mapping[str, Any], now: datetime) -> Effects:
    """One attempt at one message; nothing is locked while the other side is spoken to."""
    message_id = UUID(payload["message"])
    due_at = datetime.fromisoformat(payload["due"])
    outgoing = operations.begin(message_id=message_id, due_at=due_at, now=now)
    if outgoing is None:
        return _nothing
    round = int(outgoing.key.rpartition("-")[2])
    note = partial(_note, message_id, round)
    try:
        accepted = way_out(outgoing.channel).deliver(outgoing, now=now)
    except NotNow as error:
        return note(operations.note_later, detail=str(error))
    except Refused as error:
        return note(operations.note_refused, detail=str(error))
    return note(operations.note_sent, provider_id=accepted.provider_id)


def _note(message_id: UUID, round: int, what: Callable[..., None], **told: str) -> Effects:
    """What became of the attempt, to be written when the job is marked done."""
    return lambda now: what(message_id=message_id, round=round, now=now, **told)


@when_dropped(SEND)
def message_dropped(payload: Mapping[str, Any], now: datetime) -> None:
    """A person has dropped the job: the message failed."""
    operations.drop(message_id=UUID(payload["message"]), now=now)


@errand(ERASE)
def erase_old_messages(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Takes people out of old messages batch by batch, each a short transaction."""
    for _ in range(MOST_BATCHES):
        if not operations.erase_old(now=now):
            break
        pause.sleep(BREATH_SECONDS)
    return _nothing


@handler(CALENDAR)
def check_calendar_year(payload: Mapping[str, Any], now: datetime) -> None:
    """From 60 days before a year begins that the calendar does not know: an alarm every day.

    Raises PackFaults: the job comes again.
    """
    calendar = active_calendar()
    today = now.astimezone(calendar.zone).date()
    year = (today + AHEAD).year
    if calendar.is_published(year):
        return
    subject = Subject("system", uuid5(_YEARS, str(year)))
    record(
        id=uuid5(subject.id, today.isoformat()),
        kind="calendar.year_missing",
        subject=subject,
        happened_at=datetime.fromisoformat(payload["scheduled"]),
        now=now,
        data={"year": year},
    )
    operations.send(
        key=f"calendar-missing:{year}:{today.isoformat()}",
        channel="mail" if settings.SHOUWEN_ALARM_MAIL else "file",
        to=settings.SHOUWEN_ALARM_MAIL or "administrator",
        text_id="calendar-missing",
        params={"year": str(year)},
        about=subject,
        now=now,
    )


def _nothing(now: datetime) -> None:
    return None
