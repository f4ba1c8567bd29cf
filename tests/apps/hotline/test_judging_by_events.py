"""What the standard says of a call by its events alone."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.clocks.models import Ruling
from shouwen.core.telephony import EventType, LineEvent
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.operations import JUDGE, hear, judge_events, set_status
from shouwen.hotline.operations.ruling import compare
from shouwen.jobs.models import Job
from tests.people import staff

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
RINGS, TALK, HOLD = "answer-within-3-rings", "talk-within-3min", "call-back-after-1min"


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def event(type_: EventType, seconds: float, **more: Any) -> LineEvent:
    return LineEvent(id=f"{type_}:{seconds}", call="c1", type=type_, at=at(seconds), **more)


def call(
    *,
    rang: float | None = 2,
    answered: float | None = 9,
    held: tuple[float, float] | None = None,
    ended: float = 130,
    more: tuple[LineEvent, ...] = (),
) -> Call:
    set_status(
        act_id=uuid.uuid4(), staff=staff("wang_min"), status="ready", extension="1001", now=at(-9)
    )
    told = [event("arrived", 0, number="14000571192", direction="inbound"), *more]
    agent = {"offer": "o1", "extension": "1001"}
    if rang is not None:
        told.append(event("offered", rang, **agent))
    if answered is not None:
        told.append(event("answered", answered, **agent))
    if held:
        told += [event("held", held[0], **agent), event("resumed", held[1], **agent)]
    told.append(event("hung_up", ended, by="customer"))
    (found,) = hear(events=told, source="test", now=at(ended))
    judge_events(call_id=found.pk)
    return found


def verdicts() -> dict[str, str]:
    return dict(CallVerdict.objects.values_list("rule_id", "verdict"))


@pytest.mark.parametrize(
    ("clock", "verdict", "grey"),
    [(6.0, "kept", False), (11.0, "kept", False), (11.1, "kept", True), (14.9, "kept", True),
     (15.0, "broken", False), (40.0, "broken", False)],
)  # fmt: skip
def test_three_rings_are_judged_on_the_agent_clock_with_a_grey_zone(
    clock: float, verdict: str, grey: bool
) -> None:
    call(rang=60, answered=60 + clock)

    found = CallVerdict.objects.get(rule_id=RINGS)
    assert (found.verdict, found.measured) == (verdict, clock)
    assert ("close to the limit" in found.why_en) is grey


def test_the_customers_wait_is_kept_apart_and_breaks_nothing() -> None:
    found = call(rang=60, answered=66)

    found.refresh_from_db()
    assert (found.agent_clock, found.customer_clock, found.rings) == (6.0, 66.0, 2)
    assert verdicts()[RINGS] == "kept"


def test_without_the_ringing_nothing_is_proved_and_nobody_broke_anything() -> None:
    call(rang=None)

    assert verdicts()[RINGS] == "not_provable"


def test_after_a_lost_line_length_and_holds_are_not_provable() -> None:
    call(more=(event("deaf", 5),), ended=900)

    assert verdicts() == {RINGS: "kept", TALK: "not_provable", HOLD: "not_provable"}


@pytest.mark.parametrize(("ended", "verdict"), [(189, "kept"), (190, "broken")])
def test_the_talk_is_measured_from_the_answer_to_the_hang_up(ended: float, verdict: str) -> None:
    call(ended=ended)

    assert verdicts()[TALK] == verdict


@pytest.mark.parametrize(("until", "verdict"), [(60, None), (80, None), (81, "not_provable")])
def test_a_short_hold_is_no_matter_and_a_long_one_is_not_proved_by_events_alone(
    until: float, verdict: str | None
) -> None:
    call(held=(20, until))

    assert verdicts().get(HOLD) == verdict


def test_verdicts_become_rulings_of_whoever_took_the_call() -> None:
    call(rang=9, answered=29, ended=60)

    rulings = {ruling.rule_id: ruling for ruling in Ruling.objects.all()}
    assert {rule: ruling.verdict for rule, ruling in rulings.items()} == {
        RINGS: "missed",
        TALK: "met",
    }
    assert rulings[RINGS].staff_no == staff("wang_min").staff_no
    assert list(compare(True, at(200))) == []


def test_what_is_told_late_is_judged_anew() -> None:
    found = call(rang=None)
    late = event("offered", 2, offer="o1", extension="1001")
    hear(events=[late], source="test", now=at(200))

    judge_events(call_id=found.pk)

    assert verdicts()[RINGS] == "kept"
    assert Ruling.objects.get(rule_id=RINGS).verdict == "met"
    assert Job.objects.filter(kind=JUDGE).count() == 2


def test_a_call_nobody_answered_is_not_judged() -> None:
    call(answered=None)

    assert verdicts() == {}


def test_a_lost_line_excuses_what_the_rule_says_it_excuses() -> None:
    cut = event("hung_up", 300, by="exchange", cause="line_lost")
    call(more=(cut,), ended=301)

    assert verdicts()[TALK] == "broken"  # this rule excuses nothing
