"""Real workers killed without warning: every message has one end, the gateway gets each under one key."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from shouwen.adapters.doubles.sms_gateway import GatewayDouble, running_gateway
from shouwen.adapters.system_clock import now
from shouwen.config.supervisor import GRACE
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import databases
from tests.apps.messages.outside import KEY, urgent

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def slow_gateway() -> Iterator[GatewayDouble]:
    with running_gateway(GatewayDouble(key=KEY, clock=now, delay=0.01)) as double:
        yield double


@pytest.fixture
def start(tmp_path, slow_gateway) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []
    key_file = tmp_path / "key"
    key_file.write_bytes(KEY)

    def one() -> subprocess.Popen[str]:
        environment = databases.environment_of_server(connection.settings_dict, home=tmp_path)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.apps.messages.sender_process"],
            env={
                **environment,
                "SHOUWEN_SMS_URL": slow_gateway.url,
                "SHOUWEN_SMS_KEY_FILE": str(key_file),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        started.append(process)
        return process

    yield one
    for process in started:
        process.kill()
        process.wait(5)
        assert process.stdout
        process.stdout.close()


def ask(count: int) -> list[Message]:
    # Danger, so that the test passes at any time of day.
    return [urgent(f"m{n:03}", to=f"140770{n:05}", now=now()) for n in range(count)]


def wait_until_ended(*, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while Job.objects.exclude(state="done").exists():
        assert time.monotonic() < end, list(Job.objects.exclude(state="done").values())
        time.sleep(0.05)


def test_senders_killed_again_and_again_leave_every_message_sent_exactly_once_by_its_row(
    start, slow_gateway
):
    slow_gateway.behaviours.extend(["accept", "busy", "drop", "accept", "twice"] * 4)
    messages = ask(60)
    workers = [start(), start()]

    for seconds in (0.15, 0.31, 0.22, 0.4):
        time.sleep(seconds)
        victim = workers.pop(0)
        victim.kill()
        victim.wait(5)
        workers.append(start())
    wait_until_ended()

    assert Counter(Message.objects.values_list("state", flat=True)) == {"sent": 60}
    told = Counter(Entry.objects.values_list("kind", flat=True))
    assert told == {"message.asked": 60, "message.sent": 60}
    taken = slow_gateway.taken()
    assert set(taken) == {f"{message.pk}-1" for message in messages}
    assert {len(contents) for contents in taken.values()} == {1}
    assert slow_gateway.unsigned == 0


def test_a_sender_killed_while_the_gateway_thinks_offers_the_same_again(start, slow_gateway):
    slow_gateway.behaviours.append("hang")
    (message,) = ask(1)
    victim = start()
    end = time.monotonic() + 10
    while not slow_gateway.offered:
        assert time.monotonic() < end
        time.sleep(0.01)

    victim.kill()
    victim.wait(5)
    assert Message.objects.get().state == "sending"
    start()
    wait_until_ended()

    found = Message.objects.get()
    assert (found.state, found.attempts) == ("sent", 2)
    first, second = slow_gateway.offered
    assert (first.key, first.body) == (second.key, second.body)
    assert first.key == f"{message.pk}-1"


def test_a_sender_told_to_stop_ends_before_it_would_be_killed_though_the_gateway_hangs(
    start, slow_gateway
):
    slow_gateway.behaviours.append("hang")
    ask(1)
    worker = start()
    end = time.monotonic() + 10
    while not slow_gateway.offered:
        assert time.monotonic() < end
        time.sleep(0.01)

    told = time.monotonic()
    worker.terminate()
    code = worker.wait(5)

    assert code == 0
    assert time.monotonic() - told < GRACE
