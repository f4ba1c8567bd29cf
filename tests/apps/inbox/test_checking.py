"""Answers held against the wording of the standard: before they go, and on record afterwards."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.operations import recompute
from shouwen.inbox import operations, queries
from shouwen.inbox.checking import broken_in, findings_on
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.drafting import drafts_for
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.inbox.post import NOW, mailed, posted, written

pytestmark = pytest.mark.django_db
RUDE = "规定就是规定，没什么好说的。"


@pytest.fixture
def agent():
    for code in people.DEPARTMENTS:
        people.department(code)
    return people.staff("wang_min")


def draft(letter: Letter) -> str:
    return drafts_for(letter, queries.readable_letters())[0][2]


def answered(letter: Letter, by, words: str, *, now: datetime = NOW) -> None:
    operations.answer_letter(
        act_id=uuid.uuid4(), letter_id=letter.pk, words=words, template="", by=by, now=now
    )


def broken(letter: Letter, words: str) -> set[str]:
    return {each.rule_id for each in broken_in(findings_on(letter=letter, words=words, at=NOW))}


def made(letter: Letter, by, kind: str) -> Letter:
    operations.make_case(
        act_id=uuid.uuid4(), letter_id=letter.pk, kind=kind, by=by, store=queries.file_store(),
        now=NOW,
    )  # fmt: skip
    return Letter.objects.select_related("case__customer").get(pk=letter.pk)


@pytest.mark.parametrize("kind", ["consultation", "repair", "new_connection"])
def test_every_draft_keeps_the_standard(agent, kind):
    people.home()
    letter = made(posted(mail="ruan@example.com"), agent, kind)

    for _name, _title, words in drafts_for(letter, queries.readable_letters()):
        assert broken(letter, words) == set()


def test_forbidden_wording_and_forms_left_out_are_found(agent):
    letter = mailed()
    plan = queries.readable_letters()

    assert broken(letter, f"{draft(letter)}{RUDE}") == {"rules-are-rules"}
    assert broken(letter, "周一至周五都可以来。") == {plan.greeting, plan.closing}


def test_whoever_is_known_by_name_is_addressed_by_it(agent):
    people.home()
    letter = made(posted(mail="ruan@example.com"), agent, "repair")

    assert broken(letter, draft(letter).replace("阮女士", "客户")) == {"surname-and-title"}


def test_what_an_answer_breaks_is_shown_with_its_clause_and_the_softer_wording(agent):
    letter, client = mailed(), Client()
    client.force_login(agent)
    words = f"{draft(letter)}{RUDE}"
    path = reverse("letter_act", args=[letter.receipt, "answer"])

    shown = client.post(path, {"act_id": str(uuid.uuid4()), "words": words})

    page = shown.content.decode()
    assert shown.status_code == 422
    assert 'href="/clauses/4.5.3/"' in page
    assert "我能做到的是先帮您登记" in page
    assert words[-8:] in page
    assert not Message.objects.filter(text_id="letter-answered").exists()

    sent = client.post(
        path, {"act_id": str(uuid.uuid4()), "words": words, "as_is": "rules-are-rules"}
    )

    assert sent.status_code == 302
    assert Message.objects.filter(text_id="letter-answered").count() == 1


def test_what_was_let_pass_does_not_let_anything_else_pass(agent):
    letter, client = mailed(), Client()
    client.force_login(agent)
    path = reverse("letter_act", args=[letter.receipt, "answer"])

    again = client.post(
        path, {"act_id": str(uuid.uuid4()), "words": RUDE, "as_is": "rules-are-rules"}
    )

    assert again.status_code == 422


def test_an_answer_about_danger_is_not_held_up(agent):
    letter, client = mailed(written("家里有燃气味，头晕")), Client()
    client.force_login(agent)
    path = reverse("letter_act", args=[letter.receipt, "answer"])

    sent = client.post(path, {"act_id": str(uuid.uuid4()), "words": "快关阀门，出门打电话"})

    assert sent.status_code == 302
    assert Ruling.objects.filter(subject_kind="letter", verdict="missed").exists()


def test_a_clean_answer_counts_as_kept_and_its_writer_answers_for_it(agent):
    letter = mailed()

    answered(letter, agent, draft(letter))

    told = Ruling.objects.filter(subject_kind="letter", subject_id=letter.pk)
    assert set(told.values_list("verdict", flat=True)) == {"met"}
    assert {"greeting", "thanking", "rules-are-rules"} <= set(
        told.values_list("rule_id", flat=True)
    )
    assert set(told.values_list("staff_no", "department")) == {
        (agent.staff_no, agent.department_code)
    }
    assert FigureChange.objects.filter(rule_id="greeting", verdict="met").exists()


def test_a_second_answer_is_counted_beside_the_first(agent):
    letter = mailed()
    answered(letter, agent, f"{draft(letter)}{RUDE}")

    answered(letter, agent, draft(letter), now=NOW + timedelta(minutes=1))

    told = Ruling.objects.filter(subject_id=letter.pk, rule_id="rules-are-rules")
    assert list(told.order_by("ordinal").values_list("ordinal", "verdict")) == [
        (1, "missed"),
        (2, "met"),
    ]


def test_the_journal_names_rules_and_no_words(agent):
    letter = mailed()

    answered(letter, agent, f"{draft(letter)}{RUDE}")

    data = Entry.objects.get(kind="letter.answered").data
    assert data["broken"] == "rules-are-rules"
    assert "规定" not in str(data)


def test_recompute_finds_and_mends_rulings_on_answers(agent):
    letter = mailed()
    answered(letter, agent, draft(letter))
    Ruling.objects.filter(rule_id="greeting").update(verdict="missed")
    Ruling.objects.filter(rule_id="thanking").delete()

    assert {each.rule_id for each in recompute(check=True, now=NOW)} == {"greeting", "thanking"}
    assert len(list(recompute(check=False, now=NOW))) == 2
    assert list(recompute(check=True, now=NOW)) == []


def test_the_reasons_of_a_ruling_outlive_the_words(agent):
    letter, client = mailed(), Client()
    answered(letter, agent, f"{draft(letter)}{RUDE}")
    missed = Ruling.objects.get(verdict="missed")
    client.force_login(people.staff("chen"))
    path = reverse("ruling_why", args=[missed.pk])

    before = client.get(path).content.decode()
    Message.objects.update(params={}, title="", body="", recipient="", erased_at=NOW)
    after = client.get(path).content.decode()

    assert letter.receipt in before
    assert "规定就是规定" in before
    assert "原文已到期清除" in after
