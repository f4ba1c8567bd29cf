"""What the standard says of a visit at the counter, on record and counted with everything else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.figures import FiguresScope
from shouwen.clauses.queries import breaches
from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.operations import recompute
from shouwen.counter import operations
from shouwen.counter.operations.ruling import rule_on_visit
from shouwen.reports.queries import cases_behind
from tests import people
from tests.apps.counter.hall import came, clerk, seated, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    for code in people.DEPARTMENTS:
        people.department(code)
    staff = seated(clerk())
    ticket()
    return came(staff, after=1)


def later(at, minutes: float):
    return replace(at, now=at.now + timedelta(minutes=minutes))


def served(at, *, farewell: bool = True) -> None:
    operations.tick(at, step="hall_greet", rule="greeting")
    operations.finish(later(at, 5), said=farewell)


def told(at) -> dict[str, str]:
    rows = Ruling.objects.filter(subject_kind="contact", subject_id=at.ticket.pk)
    return dict(rows.values_list("rule_id", "verdict"))


def test_nothing_is_ruled_while_somebody_is_served(at):
    operations.tick(at, step="hall_greet", rule="greeting")

    assert told(at) == {}


def test_a_visit_that_is_over_has_its_rulings_and_whoever_served_answers(at):
    served(at, farewell=False)

    assert told(at) == {"greeting": "met", "farewell": "missed"}
    row = Ruling.objects.get(rule_id="farewell")
    assert (row.staff_no, row.department, row.clause) == ("5001", "hall", "4.1.13")
    assert row.failed == ["not_said"]
    assert row.rule_from is not None
    assert FigureChange.objects.filter(rule_id="farewell", verdict="missed").count() == 1


def test_judged_anew_nothing_is_counted_twice(at):
    served(at)

    rule_on_visit(ticket=at.ticket)

    assert FigureChange.objects.filter(rule_id="greeting").count() == 1


def test_an_end_pressed_twice_is_ruled_once(at):
    served(at)
    operations.finish(later(at, 6), said=False)

    assert told(at)["farewell"] == "met"


def test_whoever_left_a_line_out_answers_for_it_though_another_took_leave(at):
    operations.tick(at, step="hall_greet", rule="greeting", said=False)
    operations.send_on(later(at, 2), counter="2")
    other = seated(clerk("5002", "周敏"), counter="2")
    next_at = came(other, at=at.now + timedelta(minutes=3))
    operations.tick(next_at, step="hall_greet", rule="greeting")
    operations.finish(later(next_at, 4), said=True)

    whose = dict(Ruling.objects.values_list("rule_id", "staff_no"))
    assert whose.items() >= {"greeting": "5001", "farewell": "5002"}.items()


def test_recompute_finds_and_mends_what_differs(at):
    served(at)
    Ruling.objects.filter(rule_id="greeting").update(verdict="missed", failed=["not_said"])
    Ruling.objects.filter(rule_id="farewell").delete()
    now = at.now + timedelta(hours=1)

    assert {each.rule_id for each in recompute(check=True, now=now)} == {"greeting", "farewell"}
    assert len(list(recompute(check=False, now=now))) == 2
    assert list(recompute(check=True, now=now)) == []
    assert told(at) == {"greeting": "met", "farewell": "met"}


def test_the_latest_breaches_of_a_clause_lead_to_the_case_of_the_visit(at):
    operations.classify(at, kind="complaint")
    served(at, farewell=False)
    viewer = people.staff("chen")

    (found,) = breaches(
        rules=["farewell"],
        steps=["case.reported"],
        scope=FiguresScope(),
        viewer=viewer,
        now=at.now + timedelta(hours=1),
    )

    assert found.ruling.subject_id == at.ticket.pk
    at.ticket.refresh_from_db()
    assert found.headline is not None
    assert found.headline.number == at.ticket.case.number
    behind = cases_behind(rulings=[found.ruling], viewer=viewer)
    assert behind[found.ruling.pk].headline.number == at.ticket.case.number


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有说"), ("en", "not said")])
def test_the_reasons_tell_the_counter_the_clause_and_what_was_noted(at, language, words):
    served(at, farewell=False)
    client = Client()
    client.force_login(people.staff("chen"))
    client.cookies["django_language"] = language
    missed = Ruling.objects.get(verdict="missed")

    page = client.get(reverse("ruling_why", args=[missed.pk])).content.decode()

    assert f'href="/clauses/{missed.clause}/"' in page
    assert "何静" in page
    assert words in page


def test_nobody_else_learns_why(at):
    served(at, farewell=False)
    client = Client()
    client.force_login(people.staff("wang_min"))

    answer = client.get(reverse("ruling_why", args=[Ruling.objects.get(verdict="missed").pk]))

    assert answer.status_code == 403


def test_figures_lead_from_a_rule_to_its_visits(at):
    served(at, farewell=False)
    client = Client()
    client.force_login(people.staff("chen"))

    path = reverse("figure", args=["farewell"])
    page = client.get(f"{path}?from=2026-10-01&to=2026-10-31").content.decode()

    assert "窗口接待" in page
    assert reverse("ruling_why", args=[Ruling.objects.get(verdict="missed").pk]) in page
