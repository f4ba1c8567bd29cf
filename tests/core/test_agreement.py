"""How far two reviewers agree, beyond what chance gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.agreement import Agreement, agreement


def test_the_textbook_table_has_the_textbook_kappa():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.70, by chance 0.50.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15

    found = agreement(pairs)

    assert (found.both, found.same, found.share) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([("y", "y"), ("n", "n")], 1.0),
        ([("y", "n"), ("n", "y")], -1.0),
        ([("y", "y"), ("y", "n")], 0.0),
    ],
)
def test_full_agreement_is_1_and_full_disagreement_below_0(pairs, kappa):
    assert agreement(pairs).kappa == pytest.approx(kappa)


def test_nothing_is_said_of_nothing_or_of_one_answer_only():
    assert agreement([]) == Agreement(0, 0, None)
    assert agreement([]).share is None
    assert agreement([("y", "y")] * 5) == Agreement(5, 5, None)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab"))))
def test_kappa_lies_between_minus_1_and_1_and_does_not_care_who_was_first(pairs):
    found = agreement(pairs)

    assert found == agreement([(other, one) for one, other in pairs])
    assert found.kappa is None or -1 <= found.kappa <= 1
