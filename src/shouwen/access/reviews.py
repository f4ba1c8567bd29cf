"""Who may look at, judge and decide about the review of a call: never whoever took the call."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol

from shouwen.access.roles import HEARS_ALL_CALLS, Role

REVIEWS_CALLS = HEARS_ALL_CALLS
DRAWS_CALLS = frozenset({Role.QA, Role.STATION_MANAGER})
SEES_REVIEW_RESULTS = REVIEWS_CALLS | {
    Role.COMPANY_MANAGER,
    Role.AUDITOR,
    Role.EDITOR,
    Role.APPROVER,
    Role.TRAINER,
}


class _Reviewer(Protocol):
    @property
    def staff_no(self) -> str: ...

    @property
    def role_set(self) -> Set[Role]: ...


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """How the review of a call stands to people, by staff number.

    `agent` took the call, `reviewer` judges it ("" while nobody does), `others` judged the same call
    in another round or decided an appeal on it; `deciders` are the latter. `is_blind`: somebody is still to judge it without
    knowing. `has_appeal`: an appeal waits. `round`: only the first is told to the agent.
    """

    agent: str
    reviewer: str = ""
    others: frozenset[str] = frozenset()
    deciders: frozenset[str] = frozenset()
    is_sent: bool = False
    is_blind: bool = False
    has_appeal: bool = False
    round: int = 1


def judges(actor: _Reviewer, review: ReviewStanding) -> bool:
    """Whoever reviews calls, for one that is open, not their own, and that they have not judged before."""
    is_free = review.reviewer in ("", actor.staff_no) and not review.is_sent
    return is_free and _may_judge(actor, review)


def sees(actor: _Reviewer, review: ReviewStanding) -> bool:
    """The reviewer always; the agent once it is told; other reviewers unless one is to judge blind."""
    if actor.staff_no == review.agent:
        return review.is_sent and review.round == 1
    if not actor.role_set & REVIEWS_CALLS:
        return False
    if actor.staff_no in (review.reviewer, *review.deciders) or review.has_appeal:
        return True
    if actor.staff_no in review.others and not review.is_sent:
        return False
    return not review.is_blind


def appeals(actor: _Reviewer, review: ReviewStanding) -> bool:
    """The agent, once it is told."""
    return actor.staff_no == review.agent and review.is_sent and review.round == 1


def decides_appeal(actor: _Reviewer, review: ReviewStanding) -> bool:
    """A reviewer of calls who neither took the call nor judged it."""
    return review.is_sent and actor.staff_no != review.reviewer and _may_judge(actor, review)


def coaches(actor: _Reviewer, review: ReviewStanding) -> bool:
    """Those who review calls, once the agent knows of it."""
    is_others = actor.staff_no != review.agent
    return review.is_sent and is_others and bool(actor.role_set & REVIEWS_CALLS)


def _may_judge(actor: _Reviewer, review: ReviewStanding) -> bool:
    if actor.staff_no == review.agent or actor.staff_no in review.others:
        return False
    return bool(actor.role_set & REVIEWS_CALLS)
