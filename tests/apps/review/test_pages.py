"""The pages of the review desk: who sees what, what can be done there, and what happens then."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.hotline.models import Correction
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.review import operations
from shouwen.review.models import Appeal, Coaching, Draw, Review
from tests.apps.review.reviewed import act, broken_rule, drawn, finished, reviewer, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    taken("S18")
    return drawn(reviewer())[0]


def client_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(review: Review, staff: Staff, *, status: int = 200) -> str:
    answer = client_of(staff).get(reverse("review", args=[review.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def sent(review: Review, staff: Staff, what: str, **data: object) -> int:
    url = reverse("review_act", args=[review.pk, what])
    answer = client_of(staff).post(url, {"act_id": str(uuid.uuid4()), **data})
    return answer.status_code


def test_a_reviewer_sees_findings_with_clause_words_and_a_better_wording(review):
    text = page(review, reviewer())

    assert "机器判断：没做到" in text
    assert "可以换成" in text
    assert "5.2.6" in text
    assert "评分表" in text


def test_reading_what_was_said_is_on_record_once(review):
    for _ in range(2):
        page(review, reviewer())

    assert Entry.objects.filter(kind="data.read", actor="7001").count() == 1


def test_nobody_reviews_the_own_call(review):
    agent = review.call.staff
    agent.roles.create(role=Role.QA)

    page(review, agent, status=403)
    assert sent(review, agent, "confirm", rule=broken_rule(review), number=1) == 403


def test_the_desk_does_not_list_the_own_call(review):
    agent = review.call.staff
    agent.roles.create(role=Role.QA)

    for name in ("risk", "sample"):
        text = client_of(agent).get(reverse("review_desk"), {"list": name}).content.decode()
        assert reverse("review", args=[review.pk]) not in text


def test_a_reviewer_confirms_and_refuses_on_the_page(review):
    rule = broken_rule(review)

    assert sent(review, reviewer(), "confirm", rule=rule, number=1) == 302
    assert sent(review, reviewer(), "undo", rule=rule, number=1) == 302
    assert sent(review, reviewer(), "refuse", rule=rule, number=1, reason="misheard") == 302

    assert review.decisions.get().decision == "refused"
    assert "人不认可：听错了，录音里不是这样" in page(review, reviewer())


def test_what_cannot_be_done_is_said_on_the_page(review):
    url = reverse("review_act", args=[review.pk, "send"])

    answer = client_of(reviewer()).post(url, {"act_id": str(uuid.uuid4())}, follow=True)

    assert "还有没判或没评的，判完再发" in answer.content.decode()


def test_the_agent_sees_nothing_before_it_is_sent_and_the_result_after(review):
    page(review, review.call.staff, status=403)

    finished(review, reviewer())

    assert "申诉" in page(review, review.call.staff)
    mine = client_of(review.call.staff).get(reverse("reviews_mine")).content.decode()
    assert reverse("review", args=[review.pk]) in mine


def test_an_appeal_goes_to_somebody_else_and_its_answer_to_the_agent(review):
    rule, agent = broken_rule(review), review.call.staff
    finished(review, reviewer(), now=system_clock.now())
    other = reviewer("7002", "郑岚")

    assert sent(review, agent, "appeal", rule=rule, number=1, words="请再听 1:08") == 302
    assert sent(review, reviewer(), "decide", rule=rule, number=1, answer="不改") == 403
    assert reverse("review", args=[review.pk]) in (
        client_of(other).get(reverse("review_desk")).content.decode()
    )
    assert (
        sent(review, other, "decide", rule=rule, number=1, reason="misheard", answer="是听错了")
        == 302
    )

    assert Appeal.objects.get().outcome == "corrected"
    assert Correction.objects.get(rule_id=rule).verdict == "kept"
    assert "是听错了" in page(review, agent)


def test_a_second_reviewer_does_not_see_what_the_first_one_decided(review):
    Review.objects.filter(pk=review.pk).update(second=True)
    rule = broken_rule(review)
    finished(review, reviewer(), refusing=rule)
    second = Review.objects.get(round=2)
    other = reviewer("7002", "郑岚")

    page(review, other, status=403)
    assert "人不认可" not in page(second, other)
    page(second, reviewer(), status=403)
    desk = client_of(reviewer()).get(reverse("review_desk")).content.decode()
    assert reverse("review", args=[second.pk]) not in desk


def test_whoever_decided_an_appeal_is_not_asked_for_the_second_look(review):
    Review.objects.filter(pk=review.pk).update(second=True)
    rule, agent = broken_rule(review), review.call.staff
    finished(review, reviewer(), now=system_clock.now())
    other = reviewer("7002", "郑岚")
    sent(review, agent, "appeal", rule=rule, number=1, words="请再听")
    sent(review, other, "decide", rule=rule, number=1, answer="维持")

    page(review, other)
    page(Review.objects.get(round=2), other, status=200)
    assert sent(Review.objects.get(round=2), other, "confirm", rule=rule, number=1) == 403


def test_coaching_stands_on_my_work_of_the_lead_and_of_the_agent(review):
    rule, agent = broken_rule(review), review.call.staff
    finished(review, reviewer())

    assert sent(review, reviewer(), "coach", rule=rule, words="核对地址要逐项念") == 302

    made = Coaching.objects.get()
    assert made.reviews == [str(review.pk)]
    for staff in (reviewer(), agent):
        assert "核对地址要逐项念" in client_of(staff).get(reverse("my_work")).content.decode()
    url = reverse("coaching_done", args=[made.pk])
    assert client_of(agent).post(url, {"act_id": str(uuid.uuid4())}).status_code == 403
    assert client_of(reviewer()).post(url, {"act_id": str(uuid.uuid4())}).status_code == 302
    assert Entry.objects.filter(kind="coaching.done").count() == 1
    assert "核对地址要逐项念" not in client_of(agent).get(reverse("my_work")).content.decode()


def test_a_supervisor_draws_calls_on_the_desk():
    [call] = taken("S18")
    day = call.rang_at.date().isoformat()
    data = {"act_id": str(uuid.uuid4()), "since": day, "until": day, "seed": "十月"}

    answer = client_of(reviewer()).post(reverse("review_draw"), data, follow=True)

    assert Draw.objects.get().seed == "十月"
    assert "十月" in answer.content.decode()


def test_days_in_the_wrong_order_are_sent_back_with_a_sentence():
    data = {"act_id": str(uuid.uuid4()), "since": "2026-03-02", "until": "2026-03-01"}

    answer = client_of(reviewer()).post(reverse("review_draw"), data)

    assert answer.status_code == 400
    assert "日期要先后有序" in answer.content.decode()


def test_results_show_what_people_confirm_by_rule(review):
    rule = broken_rule(review)
    finished(review, reviewer(), refusing=rule)

    text = client_of(reviewer()).get(reverse("review_results")).content.decode()

    assert "0 / 1" in text
    assert "核对地址" in text or "确认" in text


def test_the_list_and_the_page_need_no_more_queries_for_more_calls(
    review, django_assert_max_num_queries
):
    client = client_of(reviewer())
    client.get(reverse("review_desk"))
    with django_assert_max_num_queries(22):
        client.get(reverse("review_desk"))
    page(review, reviewer())
    with django_assert_max_num_queries(30):
        client.get(reverse("review", args=[review.pk]))
    operations.confirm(act=act(review, reviewer()), rule_id=broken_rule(review), number=1)
    with django_assert_max_num_queries(30):
        client.get(reverse("review", args=[review.pk]))


def test_a_recording_gets_its_outline_once(review, settings, tmp_path):
    from shouwen.review.models import Waveform
    from tests.apps.hotline.sounds import recorded
    from tests.apps.review.reviewed import NOW

    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    recorded(review.call, tmp_path, now=NOW)

    text = page(review, reviewer())

    assert 'class="sw-w-c"' in text
    [outline] = Waveform.objects.all()
    assert [len(side) for side in outline.levels] == [240, 240]
    assert "没有录音" not in text
