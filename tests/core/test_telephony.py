"""Whatever the exchange tells late, twice, in another order or not at all."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.telephony import CallState, EventType, LineEvent, folded

BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
HISTORIES = int(os.environ.get("SHOUWEN_HISTORIES", "500"))


def event(type_: EventType, seconds: float, **more: Any) -> LineEvent:
    at = BEGAN + timedelta(seconds=seconds)
    name = f"{type_}:{more.get('offer', '')}:{seconds}:{more.get('by', '')}"
    return LineEvent(id=name, call="c1", type=type_, at=at, **more)


ANSWERED = (
    event("arrived", 0, number="14000571192", direction="inbound"),
    event("offered", 2, offer="o1", staff_no="1008"),
    event("answered", 9, offer="o1", staff_no="1008"),
    event("held", 40, offer="o1"),
    event("resumed", 70, offer="o1"),
    event("hung_up", 130, by="customer"),
)


def test_a_call_answered_and_ended_by_the_customer_tells_both_clocks() -> None:
    state = folded(ANSWERED)

    assert (state.stage, state.outcome, state.hung_up_by) == ("over", "answered", "customer")
    assert (state.agent_clock, state.customer_clock) == (7.0, 9.0)
    (hold,) = state.holds
    assert hold.ended_at is not None
    assert (hold.ended_at - hold.began_at).total_seconds() == 30.0
    assert state.unheard == ()


@pytest.mark.parametrize(
    ("told", "stage"),
    [(1, "waiting"), (2, "ringing"), (3, "talking"), (4, "held"), (5, "talking"), (6, "over")],
)
def test_the_stage_follows_what_was_told_so_far(told: int, stage: str) -> None:
    assert folded(ANSWERED[:told]).stage == stage


def test_ringing_in_vain_is_missed_and_wants_a_call_back() -> None:
    state = folded(
        [
            ANSWERED[0],
            ANSWERED[1],
            event("withdrawn", 22, offer="o1", unanswered=True),
            event("hung_up", 23, by="customer", unanswered=True),
        ]
    )

    assert state.outcome == "missed"
    assert state.needs_call_back


def test_giving_up_in_the_queue_is_abandoned() -> None:
    state = folded([ANSWERED[0], event("hung_up", 31, by="customer", unanswered=True)])

    assert state.outcome == "abandoned"
    assert state.needs_call_back


def test_an_end_without_a_word_about_the_answer_is_unknown_and_wants_a_call_back_all_the_same() -> (
    None
):
    state = folded([ANSWERED[0], ANSWERED[1], event("hung_up", 60, by="customer")])

    assert state.outcome == "unknown"
    assert state.needs_call_back
    assert "outcome" in state.unheard


def test_who_resumed_has_answered_though_nobody_told_when() -> None:
    state = folded([event for event in ANSWERED if event.type not in ("answered", "held")])

    assert state.outcome == "answered"
    assert state.agent_clock is None
    assert "answer" in state.unheard


def test_every_agent_whose_telephone_rang_has_a_clock_of_its_own() -> None:
    state = folded(
        [
            ANSWERED[0],
            event("offered", 1, offer="o1", staff_no="1008"),
            event("withdrawn", 16, offer="o1", staff_no="1008", unanswered=True),
            event("offered", 17, offer="o2", staff_no="1015"),
            event("answered", 20, offer="o2", staff_no="1015"),
        ]
    )

    assert [(o.staff_no, o.outcome, o.agent_clock) for o in state.offers] == [
        ("1008", "unanswered", None),
        ("1015", "answered", 3.0),
    ]
    assert state.customer_clock == 20.0


def test_a_call_that_fell_silent_is_over_and_nobody_is_blamed_for_its_end() -> None:
    state = folded([*ANSWERED[:3], event("silent", 4000)])

    assert (state.stage, state.hung_up_by, state.ended_at) == ("over", "", None)
    assert {"end", "who_hung_up"} <= set(state.unheard)


def test_an_answer_after_we_were_deaf_does_not_prove_how_long_the_customer_waited() -> None:
    state = folded([*ANSWERED, event("deaf", 5)])

    assert state.customer_clock is None
    assert state.agent_clock == 7.0


def test_a_call_without_events_is_none() -> None:
    with pytest.raises(ValueError, match="without events"):
        folded([])


@st.composite
def histories(draw: st.DrawFn) -> list[LineEvent]:
    """What really happened on one call, told once and in order."""
    now = 0.0
    told = [event("arrived", now, number="14000571192", direction="inbound")]
    answered_by = ""
    for number in range(draw(st.integers(0, 3))):
        offer, staff = f"o{number}", f"10{number:02d}"
        now += draw(st.sampled_from([0.0, 0.01, 1.0, 7.5]))
        told.append(event("offered", now, offer=offer, staff_no=staff))
        now += draw(st.sampled_from([0.5, 4.0, 11.0, 16.0]))
        if draw(st.booleans()):
            told.append(event("answered", now, offer=offer, staff_no=staff))
            answered_by = offer
            break
        told.append(event("withdrawn", now, offer=offer, staff_no=staff, unanswered=True))
    for _ in range(draw(st.integers(0, 2)) if answered_by else 0):
        now += draw(st.sampled_from([5.0, 61.0]))
        told.append(event("held", now, offer=answered_by))
        now += draw(st.sampled_from([2.0, 90.0]))
        told.append(event("resumed", now, offer=answered_by))
    if answered_by and draw(st.booleans()):
        told += [
            event("transferred", now + 1, offer=answered_by),
            event("offered", now + 1, offer="o9", staff_no="1099"),
            event("answered", now + 6, offer="o9", staff_no="1099"),
        ]
        now += 6
    now += draw(st.sampled_from([1.0, 30.0, 200.0]))
    side = draw(st.sampled_from(["customer", "agent", "exchange"]))
    told.append(event("hung_up", now, by=side, unanswered=not answered_by))
    return [replace(event, number_in_call=n) for n, event in enumerate(told, start=1)]


def _known(state: CallState) -> dict[str, object]:
    clocks = {f"agent:{offer.id}": offer.agent_clock for offer in state.offers}
    return {
        "customer": state.customer_clock,
        "ended": state.ended_at,
        "side": state.hung_up_by or None,
        **clocks,
    }


@settings(max_examples=HISTORIES, deadline=None)
@given(histories(), st.data())
def test_order_and_repetition_do_not_matter(told: list[LineEvent], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(told))
    again = data.draw(st.lists(st.sampled_from(told), max_size=6))

    assert folded([*mixed, *again]) == folded(told)


@settings(max_examples=HISTORIES, deadline=None)
@given(histories(), st.data())
def test_what_is_lost_makes_times_unknown_but_never_others(
    told: list[LineEvent], data: st.DataObject
) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(told), max_size=len(told)))
    heard = [event for event, kept in zip(told, keep, strict=True) if kept] or told[:1]

    full, partly = folded(told), folded(heard)

    for name, value in _known(partly).items():
        assert value is None or value == _known(full)[name], name


@settings(max_examples=HISTORIES, deadline=None)
@given(histories(), st.data())
def test_what_is_lost_never_turns_an_answered_call_into_a_missed_one(
    told: list[LineEvent], data: st.DataObject
) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(told), max_size=len(told)))
    heard = [event for event, kept in zip(told, keep, strict=True) if kept] or told[:1]

    if folded(told).outcome == "answered":
        assert folded(heard).outcome not in ("missed", "abandoned")
