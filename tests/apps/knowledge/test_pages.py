"""The search answers in the words of a caller; guides are stepped through; articles go out by SMS."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.journal.models import Entry
from shouwen.knowledge.models import Article, Unanswered
from shouwen.knowledge.operations import load_pack_articles
from shouwen.knowledge.queries import find
from shouwen.messages.models import Message
from tests import people
from tests.apps.hotline.callers import NUMBER, ringing
from tests.people import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _articles():
    load_pack_articles(now=MORNING)


@pytest.fixture
def agent():
    client = Client()
    client.force_login(people.staff("wang_min"))
    return client


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("卡丢了怎么补", "selfhelp-27"),
        ("换电池", "selfhelp-03"),
        ("自闭阀", "selfhelp-05"),
        ("商业 加装 灶具 报装", "connection-com-pub"),
        ("过户要带什么", "service-rename"),
        ("阶梯气价", "price-steps"),
        ("调压箱", "term-014"),
        ("软管能用几年", "law-lifetimes"),
        ("不能说的话", "emergency-never"),
        ("gh", "service-rename"),
    ],
)
def test_what_callers_ask_is_found(asked, slug):
    assert slug in [article.slug for article in find(text=asked)][:4]


@pytest.mark.parametrize("asked", ["宇宙飞船", "zzqx", "", "！？", "%_'\"", "a' OR 1"])
def test_what_nobody_knows_is_not_found(asked):
    assert find(text=asked) == []


def test_a_question_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        find(text="家里的燃气表换了电池还是没有气怎么办呢")


def test_a_question_in_vain_is_kept_once(agent):
    for _ in range(2):
        page = agent.get(reverse("knowledge_find"), {"q": "宇宙飞船", "asked": "1"})
        assert "没有找到" in page.content.decode()

    assert [row.text for row in Unanswered.objects.all()] == ["宇宙飞船"]


def test_half_a_question_typed_so_far_is_not_kept(agent):
    agent.get(reverse("knowledge_find"), {"q": "宇宙"}, headers={"HX-Request": "true"})

    assert not Unanswered.objects.exists()


def test_none_of_what_was_found_may_be_the_answer(agent):
    call = uuid.uuid4()

    agent.post(reverse("knowledge_unanswered"), {"q": "换电池", "call": str(call)})

    kept = Unanswered.objects.get()
    assert (kept.text, kept.call_id, kept.found > 0) == ("换电池", call, True)


def test_a_guide_is_stepped_through_to_its_end(agent):
    url = reverse("knowledge_article", args=["selfhelp-03"])

    first = agent.get(url).content.decode()
    last = agent.get(url, {"answers": "n" + "y" * 7}).content.decode()

    assert "有没有闻到燃气味？" in first
    assert 'data-outcome="solved"' in last
    assert "电话里解决了" in last


def test_a_smell_ends_every_guide_in_the_alarm(agent):
    page = agent.get(reverse("knowledge_article", args=["selfhelp-13"]), {"answers": "y"})

    assert 'data-outcome="alarm"' in page.content.decode()
    assert reverse("alarm") in page.content.decode()


@pytest.mark.parametrize("answers", ["x", "ny1", "是"])
def test_an_answer_that_is_none_is_not_found(agent, answers):
    url = reverse("knowledge_article", args=["selfhelp-13"])

    assert agent.get(url, {"answers": answers}).status_code == 404


def test_an_article_that_is_not_there_is_not_found(agent):
    assert agent.get(reverse("knowledge_article", args=["nothing"])).status_code == 404


def test_how_sure_an_article_is_stands_on_it(agent):
    page = agent.get(reverse("knowledge_article", args=["law-lifetimes"])).content.decode()

    assert "读过转载" in page
    assert "公司待核定" in page


def send(client, call, slug, act=None):
    return client.post(
        reverse("call_send_article", args=[call.pk, slug]), {"act_id": str(act or uuid.uuid4())}
    )


def test_an_article_goes_to_the_number_of_the_call(agent):
    call = ringing(by=people.staff("wang_min"))

    page = send(agent, call, "service-rename")

    message = Message.objects.get()
    assert "短信已交去发送" in page.content.decode()
    assert (message.recipient, message.channel) == (NUMBER, "sms")
    assert "新户身份证" in message.body
    sent = Entry.objects.get(kind="article.sent")
    assert (sent.actor, sent.data["call"]) == ("1031", str(call.pk))


def test_the_same_act_sends_one_message(agent):
    call, act = ringing(by=people.staff("wang_min")), uuid.uuid4()

    answers = [send(agent, call, "service-rename", act).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert Message.objects.count() == 1


def test_what_is_for_our_own_people_is_not_sent(agent):
    call = ringing(by=people.staff("wang_min"))

    assert send(agent, call, "emergency-never").status_code == 409
    assert not Message.objects.exists()


def test_a_call_without_a_number_gets_nothing_and_says_so(agent):
    call = ringing(number="", by=people.staff("wang_min"))

    assert "没有发" in send(agent, call, "service-rename").content.decode()


def test_a_colleagues_caller_is_not_sent_anything():
    call = ringing(by=people.staff("lin_xiao"))
    client = Client()
    client.force_login(people.staff("wang_min"))

    assert send(client, call, "service-rename").status_code == 403


def test_every_article_for_customers_has_something_to_send():
    from shouwen.knowledge.operations import words_for_sms

    articles = Article.objects.filter(audience="customer").exclude(kind="term")

    silent = [article.slug for article in articles if not words_for_sms(article)]
    assert silent == []
