"""Files of the billing system are checked row by row; the page says what is known, and since when."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from shouwen.adapters.billing import Account, NotConnected, Unknown
from shouwen.adapters.doubles.billing_server import BillingDouble, running_billing
from shouwen.adapters.spreadsheets import read_table
from shouwen.customers import billing
from shouwen.customers.billing_command import app
from shouwen.customers.models import BillingRow, ServicePoint
from shouwen.customers.operations.billing import check_billing
from shouwen.journal.models import Entry
from tests import people
from tests.apps.hotline.callers import ringing
from tests.people import MORNING

pytestmark = pytest.mark.django_db

GOOD = "户号,余额,读数,抄表日期,卡状态,卡时间\nAT0001,-12.5,1234.5,2026-10-01,未写卡,2026-10-09 09:00\nAT0002,,,,,\n"


@pytest.fixture(autouse=True)
def _fresh():
    billing._billing.cache_clear()
    yield
    billing._billing.cache_clear()


@pytest.fixture
def from_files(settings):
    settings.SHOUWEN_BILLING = "file"


def file(tmp_path: Path, text: str = GOOD) -> Path:
    path = tmp_path / "billing.csv"
    path.write_text(text, encoding="utf-8")
    return path


def imported(path: Path, *more: str):
    return CliRunner().invoke(app, ["import", str(path), *more])


def test_a_file_is_only_checked_until_it_is_to_be_applied(tmp_path):
    done = imported(file(tmp_path))

    assert done.exit_code == 0
    assert not BillingRow.objects.exists()


def test_a_file_is_taken_in_and_once_more_changes_nothing(tmp_path, from_files):
    for _ in range(2):
        assert imported(file(tmp_path), "--apply").exit_code == 0

    found = billing.look_up(account_no="AT0001", now=MORNING)
    assert isinstance(found, Account)
    assert (found.balance, found.reading, found.card) == (
        Decimal("-12.50"),
        Decimal("1234.500"),
        "unwritten",
    )
    assert found.card_at == datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
    assert BillingRow.objects.count() == 2


def test_a_later_file_takes_the_place_of_an_earlier_one(tmp_path, from_files):
    imported(file(tmp_path), "--apply")

    imported(file(tmp_path, "户号,余额\nAT0001,30\n"), "--apply")

    found = billing.look_up(account_no="AT0001", now=MORNING)
    assert isinstance(found, Account)
    assert (found.balance, found.reading) == (Decimal("30.00"), None)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("户号,余额\nAT1,many\n", [(2, "余额")]),
        ("户号,余额\nAT1,1\nAT1,2\n", [(3, "户号")]),
        ("户号,余额\n户一,1\n", [(2, "户号")]),
        ("户号,读数,抄表日期\nAT1,nan,2026-13-01\n", [(2, "读数"), (2, "抄表日期")]),
        ("户号,卡状态\nAT1,broken\n", [(2, "卡状态")]),
        ("户号,颜色\nAT1,red\n", [(1, "颜色")]),
        ("余额\n1\n", [(1, "户号")]),
    ],
)
def test_every_fault_is_named_with_its_row_and_column(tmp_path, text, places):
    checked = check_billing(table=read_table(file(tmp_path, text)), as_of=MORNING)

    assert [(fault.row, fault.column) for fault in checked.faults] == places


def test_a_file_with_a_fault_writes_nothing(tmp_path):
    done = imported(file(tmp_path, "户号,余额\nAT1,1\nAT2,many\n"), "--apply")

    assert done.exit_code == 1
    assert not BillingRow.objects.exists()


def test_without_any_file_nothing_is_connected(from_files):
    assert billing.look_up(account_no="AT0001", now=MORNING) == NotConnected()


def test_an_account_that_is_in_no_file_is_unknown(tmp_path, from_files):
    imported(file(tmp_path), "--apply")

    assert billing.look_up(account_no="AT9", now=MORNING) == Unknown()


def test_settings_that_cannot_be_used_count_as_not_connected(settings):
    settings.SHOUWEN_BILLING = "https://elsewhere.example/"

    assert billing.look_up(account_no="AT0001", now=MORNING) == NotConnected()
    assert "SHOUWEN_BILLING_HOSTS" in billing.faults()[0]


# --- beside the screen-pop ----------------------------------------------------------------------------


@pytest.fixture
def box():
    _, premises = people.home()
    ServicePoint.objects.create(premises=premises, account_no="AT0001", since=MORNING.date())
    call = ringing(by=people.staff("wang_min"))

    def fetched(who: str = "wang_min", language: str = "zh-hans") -> str:
        client = Client()
        client.force_login(people.staff(who))
        response = client.get(
            reverse("call_billing", args=[call.pk]), headers={"Accept-Language": language}
        )
        assert response.status_code == 200
        return response.content.decode()

    return fetched


def test_without_a_billing_system_the_box_says_so(box):
    assert "没接上计费系统" in box()


def test_what_the_file_said_stands_in_the_box_with_its_age(tmp_path, from_files, box):
    imported(file(tmp_path), "--apply", "--as-of", "2026-10-09T06:00")

    shown = box()

    assert "欠 12.50 元" in shown
    assert "1234.5 方" in shown
    assert "已缴费，还没写到卡上" in shown
    assert "计费数据截至" in shown


def test_the_dispatcher_sees_the_meter_and_not_the_money(tmp_path, from_files, box):
    imported(file(tmp_path), "--apply")

    shown = box("zhou_min")

    assert "1234.5 方" in shown
    assert "12.50" not in shown


def test_the_read_is_journalled(box):
    box()

    entry = Entry.objects.get(kind="data.read", data={"field": "billing"})
    assert entry.actor == "1031"


def test_a_billing_system_that_does_not_answer_is_told_in_the_box(settings, box):
    with running_billing(BillingDouble()) as double:
        settings.SHOUWEN_BILLING = double.url
        double.behaviours.append("drop")

        assert "计费系统没有回应" in box()


def test_a_billing_system_over_http_fills_the_box(settings, box):
    with running_billing(BillingDouble(accounts={"AT0001": {"balance": 8}})) as double:
        settings.SHOUWEN_BILLING = double.url

        assert "8.00 元" in box()
