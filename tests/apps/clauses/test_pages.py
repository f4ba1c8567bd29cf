"""The standard as pages: found, read, shown how it is kept, and only as far as one may see."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.operations import report
from shouwen.clauses.presenters.tree import chapter_of
from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.operations import rejudge
from shouwen.clocks.queries import active_pack
from shouwen.people.models import Staff
from tests import people

pytestmark = pytest.mark.django_db

REPAIR = "2.2.4"
CONSULTATION = "5.3.4"


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def text(response):
    return response.content.decode()


@pytest.fixture
def late_repair():
    """A repair of this month that nobody went to, judged when all its times were over."""
    now = system_clock.now()
    case = people.case(at=now - timedelta(hours=40))
    rejudge(subject=Clock.objects.filter(subject_id=case.pk)[0].subject, now=now)
    return case


# --- finding and reading ----------------------------------------------------------------------------------


def test_every_clause_is_listed_under_its_chapter_and_gaps_once_more():
    page = text(signed_in("wang_min").get("/clauses/"))

    numbers = re.findall(r'href="/clauses/([^/"]+)/"', page)
    gaps = [passage.clause for passage in active_pack().passages if passage.gap]
    assert len(set(numbers)) == len(active_pack().passages)
    assert all(numbers.count(clause) == 2 for clause in gaps)
    assert "服务承诺" in page


def test_every_passage_stands_in_a_chapter_that_has_a_name():
    pack = active_pack()

    assert [p.clause for p in pack.passages if not chapter_of(p.clause, pack).title.zh] == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("5.3.4", CONSULTATION),
        ("两个工作日", CONSULTATION),
        ("您还有其他问题吗", "5.2.12"),
        ("two working days", CONSULTATION),
    ],
)
def test_a_clause_is_found_by_number_title_our_wording_and_the_lines_that_are_said(words, found):
    page = text(signed_in("wang_min").get("/clauses/", {"q": words}))

    assert f'href="/clauses/{found}/"' in page
    assert 'href="/clauses/3.1.1-4/"' not in page


def test_looking_for_nothing_known_says_so_and_htmx_gets_the_rows_alone():
    client = signed_in("wang_min")

    assert "没有找到" in text(client.get("/clauses/", {"q": "没有这个词"}))
    assert "<html" not in text(
        client.get("/clauses/", {"q": "投诉"}, headers={"HX-Request": "true"})
    )


@pytest.mark.parametrize("clause", [passage.clause for passage in active_pack().passages])
def test_every_clause_has_a_page_with_its_rules_in_words_and_its_examples_passing(clause):
    page = text(signed_in("wang_min").get(f"/clauses/{clause}/"))

    assert "样例不符" not in page
    assert "样例通过" in page
    assert "软件怎样执行" in page or page.count("sw-cl-rule") > 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_clause_tells_its_number_as_printed_its_rule_and_where_it_lives(language):
    client = signed_in("wang_min")
    client.cookies["django_language"] = language

    page = text(client.get(f"/clauses/{CONSULTATION}/"))

    assert "15.3.4" in page
    assert ("2 个工作日" if language == "zh-hans" else "2 working days") in page
    assert ("答复客户" if language == "zh-hans" else "customer answered") in page
    assert 'href="/clauses/5.3.3/"' in page
    assert 'data-key="]"' in page


def test_a_clause_that_is_not_there_is_not_found():
    assert signed_in("wang_min").get("/clauses/99.9/").status_code == 404


def test_a_stranger_signs_in_first_and_everybody_in_the_house_reads():
    nobody = Staff.objects.create_staff(staff_no="8-x", name="某人", password=None, roles=set())
    reader = Client()
    reader.force_login(nobody)

    assert Client().get(f"/clauses/{REPAIR}/").status_code == 302
    assert reader.get(f"/clauses/{REPAIR}/").status_code == 200
    assert reader.get("/coverage/").status_code == 200


# --- how it is kept ---------------------------------------------------------------------------------------


def test_the_page_shows_the_figure_of_this_month_and_what_it_got_stuck_on(late_repair):
    page = text(signed_in("chen").get(f"/clauses/{REPAIR}/"))

    assert "本月做到" in page
    assert "最近没做到" in page
    assert f"/cases/{late_repair.number}/" in page
    assert re.search(r"卡在：“[^”]+”之后等了", page)
    assert "/why/" in page


def test_whoever_sees_no_figures_reads_the_clause_without_them(late_repair):
    page = text(signed_in("admin").get(f"/clauses/{REPAIR}/"))

    assert "本月做到" not in page
    assert late_repair.number not in page


def test_figures_and_cases_of_others_stay_theirs(late_repair):
    stranger = text(signed_in("zheng_lan").get(f"/clauses/{REPAIR}/"))

    assert late_repair.number not in stranger
    assert "近 12 个月没有" in stranger


def test_the_reasons_of_a_ruling_with_a_clock_are_those_of_the_clock(late_repair):
    ruling = Ruling.objects.filter(verdict="missed")[0]

    answer = signed_in("chen").get(reverse("ruling_why", args=[ruling.pk]))

    assert answer["Location"] == reverse("why", args=[ruling.pk])


# --- coverage ---------------------------------------------------------------------------------------------


def test_the_coverage_lists_every_clause_and_narrows():
    client = signed_in("wang_min")

    whole, gaps = text(client.get("/coverage/")), text(client.get("/coverage/?show=gap"))

    assert whole.count("<tr data-row>") == len(active_pack().passages)
    assert gaps.count("<tr data-row>") == sum(p.gap is not None for p in active_pack().passages)
    assert "还缺：" in text(client.get("/coverage/?show=not_lived"))
    assert client.get("/coverage/?show=nonsense").status_code == 200


# --- budgets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"), [("/clauses/", 12), ("/coverage/", 10), (f"/clauses/{REPAIR}/", 32)]
)
def test_a_page_asks_the_same_number_of_queries_however_much_there_is(
    late_repair, django_assert_max_num_queries, path, most
):
    client = signed_in("chen")
    client.get(path)
    for _ in range(3):
        case = people.case(at=system_clock.now() - timedelta(hours=40))
        report(
            act_id=uuid.uuid4(), case_id=case.pk, what="dispatched", by=people.staff("wang_min"),
            at=system_clock.now(), now=system_clock.now(),
        )  # fmt: skip

    with django_assert_max_num_queries(most):
        client.get(path)
