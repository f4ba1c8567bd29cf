"""Dated versions and conditions."""

from datetime import date

import pytest

from shouwen.core.clause import Band, Version, in_force, matches

VERSIONS = (
    Version(from_=date(2025, 1, 1)),
    Version(from_=date(2026, 1, 1)),
    Version(from_=date(2027, 1, 1), withdrawn=True),
)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2025, 12, 31), date(2025, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2027, 1, 1), None),
    ],
)
def test_the_version_in_force_is_the_newest_that_has_begun_and_is_not_withdrawn(day, begins):
    version = in_force(versions=VERSIONS, day=day)

    assert (version and version.from_) == begins


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ({}, {}, True),
        ({"case_kind": ("repair", "alarm")}, {"case_kind": "alarm"}, True),
        ({"case_kind": ("repair",)}, {"case_kind": "alarm"}, False),
        ({"case_kind": ("repair",)}, {}, False),
        ({"deferred": ("true",)}, {"deferred": True}, True),
        ({"homes_affected": Band(at_least=10)}, {"homes_affected": 10}, True),
        ({"homes_affected": Band(below=10)}, {"homes_affected": 10}, False),
        ({"homes_affected": Band(at_least=1, below=10)}, {"homes_affected": 9.5}, True),
        ({"homes_affected": Band(at_least=1)}, {"homes_affected": "many"}, False),
    ],
)
def test_every_condition_must_hold_and_an_unknown_fact_holds_nothing(when, facts, expected):
    assert matches(when=when, facts=facts) is expected
