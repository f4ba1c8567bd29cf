"""Readings stand somewhere, the more dangerous finding counts, and no hazard is closed without its proofs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.bilingual import Words
from shouwen.core.hazards import (
    STANDS,
    STOPS,
    Chain,
    Finding,
    NotAReading,
    ReadingPlan,
    Step,
    StepRefused,
    after,
    danger_of,
    lacking,
    more_dangerous,
    stop_of,
    worst,
    written_notice_is_due,
)


def plan(**limits) -> ReadingPlan:
    return ReadingPlan(code="x", title=Words(zh="读数", en="reading"), **limits)


findings = st.builds(
    Finding,
    code=st.sampled_from(["HZ-A01", "HZ-B01", "HZ-D02"]),
    grade=st.sampled_from(["major", "ordinary"]),
    degree=st.integers(0, 3),
    stop=st.sampled_from(STOPS),
    written=st.sampled_from(["", "check", "required"]),
    stands=st.sampled_from(STANDS),
)
chains = st.builds(Chain, needs_notice=st.booleans(), needs_photo=st.just(False))
steps = st.lists(st.sampled_from(Step), max_size=30)


def walked(chain: Chain, taken: list[Step]) -> tuple[Chain, list[Step]]:
    """The chain after all steps that were not refused, and those steps."""
    done = []
    for step in taken:
        try:
            chain = after(chain, step)
        except StepRefused:
            continue
        done.append(step)
    return chain, done


@pytest.mark.parametrize(
    ("limits", "value", "stands"),
    [
        ({"warn_over": 0, "danger_over": 100}, "0", "ok"),
        ({"warn_over": 0, "danger_over": 100}, "1", "warn"),
        ({"warn_over": 0, "danger_over": 100}, "100", "warn"),
        ({"warn_over": 0, "danger_over": 100}, "100.1", "danger"),
        ({"warn_from": 10, "danger_from": 30}, "9.9", "ok"),
        ({"warn_from": 10, "danger_from": 30}, "10", "warn"),
        ({"warn_from": 10, "danger_from": 30}, "30", "danger"),
        ({"ok_from": 1500, "ok_to": 3000}, "1500", "ok"),
        ({"ok_from": 1500, "ok_to": 3000}, "3000.5", "warn"),
        ({"choices": ("passed", "failed"), "failed_on": ("failed",)}, "failed", "warn"),
        ({"choices": ("passed", "failed"), "failed_on": ("failed",)}, "passed", "ok"),
        ({"is_date": True}, "2027-01-01", "ok"),
        ({}, "12", "ok"),
    ],
)
def test_a_reading_stands_by_its_limits(limits, value, stands):
    assert plan(**limits).stands(value) == stands


@pytest.mark.parametrize("value", ["", "much", "nan", "inf", "1e99"])
def test_what_no_instrument_shows_is_no_reading(value):
    with pytest.raises(NotAReading):
        plan(warn_over=0).stands(value)


def test_what_is_dangerous_opens_at_least_what_a_warning_opens():
    assert plan(on_warn="HZ-A02").opens("danger") == "HZ-A02"
    assert plan(on_warn="HZ-A02", on_danger="HZ-A01").opens("danger") == "HZ-A01"
    assert plan(on_danger="HZ-A01").opens("warn") == ""
    assert plan(on_warn="HZ-A02").opens("ok") == ""


@given(st.lists(st.sampled_from(STANDS)))
def test_the_worst_of_several_readings_does_not_depend_on_their_order(found):
    assert worst(found) == worst(reversed(found))
    assert all(STANDS.index(each) <= STANDS.index(worst(found)) for each in found)


@given(findings, findings, findings)
def test_the_more_dangerous_finding_counts_whoever_comes_first(one, two, three):
    assert more_dangerous(one, two) == more_dangerous(two, one)
    assert more_dangerous(more_dangerous(one, two), three) == more_dangerous(
        one, more_dangerous(two, three)
    )
    assert danger_of(more_dangerous(one, two)) == max(danger_of(one), danger_of(two))


def test_a_major_finding_counts_more_than_any_ordinary_one():
    major = Finding(code="HZ-B02", grade="major")
    ordinary = Finding(code="HZ-A02", grade="ordinary", degree=1, stands="danger", stop="riser")

    assert more_dangerous(ordinary, major) == major


def test_what_depends_on_a_local_list_needs_a_written_notice_too():
    assert written_notice_is_due(written="check", actions=["TELL"])
    assert written_notice_is_due(written="", actions=["TELL", "NOTICE"])
    assert not written_notice_is_due(written="", actions=["TELL"])


def test_the_widest_stop_counts():
    assert stop_of(["VENT", "STOP_APPLIANCE", "STOP"]) == "house"
    assert stop_of(["TELL"]) == ""


@given(steps)
def test_a_hazard_that_needs_a_notice_is_never_closed_without_proof_of_it(taken):
    chain, done = walked(Chain(needs_notice=True), taken)

    assert not chain.closed or Step.NOTIFIED in done


@given(chains, steps)
def test_a_stop_always_ends_with_gas_back_or_a_recorded_removal(chain, taken):
    chain, done = walked(chain, taken)

    if chain.closed and Step.STOPPED in done:
        last_stop = len(done) - 1 - done[::-1].index(Step.STOPPED)
        assert {Step.GAS_BACK, Step.REMOVED} & set(done[last_stop:])


@given(chains, steps)
def test_gas_comes_back_only_after_a_re_check_since_the_stop(chain, taken):
    _, done = walked(chain, taken)

    for place, step in enumerate(done):
        if step is Step.GAS_BACK:
            before = done[:place]
            last_stop = len(before) - 1 - before[::-1].index(Step.STOPPED)
            assert Step.PASSED in before[last_stop:]


@given(chains, steps)
def test_nothing_happens_to_a_closed_hazard(chain, taken):
    _, done = walked(chain, taken)

    assert Step.CLOSED not in done[:-1]


@given(chains, steps)
def test_what_closing_lacks_is_exactly_why_it_is_refused(chain, taken):
    chain, _ = walked(chain, taken)

    if chain.closed:
        return
    if lacking(chain):
        with pytest.raises(StepRefused) as refusal:
            after(chain, Step.CLOSED)
        assert refusal.value.lacks == lacking(chain)
    else:
        assert after(chain, Step.CLOSED).closed


def test_a_failed_re_check_begins_the_mending_anew():
    chain, _ = walked(Chain(), [Step.TOLD, Step.RECTIFIED, Step.FAILED])

    assert lacking(chain) == ("rectified", "recheck")


def test_a_photo_that_is_asked_for_has_to_be_there():
    chain, _ = walked(Chain(needs_photo=True), [Step.TOLD, Step.RECTIFIED, Step.PASSED])

    assert lacking(chain) == ("photo",)
