import itertools
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.adapters.sms import signature
from shouwen.adapters.system_clock import now
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from shouwen.messages.operations import Receipt, retry, take_receipt
from tests.apps.messages.outside import (
    CASE,
    KEY,
    MINUTE,
    NOON,
    PHONE,
    asked,
    fresh,
    sent_out,
    told,
    urgent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(gateway):
    """A message that the gateway has taken."""
    message = asked()
    sent_out()
    return fresh(message)


def took(message: Message, status: str, *, round: int = 1, at=NOON + MINUTE, **more) -> str:
    key = f"{message.pk}-{round}"
    receipt = Receipt(status=status, at=at, key=key, **more)
    return take_receipt(receipt=receipt, now=NOON + 2 * MINUTE)


def test_a_receipt_of_delivery_ends_the_message(sent):
    assert took(sent, "delivered") == "taken"

    assert (fresh(sent).state, fresh(sent).delivered_at) == ("delivered", NOON + MINUTE)
    assert told(sent)[-1] == "message.delivered"


def test_a_receipt_of_failure_says_why(sent):
    took(sent, "failed", reason="14077002093 is off")

    found = fresh(sent)
    assert (found.state, found.reason, found.detail) == ("failed", "undelivered", "… is off")


@pytest.mark.parametrize(
    "order", sorted(set(itertools.permutations(["failed", "delivered", "delivered", "pending"])))
)
def test_in_any_order_and_doubled_receipts_give_the_same_end(sent, order):
    for status in order:
        took(sent, status)

    assert fresh(sent).state == "delivered"
    assert told(sent).count("message.delivered") == 1


def test_a_failure_told_twice_is_one_failure(sent):
    assert [took(sent, "failed"), took(sent, "failed")] == ["taken", "known"]
    assert told(sent).count("message.failed") == 1


def test_a_receipt_quicker_than_the_answer_of_the_gateway_stands(gateway):
    message = asked()
    took(message, "delivered")

    sent_out()

    assert fresh(message).state == "delivered"


def test_a_failure_of_an_earlier_round_does_not_fail_the_next(sent):
    took(sent, "failed")
    retry(message_id=sent.pk, by="2016", now=NOON)

    assert took(sent, "failed", round=1) == "known"
    assert fresh(sent).state == "queued"
    assert took(sent, "delivered", round=1) == "taken"


def test_a_receipt_may_name_the_message_as_the_gateway_does(sent):
    receipt = Receipt(status="delivered", at=NOON, id=sent.provider_id)

    assert take_receipt(receipt=receipt, now=NOON) == "taken"


def test_a_receipt_of_the_future_is_dated_now(sent):
    took(sent, "delivered", at=NOON + timedelta(days=9))

    assert fresh(sent).delivered_at == NOON + 2 * MINUTE


@pytest.mark.parametrize("key", ["", "nonsense", "01890000-0000-7000-8000-000000000000-1"])
def test_a_receipt_for_nobody_is_unknown(key):
    assert take_receipt(receipt=Receipt("delivered", NOON, key=key), now=NOON) == "unknown"


# --- the address that the gateway calls -----------------------------------------------------------


def posted(client, body: bytes, *, at=None, key: bytes = KEY, given: str = ""):
    stamp = str(int((at or now()).timestamp()))
    return client.post(
        reverse("sms_receipts"),
        body,
        content_type="application/json",
        headers={
            "X-Timestamp": stamp,
            "X-Signature": given or signature(key=key, timestamp=stamp, body=body),
        },
    )


def receipts(*each: dict[str, str]) -> bytes:
    return json.dumps({"receipts": each}).encode()


def delivered(message: Message) -> bytes:
    return receipts(
        {"key": f"{message.pk}-1", "status": "delivered", "at": "2026-03-02T12:01:00+08:00"}
    )


def test_the_gateway_needs_no_session(client, sent):
    answer = posted(client, delivered(sent))

    assert (answer.status_code, answer.json()) == (200, {"taken": 1, "known": 0, "unknown": 0})
    assert fresh(sent).state == "delivered"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": b"another key of somebody"},
        {"given": "0" * 64},
        {"given": "é"},
        {"at": NOON},
    ],
)
def test_without_a_fresh_signature_nothing_is_taken(client, sent, wrong):
    assert posted(client, delivered(sent), **wrong).status_code == 401
    assert fresh(sent).state == "sent"


def test_a_request_sent_again_later_is_refused(client, sent):
    old = now() - timedelta(minutes=6)

    assert posted(client, delivered(sent), at=old).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"receipts": 3}',
        b'{"receipts": [{"status": "delivered"}]}',
        b'{"receipts": [{"status": "delivered", "at": "yesterday"}]}',
        b'{"receipts": [{"status": "delivered", "at": "2026-03-02T12:00:00"}]}',
        b"\xff",
        b'{"receipts": [' + b"1," * 600 + b"1]}",
    ],
)
def test_a_body_that_is_no_list_of_receipts_is_refused_with_the_place(client, gateway, body):
    answer = posted(client, body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_that_is_far_too_long_is_not_read(client, gateway):
    assert posted(client, b" " * 300_000).status_code == 413


def test_a_request_of_our_own_cannot_be_played_back_as_receipts(client, sent, gateway):
    (offered,) = gateway.offered

    assert posted(client, offered.body).status_code == 400


def test_an_installation_without_a_gateway_takes_no_receipts(client):
    assert posted(client, receipts()).status_code == 404


def test_receipts_cannot_be_read(client, gateway):
    assert client.get(reverse("sms_receipts")).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_double_and_the_running_site_understand_each_other(site, gateway, settings):
    settings.SHOUWEN_SMS_KEY_FILE = ""  # the site runs in a process of its own, without a gateway

    codes = gateway.send_receipts(f"{site}/hooks/sms-receipts", [], times=2, at=now())

    assert codes == [404, 404]
    assert not Entry.objects.exists()


def test_what_was_suppressed_cannot_be_delivered(gateway):
    message = urgent(to="")

    assert took(message, "delivered") == "unknown"
    assert (message.about, message.recipient) == (CASE, "")
    assert PHONE not in message.body
