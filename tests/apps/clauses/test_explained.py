"""Every clock on a page leads to its reasons, and every mark of a clause to the clause."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.operations import make_promise, offer_handover
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import rejudge
from tests import people

pytestmark = pytest.mark.django_db

LINKED = re.compile(r'<a href="[^"]+" data-why class="sw-clock ')
PLAIN = re.compile(r'<span class="sw-clock sw-clock--(?!na)')
# Reasons that stand beside the clock in its row.
BESIDE = re.compile(r'class="(?:sw-due-a|sw-why-a)"')


@pytest.fixture
def case():
    now = system_clock.now()
    customer, premises = people.home()
    found = people.case(at=now - timedelta(minutes=20), customer=customer, premises=premises)
    make_promise(
        act_id=uuid.uuid4(), case_id=found.pk, kind="visit", words="下午上门",
        due_at=now + timedelta(hours=4), by=people.staff("wang_min"), at=now, now=now,
    )  # fmt: skip
    offer_handover(
        act_id=uuid.uuid4(), case_id=found.pk, to_staff=people.staff("sun_li"), note="请接",
        by=people.staff("wang_min"), at=now, now=now,
    )  # fmt: skip
    return found


def page(who: str, path: str) -> str:
    client = Client()
    client.force_login(people.staff(who))
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("wang_min", "/"),
        ("wang_min", "/cases/"),
        ("wang_min", "/cases/shift/"),
        ("wang_min", "/clocks/?scope=mine"),
        ("wang_min", "/cases/{number}/"),
        ("sun_li", "/cases/{number}/"),
    ],
)
def test_every_clock_on_a_page_leads_to_its_reasons(case, who, path):
    html = page(who, path.format(number=case.number))

    assert LINKED.findall(html) or BESIDE.findall(html)
    assert len(PLAIN.findall(html)) <= len(BESIDE.findall(html))


@pytest.mark.parametrize("path", ["/clocks/?scope=mine", "/cases/{number}/", "/"])
def test_every_mark_of_a_clause_leads_to_the_clause(case, path):
    html = page("wang_min", path.format(number=case.number))

    assert 'class="sw-clause" href="/clauses/' in html
    assert '<span class="sw-clause"' not in html


def test_whoever_sees_the_case_sees_why_its_clocks_are_due(case):
    clock = Clock.objects.filter(subject_id=case.pk, due_at__isnull=False)[0]

    assert "从记录重算，结果一致" in page("sun_li", reverse("why", args=[clock.pk]))


def test_the_timeline_leads_from_a_verdict_to_its_reasons():
    now = system_clock.now()
    late = people.case(at=now - timedelta(hours=40), said="打不着火")
    clock = Clock.objects.filter(subject_id=late.pk, due_at__isnull=False)[0]
    rejudge(subject=clock.subject, now=now)
    html = page("wang_min", f"/cases/{late.number}/?show=all")

    assert f"/clocks/{clock.pk}/why/" in html
