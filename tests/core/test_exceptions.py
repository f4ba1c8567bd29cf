"""Taking a matter out of the count: a named reason, evidence, an approver."""

import pytest

from shouwen.core.clause import AllowedException, Limit
from shouwen.core.matter import Matter
from shouwen.core.verdict import Excepted
from shouwen.standard.evaluators import evaluate
from tests.core.kinds.clocks import clock, codes
from tests.core.kinds.moments import CALENDAR, at, event

REPORTED = event("case.reported", "03-06 16:00")
STORM = clock(
    limit=Limit(value=2, unit="hours"),
    exceptions=(
        AllowedException(reason="force_majeure"),
        AllowedException(reason="works_of_others", evidence=False, granted="before_due"),
    ),
)


def granted(moment, reason="force_majeure", approver="1001", evidence="公文 12", **more):
    data = {"reason": reason, "approver": approver, "evidence": evidence, **more}
    return event("case.exception_granted", moment, **data)


def judged(*events, now="03-07 00:00", explain=True):
    known = sorted((REPORTED, *events), key=lambda e: e.at)
    matter = Matter(
        facts={},
        events=[e for e in known if e.at <= at(now)],
        calendar=CALENDAR,
        now=at(now),
        explain=explain,
        rule_id="repaired-2h",
    )
    return evaluate(STORM, matter)


def test_a_granted_exception_voids_a_clock_and_names_who_approved_it():
    verdict = judged(granted("03-06 17:00"))

    assert isinstance(verdict, Excepted)
    assert (verdict.reason, verdict.approver, verdict.evidence) == (
        "force_majeure",
        "1001",
        "公文 12",
    )
    assert (verdict.started_at, verdict.at) == (at("03-06 16:00"), at("03-06 17:00"))
    assert codes(verdict)[-1] == "excepted"


def test_what_was_kept_before_the_approval_stays_kept():
    repaired = event("case.repaired", "03-06 17:00")

    assert judged(repaired, granted("03-06 17:30")).word == "met"
    assert judged(granted("03-06 16:30"), repaired).word == "excepted"


def test_a_miss_may_be_excepted_afterwards():
    assert judged(event("case.repaired", "03-06 19:00"), granted("03-06 20:00")).word == "excepted"


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        (granted("03-06 17:00", reason="lunch"), "exception_not_named"),
        (granted("03-06 17:00", approver=" "), "approver_missing"),
        (granted("03-06 17:00", evidence=""), "evidence_missing"),
        (granted("03-06 18:30", reason="works_of_others"), "granted_too_late"),
    ],
)
def test_a_grant_that_does_not_count_is_named(grant, why):
    verdict = judged(grant)

    assert verdict.word == "missed"
    assert verdict.steps[-1].params["why"] == why


def test_an_exception_may_be_granted_for_one_rule_only():
    assert judged(granted("03-06 17:00", rule="answered-72h")).word == "missed"
    assert judged(granted("03-06 17:00", rule="repaired-2h")).word == "excepted"


def test_before_it_was_granted_the_clock_runs():
    assert judged(granted("03-06 17:30"), now="03-06 17:00").word == "running"


def test_without_an_explanation_the_verdict_is_the_same():
    told, silent = (judged(granted("03-06 17:00"), explain=x) for x in (True, False))

    assert silent.steps == ()
    assert (told.word, told.at) == (silent.word, silent.at)
