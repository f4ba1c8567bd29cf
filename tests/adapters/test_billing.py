"""The billing system over HTTP: every way it can answer or not, and never longer than two seconds."""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from shouwen.adapters.billing import (
    Account,
    BadBilling,
    Breaker,
    Busy,
    HttpBilling,
    NoBilling,
    NotConnected,
    Unknown,
    http_billing,
)
from shouwen.adapters.doubles.billing_server import BillingDouble, running_billing

NOW = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
KNOWN = {
    "balance": "-12.50",
    "reading": 1234.5,
    "read_on": "2026-10-01",
    "card": "unwritten",
    "card_at": "2026-10-09T09:00:00+08:00",
}


@pytest.fixture
def double():
    with running_billing(BillingDouble(accounts={"AT 1/2": KNOWN, "EMPTY": {}}, key="k")) as found:
        yield found


def client(double: BillingDouble, *, timeout: float = 0.4, key: str = "k") -> HttpBilling:
    return http_billing(url=double.url, key=key, hosts=["127.0.0.1"], timeout=timeout)


def test_an_account_comes_with_all_its_values(double):
    found = client(double).look_up("AT 1/2", now=NOW)

    assert found == Account(
        balance=Decimal("-12.50"),
        reading=Decimal("1234.5"),
        read_on=date(2026, 10, 1),
        card="unwritten",
        card_at=NOW,
    )


def test_what_the_system_does_not_know_is_left_open(double):
    assert client(double).look_up("EMPTY", now=NOW) == Account()


def test_an_account_that_is_not_there_is_unknown(double):
    assert client(double).look_up("nobody", now=NOW) == Unknown()


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        ("drop", "silent"),
        ("busy", "silent"),
        ("redirect", "silent"),
        ("hang", "silent"),
        ("drip", "silent"),
        ("nonsense", "nonsense"),
    ],
)
def test_whatever_else_it_does_the_page_goes_on(double, behaviour, why):
    double.behaviours.append(behaviour)
    started = time.perf_counter()

    found = client(double).look_up("EMPTY", now=NOW)

    assert found == Busy(why)
    assert time.perf_counter() - started < 1.5


def test_a_wrong_key_is_no_answer(double):
    assert client(double, key="other").look_up("EMPTY", now=NOW) == Busy("silent")


def test_nobody_at_the_address_is_no_answer():
    away = http_billing(url="http://127.0.0.1:9/v1", key="", hosts=["127.0.0.1"])

    assert away.look_up("AT1", now=NOW) == Busy("silent")


def test_after_three_failures_nobody_is_sent_for_a_while(double):
    billing = client(double)
    double.behaviours.extend(["busy"] * 3)
    for _ in range(3):
        billing.look_up("EMPTY", now=NOW)

    resting = billing.look_up("EMPTY", now=NOW + timedelta(seconds=29))
    again = billing.look_up("EMPTY", now=NOW + timedelta(seconds=31))

    assert resting == Busy("resting")
    assert again == Account()
    assert len(double.asked) == 4


def test_at_the_end_of_a_rest_one_is_sent_and_the_others_wait():
    breaker = Breaker(failures=1)
    breaker.tell(went_well=False, now=NOW)
    later = NOW + timedelta(seconds=31)

    assert [breaker.lets_through(now=later) for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize("url", ["ftp://a", "billing", "https://"])
def test_an_address_that_cannot_be_used_says_how_to_write_it(url):
    with pytest.raises(BadBilling, match="SHOUWEN_BILLING"):
        http_billing(url=url, key="", hosts=[])


def test_a_host_that_is_not_allowed_is_named():
    with pytest.raises(BadBilling, match="SHOUWEN_BILLING_HOSTS"):
        http_billing(url="https://elsewhere.example/v1", key="", hosts=["127.0.0.1"])


def test_without_a_billing_system_it_says_so():
    assert NoBilling().look_up("AT1", now=NOW) == NotConnected()
