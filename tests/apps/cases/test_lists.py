"""The list of cases and the late entry, as pages."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Escalation
from tests import people
from tests.apps.cases.acts import clock, fresh, offered, on
from tests.people import MORNING

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.SHOUWEN_ATTACHMENTS_DIR = tmp_path / "attachments"


def browser(who) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def send(client, case, what, **values):
    data = {"act_id": str(uuid.uuid4()), "version": str(case.version), **values}
    return client.post(reverse("act_on_case", args=[case.number, what]), data)


def late_form(**changed):
    yesterday = system_clock.now() - timedelta(days=1)
    return {
        "act_id": str(uuid.uuid4()),
        "kind": "complaint",
        "side": "company",
        "said": "抄表员态度不好",
        "reported_at": yesterday.strftime("%Y-%m-%dT%H:%M"),
        "first_asked": people.staff("wang_min").staff_no,
        "paper": "登记本 3 第 12 页",
        "reason": "power_cut",
        **changed,
    }


def test_a_paper_becomes_a_case_that_says_so():
    answer = browser("lin_xiao").post(reverse("enter_late"), late_form())

    case = Case.objects.get()
    page = browser("wang_min").get(reverse("case", args=[case.number])).content.decode()
    assert case.paper_entry.paper == "登记本 3 第 12 页"
    assert "登记本 3 第 12 页" in page
    assert f"已补录为工单 {case.number}" in answer.content.decode()


def test_a_late_entry_that_is_wrong_keeps_what_was_typed():
    wrong = late_form(reported_at="2099-01-01T08:00")

    answer = browser("lin_xiao").post(reverse("enter_late"), wrong)

    assert answer.status_code == 409
    assert "抄表员态度不好</textarea>" in answer.content.decode()


def test_what_is_escalated_stands_on_the_start_page_until_it_is_seen():
    case = people.case()
    late = clock(case, "repair-handled-6h")
    assert late.due_at
    told = Escalation.objects.create(
        id=uuid.uuid4(),
        case=case,
        clock_id=late.pk,
        due_at=late.due_at,
        rung="station-late",
        staff=people.staff("zhou_min"),
        told_at=MORNING,
    )
    client, url = browser("zhou_min"), reverse("escalation_seen", args=[told.pk])
    act = {"act_id": str(uuid.uuid4())}

    before = client.get(reverse("my_work")).content.decode()
    other = browser("wang_min").post(url, act)
    client.post(url, act)
    after = client.get(reverse("my_work")).content.decode()

    assert "升级到您的" in before
    assert other.status_code == 403
    assert "升级到您的" not in after


def test_the_list_shows_what_a_person_may_see_and_narrows_it():
    people.department("repair")
    mine = people.case(said="我的报修")
    people.case(by=people.staff("zheng_lan"), department="quality", said="别部门的投诉")
    closed = people.case(said="办完的")
    operations.close_case(**on(closed, 5))
    client = browser("wang_min")

    def shown(**query):
        return client.get(reverse("cases"), query).content.decode()

    assert "我的报修" in shown()
    assert "别部门的投诉" not in shown(state="all")
    assert "办完的" in shown(state="settled")
    assert "我的报修" not in shown(state="settled")
    assert "我的报修" not in shown(kind="complaint")
    assert mine.number in shown(mine="1", department="repair")


def test_pages_of_the_list_follow_each_other_without_gaps(monkeypatch):
    monkeypatch.setattr("shouwen.cases.views.listing.ROWS", 4)
    made = {people.case(at=MORNING + timedelta(minutes=place // 3)).number for place in range(10)}
    client, seen = browser("zhou_min"), []
    url = reverse("cases")
    while url:
        page = client.get(url).context["page"]
        seen += [row.number for row in page.rows]
        url = page.more_url

    assert len(seen) == len(set(seen)) == 10
    assert set(seen) == made


def test_the_list_costs_the_same_number_of_queries_whatever_its_length(
    django_assert_max_num_queries,
):
    for _ in range(12):
        people.case()
    client = browser("zhou_min")

    with django_assert_max_num_queries(9):
        client.get(reverse("cases"))


def test_the_case_page_costs_the_same_number_of_queries_however_full_it_is(
    django_assert_max_num_queries,
):
    case = people.case()
    client = browser("wang_min")
    for _ in range(4):
        other = people.case()
        operations.link_cases(other_id=other.pk, kind="related", **on(case, 3))
        send(client, fresh(case), "attach", file=SimpleUploadedFile("a.png", PNG))
    offered(case, 9)

    with django_assert_max_num_queries(32):
        client.get(reverse("case", args=[case.number]))
