import json
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from shouwen.jobs.models import Job
from shouwen.jobs.operations import give_up, run
from shouwen.messages.models import Message
from shouwen.messages.operations import NotFailed, erase_old, forget, opt_out, retry
from tests.apps.messages.outside import (
    HOUR,
    MINUTE,
    NOON,
    PHONE,
    asked,
    fresh,
    sent_out,
    taken,
    told,
    urgent,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_without_a_gateway_a_message_is_a_file(outbox):
    message = asked()

    sent_out()

    (file,) = outbox.iterdir()
    assert json.loads(file.read_text())["body"] == message.body
    assert (fresh(message).state, fresh(message).provider_id) == ("sent", file.name)


def test_a_message_goes_out_once_and_is_marked_sent(gateway):
    message = asked()

    assert sent_out() == 1

    (offered,) = gateway.offered
    assert (offered.key, offered.fields["to"]) == (f"{message.pk}-1", PHONE)
    assert (fresh(message).state, fresh(message).attempts) == ("sent", 1)
    assert told(message) == ["message.asked", "message.sent"]
    assert sent_out(now=NOON + DAY) == 0


def test_a_mail_goes_to_the_mail_server(mail_server):
    message = asked(channel="mail", to="chen@example.com", language="en")

    sent_out()

    assert [mail.to for mail in mail_server.mails] == ["chen@example.com"]
    assert fresh(message).state == "sent"


@pytest.mark.django_db(transaction=True)
def test_others_can_write_while_the_gateway_keeps_us_waiting(gateway):
    message = asked()
    gateway.delay = 0.5
    sender = Thread(target=sends_alone)

    sender.start()
    wait_until(lambda: gateway.offered)
    began = time.monotonic()
    asked("written meanwhile", params={"number": "2"})
    took = time.monotonic() - began
    sender.join(5)

    assert took < 0.3
    assert fresh(message).state == "sent"


def sends_alone() -> None:
    run(claimed=taken(), now=NOON)
    connection.close()


def wait_until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_gateway_that_does_not_answer_is_tried_again_with_the_same_content(gateway):
    gateway.behaviours.extend(["busy", "drop"])
    message = asked()

    for minutes in range(3):
        gateway.clock.now = NOON + minutes * MINUTE
        sent_out(now=NOON + minutes * MINUTE)

    assert (fresh(message).state, fresh(message).attempts) == ("sent", 3)
    assert [len(bodies) for bodies in gateway.taken().values()] == [1]
    assert told(message) == ["message.asked", "message.sent"]


def test_a_message_fails_after_its_last_attempt_and_says_why(gateway):
    gateway.behaviours.extend(["busy"] * 99)
    message = asked()

    now = NOON
    while Job.objects.filter(state="ready").exists():
        now = gateway.clock.now = Job.objects.filter(state="ready").get().run_at
        sent_out(now=now)

    found = fresh(message)
    assert (found.state, found.reason, found.detail) == ("failed", "no_answer", "HTTP 503")
    assert found.attempts == len(gateway.offered) == 8
    assert told(message) == ["message.asked", "message.failed"]


def test_a_refusal_fails_at_once(gateway):
    gateway.behaviours.append("refuse")
    message = asked()

    sent_out()

    assert (fresh(message).state, fresh(message).reason) == ("failed", "refused")


def test_a_later_attempt_keeps_the_quiet_hours(gateway):
    gateway.behaviours.append("busy")
    evening = NOON + 9 * HOUR + 59 * MINUTE + timedelta(seconds=55)  # 21:59:55
    gateway.clock.now = evening
    message = asked(now=evening)

    sent_out(now=evening)

    assert fresh(message).due_at == NOON + 19 * HOUR


def test_a_job_that_comes_late_into_the_night_waits_for_the_morning(gateway):
    message = asked()

    sent_out(now=NOON + 11 * HOUR)

    assert gateway.offered == []
    assert (fresh(message).state, fresh(message).due_at) == ("queued", NOON + 19 * HOUR)
    gateway.clock.now = NOON + 19 * HOUR
    sent_out(now=NOON + 19 * HOUR)
    assert fresh(message).state == "sent"


def test_danger_goes_out_at_night(gateway):
    gateway.clock.now = NOON + 11 * HOUR
    message = urgent(now=NOON + 11 * HOUR)

    sent_out(now=NOON + 11 * HOUR)

    assert fresh(message).state == "sent"


def test_who_opts_out_before_it_goes_gets_nothing(gateway):
    message = asked()
    opt_out(channel="sms", address=PHONE, by="1031", now=NOON)

    sent_out()

    assert gateway.offered == []
    assert (fresh(message).state, fresh(message).reason) == ("suppressed", "opted_out")


def test_a_worker_that_lost_its_lease_writes_nothing_about_the_message(gateway):
    message = asked()
    slow = taken(lease_seconds=1)
    second = taken(now=NOON + 2 * MINUTE)
    gateway.clock.now = NOON + 2 * MINUTE

    run(claimed=second, now=NOON + 2 * MINUTE)
    run(claimed=slow, now=NOON + 2 * MINUTE)

    assert fresh(message).state == "sent"
    assert told(message) == ["message.asked", "message.sent"]
    assert [len(bodies) for bodies in gateway.taken().values()] == [1]


def failed(gateway) -> Message:
    gateway.behaviours.append("refuse")
    message = asked()
    sent_out()
    return fresh(message)


def test_a_failed_message_sent_again_has_a_new_name_towards_the_gateway(gateway):
    message = failed(gateway)

    retry(message_id=message.pk, by="2016", now=NOON)
    sent_out()

    assert [offered.key for offered in gateway.offered] == [f"{message.pk}-1", f"{message.pk}-2"]
    assert (fresh(message).state, fresh(message).round) == ("sent", 2)
    assert told(message)[2:] == ["message.retried", "message.sent"]


def test_only_a_failed_message_can_be_sent_again(gateway):
    message = failed(gateway)
    retry(message_id=message.pk, by="2016", now=NOON)

    with pytest.raises(NotFailed):
        retry(message_id=message.pk, by="2016", now=NOON)


def test_a_job_that_a_person_drops_fails_its_message(gateway):
    message = asked()
    job = Job.objects.get()
    Job.objects.update(state="dead")

    give_up(job_id=job.pk, reason="改为电话通知", by="9201", now=NOON)

    assert (fresh(message).state, fresh(message).reason) == ("failed", "dropped")


def test_settings_that_cannot_be_used_leave_the_job_to_a_person(settings, gateway):
    settings.SHOUWEN_SMS_HOSTS = ["sms.example.com"]
    message = asked()

    run(claimed=taken(), now=NOON)

    assert "SHOUWEN_SMS_HOSTS" in Job.objects.get().last_error
    assert fresh(message).state == "sending"


def test_a_recipient_who_is_forgotten_is_named_nowhere_and_gets_nothing_more(gateway):
    sent = asked("a")
    sent_out()
    waiting = asked("b", params={"number": "2"})

    assert forget(channel="sms", address=PHONE, by="9101", now=NOON) == 2
    sent_out()

    assert len(gateway.offered) == 1
    for message in (fresh(sent), fresh(waiting)):
        assert (message.recipient, message.body, message.params) == ("", "", {})
    assert (fresh(sent).state, fresh(waiting).state) == ("sent", "suppressed")
    assert asked("a").pk == sent.pk


def test_old_messages_are_erased_a_batch_at_a_time():
    for n in range(5):
        asked(str(n), params={"number": str(n)})
    sent_out()

    assert erase_old(now=NOON + 364 * DAY) == 0
    assert [erase_old(now=NOON + 366 * DAY, batch=3) for _ in range(3)] == [3, 2, 0]
    assert not Message.objects.exclude(recipient="").exists()
