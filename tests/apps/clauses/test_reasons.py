"""Why a finding on a call is what it is, for whoever sees the figure or the case."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.cases.models import Case
from shouwen.clocks.models import Ruling
from shouwen.people.models import Staff
from tests import calls, people
from tests.calls import played, samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed() -> Ruling:
    """A ruling on a sample call in which the standard was not kept."""
    calls.take_up_posts()
    calls.move_in()
    for name in ("S01", "S02", "S03", "S04"):
        assert played(samples()[name]).bad == []
    return Ruling.objects.filter(subject_kind="call", verdict="missed").order_by("pk")[0]


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_reasons_name_the_call_the_finding_the_version_and_the_clause(missed, language):
    client = signed_in("chen")
    client.cookies["django_language"] = language

    page = client.get(reverse("ruling_why", args=[missed.pk])).content.decode()

    finding = missed.subject
    assert finding.kind == "call"
    assert f'href="/clauses/{missed.clause}/"' in page
    assert "2025-01-01" in page
    assert 'class="sw-why-page"' in page


def test_htmx_gets_the_reasons_alone_for_the_drawer_of_a_page(missed):
    client = signed_in("chen")

    alone = client.get(reverse("ruling_why", args=[missed.pk]), headers={"HX-Request": "true"})

    assert "<html" not in alone.content.decode()
    assert 'id="why"' in alone.content.decode()


def test_what_was_said_on_the_call_is_not_repeated(missed):
    page = signed_in("chen").get(reverse("ruling_why", args=[missed.pk])).content.decode()

    said = [turn["text"] for turn in _call(missed).turns if len(turn["text"]) > 8]
    assert said
    assert not any(words in page for words in said)


def test_nobody_else_learns_of_a_finding(missed):
    for who in ("zheng_lan", "admin"):
        assert signed_in(who).get(reverse("ruling_why", args=[missed.pk])).status_code == 403


def test_whoever_shapes_the_standard_sees_the_figure_and_nobody_behind_it(missed):
    editor = Client()
    editor.force_login(
        Staff.objects.create_staff(staff_no="8-e", name="编辑", password=None, roles={Role.EDITOR})
    )

    page = editor.get(f"/clauses/{missed.clause}/").content.decode()

    assert "本月做到" in page
    assert "最近没做到" not in page
    assert editor.get(reverse("ruling_why", args=[missed.pk])).status_code == 403


def test_a_ruling_that_is_not_there_is_not_found(missed):
    assert signed_in("chen").get(reverse("ruling_why", args=[uuid.uuid4()])).status_code == 404


def _call(ruling: Ruling):
    return Case.objects.get(calls__pk=ruling.subject_id).calls.get(pk=ruling.subject_id)
