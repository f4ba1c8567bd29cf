"""Several limits on one promise, each from its own document: the earliest or the latest holds."""

from typing import Any

import pytest

from shouwen.core.clause import Limit, Source, Words
from shouwen.core.kinds.clock import Claim, Start, Until
from shouwen.core.verdict import Gap
from tests.core.kinds.clocks import clock, codes, due_at, judged, started_at, told
from tests.core.kinds.moments import at, event

REPORTED = event("case.reported", "03-06 16:00")  # a Friday


def claim(name: str, **said: Any) -> Claim:
    title = Words(zh=name, en=name)
    return Claim(id=name, title=title, source=Source(document=name, section="1"), **said)


SEVERAL = (
    claim("national", limit=Limit(value=3, unit="days")),
    claim("own", limit=Limit(value=48, unit="hours")),
    claim("platform", until=Until(on=("case.deadline_set",))),
)


@pytest.mark.parametrize(
    ("choose", "due"), [("earliest", "03-08 16:00"), ("latest", "03-09 16:00")]
)
def test_of_several_limits_the_earliest_or_the_latest_holds(choose, due):
    verdict = judged(clock(limits=SEVERAL, choose=choose), REPORTED, now="03-06 17:00")

    assert due_at(verdict) == at(due)
    assert {"claim", "claim_silent", f"chosen_{choose}"} <= set(codes(verdict))


def test_a_platforms_deadline_wins_when_it_is_the_earliest():
    word = told("03-06 16:05", at="2026-03-07T10:00:00+08:00")

    verdict = judged(clock(limits=SEVERAL, choose="earliest"), REPORTED, word, now="03-06 17:00")

    assert due_at(verdict) == at("03-07 10:00")


def test_a_limit_with_a_start_of_its_own_counts_from_there_once_it_has_begun():
    limits = (
        claim("own", limit=Limit(value=48, unit="hours")),
        claim(
            "province",
            start=Start(on=("case.routed",)),
            limit=Limit(value=24, unit="hours"),
        ),
    )
    version = clock(limits=limits, choose="earliest")
    routed = event("case.routed", "03-06 20:00")

    assert due_at(judged(version, REPORTED, now="03-06 21:00")) == at("03-08 16:00")
    verdict = judged(version, REPORTED, routed, now="03-06 21:00")
    assert (started_at(verdict), due_at(verdict)) == (at("03-06 20:00"), at("03-07 20:00"))


def test_when_none_of_the_limits_speaks_nothing_is_promised():
    limits = (SEVERAL[2], claim("other", until=Until(on=("outage.planned",))))

    verdict = judged(clock(limits=limits, choose="latest"), REPORTED, now="03-06 17:00")

    assert isinstance(verdict, Gap)
    assert verdict.reason == "value_not_given"
