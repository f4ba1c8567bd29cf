"""The pages of figures: whose they are, what stands behind them, what is asked of the database."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import mend_figures, rejudge
from shouwen.clocks.queries import active_pack
from shouwen.core.events import Subject
from shouwen.people.models import Staff
from tests import people

pytestmark = pytest.mark.django_db
HANDLED = "repair-handled-6h"
ALL = reverse("figures")
ONE = reverse("figure", args=[HANDLED])


def signed_in(who: str | Staff) -> Client:
    client = Client()
    client.force_login(people.staff(who) if isinstance(who, str) else who)
    return client


def somebody(role: Role, *, department: str = "") -> Staff:
    return Staff.objects.create_staff(
        staff_no=f"8-{role}"[:16],
        name="某人",
        password=None,
        department=people.department(department) if department else None,
        roles={role},
    )


def missed(*, by: str = "wang_min", department: str = "repair", days: int = 1):
    """A repair that nobody saw to, reported some days ago."""
    now = system_clock.now()
    people.department(department)
    case = people.case(by=people.staff(by), at=now - timedelta(days=days), department=department)
    rejudge(subject=Subject("case", case.pk), now=now)
    return case


def kept(*, by: str = "wang_min", department: str = "repair"):
    """A repair that was handled within the hour."""
    now = system_clock.now()
    at = now - timedelta(days=1)
    owner = people.staff(by)
    people.department(department)
    case = people.case(by=owner, at=at, department=department)
    operations.report(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        what="handled",
        by=owner,
        at=at + timedelta(minutes=50),
        now=now,
    )
    return case


def text(answer) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def row(page: str, rule: str = HANDLED) -> str:
    """The line of a rule, without its markup."""
    found = next(
        (
            each
            for each in re.findall(r"<tr data-row>.*?</tr>", page, re.DOTALL)
            if f"/{rule}/" in each
        ),
        "",
    )
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def numbers(page: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])20\d{6}-\d{4}(?![\w-])", page))


def test_the_next_page_load_shows_what_was_decided():
    client = signed_in("chen")
    missed()
    assert "0% 1" in row(text(client.get(ALL)))

    kept()

    assert "50% 2" in row(text(client.get(ALL)))


@pytest.mark.parametrize("who", ["admin", somebody])
def test_who_serves_no_customer_gets_no_figures(who):
    person = people.staff("admin") if who == "admin" else somebody(Role.SECURITY)
    client = signed_in(person)

    assert client.get(ALL).status_code == 403
    assert client.get(ONE).status_code == 403
    assert ALL not in client.get("/").content.decode()


def test_staff_see_their_own_figures_and_nobody_elses():
    own, others = missed(by="wang_min"), missed(by="lin_xiao")
    client = signed_in("wang_min")

    assert "0% 1" in row(text(client.get(ALL)))
    assert numbers(text(client.get(ONE))) == {own.number}
    assert client.get(f"{ALL}?person=1015").status_code == 403
    assert client.get(f"{ONE}?person=1015").status_code == 403
    assert others.number not in text(client.get(f"{ONE}?team=repair"))


def test_a_lead_sees_the_own_team_and_its_people():
    own, others = missed(department="emergency"), missed(department="repair")
    client = signed_in("zhou_min")

    page = text(client.get(ONE))

    assert numbers(page) == {own.number}
    assert others.number not in page
    assert "王敏" in page
    assert client.get(f"{ONE}?team=repair").status_code == 403
    assert client.get(f"{ALL}?team=repair").status_code == 403


@pytest.mark.parametrize("who", ["chen", "auditor"])
def test_managers_and_auditors_see_all_and_can_narrow_it(who):
    one, other = missed(department="emergency"), missed(by="lin_xiao", department="repair")
    client = signed_in(who)

    assert numbers(text(client.get(ONE))) == {one.number, other.number}
    assert numbers(text(client.get(f"{ONE}?team=repair"))) == {other.number}
    assert numbers(text(client.get(f"{ONE}?person=1031"))) == {one.number}
    assert "0% 1" in row(text(client.get(f"{ALL}?team=repair")))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.TRAINER])
def test_who_shapes_the_standard_sees_shares_and_no_names_or_cases(role):
    case = missed()
    client = signed_in(somebody(role))

    page = text(client.get(ONE))

    assert "没做到 1" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert case.number not in page
    assert "王敏" not in page
    assert client.get(f"{ONE}?person=1031").status_code == 403


def test_a_case_leads_to_its_page_and_its_reasons_only_where_they_may_be_seen():
    case = missed(by="wang_min", department="repair")
    ruling = Ruling.objects.get(subject_id=case.pk, rule_id=HANDLED)
    taker = people.staff("sun_li")
    case.owner = taker
    case.save(update_fields=["owner"])
    link = reverse("case", args=[case.number])
    why = reverse("why", args=[ruling.pk])

    manager, former = text(signed_in("chen").get(ONE)), text(signed_in("wang_min").get(ONE))

    assert link in manager
    assert why in manager
    assert case.number in former
    for address in re.findall(rf"{link}|{why}", former):
        assert signed_in("wang_min").get(address).status_code == 200


def test_cases_behind_a_figure_come_page_by_page():
    cases = {missed(days=1 + place % 20).number for place in range(60)}
    client = signed_in("chen")

    first = text(client.get(ONE))
    more = re.search(r'href="([^"]*after=[^"#]*)', first)
    assert more
    second = text(client.get(more[1]))

    assert numbers(first) | numbers(second) == cases
    assert numbers(first).isdisjoint(numbers(second))
    assert re.search(r'href="[^"]*after=[^"#]*#behind', second) is None


def test_exceptions_stand_apart_from_the_share():
    case = missed()
    kept()
    Ruling.objects.filter(subject_id=case.pk).update(verdict="excepted", reason="other")
    mend_figures()

    line = row(text(signed_in("chen").get(ALL)))

    assert "100% 1" in line
    assert numbers(text(signed_in("chen").get(f"{ONE}?verdict=excepted"))) == {case.number}


def test_aims_show_evidence_and_no_percentage():
    page = text(signed_in("chen").get(f"{ALL}?show=all"))

    line = row(page, "five-service-concepts")

    assert "%" not in line
    assert "只列证据" in line


@pytest.mark.parametrize("stage", ["pre_sale", "in_sale", "after_sale", "any"])
def test_a_stage_shows_its_rules_alone(stage):
    rules = active_pack().rules.values()

    page = text(signed_in("chen").get(f"{ALL}?show=all&stage={stage}"))

    shown = set(re.findall(r"/figures/([a-z0-9-]+)/\?", page))
    assert shown == {rule.id for rule in rules if rule.stage == stage}


def test_every_rule_has_its_line_chapter_by_chapter():
    page = text(signed_in("chen").get(f"{ALL}?show=all&sort=clause"))

    assert page.count("<tr data-row>") == len(active_pack().rules)
    assert "第 2.2 节" in page


@pytest.mark.parametrize(
    "query",
    [
        "from=2020-01-01&to=2019-01-01",
        "from=0001-01-01&to=9999-12-31",
        "from=x&to=y&period=z&stage=q&sort=s&show=t&verdict=v",
        "period=year&verdict=all&after=????",
        "from=2026-13-45&to=",
        "team=nowhere&person=nobody",
    ],
)
def test_an_address_that_makes_no_sense_shows_what_is_usual(query):
    missed()
    client = signed_in("chen")

    assert client.get(f"{ALL}?{query}").status_code == 200
    assert client.get(f"{ONE}?{query}").status_code == 200


def test_a_rule_that_is_not_there_is_not_found():
    assert signed_in("chen").get(reverse("figure", args=["no-such-rule"])).status_code == 404


@pytest.mark.parametrize(("address", "budget"), [(ALL, 11), (f"{ONE}?verdict=all", 22)])
def test_a_page_asks_the_same_of_the_database_however_much_there_is(address, budget):
    client = signed_in("chen")
    missed()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for place in range(4):
        missed(by=("lin_xiao", "zheng_lan")[place % 2], days=place + 1)
        kept(department="quality")

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= budget
