"""Ownership: somebody has the matter at every moment, and offers are answered."""

from shouwen.core.clause import Limit
from shouwen.core.kinds.routing import RoutingVersion, judge_routing
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event


def _judge(*, version, events, calendar, now, **more):
    return judge_routing(
        version, Matter(facts={}, events=events, calendar=calendar, now=now, **more)
    )


VERSION = RoutingVersion(
    from_=at("01-01 00:00").date(),
    owner_from=("case.reported",),
    owner_until=("case.answered", "case.closed"),
    handover_accepted_within=Limit(value=10, unit="minutes"),
)
OWNED = (event("case.reported", "03-02 08:00"), event("case.owner_set", "03-02 08:00", owner="1"))
OFFERED = event("case.handover_offered", "03-02 09:00", to="2")


def judged(*events, now="03-02 12:00"):
    return _judge(version=VERSION, events=events, calendar=CALENDAR, now=at(now))


def test_nothing_reported_is_nothing_to_own():
    assert judged() == NotApplicable(reason="not_started")


def test_a_matter_without_an_owner_is_missed_after_a_minute():
    verdict = judged(event("case.reported", "03-02 08:00"), now="03-02 08:02")

    assert isinstance(verdict, Missed)
    assert verdict.due_at == at("03-02 08:01")


def test_an_owned_matter_without_an_offer_runs_without_a_due_time():
    verdict = judged(*OWNED)

    assert isinstance(verdict, Running)
    assert verdict.due_at is None


def test_an_open_offer_has_its_own_due_time():
    verdict = judged(*OWNED, OFFERED, now="03-02 09:05")

    assert isinstance(verdict, Running)
    assert (verdict.due_at, verdict.warn_at) == (at("03-02 09:10"), at("03-02 09:08"))


def test_a_refused_offer_is_an_answered_offer():
    verdict = judged(*OWNED, OFFERED, event("case.handover_refused", "03-02 09:09"))

    assert isinstance(verdict, Running)
    assert verdict.due_at is None


def test_an_offer_answered_late_is_missed():
    verdict = judged(*OWNED, OFFERED, event("case.handover_accepted", "03-02 09:11"))

    assert isinstance(verdict, Missed)
    assert verdict.at == at("03-02 09:11")


def test_a_matter_owned_to_the_answer_is_met():
    verdict = judged(
        *OWNED,
        OFFERED,
        event("case.handover_accepted", "03-02 09:01"),
        event("case.answered", "03-02 11:00"),
    )

    assert isinstance(verdict, Met)
    assert verdict.at == at("03-02 11:00")


def test_an_offer_that_the_answer_overtakes_breaks_nothing():
    verdict = judged(*OWNED, OFFERED, event("case.answered", "03-02 09:05"), now="03-02 12:00")

    assert isinstance(verdict, Met)
