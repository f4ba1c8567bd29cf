"""Who may look at hazards and do something about them."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol

from shouwen.access.roles import SEES_ALL_HAZARDS, SEES_OWN_CASES, Role

_STEERS = frozenset({Role.DISPATCHER, Role.STATION_MANAGER})
_MEETS_CUSTOMERS = frozenset({Role.AGENT, Role.CLERK})


class _Actor(Protocol):
    @property
    def staff_no(self) -> str: ...

    @property
    def role_set(self) -> Set[Role]: ...


@dataclass(frozen=True, slots=True)
class HazardStanding:
    """How a hazard stands to people, by staff number: who answers for it, who found it, who looks at it again."""

    owner: str
    found_by: str
    rechecks: str = ""


def sees(actor: _Actor, hazard: HazardStanding) -> bool:
    """Those who steer, check or answer customers see all; whoever works outside their own."""
    return bool(actor.role_set & SEES_ALL_HAZARDS) or _is_own(actor, hazard)


def works_on(actor: _Actor, hazard: HazardStanding) -> bool:
    """Those who steer the field, and whoever found it, answers for it or looks at it again."""
    return bool(actor.role_set & _STEERS) or _is_own(actor, hazard)


def reports(actor: _Actor, hazard: HazardStanding) -> bool:
    """Whoever works on it, and those whom customers tell that it is put right."""
    return bool(actor.role_set & _MEETS_CUSTOMERS) or works_on(actor, hazard)


def _is_own(actor: _Actor, hazard: HazardStanding) -> bool:
    is_theirs = actor.staff_no in (hazard.owner, hazard.found_by, hazard.rechecks)
    return is_theirs and bool(actor.role_set & SEES_OWN_CASES)
