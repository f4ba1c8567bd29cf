"""Who may judge and see the review of a call: never whoever took it, never twice the same person."""

import pytest

from shouwen.access.permission import Action, can
from shouwen.access.reviews import ReviewStanding
from shouwen.access.roles import Role


class Somebody:
    department_code = ""

    def __init__(self, staff_no: str, *roles: Role) -> None:
        self.staff_no, self.role_set = staff_no, frozenset(roles)


QA, OTHER = Somebody("7001", Role.QA), Somebody("7002", Role.QA)
AGENT, LEAD = Somebody("1031", Role.AGENT), Somebody("1031", Role.AGENT, Role.QA)
OPEN = ReviewStanding(agent="1031")
MINE = ReviewStanding(agent="1031", reviewer="7001")
SENT = ReviewStanding(agent="1031", reviewer="7001", is_sent=True)
BLIND = ReviewStanding(agent="1031", reviewer="7001", is_sent=True, is_blind=True)
SECOND = ReviewStanding(agent="1031", round=2, others=frozenset({"7001"}))
DECIDED = ReviewStanding(
    agent="1031",
    reviewer="7001",
    is_sent=True,
    is_blind=True,
    others=frozenset({"7002"}),
    deciders=frozenset({"7002"}),
)
APPEALED = ReviewStanding(
    agent="1031", reviewer="7001", is_sent=True, is_blind=True, has_appeal=True
)


@pytest.mark.parametrize(
    ("who", "review", "may"),
    [
        (QA, OPEN, True),
        (QA, MINE, True),
        (OTHER, MINE, False),
        (QA, SENT, False),
        (LEAD, OPEN, False),
        (AGENT, OPEN, False),
        (QA, SECOND, False),
        (OTHER, SECOND, True),
        (LEAD, SECOND, False),
    ],
)
def test_who_judges_a_call(who, review, may):
    assert can(who, Action.JUDGE_CALL, review) is may


@pytest.mark.parametrize(
    ("who", "review", "may"),
    [
        (QA, OPEN, True),
        (OTHER, SENT, True),
        (OTHER, BLIND, False),
        (OTHER, APPEALED, True),
        (OTHER, DECIDED, True),
        (QA, BLIND, True),
        (QA, SECOND, False),
        (AGENT, OPEN, False),
        (AGENT, SENT, True),
        (AGENT, SECOND, False),
        (Somebody("1015", Role.AGENT), SENT, False),
    ],
)
def test_who_sees_a_review(who, review, may):
    assert can(who, Action.VIEW_REVIEW, review) is may


@pytest.mark.parametrize(
    ("who", "review", "may"),
    [
        (OTHER, APPEALED, True),
        (QA, APPEALED, False),
        (LEAD, APPEALED, False),
        (AGENT, APPEALED, False),
        (OTHER, OPEN, False),
    ],
)
def test_an_appeal_is_decided_by_somebody_else(who, review, may):
    assert can(who, Action.DECIDE_APPEAL, review) is may


def test_only_the_agent_appeals():
    assert can(AGENT, Action.APPEAL_REVIEW, SENT)
    assert not can(QA, Action.APPEAL_REVIEW, SENT)
    assert not can(AGENT, Action.APPEAL_REVIEW, OPEN)
