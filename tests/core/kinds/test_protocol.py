"""Protocols: order, length, count, exemptions, and steps that are forbidden."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.protocol import ProtocolStep, ProtocolVersion, judge_protocol
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from shouwen.standard.explain import worded
from tests.core.kinds.moments import CALENDAR, at, event

NOW = "03-02 18:00"
GAS = ({"alarm_job": ("true",)}, {"gas_at_door_gap": ("true",)})


def step(name, **fields):
    return ProtocolStep(id=name, title=Words(zh=f"做{name}", en=f"do {name}"), **fields)


BELL = ProtocolVersion(
    from_=date(2025, 1, 1),
    cancel=("case.voided",),
    steps=(
        step("gap", evidence=True),
        step("press", at_most_seconds=3, never_when=GAS, exempt=("no_bell",)),
        step(
            "wait",
            at_least_seconds=5,
            at_most_seconds=10,
            after="press",
            unless=("visit.door_opened",),
        ),
        step("knock", count=3, says=("有人吗",), unless=("visit.door_opened",)),
    ),
)
ARRIVED, OPENED, ENDED = (
    event("visit.arrived", "03-02 09:00"),
    event("visit.door_opened", "03-02 09:05"),
    event("visit.ended", "03-02 09:30"),
)
GAP = event("visit.step_done", "03-02 09:01", step="gap", evidence="0 ppm")


def done(name, moment, **data):
    return event("visit.step_done", f"03-02 {moment}", step=name, **data)


PRESS = done("press", "09:02", seconds=2)
WAIT = done("wait", "09:03", seconds=7)
KNOCK = done("knock", "09:04", count=3, said=True)


def judged(*events, version=BELL, explain=True, **facts):
    happened = sorted(events, key=lambda one: one.at)
    matter = Matter(
        facts=facts,
        events=happened,
        calendar=CALENDAR,
        now=at(NOW),
        explain=explain,
        rule_id="bell",
    )
    return judge_protocol(version, matter)


def codes(verdict):
    return [one.code for one in verdict.steps]


def test_all_steps_in_order_are_met_at_the_last_of_them():
    verdict = judged(ARRIVED, GAP, PRESS, WAIT, KNOCK)

    assert isinstance(verdict, Met)
    assert verdict.at == at("03-02 09:04")
    assert codes(verdict) == ["step_done"] * 4


def test_open_steps_run_until_the_end_and_are_named_then():
    running, missed = judged(ARRIVED, GAP), judged(ARRIVED, GAP, ENDED)

    assert isinstance(running, Running)
    assert running.due_at is None
    assert missed.failed == ("press", "knock")
    assert codes(missed) == ["step_done", "step_missing", "step_not_needed", "step_missing"]


@pytest.mark.parametrize(
    ("wrong", "failed", "code"),
    [
        (done("press", "09:02", seconds=3.5), "press", "step_too_long"),
        (done("wait", "09:03", seconds=4), "wait", "step_too_short"),
        (done("wait", "09:03", seconds=11), "wait", "step_too_long"),
        (done("knock", "09:04", count=2, said=True), "knock", "step_count"),
        (done("knock", "09:04", count=3), "knock", "step_not_said"),
        (done("gap", "09:01"), "gap", "step_without_evidence"),
        (done("knock", "09:01:30", count=3, said=True), "knock", "step_out_of_order"),
        (
            done("press", "09:02", skipped_because="in a hurry"),
            "press",
            "step_skipped_without_leave",
        ),
    ],
)
def test_a_step_done_wrongly_is_a_miss_that_says_what_was_wrong(wrong, failed, code):
    right = {"gap": GAP, "press": PRESS, "wait": WAIT, "knock": KNOCK}
    verdict = judged(ARRIVED, *(right | {wrong.data["step"]: wrong}).values())

    assert isinstance(verdict, Missed)
    assert failed in verdict.failed
    assert code in codes(verdict)
    assert all(line.text for language in ("zh", "en") for line in worded(verdict.steps, language))


@pytest.mark.parametrize("seconds", [5, 10])
def test_the_limits_of_a_length_belong_to_it(seconds):
    assert isinstance(
        judged(ARRIVED, GAP, PRESS, done("wait", "09:03", seconds=seconds), KNOCK), Met
    )


def test_a_length_that_was_not_measured_is_not_held_against_anybody():
    assert isinstance(judged(ARRIVED, GAP, done("press", "09:02"), WAIT, KNOCK), Met)


def test_a_step_passed_over_is_a_miss_before_the_end():
    verdict = judged(ARRIVED, PRESS)

    assert verdict.failed == ("gap",)
    assert "step_passed_over" in codes(verdict)


def test_once_the_door_is_open_nobody_waits_or_knocks():
    assert isinstance(judged(ARRIVED, GAP, PRESS, OPENED), Met)


@pytest.mark.parametrize("fact", ["alarm_job", "gas_at_door_gap"])
def test_on_an_alarm_nobody_rings(fact):
    rung = judged(ARRIVED, GAP, PRESS, OPENED, **{fact: True})
    left_out = judged(ARRIVED, GAP, OPENED, **{fact: True})

    assert rung.failed == ("press",)
    assert "step_forbidden" in codes(rung)
    assert isinstance(left_out, Met)
    assert "step_rightly_left_out" in codes(left_out)


def test_a_step_may_be_skipped_for_a_reason_of_the_clause():
    verdict = judged(ARRIVED, GAP, done("press", "09:02", skipped_because="no_bell"), OPENED)

    assert isinstance(verdict, Met)
    assert "step_skipped" in codes(verdict)


def test_conditions_choose_the_steps_of_a_variant():
    version = ProtocolVersion(
        from_=date(2025, 1, 1),
        steps=(step("home", when={"customer_class": ("residential",)}), step("shop", when={"customer_class": ("commercial",)})),
    )  # fmt: skip

    assert judged(ARRIVED, ENDED, version=version, customer_class="commercial").failed == ("shop",)
    assert isinstance(judged(ARRIVED, ENDED, version=version), NotApplicable)


def test_in_any_order_only_doing_them_counts():
    version = ProtocolVersion(from_=date(2025, 1, 1), any_order=True, steps=(step("a"), step("b")))

    assert isinstance(judged(done("b", "09:01"), done("a", "09:02"), version=version), Met)


def test_other_events_may_stand_for_a_step():
    version = ProtocolVersion(
        from_=date(2025, 1, 1), begins=("case.reported",), steps=(step("kind", on=("case.classified",)),)
    )  # fmt: skip
    reported = event("case.reported", "03-02 09:00")

    assert isinstance(
        judged(reported, event("case.classified", "03-02 09:01"), version=version), Met
    )


def test_a_voided_case_asks_for_nothing():
    assert judged(ARRIVED, event("case.voided", "03-02 09:01")).reason == "cancelled"


ALL = (GAP, PRESS, WAIT, KNOCK)


@given(kept=st.sets(st.integers(0, 3)))
def test_what_is_left_out_is_what_fails(kept):
    verdict = judged(ARRIVED, *(one for i, one in enumerate(ALL) if i in kept), ENDED)
    left_out = {one.data["step"] for i, one in enumerate(ALL) if i not in kept}
    needed = left_out - ({"wait"} if 1 not in kept else set())

    assert set(getattr(verdict, "failed", ())) == needed


@given(order=st.permutations(ALL))
def test_only_the_right_order_is_met(order):
    moved = [
        event("visit.step_done", f"03-02 09:{i:02}", **one.data) for i, one in enumerate(order, 1)
    ]

    assert isinstance(judged(ARRIVED, *moved), Met) == (tuple(order) == ALL)


@given(taken=st.lists(st.sampled_from(ALL), max_size=6), over=st.booleans())
def test_asking_for_reasons_never_changes_the_verdict(taken, over):
    events = (ARRIVED, *taken, *([ENDED] if over else []))

    told, untold = judged(*events), judged(*events, explain=False)

    assert (told.word, getattr(told, "failed", ())) == (untold.word, getattr(untold, "failed", ()))
    assert untold.steps == ()
