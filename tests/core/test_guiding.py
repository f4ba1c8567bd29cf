"""Guides are gone through by yes and no, and whatever cannot work is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.guiding import Step, faults, is_guide, stand

BATTERY = (
    Step(id="smell", ask="有没有气味？", yes="alarm", no="open"),
    Step(id="open", do="打开电池盖", yes="explain", no="visit"),
    Step(id="explain", say="换同型号的电池", yes="check"),
    Step(id="check", ask="正常了吗？", yes="solved", no="visit"),
)


@pytest.mark.parametrize(
    ("answers", "step", "outcome"),
    [
        ("", "smell", None),
        ("y", None, "alarm"),
        ("n", "open", None),
        ("nn", None, "visit"),
        ("ny", "explain", None),
        ("nyn", "check", None),  # something that is only said goes on, whatever is answered
        ("nyyy", None, "solved"),
        ("nyyn", None, "visit"),
        ("yyyyyy", None, "alarm"),
    ],
)
def test_the_answers_lead_to_a_step_or_an_end(answers, step, outcome):
    here = stand(BATTERY, answers=answers)

    assert (here.step.id if here.step else None, here.outcome) == (step, outcome)


@given(st.text(alphabet="yn", max_size=12))
def test_every_way_through_a_sound_guide_goes_on_or_ends(answers):
    here = stand(BATTERY, answers=answers)

    assert (here.step is None) != (here.outcome is None)
    assert len(here.passed) <= len(BATTERY)


def test_another_letter_is_refused():
    with pytest.raises(ValueError, match="x"):
        stand(BATTERY, answers="nx")


def test_a_text_without_branches_is_read_and_not_stepped_through():
    assert is_guide(BATTERY)
    assert not is_guide((Step(say="身份证"),))


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), ["empty "]),
        (BATTERY, []),
        ((*BATTERY, Step(id="lost", say="x", yes="solved")), ["unreached lost"]),
        ((Step(id="a", ask="x", yes="b", no="visit"),), ["nowhere a"]),
        ((Step(id="a", ask="x", yes="solved"),), ["nowhere a"]),
        ((Step(id="a", ask="x", yes="a", no="visit"),), ["loop a"]),
        (
            (
                Step(id="a", ask="x", yes="b", no="visit"),
                Step(id="b", say="y", yes="a"),
            ),
            ["loop a"],
        ),
        ((Step(say="x", yes="solved"),), ["unnamed x"]),
        (
            (
                Step(id="a", say="x", yes="a2"),
                Step(id="a", say="y", yes="solved"),
            ),
            ["twice a"],
        ),
    ],
)
def test_what_cannot_work_is_named(steps, found):
    assert list(faults(steps)) == found
