import pytest
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.messages.models import Message
from tests.apps.messages.outside import NOON, PHONE, SECOND, asked, fresh, sent_out, told
from tests.people import staff

pytestmark = pytest.mark.django_db
READERS = {Role.DISPATCHER: "zhou_min", Role.COMPANY_MANAGER: "chen", Role.AUDITOR: "auditor"}
OTHERS = ["wang_min", "li_qiang", "sun_li", "admin"]


@pytest.fixture
def desk(client):
    """A dispatcher's browser."""
    client.force_login(staff("zhou_min"))
    return client


def failed(gateway, key: str = "a") -> Message:
    gateway.behaviours.append("refuse")
    message = asked(key, params={"number": key})
    sent_out()
    return fresh(message)


@pytest.mark.parametrize("who", READERS.values())
def test_those_who_steer_or_audit_see_the_messages(client, who):
    client.force_login(staff(who))

    assert client.get(reverse("messages")).status_code == 200
    assert client.get(reverse("message_rows")).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_them(client, who):
    client.force_login(staff(who))

    assert client.get(reverse("messages")).status_code == 403
    assert client.get(reverse("message_rows")).status_code == 403


@pytest.mark.parametrize("who", [*OTHERS, "auditor"])
def test_nobody_but_those_who_steer_sends_again(client, gateway, who):
    message = failed(gateway)
    client.force_login(staff(who))

    assert client.post(reverse("retry_message", args=[message.pk])).status_code == 403
    assert fresh(message).state == "failed"


def test_a_stranger_is_asked_to_sign_in(client):
    for name, args in (("messages", []), ("message_rows", []), ("retry_message", [asked().pk])):
        answer = client.post(reverse(name, args=args)) if args else client.get(reverse(name))
        assert answer["Location"].startswith(reverse("sign_in"))


def test_the_list_shows_no_number_and_no_words_of_the_message(desk):
    message = asked(params={"number": "8842"})

    page = desk.get(reverse("messages")).content.decode()

    assert "140 **** 2093" in page
    assert "受理通知" in page
    assert PHONE not in page
    assert message.body not in page


def test_a_failed_message_says_why_and_can_be_sent_again(desk, gateway):
    message = failed(gateway)
    listed = desk.get(reverse("messages"), {"state": "failed"}).content.decode()

    answer = desk.post(f"{reverse('retry_message', args=[message.pk])}?state=failed")

    assert "对方系统拒收" in listed
    assert answer["Location"] == f"{reverse('messages')}?state=failed"
    assert fresh(message).state == "queued"
    assert told(message)[-1] == "message.retried"


def test_sending_again_what_has_been_sent_again_is_said_in_words(desk, gateway):
    message = failed(gateway)
    desk.post(reverse("retry_message", args=[message.pk]))

    again = desk.post(reverse("retry_message", args=[message.pk]))

    assert again.status_code == 409
    assert "不能重发" in again.content.decode()


def test_a_message_that_is_not_there_is_not_found(desk):
    nowhere = reverse("retry_message", args=["01890000-0000-7000-8000-000000000000"])

    assert desk.post(nowhere).status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(desk):
    numbers = [f"14077{n:06}" for n in range(120)]
    for n, number in enumerate(numbers):
        asked(number, to=number, now=NOON + n * SECOND)

    address, seen = reverse("messages"), []
    while address:
        page = desk.get(address).context["page"]
        seen += [row.recipient[-4:] for row in page.rows]
        address = page.more_url

    assert seen == [number[-4:] for number in reversed(numbers)]


@pytest.mark.parametrize("count", [1, 45])
def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    desk, django_assert_max_num_queries, count
):
    for n in range(count):
        asked(str(n), to=f"14077{n:06}")

    with django_assert_max_num_queries(7):  # one of them for the letters that the rail counts
        desk.get(reverse("messages"))


@pytest.mark.parametrize("query", [{"state": "nonsense"}, {"before": "nonsense"}])
def test_an_address_with_nonsense_shows_all(desk, query):
    asked()

    assert len(desk.get(reverse("messages"), query).context["page"].rows) == 1


def test_the_list_reads_in_english(desk, gateway):
    failed(gateway)

    page = desk.get(reverse("messages"), headers={"Accept-Language": "en"}).context["page"]

    assert page.rows[0].title == "Case received"
