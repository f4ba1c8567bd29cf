"""What is said on a call while it is under way: kept in order, judged at the end, shown with better wording."""

import itertools
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.config.live.watch import News
from shouwen.core.telephony import LineEvent, folded
from shouwen.hotline.at_desk import on_call
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.models import LineEvent as Row
from shouwen.hotline.operations import hear, judge_events
from shouwen.hotline.presenters import assisting
from shouwen.jobs.models import Job
from shouwen.standard.cockpit import AssistPlan
from tests import people
from tests.apps.hotline.on_a_call import OnCall

GREETING = ("agent", "您好，安泰燃气公司，请问有什么可以帮到您？")
HURRIED = [
    GREETING,
    ("customer", "能不能快点，家里没气"),
    ("agent", "您急也没用，前面还排着好几家呢。"),
]


def said(played, *turns, ago=60.0):
    """The turns as a recogniser tells them, four seconds apart."""
    now = system_clock.now()
    return [
        LineEvent(
            id=f"{played.name}:u{ago}:{place}", call=played.name, type="utterance",
            at=now - timedelta(seconds=ago - 4 * place),
            until=now - timedelta(seconds=ago - 4 * place - 3), by=who, text=text,
        )
        for place, (who, text) in enumerate(turns)
    ]  # fmt: skip


def tell(events):
    return hear(events=events, source="simulator", now=system_clock.now())[0]


def assisted(on):
    url = reverse("cockpit_assist", args=[on.call.pk])
    return on.client.get(url, headers={"SW-Cockpit": "1"})


@pytest.mark.django_db
def test_in_whatever_order_and_however_often_it_is_told_the_turns_come_out_the_same():
    on = OnCall()
    events = said(on.played, *HURRIED)
    tell(events)
    turns, spoken = on.call.turns, on.call.spoken

    for order in itertools.permutations(events):
        on.rings(f"1400000000{len(Row.objects.all()) % 10}")
        moved = [
            LineEvent(**{
                **{name: getattr(event, name) for name in ("type", "at", "until", "by", "text")},
                "id": event.id.replace(event.call, on.played.name), "call": on.played.name,
            })
            for event in order
        ]  # fmt: skip
        for event in (*moved, *moved):
            tell([event])
        assert [(t["speaker"], t["text"]) for t in on.call.turns] == [
            (t["speaker"], t["text"]) for t in turns
        ]
        assert on.call.spoken == spoken == 3


@pytest.mark.django_db
def test_the_words_stand_in_the_turns_only():
    on = OnCall()
    tell(said(on.played, *HURRIED))

    rows = [row.__dict__ for row in Row.objects.filter(type="utterance")]
    assert len(rows) == 3
    assert not [row for row in rows if any("急也没用" in str(value) for value in row.values())]
    assert on.call.turns[2]["text"] == HURRIED[2][1]


def test_words_change_nothing_of_a_call_but_when_it_was_heard_last():
    at = system_clock.now()
    offered = LineEvent(id="a", call="c", type="offered", at=at, offer="o", staff_no="1031")
    word = LineEvent(id="b", call="c", type="utterance", at=at, by="customer", text="喂")

    assert folded([offered, word]) == folded([offered])


@pytest.mark.django_db
def test_a_ring_that_becomes_known_later_moves_the_turns_with_it():
    on = OnCall()
    tell(said(on.played, GREETING, ago=3.0))
    before = on.call.turns[0]["start"]

    on.played.tell("arrived", ago=30, number="14077002093", direction="inbound")

    assert on.call.turns[0]["start"] - before == pytest.approx(20, abs=1)


@pytest.mark.django_db
def test_a_softer_line_comes_with_the_next_look_at_the_screen():
    on = OnCall()
    tell(said(on.played, *HURRIED, ago=3.0))

    answer = assisted(on).content.decode()

    assert "刚才说了“您急也没用前面还排着" in answer
    assert "我理解您着急，我现在就帮您催一下。" in answer
    assert reverse("clause", args=["4.5.5"]) in answer
    assert "我理解您着急" in on.screen()


@pytest.mark.django_db
def test_the_advice_costs_one_look_at_the_call_however_long_it_is(django_assert_max_num_queries):
    on = OnCall()
    tell(said(on.played, *HURRIED * 20, ago=200.0))
    assisted(on)

    with django_assert_max_num_queries(26):
        assert assisted(on).status_code == 200


@pytest.mark.django_db
def test_without_a_recogniser_there_is_no_box():
    on = OnCall()

    assert 'data-assist="' in on.screen()
    assert "边听边提示" in on.screen()
    assert "sw-assist__tip" not in on.screen()


@pytest.mark.django_db
def test_a_pack_can_switch_it_off_or_leave_a_role_out():
    on = OnCall()
    tell(said(on.played, *HURRIED, ago=3.0))
    seen = on_call(viewer=on.agent, call=on.call, now=system_clock.now())

    def advised(plan):
        return assisting.assist(replace(seen, plan=replace(seen.plan, assist=plan)))

    assert advised(AssistPlan()) is not None
    assert advised(AssistPlan(not_for=("agent",))) is None
    assert advised(AssistPlan(shown=False)) is None


@pytest.mark.django_db
def test_advice_is_for_whoever_is_on_the_call():
    on = OnCall()
    other = people.staff("lin_xiao")
    on.client.force_login(other)

    assert assisted(on).status_code == 204


@pytest.mark.django_db
def test_a_call_whose_words_were_heard_is_judged_by_them_when_it_is_over():
    on = OnCall()
    tell(said(on.played, *HURRIED, ago=3.0))
    on.hangs_up()

    judge_events(call_id=on.call.pk)

    verdicts = {v.rule_id: v for v in CallVerdict.objects.filter(call=on.call)}
    assert (verdicts["no-use-hurrying"].verdict, verdicts["no-use-hurrying"].turn) == ("broken", 2)
    assert verdicts["opening-line"].verdict == "kept"
    assert verdicts["answer-within-3-rings"].verdict == "kept"
    assert verdicts["answer-within-3-rings"].measured == pytest.approx(4, abs=0.5)


@pytest.mark.django_db
def test_a_word_that_comes_after_the_end_has_the_call_judged_again():
    on = OnCall()
    tell(said(on.played, GREETING, ago=3.0))
    on.hangs_up()
    asked = Job.objects.filter(kind="hotline.judge").count()

    tell(said(on.played, ("agent", "急也没用。"), ago=1.0))

    assert Job.objects.filter(kind="hotline.judge").count() == asked + 1


@pytest.mark.django_db
def test_open_pages_are_told_of_the_call_that_is_spoken():
    on = OnCall()
    news = News(since=system_clock.now())
    news.unseen()

    tell(said(on.played, GREETING, ago=2.0))

    change = news.unseen()
    assert change is not None
    assert (change.kinds, change.subjects) == ({"call.spoken"}, {str(on.call.pk)})
    assert news.unseen() is None


@pytest.mark.django_db
def test_a_call_that_nobody_took_has_words_and_no_verdict():
    name = uuid.uuid4().hex
    event = LineEvent(
        id=f"{name}:1",
        call=name,
        type="utterance",
        at=system_clock.now(),
        by="customer",
        text="喂",
    )

    call = tell([event])

    assert (call.stage, len(call.turns)) == (Call.Stage.WAITING, 1)
