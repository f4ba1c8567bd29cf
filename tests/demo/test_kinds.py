"""The demo shows every kind of matter with its form, a superior asked, and an incident under way."""

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import AnswerRequest, Case, CaseDetail, Incident
from shouwen.clocks.queries import active_pack
from shouwen.demo.kinds import play_kinds
from shouwen.demo.staff import AGENT_NUMBERS
from shouwen.people.models import Staff
from tests import people

pytestmark = pytest.mark.django_db


def test_a_second_run_adds_nothing():
    for place in range(4):
        people.home(phone=f"1407700209{place}", address=("3", "1", f"50{place}"))
    for number in AGENT_NUMBERS[:3]:
        Staff.objects.create_staff(staff_no=number, name="坐席", password=None)

    for _ in range(2):
        play_kinds(now=system_clock.now(), zone=active_pack().calendar.zone)

    kinds = set(Case.objects.values_list("kind", flat=True))
    assert kinds == {
        "consultation", "complaint", "repair", "new_connection", "home_service", "network_fault",
    }  # fmt: skip
    assert Incident.objects.get().members.count() == 3
    assert AnswerRequest.objects.count() == 1
    filled = CaseDetail.objects.values_list("case__kind", flat=True)
    assert set(filled) == kinds
