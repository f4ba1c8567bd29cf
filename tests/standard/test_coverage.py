"""Coverage: one honest row for each passage."""

import pytest

from shouwen.standard.coverage import coverage, judged_passages
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


@pytest.fixture(scope="module")
def rows():
    return coverage(load_pack(default_pack_path()))


def test_there_is_one_row_for_each_passage_of_the_standard(rows):
    assert len(rows) == len({row.clause for row in rows}) == 156


def test_the_promised_passages_are_judged_with_examples_that_run(rows):
    judged = {row.clause for row in rows if row.judged and row.tests}

    assert judged >= JUDGED_FROM_THE_START
    assert judged_passages(rows) == len({row.clause for row in rows if row.judged})


def test_what_has_no_evaluator_is_not_called_judged(rows):
    by_clause = {row.clause: row for row in rows}

    assert by_clause["2.2.5"].judged
    assert by_clause["2.2.5"].kind == "frequency"
