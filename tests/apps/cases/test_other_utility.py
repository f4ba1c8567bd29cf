"""The product runs by the standard of a water utility that is nothing but data."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.cases.operations import report
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import active_pack
from shouwen.hotline.operations import Alarm, send_alarm
from tests import people
from tests.apps.cases.pages import page, signed_in
from tests.apps.hotline.on_a_call import OnCall

pytestmark = pytest.mark.django_db

WATER = Path(__file__).parents[2] / "data" / "packs" / "clearwater"


@pytest.fixture(autouse=True)
def _water_utility(monkeypatch):
    monkeypatch.setenv("SHOUWEN_STANDARD", str(WATER))


def a_leak(**known: Any) -> Case:
    facts = {"said": "路面冒水，好像爆管了", "department": "leaks", "side": "company"}
    people.department("leaks")
    return people.case(kind="network_fault", at=system_clock.now(), **(facts | known))


def clocks_on(case: Case) -> set[str]:
    return set(Clock.objects.filter(subject_id=case.pk).values_list("rule_id", flat=True))


def test_a_leak_starts_the_clocks_of_the_water_utility():
    case = a_leak(severity="ordinary")

    assert case.department is not None
    assert clocks_on(case) == {"first-asked", "recorded-and-passed-on", "seep-repaired"}


def test_a_burst_is_due_by_its_own_limits():
    case = a_leak(severity="major")

    crew = Clock.objects.get(subject_id=case.pk, rule_id="crew-at-a-burst")

    assert crew.due_at is not None
    assert crew.started_at is not None
    assert crew.due_at - crew.started_at == timedelta(minutes=45)


def test_a_pressure_complaint_runs_through_its_chain():
    case = people.case(
        kind="complaint", said="水压太低，上不去", at=system_clock.now(), department=""
    )
    assert "pressure-answered" not in clocks_on(case)

    now = system_clock.now()
    report(what="arrived", act_id=uuid.uuid4(), case_id=case.pk, by=case.owner, at=now, now=now)

    assert {"pressure-measured", "pressure-answered"} <= clocks_on(case)


def test_the_pages_speak_the_words_of_the_water_utility():
    case = a_leak(severity="ordinary")
    client = signed_in("wang_min")

    shown = client.get(page(case)).content.decode()

    assert "渗漏 16 个值班小时修复" in shown
    assert "燃气" not in shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_its_clauses_and_coverage_open(language):
    client = signed_in("chen")
    client.cookies["django_language"] = language

    pages = [
        client.get(reverse("clauses")),
        client.get(reverse("coverage")),
        *(client.get(reverse("clause", args=[each.clause])) for each in active_pack().passages),
    ]

    assert {each.status_code for each in pages} == {200}
    assert "燃气" not in "".join(each.content.decode() for each in pages)


def test_a_clause_page_shows_its_words():
    text = signed_in("chen").get(reverse("clause", args=["3.3"])).content.decode()

    assert "一般渗漏在抢修队十六个值班小时内修复" in text


def test_the_first_page_names_the_utility():
    assert "清源水务" in Client().get("/", follow=True).content.decode()


def test_an_alarm_goes_to_the_department_that_the_standard_names():
    people.department("leaks")
    alarm = Alarm(
        id=uuid.uuid4(),
        place="",
        phone="",
        what="路面喷水",
        staff=people.staff("wang_min"),
        desk=None,
        workstation="",
    )

    case = send_alarm(alarm=alarm, now=system_clock.now())

    assert list(case.handovers.values_list("to_department__code", flat=True)) == ["leaks"]
    assert not case.gaps.filter(code="department").exists()


def test_a_call_of_a_utility_without_forms_is_taken_and_passed_on():
    call = OnCall()

    call.does("kind", kind="network_fault")
    screen = call.does("record", said="路面冒水")
    page = call.client.get(reverse("case", args=[call.case.number])).content.decode()

    assert "怎么办 <kbd" not in screen
    assert "业务表单" not in page
    assert not call.case.gaps.filter(code__startswith="form.").exists()
