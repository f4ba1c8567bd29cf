from datetime import UTC, datetime, timedelta

import pytest

from shouwen.jobs.models import Job
from shouwen.jobs.operations import ask_for_periodic, claim, run
from shouwen.jobs.registry import DEFAULT, OUTSIDE
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests.apps.messages.outside import asked, fresh, sent_out

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUMMER = datetime(2026, 7, 1, 1, tzinfo=UTC)
LAST_CALM_DAY = datetime(2026, 11, 1, 1, tzinfo=UTC)  # the calendar ends with 2026


def day_passes(now: datetime) -> None:
    """The ticker sees the day before and `now`, and the worker does what came of it."""
    ask_for_periodic(now=now - DAY)
    ask_for_periodic(now=now)
    for queue in (DEFAULT, OUTSIDE):
        while (claimed := claim(now=now, queue=queue)) is not None:
            run(claimed=claimed, now=now)
    assert not Job.objects.exclude(state="done").exists(), list(Job.objects.values())


def test_while_the_next_year_is_far_nobody_is_alarmed():
    day_passes(SUMMER)

    assert not Entry.objects.filter(kind="calendar.year_missing").exists()


@pytest.mark.parametrize(("days", "alarms"), [(0, 0), (1, 1), (30, 1)])
def test_sixty_days_before_a_year_without_calendar_there_is_an_alarm(outbox, days, alarms):
    day_passes(LAST_CALM_DAY + days * DAY)

    entries = Entry.objects.filter(kind="calendar.year_missing")
    assert [entry.data for entry in entries] == [{"year": 2027}] * alarms
    assert Message.objects.filter(text_id="calendar-missing").count() == alarms


def test_the_alarm_goes_by_mail_to_whoever_looks_after_the_installation(settings, mail_server):
    settings.SHOUWEN_ALARM_MAIL = "ops@example.com"

    day_passes(LAST_CALM_DAY + 30 * DAY)
    day_passes(LAST_CALM_DAY + 31 * DAY)

    assert [mail.to for mail in mail_server.mails] == ["ops@example.com"] * 2
    assert "2027" in mail_server.mails[0].content["Subject"]


def test_a_published_year_is_no_alarm_however_near_it_is():
    day_passes(datetime(2025, 12, 30, 1, tzinfo=UTC))

    assert not Entry.objects.filter(kind="calendar.year_missing").exists()


def test_old_messages_lose_their_recipients_at_night():
    message = asked(now=SUMMER - 400 * DAY)
    sent_out(now=SUMMER - 400 * DAY)

    day_passes(SUMMER)

    assert (fresh(message).state, fresh(message).recipient) == ("sent", "")
