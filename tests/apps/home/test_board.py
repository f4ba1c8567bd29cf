"""The clock board: page after page shows every clock once, the most urgent first, and only what one may see."""

import html
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import rejudge
from shouwen.core.events import Subject
from shouwen.home.views.clock_board import ROWS, scopes_of
from tests import people

pytestmark = pytest.mark.django_db

BOARD = "/clocks/"


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def shown(page: str) -> list[uuid.UUID]:
    """The clocks of a page in its order."""
    return [uuid.UUID(found) for found in re.findall(r"/clocks/([0-9a-f-]{36})/why/", page)][::2]


def pages(client: Client, address: str) -> Iterator[str]:
    """The page and all that follow it."""
    for _ in range(20):
        page = client.get(address).content.decode()
        yield page
        more = re.search(r'href="(/clocks/\?[^"]*after=[^"]*)"', page)
        if more is None:
            return
        address = html.unescape(more[1])
    raise AssertionError("the pages have no end")


def open_clocks(**of: object) -> list[uuid.UUID]:
    rows = Clock.objects.filter(is_open=True, **of).order_by("urgency_at", "id")
    return list(rows.values_list("pk", flat=True))


@pytest.fixture
def many() -> None:
    """Three dozen repairs, several of them at the very same moment: more clocks than two pages hold."""
    people.department("repair")
    begun = system_clock.now() - timedelta(hours=3)
    for place in range(36):
        people.case(at=begun + timedelta(minutes=place // 3))


@pytest.mark.usefixtures("many")
def test_page_after_page_shows_every_clock_once_the_most_urgent_first():
    found = [shown(page) for page in pages(signed_in("zhou_min"), BOARD)]

    everything = open_clocks()
    assert len(everything) > 2 * ROWS
    assert [len(page) for page in found[:-1]] == [ROWS] * (len(found) - 1)
    in_order = [clock for page in found for clock in page]
    assert sorted(in_order) == sorted(everything)
    assert in_order == everything


@pytest.mark.usefixtures("many")
def test_a_clock_that_ends_between_two_pages_hides_no_other():
    client = signed_in("zhou_min")
    walk = pages(client, BOARD)
    first = shown(next(walk))
    gone = Clock.objects.get(pk=first[-1])

    operations.close_case(
        act_id=uuid.uuid4(),
        case_id=gone.subject_id,
        by=people.staff("wang_min"),
        at=system_clock.now(),
        now=system_clock.now(),
    )
    rest = [clock for page in walk for clock in shown(page)]

    assert set(open_clocks()) <= {*first, *rest}
    assert not set(first) & set(rest)


@pytest.mark.parametrize("after", ["nonsense", "", "====", "%00", "bm93", "MjAyNi0wMS0wMSB4"])
def test_an_address_that_was_tampered_with_shows_the_first_page(after):
    people.case()

    response = signed_in("zhou_min").get(f"{BOARD}?after={after}&scope=moon&state=moon")

    assert response.status_code == 200
    assert shown(response.content.decode()) == open_clocks()


# --- states -----------------------------------------------------------------------------------------------


@pytest.fixture
def one_of_each() -> dict[str, Case]:
    """A case that is late, one that has just begun, one that waits for the customer, one that was closed."""
    now = system_clock.now()
    cases = {
        "missed": people.case(at=now - timedelta(days=3)),
        "running": people.case(at=now - timedelta(minutes=1)),
        "paused": people.case(at=now - timedelta(minutes=2)),
    }
    rejudge(subject=Subject("case", cases["missed"].pk), now=now)
    paused = cases["paused"]
    operations.pause_clocks(
        act_id=uuid.uuid4(), case_id=paused.pk, by=paused.owner, reason="awaiting_customer",
        evidence="通话", at=now - timedelta(minutes=1), now=now,
    )  # fmt: skip
    done = people.case(at=now - timedelta(minutes=3))
    operations.close_case(act_id=uuid.uuid4(), case_id=done.pk, by=done.owner, at=now, now=now)
    return cases


@pytest.mark.parametrize("state", ["missed", "running", "paused"])
def test_a_tile_shows_the_clocks_of_its_state_alone(one_of_each, state):
    page = signed_in("zhou_min").get(f"{BOARD}?state={state}").content.decode()

    assert shown(page) == open_clocks(state=state)
    assert shown(page)


def test_what_was_kept_today_is_shown_on_asking(one_of_each):
    page = signed_in("zhou_min").get(f"{BOARD}?state=met").content.decode()

    met = set(Clock.objects.filter(state="met").values_list("pk", flat=True))
    assert met
    assert set(shown(page)) == met


def test_a_case_without_a_published_calendar_is_among_the_gaps():
    far = system_clock.now().replace(year=2031)
    case = people.case(kind="consultation", side="none", at=far)
    operations.report(
        act_id=uuid.uuid4(), case_id=case.pk, what="deferred", by=case.owner, at=far, now=far
    )

    page = signed_in("zhou_min").get(f"{BOARD}?state=gap").content.decode()

    assert shown(page) == open_clocks(state="no_promise")
    assert shown(page)


def test_an_empty_board_says_so():
    page = signed_in("zhou_min").get(BOARD).content.decode()

    assert "没有在走的钟" in page


# --- scopes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "scopes"),
    [
        ("zhou_min", ("all", "mine", "department")),
        ("chen", ("all", "mine", "department")),
        ("auditor", ("all", "mine", "department")),
        ("wang_min", ("department", "mine")),
        ("sun_li", ("department", "mine")),
        ("li_qiang", ("mine",)),
        ("admin", ("mine",)),
    ],
)
def test_how_far_somebody_looks_depends_on_the_role(who, scopes):
    assert scopes_of(people.staff(who)) == scopes


@pytest.fixture
def two_departments() -> tuple[Case, Case]:
    """A repair of 王敏's and a complaint of 林晓's."""
    people.department("repair")
    people.department("quality")
    at = system_clock.now() - timedelta(minutes=5)
    repair = people.case(at=at)
    complaint = people.case(
        at=at, by=people.staff("lin_xiao"), kind="complaint", department="quality", side="company"
    )
    return repair, complaint


@pytest.mark.parametrize(
    ("who", "scope", "sees"),
    [
        ("zhou_min", "all", (True, True)),
        ("zhou_min", "mine", (False, False)),
        ("sun_li", "department", (True, False)),
        ("sun_li", "mine", (False, False)),
        ("sun_li", "all", (True, False)),
        ("zheng_lan", "", (False, True)),
        ("wang_min", "mine", (True, False)),
        ("lin_xiao", "mine", (False, True)),
        ("li_qiang", "department", (False, False)),
        ("li_qiang", "all", (False, False)),
    ],
)
@pytest.mark.parametrize("name", ["clock_board", "clock_board_rows"])
def test_a_board_shows_what_its_scope_allows_and_no_more_on_asking(
    two_departments, who, scope, sees, name
):
    page = signed_in(who).get(f"{reverse(name)}?scope={scope}").content.decode()

    found = set(shown(page))
    seen = tuple(bool(found & set(open_clocks(subject_id=each.pk))) for each in two_departments)
    assert seen == sees


def test_roles_without_customers_have_no_board(two_departments):
    for name in ("clock_board", "clock_board_rows"):
        assert signed_in("admin").get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("wang_min", 200), ("lin_xiao", 403), ("li_qiang", 403)]
)
def test_the_drawer_opens_for_those_who_see_the_clock(two_departments, who, status):
    repair, _ = two_departments
    clock = Clock.objects.filter(subject_id=repair.pk, due_at__isnull=False)[0]

    response = signed_in(who).get(reverse("why", args=[clock.pk]))

    assert response.status_code == status


