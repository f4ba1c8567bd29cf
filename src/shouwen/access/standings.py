"""How what is asked for stands to people: all that a permission on it may depend on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """How a case stands to people: all that a permission on a case may depend on.

    Staff numbers and department codes; an empty string means nobody.
    """

    first_asked: str
    owner: str
    department: str
    offered_to: str = ""
    offered_to_department: str = ""
    is_open: bool = True
    offered_by: str = ""


@dataclass(frozen=True, slots=True)
class EditionStanding:
    """How an edition of the standard stands to people: the staff numbers of all who had a hand in it."""

    editors: frozenset[str]


@dataclass(frozen=True, slots=True)
class CallStanding:
    """How a call stands to people, by staff number: who took it, whose telephone rang for it, and
    who owns the case it became.
    """

    agent: str = ""
    offered: frozenset[str] = frozenset()
    case_owner: str = ""


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """How a promised call stands to people: its owner, the owner's department, who was asked to make it."""

    owner: str
    team: str = ""
    caller: str = ""
