"""Targets over many matters: shares, averages, counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.targets import Target, judge_target

SHARE = Target(measure="share", at_least=0.95)


@pytest.mark.parametrize(
    ("met", "missed", "word"),
    [(95, 5, "met"), (949, 51, "missed"), (19, 1, "met"), (1, 0, "met"), (0, 1, "missed")],
)
def test_a_share_is_exact(met, missed, word):
    assert judge_target(SHARE, {"met": met, "missed": missed}).word == word


def test_excepted_matters_are_counted_apart():
    result = judge_target(SHARE, {"met": 95, "missed": 5, "excepted": 400})

    assert (result.word, result.value) == ("met", 0.95)


def test_too_few_matters_say_nothing():
    target = Target(measure="share", at_least=0.95, least=30)

    assert judge_target(target, {"met": 5, "missed": 3}).word == "too_few"
    assert judge_target(SHARE, {}).value is None


def test_an_average_of_scores():
    target = Target(measure="average", at_least=4.5)

    assert judge_target(target, {"sum": 450, "number": 100}).word == "met"
    assert judge_target(target, {"sum": 449, "number": 100}).word == "missed"


def test_a_count_at_most_and_none_at_all_is_kept():
    target = Target(measure="count", of="missed", at_most=2)

    assert judge_target(target, {}).word == "met"
    assert judge_target(target, {"missed": 2}).word == "met"
    assert judge_target(target, {"missed": 3}).word == "missed"


def test_a_share_of_the_population_that_was_drawn():
    target = Target(measure="share", of="drawn", among="all", at_least=0.1)

    assert judge_target(target, {"drawn": 3, "all": 30}).word == "met"
    assert judge_target(target, {"drawn": 2, "all": 30}).word == "missed"


def test_between_the_limit_and_good_is_kept_but_close():
    target = Target(measure="share", at_least=0.9, good_from=0.95)

    close, good = (judge_target(target, {"met": n, "missed": 100 - n}) for n in (92, 96))

    assert (close.word, close.close) == ("met", True)
    assert (good.word, good.close) == ("met", False)
    assert close.steps[-1].code == "target_close"


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_one_more_kept_never_loses_a_share(met, missed):
    before = judge_target(SHARE, {"met": met, "missed": missed}).word
    after = judge_target(SHARE, {"met": met + 1, "missed": missed}).word

    assert not (before == "met" and after == "missed")


@given(st.integers(1, 1000), st.integers(0, 1000))
def test_a_share_agrees_with_whole_numbers(met, missed):
    reached = met * 100 >= 95 * (met + missed)

    assert judge_target(SHARE, {"met": met, "missed": missed}).word == (
        "met" if reached else "missed"
    )
