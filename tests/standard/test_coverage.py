"""Coverage: one honest row for each passage."""

from dataclasses import replace

import pytest

from shouwen.standard.coverage import coverage, is_shown, judged_passages
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

JUDGED_FROM_THE_START = {
    "2.2.3",
    "2.2.4",
    "2.2.6",
    "5.2.2",
    "5.2.3",
    "5.2.4",
    "5.2.5",
    "5.2.6",
    "5.2.8",
    "5.2.9",
    "5.2.12",
    "5.3.4",
    "5.4.1",
    "5.5.1",
}


PACK = load_pack(default_pack_path())


@pytest.fixture(scope="module")
def rows():
    return coverage(PACK)


def test_there_is_one_row_for_each_passage_of_the_standard(rows):
    assert len(rows) == len({row.clause for row in rows}) == 156


def test_the_promised_passages_are_judged_with_examples_that_run(rows):
    judged = {row.clause for row in rows if row.judged and row.tests}

    assert judged >= JUDGED_FROM_THE_START
    assert judged_passages(rows) == len({row.clause for row in rows if row.judged})


def test_every_passage_is_judged(rows):
    assert [row.clause for row in rows if not row.judged] == []


def test_what_is_judged_without_an_example_that_breaks_it_is_not_called_judged():
    rule = PACK.rules["complaint-answered-72h"]
    kept = tuple(example for example in rule.examples if example.expect == "met")

    assert is_shown(rule)
    assert not is_shown(replace(rule, examples=kept))
    assert not is_shown(replace(rule, examples=()))


def test_aims_and_scope_show_evidence_and_no_figure(rows):
    aims = [row for row in rows if row.kind == "value"]

    assert aims
    assert all(row.evidence and not row.measure for row in aims)


def test_every_other_passage_has_a_figure_for_each_of_its_rules(rows):
    assert all(row.measure == row.rules for row in rows if row.kind != "value")


def test_a_passage_is_lived_when_all_that_its_rules_wait_for_is_recorded(rows):
    by_clause = {row.clause: row for row in rows}

    assert by_clause["2.2.6"].is_lived
    assert any("cases.answer_customer" in step for step in by_clause["2.2.6"].lived)
    assert "inspection.done" in by_clause["2.2.5"].waits_for
    assert not by_clause["2.2.5"].is_lived


def test_the_files_of_tests_that_name_a_rule_count_beside_its_examples(rows):
    row = next(row for row in rows if "consultation-answered-2wd" in row.rules)

    assert "tests/standard/test_coverage.py" not in row.test_files or row.tests > row.examples
    assert row.tests == row.examples + len(row.test_files)
