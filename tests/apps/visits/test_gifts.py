"""Gifts are reported and decided by the superior, never by oneself; phones are wiped from the office."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import recompute
from shouwen.people.models import Staff
from shouwen.visits.models import Device, GiftReport
from shouwen.visits.operations import Lives, OwnReport, decide_gift, register_device, report_gift
from shouwen.visits.operations.gifts import AlreadyDecided, Offered
from tests.apps.fieldwork.field import at, technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Staff:
    return Staff.objects.create_staff(
        staff_no="2100", name="站长", password=None, roles={Role.STATION_MANAGER}
    )


def reported(*, minutes: float = 30, circumstances: str = "修好后递过来", by: Staff | None = None):
    offered = Offered(
        id=uuid.uuid4(), offered_at=at(0), what="香烟", circumstances=circumstances, refused=True
    )
    now = at(minutes)
    return report_gift(offered=offered, by=by or technician(), at=now, now=now)


def decided(report: GiftReport, by: Staff, *, minutes: float = 60, decision: str = "fine"):
    return decide_gift(
        act_id=uuid.uuid4(), report_id=report.pk, decision=decision, remark="", by=by,
        now=at(minutes),
    )  # fmt: skip


def rulings(report: GiftReport) -> dict[str, str]:
    rows = Ruling.objects.filter(subject_kind="gift", subject_id=report.pk)
    return dict(rows.values_list("rule_id", "verdict"))


def test_reported_and_decided_in_time_both_rules_are_kept(manager):
    report = reported()
    decided(report, manager)

    assert rulings(report) == {"gift-reported": "met", "gift-decided": "met"}
    assert list(recompute(check=True, now=at(70))) == []


def test_reported_two_days_later_is_a_miss():
    assert rulings(reported(minutes=49 * 60)) == {"gift-reported": "missed"}


def test_nobody_decides_about_the_own_report_and_nobody_decides_twice(manager):
    with pytest.raises(OwnReport):
        decided(reported(by=manager), manager)
    report = reported()
    decided(report, manager)
    other = Staff.objects.create_staff(
        staff_no="2101", name="经理", password=None, roles={Role.COMPANY_MANAGER}
    )
    with pytest.raises(AlreadyDecided):
        decided(report, other, decision="return")


def test_the_page_shows_all_to_the_superior_and_to_others_their_own(manager):
    reported()
    reported(by=technician("3306", "何安"))
    client = Client()

    client.force_login(technician())
    own = client.get(reverse("field_gifts")).content.decode()
    client.force_login(manager)
    every = client.get(reverse("field_gifts")).content.decode()

    assert "李强 3305" in own
    assert "何安 3306" not in own
    assert "李强 3305" in every
    assert "何安 3306" in every


def test_the_superior_decides_on_the_page(manager):
    report = reported()
    client = Client()
    client.force_login(manager)
    path = reverse("field_gift_decide", args=[report.pk])
    sent = {"act_id": str(uuid.uuid4()), "decision": "return", "remark": "退回并致谢"}

    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    report.refresh_from_db()
    assert (report.decision, report.remark) == ("return", "退回并致谢")
    assert client.post(path, {"act_id": str(uuid.uuid4())}).status_code == 400


def test_the_office_asks_a_phone_to_be_wiped(manager):
    device = register_device(
        device_id=uuid.uuid4(), label="", by=technician(), lives=Lives(), now=system_clock.now()
    )
    client = Client()
    client.force_login(manager)
    assert "李强" in client.get(reverse("field_phones")).content.decode()

    client.post(reverse("field_wipe", args=[device.pk]), {"act_id": str(uuid.uuid4())})

    assert Device.objects.get().wipe_asked_by == manager
    assert "等它连上就清除" in client.get(reverse("field_phones")).content.decode()
