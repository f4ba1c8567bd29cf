"""The pages of customers and premises: who may open what, what is shown, what is put on record."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.customers.models import CareEntry, Customer, Estate, Merge, Occupancy, Phone, Premises
from shouwen.customers.operations import merge
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests.apps.customers.registers import TODAY, act, customer, living, premises
from tests.people import case

pytestmark = pytest.mark.django_db

SERVES = {Role.AGENT, Role.CLERK, Role.DISPATCHER}
CORRECTS = {Role.AGENT, Role.CLERK}
KEEPS = {Role.CLERK}
# name of the route → who may use it; everybody else gets 403
ALLOWED = {
    "customers": SERVES,
    "customer": SERVES,
    "customer_phone": SERVES,
    "premises": SERVES,
    "cases_of_customer": SERVES,
    "care_register": KEEPS,
    "estates": KEEPS,
    "register_customer": CORRECTS,
    "act_on_customer": CORRECTS,
    "move_out": CORRECTS,
    "act_on_care": KEEPS,
    "unmerge": KEEPS,
    "register_premises": KEEPS,
    "act_on_premises": KEEPS,
    "remove_meter": KEEPS,
    "remove_appliance": KEEPS,
    "set_aliases": KEEPS,
}
READ = ("customers", "customer", "premises", "cases_of_customer", "care_register", "estates")


def somebody(role: Role) -> Staff:
    number = f"t-{role.value}"[:16]
    there = Staff.objects.filter(staff_no=number).first()
    return there or Staff.objects.create_staff(
        staff_no=number, name="何静", password=None, roles={role}
    )


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(somebody(role))
    return client


@pytest.fixture
def person() -> Customer:
    return living("王文秀", premises("青梧里", "3", "1", "502"), phones=("14077002093",))


def url_of(name: str, person: Customer) -> str:
    home = person.occupancies.get().premises
    args: dict[str, list[object]] = {
        "customer": [person.pk],
        "customer_phone": [person.pk, person.phones.get().pk],
        "premises": [home.pk],
        "cases_of_customer": [person.pk],
        "act_on_customer": [person.pk, "correct"],
        "move_out": [person.occupancies.get().pk],
        "act_on_care": [uuid.uuid4(), "review"],
        "unmerge": [uuid.uuid4()],
        "act_on_premises": [home.pk, "meter"],
        "remove_meter": [uuid.uuid4()],
        "remove_appliance": [uuid.uuid4()],
        "set_aliases": [home.estate_id],
    }
    return reverse(name, args=args.get(name, []))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_exactly_what_it_may(person, role):
    client = signed_in(role)

    refused = {
        name for name in ALLOWED if _ask(client, name, url_of(name, person)).status_code == 403
    }

    assert refused == {name for name, roles in ALLOWED.items() if role not in roles}


def _ask(client: Client, name: str, url: str):
    return client.get(url) if name in READ else client.post(url)


def acted(what: str, **fields: str) -> dict[str, str]:
    return {"act_id": str(uuid.uuid4()), **fields}


# --- searching --------------------------------------------------------------------------------------


def test_a_search_is_put_on_record_without_its_words(person):
    signed_in(Role.AGENT).get("/customers/", {"q": "青梧里 王"})

    entry = Entry.objects.get(kind="data.read")
    assert entry.data == {"field": "search", "parts": 2, "found": 1}


def test_an_agent_tells_two_things_and_a_dispatcher_one(person):
    asked = {"q": "王文"}

    assert "再说一样" in signed_in(Role.AGENT).get("/customers/", asked).content.decode()
    assert "王文秀" in signed_in(Role.DISPATCHER).get("/customers/", asked).content.decode()


def test_a_result_shows_the_number_masked(person):
    page = signed_in(Role.AGENT).get("/customers/", {"q": "2093"}).content.decode()

    assert "140 **** 2093" in page
    assert "14077002093" not in page


def test_more_than_a_page_of_results_goes_on_with_the_next(person):
    home = premises("青梧里", "4", "1", "101")
    for number in range(25):
        living(f"王{number:02d}", home)
    client = signed_in(Role.DISPATCHER)

    first = client.get("/customers/", {"q": "王"})
    after = first.context["page"].more_url.rpartition("=")[2]
    second = client.get("/customers/", {"q": "王", "after": after})

    assert len(first.context["page"].rows) == 20
    assert len(second.context["page"].rows) == 6
    assert second.context["page"].more_url == ""


def test_a_free_home_is_found_by_its_address():
    premises("青梧里", "9", "1", "101")

    page = signed_in(Role.AGENT).get("/customers/", {"q": "青梧里9-1-101"}).content.decode()

    assert "没有登记住户的地址" in page


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "1e9"])
def test_a_mark_that_was_tampered_with_does_no_harm(person, after):
    answer = signed_in(Role.AGENT).get("/customers/", {"q": "2093", "after": after})

    assert answer.status_code == 200


# --- query budgets ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 19])
def test_a_search_costs_the_same_however_many_rows_it_shows(
    django_assert_max_num_queries, count, person
):
    home = premises("青梧里", "4", "1", "101")
    for number in range(count):
        living(f"王{number:02d}", home, phones=(f"1407700{number:04d}",))
    client = signed_in(Role.DISPATCHER)

    with django_assert_max_num_queries(22):
        client.get("/customers/", {"q": "王"})


def test_the_page_of_a_customer_has_a_budget(django_assert_max_num_queries, person):
    for number in range(5):
        home = premises("青梧里", "7", "1", f"{number}01")
        Occupancy.objects.create(
            customer=person, premises=home, relation="owner", since=date(2021, 1, 1)
        )
    client = signed_in(Role.CLERK)

    with django_assert_max_num_queries(26):
        client.get(f"/customers/{person.pk}/")


# --- acts ---------------------------------------------------------------------------------------------


def test_a_number_is_shown_in_full_on_request_and_that_is_put_on_record(person):
    url = url_of("customer_phone", person)
    client = signed_in(Role.AGENT)

    assert "14077002093" in client.post(url).content.decode()
    assert "14077002093" not in client.get(url).content.decode()
    assert Entry.objects.get(kind="data.read").data == {"field": "phone"}


def test_opening_a_customer_is_put_on_record(person):
    signed_in(Role.AGENT).get(f"/customers/{person.pk}/")

    assert Entry.objects.get(kind="data.read").data == {"field": "customer"}


def test_somebody_new_is_registered_and_moves_in(person):
    home = person.occupancies.get().premises

    answer = signed_in(Role.AGENT).post(
        "/customers/new/",
        acted(
            "register",
            name="李四",
            phones="14077004093 0451-8233001",
            premises=str(home.pk),
            relation="tenant",
            on="2026-10-01",
        ),
    )

    found = Customer.objects.get(name="李四")
    assert answer.status_code == 302
    assert found.surname == "李"
    assert Phone.objects.filter(customer=found).count() == 2
    assert found.occupancies.get().relation == "tenant"


def test_registering_twice_with_one_act_is_one_customer():
    client, said = signed_in(Role.AGENT), acted("register", name="李四")

    for _ in range(2):
        client.post("/customers/new/", said)

    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("correct", {"name": "王文秀", "phones": "12"}, "不是电话号码"),
        ("correct", {"name": ""}, "写下姓名或单位名"),
        ("move_in", {"address": "不知道哪里", "relation": "owner", "on": "2026-01-01"}, "没有这个地址"),
        ("move_in", {"address": "青梧里3-1-502", "relation": "owner", "on": "2026-01-01"}, "已经登记在这里"),
        ("move_in", {"address": "青梧里3-1-502", "relation": "owner", "on": "x"}, "日期写成"),
        ("care", {"kind": "ill", "needs": "x", "how": "hall", "at_home": "yes"}, "没有本人同意"),
        (
            "care",
            {"kind": "ill", "needs": "x", "how": "hall", "at_home": "yes", "consented_on": "2999-01-01"},
            "还没到",
        ),
        ("merge", {"pasted": "不是网址"}, "没有选另一份档案"),
    ],
)  # fmt: skip
def test_a_refused_act_says_why_on_the_page(person, what, fields, said):
    url = reverse("act_on_customer", args=[person.pk, what])

    answer = signed_in(Role.CLERK).post(url, acted(what, **fields))

    assert answer.status_code in (400, 409)
    assert said in answer.content.decode()


def test_an_agent_corrects_but_neither_merges_nor_registers_care(person):
    client = signed_in(Role.AGENT)

    answers = {
        what: client.post(
            reverse("act_on_customer", args=[person.pk, what]), acted(what)
        ).status_code
        for what in ("care", "merge", "correct", "nothing")
    }

    assert answers == {"care": 403, "merge": 403, "correct": 400, "nothing": 404}


def test_a_clerk_registers_care_reviews_and_ends_it(person):
    client = signed_in(Role.CLERK)
    client.post(
        reverse("act_on_customer", args=[person.pk, "care"]),
        acted("care", kind="ill", needs="卧床", how="signed", at_home="yes", consented_on="2026-01-01"),
    )  # fmt: skip
    entry = CareEntry.objects.get()

    register = client.get("/customers/care/").content.decode()
    client.post(reverse("act_on_care", args=[entry.pk, "review"]), acted("review"))
    client.post(reverse("act_on_care", args=[entry.pk, "end"]), acted("end"))

    entry.refresh_from_db()
    assert "卧床" in register
    assert "2.2.7" in register
    assert entry.until is not None


def test_an_agent_sees_that_care_is_needed_but_not_which(person):
    CareEntry.objects.create(
        customer=person,
        kind="ill",
        needs="卧床",
        consented_on=TODAY,
        consent_how="hall",
        since=TODAY,
        reviewed_on=TODAY,
        review_on=date(2027, 10, 9),
    )

    page = signed_in(Role.AGENT).get(f"/customers/{person.pk}/").content.decode()

    assert "可上门办手续" in page
    assert "卧床" not in page


def test_a_clerk_merges_by_the_address_of_the_page_and_undoes_it(person):
    other = customer("王文秀")
    client = signed_in(Role.CLERK)

    client.post(
        reverse("act_on_customer", args=[person.pk, "merge"]),
        acted("merge", pasted=f"http://127.0.0.1:8000/customers/{other.pk}/"),
    )
    gone = client.get(f"/customers/{other.pk}/").status_code
    client.post(reverse("unmerge", args=[Merge.objects.get().pk]), acted("unmerge"))

    assert gone == 404
    assert client.get(f"/customers/{other.pk}/").status_code == 200


def test_a_clerk_registers_premises_in_any_spelling_and_a_place_of_business():
    client = signed_in(Role.CLERK)
    Estate.objects.create(name="青梧里", aliases=["青梧"])

    for address, place in (
        ("青梧十二号楼三单元502", ""),
        ("槐树坊街17号", "小学食堂"),
        ("开发区", "机械厂"),
    ):
        client.post(
            "/premises/new/",
            acted("premises", address=address, place_name=place, customer_class="commercial"),
        )

    assert sorted(home.short_address for home in Premises.objects.all()) == [
        "开发区 机械厂",
        "槐树坊街 17号 小学食堂",
        "青梧里 12-3-502",
    ]


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("attribute", {"value": "zone:rural"}),
        ("point", {"account_no": "HB0001"}),
        ("meter", {"serial": "M1", "kind": "remote"}),
        ("appliance", {"kind": "boiler", "make": "前锋"}),
    ],
)
def test_a_clerk_equips_premises(person, what, fields):
    home = person.occupancies.get().premises
    client = signed_in(Role.CLERK)

    answer = client.post(
        reverse("act_on_premises", args=[home.pk, what]), acted(what, on="2026-01-01", **fields)
    )
    page = client.get(f"/premises/{home.pk}/").content.decode()

    assert answer.status_code == 302
    assert "2026-01-01 起" in page


def test_the_cases_of_a_customer_include_those_of_a_merged_record(person):
    other = customer("王文秀")
    case(customer=other, said="燃气表不走了")
    merge(act=act(), kept_id=person.pk, merged_id=other.pk)

    rows = signed_in(Role.DISPATCHER).get(f"/customers/{person.pk}/cases/").content.decode()

    assert "燃气表不走了" in rows


def test_the_search_field_of_every_page_leads_to_customers(person):
    client = signed_in(Role.AGENT)

    assert 'action="/customers/"' in client.get("/").content.decode()
    assert 'action="/customers/"' not in signed_in(Role.QA).get("/").content.decode()
