"""The inbox of agents, and the form on the web as strangers and machines meet it."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.core.mail import MailFile
from shouwen.inbox import queries
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.drafting import drafts_for
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.inbox.post import mailed, posted, written

pytestmark = pytest.mark.django_db
FILLED = {
    "name": "阮文秀",
    "phone": "140 7700 2093",
    "place": "青梧里3-1-502",
    "words": "燃气表没电了怎么办",
    "consent": "on",
}


@pytest.fixture
def agent():
    for code in people.DEPARTMENTS:
        people.department(code)
    client = Client()
    client.force_login(people.staff("wang_min"))
    return client


def send(client: Client, **told):
    return client.post(reverse("contact"), {**FILLED, "act_id": str(uuid.uuid4()), **told})


def act(client: Client, letter: Letter, what: str, **told: str):
    path = reverse("letter_act", args=[letter.receipt, what])
    return client.post(path, {"act_id": str(uuid.uuid4()), **told})


def drafted(letter: Letter, template: str) -> str:
    """The answer as the page drafts it."""
    letter = Letter.objects.select_related("case__customer").get(pk=letter.pk)
    drafts = drafts_for(letter, queries.readable_letters())
    return next(words for name, _title, words in drafts if name == template)


# --- the form on the web


def test_a_stranger_reads_the_danger_first_and_gets_a_receipt(client):
    page = client.get(reverse("contact")).content.decode()
    assert page.index("tel:") < page.index('name="words"')
    assert page.index("sw-alarm__say") < page.index('name="words"')

    answer = send(client, files=SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))

    letter = Letter.objects.get()
    assert letter.receipt in answer.content.decode()
    assert (letter.phone, letter.files.count()) == ("14077002093", 1)
    assert letter.consented_at is not None


def test_a_form_that_speaks_of_a_leak_says_again_to_call(client):
    answer = send(client, words="厨房闻到燃气味")

    assert 'role="alert"' in answer.content.decode()
    assert Letter.objects.get().danger


def test_without_consent_nothing_is_kept_and_the_words_stay(client):
    answer = send(client, consent="")

    assert answer.status_code == 422
    assert FILLED["words"] in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_form_without_the_forgery_token_is_refused():
    answer = send(Client(enforce_csrf_checks=True))

    assert answer.status_code == 403
    assert not Letter.objects.exists()


def test_forms_from_one_address_are_counted(client):
    statuses = [send(client).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert Letter.objects.count() == 5
    assert send(client, REMOTE_ADDR="10.9.8.7").status_code == 429  # a field is no address
    elsewhere = client.post(
        reverse("contact"), {**FILLED, "act_id": str(uuid.uuid4())}, REMOTE_ADDR="10.9.8.7"
    )
    assert elsewhere.status_code == 200


def test_a_machine_that_fills_in_the_hidden_field_gets_the_same_answer_and_no_attention(client):
    answer = send(client, website="http://example.com")

    assert answer.status_code == 200
    assert Letter.objects.get().state == "set_aside"


def test_a_receipt_tells_the_state_and_nothing_else(client):
    letter = posted()

    answer = client.post(
        reverse("contact_status"), {"receipt": letter.receipt, "tail": "2093"}
    ).content.decode()

    assert "已收到" in answer
    assert not any(word in answer for word in ("阮", "青梧里", "热水器", "14077002093"))


def test_nobody_tries_all_endings_of_a_number(client):
    letter = posted()

    tried = [
        client.post(reverse("contact_status"), {"receipt": letter.receipt, "tail": f"{n:04d}"})
        for n in range(11)
    ]

    assert {answer.status_code for answer in tried[:10]} == {404}
    assert tried[10].status_code == 429


def test_that_a_letter_was_set_aside_is_not_told(client):
    letter = posted(trapped=True)

    answer = client.post(reverse("contact_status"), {"receipt": letter.receipt, "tail": "2093"})

    assert "垃圾" not in answer.content.decode()


# --- the inbox


def test_the_list_and_the_letter_mask_what_is_personal(agent):
    letter = posted(mail="ruan@example.com")

    page = agent.get(reverse("letter", args=[letter.receipt])).content.decode()

    assert "140 **** 2093" in page
    assert "14077002093" not in page
    assert "ruan@example.com" not in page
    shown = agent.post(reverse("letter_phone", args=[letter.receipt])).content.decode()
    assert "14077002093" in shown
    assert Entry.objects.filter(kind="data.read", subject_id=letter.pk).count() == 1


def test_in_danger_the_number_to_call_stands_there(agent):
    letter = posted("厨房漏气")

    page = agent.get(reverse("letter", args=[letter.receipt])).content.decode()

    assert "14077002093" in page


def test_words_of_a_letter_are_words_and_never_marks(agent):
    letter = posted("<script>alert(1)</script>看不到账单")

    page = agent.get(reverse("letter", args=[letter.receipt])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_file_is_a_download_in_a_sandbox_and_journalled(agent):
    letter = posted(files=(MailFile("a.pdf", b"%PDF-1.4 x"),))

    answer = agent.get(reverse("letter_file", args=[letter.receipt, 1]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
    assert Entry.objects.filter(kind="data.read", subject_id=letter.pk).exists()


def test_the_next_page_begins_where_the_last_one_ended(agent):
    base = posted()
    at = base.recorded_at
    Letter.objects.bulk_create(
        Letter(
            id=uuid.UUID(int=n),
            key=f"{n:064d}",
            receipt=f"1009-{n:08d}",
            channel="web",
            arrived_at=at,
            recorded_at=at + timedelta(seconds=n // 2),
            words=f"第 {n} 封",
        )
        for n in range(1, 61)
    )

    first = agent.get(reverse("inbox")).content.decode()
    more = first.split('sw-box__foot"><a class="btn sw-btn-s" href="')[1].split('"')[0]
    second = agent.get(more.replace("&amp;", "&")).content.decode()

    receipts = {f"1009-{n:08d}" for n in range(1, 61)} | {base.receipt}
    on_first = {receipt for receipt in receipts if receipt in first}
    on_second = {receipt for receipt in receipts if receipt in second}
    assert len(on_first) == 50
    assert on_first.isdisjoint(on_second)
    assert on_first | on_second == receipts


def test_the_list_costs_the_same_however_many_letters(agent, django_assert_max_num_queries):
    for number in range(20):
        posted(f"第 {number} 件事")

    with django_assert_max_num_queries(12):
        agent.get(reverse("inbox"))


def test_an_alarm_rings_on_the_screens_of_those_who_serve(agent):
    assert "sw-alarms__line" not in agent.get(reverse("letter_alarms")).content.decode()
    letter = posted("楼道里有燃气味")

    shown = agent.get(reverse("letter_alarms")).content.decode()

    assert letter.receipt in shown
    assert "阮" not in shown
    assert 'id="sw-alarms"' in agent.get(reverse("my_work")).content.decode()


def test_a_letter_becomes_a_case_and_is_answered_from_its_page(agent):
    letter = mailed(written("表不走字"))

    made = act(agent, letter, "make_case", kind="repair")
    words = drafted(letter, "taken_on")
    act(agent, letter, "answer", words=words, template="taken_on")

    letter.refresh_from_db()
    assert letter.case is not None
    assert made["Location"] == reverse("case", args=[letter.case.number])
    assert Message.objects.filter(text_id="letter-answered").count() == 1


def test_a_letter_is_not_put_into_a_case_that_the_agent_may_not_see(agent):
    other = people.case(by=people.staff("zheng_lan"), department="quality")
    letter = mailed()

    answer = act(agent, letter, "tie", number=other.number)

    assert answer.status_code == 422
    assert Letter.objects.get(pk=letter.pk).case is None


def test_an_answer_that_cannot_go_keeps_its_words(agent):
    letter = posted()  # without an address

    answer = act(agent, letter, "answer", words="写了很久的答复", template="")

    assert answer.status_code == 409
    assert system_clock.now() > letter.recorded_at


def test_spam_needs_a_reason_from_the_list(agent):
    letter = mailed()

    assert act(agent, letter, "spam", reason="trap").status_code == 422
    assert act(agent, letter, "spam", reason="fraud").status_code == 302


def test_the_crew_is_sent_from_the_page_of_a_letter(agent):
    letter = posted("家里漏气", files=(MailFile("a.pdf", b"%PDF-1.4 x"),))

    answer = act(agent, letter, "crew")

    case = Case.objects.get()
    assert answer["Location"] == reverse("case", args=[case.number])
    assert case.handovers.get().to_department == people.department("emergency")


def test_the_rail_counts_the_letters_that_nobody_has_taken(agent):
    mailed()
    taken = posted()
    act(agent, taken, "take")

    page = agent.get(reverse("my_work")).content.decode()

    assert "1 封来信没人领" in page


def test_who_does_not_work_the_inbox_has_no_count(agent):
    mailed()
    other = Client()
    other.force_login(people.staff("admin"))

    assert "封来信没人领" not in other.get("/").content.decode()