def test_a_clock_that_is_not_there_has_no_drawer():
    assert signed_in("zhou_min").get(reverse("why", args=[uuid.uuid4()])).status_code == 404


def test_the_drawer_comes_alone_to_htmx_and_with_the_board_otherwise(two_departments):
    clock = Clock.objects.filter(due_at__isnull=False)[0]
    client, path = signed_in("zhou_min"), reverse("why", args=[clock.pk])

    alone = client.get(path, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(f"{path}?scope=all").content.decode()

    assert "<html" not in alone
    assert "从记录重算，结果一致" in alone
    assert "<html" in whole
    assert 'aria-current="true"' in whole


def test_the_reasons_are_a_page_of_their_own_that_leads_back_to_where_one_came_from(
    two_departments,
):
    clock = Clock.objects.filter(due_at__isnull=False)[0]

    client, path = signed_in("zhou_min"), reverse("why", args=[clock.pk])
    page = client.get(path, headers={"Referer": "http://testserver/cases/?state=open"})
    elsewhere = client.get(path, headers={"Referer": "https://elsewhere.example/cases/"})

    assert "从记录重算，结果一致" in page.content.decode()
    assert 'class="sw-why-page"' in page.content.decode()
    assert 'href="/cases/?state=open"' in page.content.decode()
    assert "elsewhere.example" not in elsewhere.content.decode()


@pytest.mark.parametrize("name", ["clock_board", "clock_board_rows"])
def test_a_board_takes_no_more_queries_with_more_on_it(name, django_assert_max_num_queries):
    client = signed_in("zhou_min")
    customer, premises = people.home()
    people.case(customer=customer, premises=premises)
    client.get(reverse(name))  # what is read once for a process
    for place in range(12):
        customer, premises = people.home(
            phone=f"1400000{place:04}", address=("5", "1", f"{place}")
        )
        people.case(customer=customer, premises=premises)

    with django_assert_max_num_queries(14):
        client.get(reverse(name))
