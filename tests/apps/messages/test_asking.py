from datetime import timedelta

import pytest
from django.db import connection, transaction

from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.journal.operations import NotInTransaction
from shouwen.messages.models import Message
from shouwen.messages.operations import ConflictingMessage, opt_in, opt_out, send
from shouwen.messages.texts import WrongParams
from tests.apps.messages.outside import CASE, HOUR, MINUTE, NOON, PHONE, asked, told, urgent

pytestmark = pytest.mark.django_db


def test_a_message_asked_for_is_a_row_and_a_job():
    message = asked()

    job = Job.objects.get()
    assert (message.state, message.recipient, message.due_at) == ("queued", PHONE, NOON)
    assert (message.about, message.asked_by) == (CASE, "1031")
    assert (job.kind, job.queue, job.run_at) == ("messages.send", "outside", NOON)
    assert told(message) == ["message.asked"]


def test_the_same_message_asked_for_twice_is_one():
    first = asked()

    assert asked(now=NOON + MINUTE) == first
    assert (Message.objects.count(), Job.objects.count()) == (1, 1)


def test_a_key_that_stands_for_another_message_is_refused():
    asked()

    with pytest.raises(ConflictingMessage):
        asked(params={"number": "other"})


def test_a_text_that_lacks_a_value_is_refused():
    with pytest.raises(WrongParams):
        asked(params={})


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_neither_message_nor_job():
    @transaction.atomic
    def asks_and_fails():
        asked()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asks_and_fails()

    assert not Message.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_asked_for():
    with pytest.raises(NotInTransaction):
        send(key="a", channel="sms", to=PHONE, text_id="case-received",
             params={"number": "1"}, about=CASE, now=NOON)  # fmt: skip


def test_neither_journal_nor_job_names_the_recipient_or_repeats_the_words():
    message = asked()

    for row in (*Entry.objects.values_list("data", flat=True), Job.objects.get().payload):
        assert PHONE not in str(row)
        assert message.body not in str(row)


def test_at_night_a_message_waits_for_the_morning_and_danger_does_not():
    night = NOON + 11 * HOUR  # 23:00
    ordinary = asked("a", now=night)
    danger = urgent("b", now=night)

    assert ordinary.due_at == NOON + 19 * HOUR  # 07:00
    assert danger.due_at == night
    assert Job.objects.get(priority__lt=0).payload["message"] == str(danger.pk)


def test_a_message_may_be_asked_for_a_later_time():
    assert asked(at=NOON + HOUR).due_at == NOON + HOUR


@pytest.mark.parametrize("to", ["", "0538-8123456"])
def test_a_number_that_cannot_get_sms_gets_nothing_and_that_is_on_record(to):
    message = asked(to=to)

    assert (message.state, message.reason) == ("suppressed", "bad_address")
    assert told(message) == ["message.asked", "message.suppressed"]
    assert not Job.objects.exists()


def test_who_opted_out_gets_nothing_but_news_of_danger():
    opt_out(channel="sms", address="140 7700 2093", by="1031", now=NOON)

    assert (asked("a").state, asked("a").reason) == ("suppressed", "opted_out")
    assert urgent("b").state == "queued"
    assert asked("c", channel="mail", to="chen@example.com").state == "queued"


def test_who_opted_in_again_gets_messages_again():
    opt_out(channel="sms", address=PHONE, by="1031", now=NOON)
    opt_out(channel="sms", address=PHONE, by="1031", now=NOON)
    opt_in(channel="sms", address=PHONE, by="1031", now=NOON + MINUTE)

    kinds = sorted(Entry.objects.values_list("kind", flat=True))
    assert kinds == ["contact.opted_in", "contact.opted_out"]
    assert asked().state == "queued"


def test_a_recipient_gets_five_messages_in_ten_minutes_and_the_sixth_later():
    dues = [asked(str(n), params={"number": str(n)}).due_at - NOON for n in range(6)]

    assert dues == [timedelta()] * 5 + [10 * MINUTE]


def test_a_flood_for_one_recipient_ends_in_twenty_messages_a_day():
    for n in range(40):
        asked(str(n), params={"number": str(n)})

    assert Message.objects.filter(state="queued").count() == 20
    assert set(Message.objects.exclude(state="queued").values_list("reason", flat=True)) == {
        "too_many"
    }


def test_another_recipient_is_not_held_up_by_it():
    for n in range(9):
        asked(str(n), params={"number": str(n)})

    assert asked("other", to="14077002094").due_at == NOON


def test_asking_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    asked("first")

    with django_assert_max_num_queries(14):
        asked("second")
    assert connection.in_atomic_block
