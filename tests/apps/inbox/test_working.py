"""Working on letters: taken, made a case with clocks from their arrival, answered, tied, set aside."""

import uuid

import pytest

from shouwen.cases.models import Case, CaseNote, Handover
from shouwen.clocks.models import Clock
from shouwen.core.mail import MailFile
from shouwen.inbox import operations, queries
from shouwen.inbox.presenters.drafting import drafts_for
from shouwen.messages.models import Message
from tests import people
from tests.apps.inbox.post import ARRIVED, NOW, mailed, posted, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    for code in people.DEPARTMENTS:
        people.department(code)
    return people.staff("wang_min")


def act(letter, by, **more):
    return {"act_id": uuid.uuid4(), "letter_id": letter.pk, "by": by, "now": NOW, **more}


def made(letter, by, kind="repair"):
    return operations.make_case(**act(letter, by, kind=kind, store=queries.file_store()))


def test_whoever_takes_a_letter_is_the_first_asked_and_its_clocks_run_from_the_arrival(agent):
    letter = mailed(written("燃气表走得太快，怀疑表不准"))

    case = made(letter, agent, kind="complaint")

    assert (case.first_asked, case.channel, case.reported_at) == (agent, "mail", ARRIVED)
    clock = Clock.objects.get(rule_id="complaint-answered-72h")
    assert clock.started_at == ARRIVED
    letter.refresh_from_db()
    assert (letter.state, letter.case, letter.owner) == ("in_case", case, agent)


def test_a_form_leads_to_the_customer_of_its_number_and_brings_its_files(agent):
    customer, premises = people.home()
    letter = posted(files=(MailFile("表.pdf", b"%PDF-1.4 x"),))

    case = made(letter, agent)

    assert (case.customer, case.premises, case.channel) == (customer, premises, "web")
    assert case.attachments.get().original_name == "表.pdf"
    assert case.caller_phone == "14077002093"


def test_a_letter_has_one_owner(agent):
    letter = posted()
    operations.take_letter(**act(letter, agent))

    with pytest.raises(operations.Taken):
        operations.take_letter(**act(letter, people.staff("lin_xiao")))


def test_the_same_press_makes_one_case(agent):
    letter = posted()
    press = act(letter, agent, kind="repair", store=queries.file_store())

    cases = {operations.make_case(**press).pk for _ in range(2)}

    assert len(cases) == 1
    assert Case.objects.count() == 1


def test_an_answer_goes_by_mail_and_answers_the_case_too(agent):
    letter = mailed()
    case = made(letter, agent, kind="consultation")

    operations.answer_letter(**act(letter, agent, words="带身份证和产权证明", template="answer"))

    message = Message.objects.get(text_id="letter-answered")
    assert message.recipient == "ruan@example.com"
    assert case.number in message.title
    assert "带身份证和产权证明" in message.body
    assert CaseNote.objects.filter(case=case, text__contains="带身份证").exists()


def test_a_letter_without_a_case_is_answered_under_its_receipt(agent):
    letter = mailed()

    operations.answer_letter(**act(letter, agent, words="周一至周五", template=""))

    letter.refresh_from_db()
    assert (letter.state, letter.owner) == ("answered", agent)
    assert letter.receipt in Message.objects.get(text_id="letter-answered").title


def test_a_machine_is_never_answered(agent):
    letter = mailed(written(Auto_Submitted="auto-replied"))

    with pytest.raises(operations.NotAnswerable):
        operations.answer_letter(**act(letter, agent, words="好的", template=""))

    assert not Message.objects.exists()


def test_a_letter_joins_a_case_that_is_under_way(agent):
    case = people.case()
    letter = mailed(written("还有一件：灶也打不着"))

    operations.tie_to_case(**act(letter, agent, case=case, store=queries.file_store()))

    letter.refresh_from_db()
    assert letter.case == case
    assert CaseNote.objects.filter(case=case, text__contains="灶也打不着").exists()


def test_spam_keeps_its_reason_and_may_be_taken_back(agent):
    letter = mailed()

    operations.set_aside(**act(letter, agent, reason="advertising"))
    letter.refresh_from_db()
    assert (letter.state, letter.spam_reason) == ("set_aside", "advertising")
    operations.take_back(**act(letter, agent))

    letter.refresh_from_db()
    assert (letter.state, letter.spam_reason) == ("new", "")


def test_an_alarm_from_a_letter_goes_out_whoever_has_taken_it(agent):
    letter = posted("家里漏气，味道很大")
    operations.take_letter(**act(letter, people.staff("lin_xiao")))

    case = operations.send_crew(**act(letter, agent, store=queries.file_store()))

    assert case.kind == "alarm"
    assert Handover.objects.get().to_department == people.department("emergency")
    assert queries.in_danger() == []


def test_an_alarm_from_a_letter_that_is_a_case_already_changes_the_case(agent):
    letter = posted("家里漏气，味道很大")
    case = made(letter, agent)

    operations.send_crew(**act(letter, agent, store=queries.file_store()))

    case.refresh_from_db()
    assert case.kind == "alarm"
    assert Handover.objects.get().case == case


def test_a_draft_begins_with_the_form_of_address_and_ends_as_the_standard_says(agent):
    people.home()
    letter = posted(mail="ruan@example.com")
    case = made(letter, agent)
    letter.case = case

    [draft, *_] = [words for _id, _title, words in drafts_for(letter, queries.readable_letters())]

    assert draft.startswith("阮女士：\n您好！10月9日的来信")
    assert draft.endswith("多谢您的支持！")
