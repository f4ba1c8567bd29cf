"""No clause falls behind what it had reached: its rules, examples, tests, and what it lives by."""

import pytest

from scripts.coverage_baseline import Standing, lost, now_standing, read

NOW = now_standing()
BASELINE = read()


def test_the_baseline_holds_what_is_judged_and_lived():
    behind = [
        clause
        for clause, now in NOW.items()
        if (now.rules or now.events) and clause not in BASELINE
    ]

    assert behind == [], "extend it: python scripts/coverage_baseline.py"


@pytest.mark.parametrize("clause", BASELINE)
def test_a_clause_keeps_its_rules_its_examples_its_tests_and_its_operations(clause):
    assert lost(BASELINE[clause], NOW.get(clause, Standing())) == []


def test_a_lost_rule_a_lost_example_and_a_lost_operation_are_each_noticed():
    was = Standing(frozenset({"a", "b"}), 4, 1, frozenset({"case.closed"}))

    assert lost(was, was) == []
    assert lost(was, Standing(frozenset({"a"}), 4, 1, was.events)) == ["rule b"]
    assert lost(was, Standing(was.rules, 3, 1, was.events)) == ["1 examples"]
    assert lost(was, Standing(was.rules, 4, 0, was.events)) == ["the tests that name its rules"]
    assert lost(was, Standing(was.rules, 4, 1)) == ["what records case.closed"]
