"""`can(actor, action, target)`: the one place where a permission is decided."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from shouwen.access.roles import (
    CORRECTS_CUSTOMERS,
    KEEPS_REGISTERS,
    MENDS_JOBS,
    READS_MESSAGES,
    READS_ONLY,
    REGISTERS_DESKS,
    SEARCHES_WIDELY,
    SEES_ALL_CASES,
    SEES_CASES,
    SEES_DEPARTMENT_CASES,
    SERVES_CUSTOMERS,
    Role,
)


class Actor(Protocol):
    """Whoever acts: a signed-in member of staff."""

    @property
    def staff_no(self) -> str: ...

    @property
    def role_set(self) -> Set[Role]: ...

    @property
    def department_code(self) -> str: ...


class Action(StrEnum):
    """Everything a person can ask of the system. What is not listed cannot be done."""

    LIST_CASES = "list_cases"
    VIEW_CASE = "view_case"
    WORK_ON_CASE = "work_on_case"
    OFFER_HANDOVER = "offer_handover"
    ANSWER_HANDOVER = "answer_handover"
    WITHDRAW_HANDOVER = "withdraw_handover"
    REVEAL_PHONE = "reveal_phone"
    VIEW_CLOCKS = "view_clocks"
    VIEW_COMPONENTS = "view_components"
    VIEW_MESSAGES = "view_messages"
    RETRY_MESSAGE = "retry_message"
    VIEW_JOBS = "view_jobs"
    MEND_JOBS = "mend_jobs"
    MANAGE_STAFF = "manage_staff"
    VIEW_CALENDAR = "view_calendar"
    UPLOAD_CALENDAR = "upload_calendar"
    PUBLISH_CALENDAR = "publish_calendar"
    VIEW_SHIFTS = "view_shifts"
    PLAN_SHIFTS = "plan_shifts"
    GUARD_OWN_SIGN_IN = "guard_own_sign_in"
    SEND_ALARM = "send_alarm"
    REGISTER_DESKS = "register_desks"
    SEARCH_CUSTOMERS = "search_customers"
    SEARCH_WIDELY = "search_widely"
    CORRECT_CUSTOMERS = "correct_customers"
    KEEP_REGISTERS = "keep_registers"


# What depends on nothing but the role.
BY_ROLE: Mapping[Action, Set[Role]] = MappingProxyType(
    {
        Action.LIST_CASES: SEES_CASES,
        Action.VIEW_CLOCKS: SEES_CASES,
        Action.VIEW_MESSAGES: READS_MESSAGES,
        Action.RETRY_MESSAGE: READS_MESSAGES - READS_ONLY,
        Action.VIEW_JOBS: MENDS_JOBS,
        Action.MEND_JOBS: MENDS_JOBS,
        Action.MANAGE_STAFF: {Role.SYSTEM_ADMIN},
        Action.VIEW_CALENDAR: {Role.EDITOR, Role.APPROVER, Role.COMPANY_MANAGER, Role.AUDITOR},
        Action.UPLOAD_CALENDAR: {Role.EDITOR},
        Action.PUBLISH_CALENDAR: {Role.APPROVER},
        Action.VIEW_SHIFTS: {
            Role.DISPATCHER,
            Role.STATION_MANAGER,
            Role.COMPANY_MANAGER,
            Role.AUDITOR,
        },
        Action.PLAN_SHIFTS: {Role.DISPATCHER, Role.STATION_MANAGER},
        Action.REGISTER_DESKS: REGISTERS_DESKS,
        Action.SEARCH_CUSTOMERS: SERVES_CUSTOMERS,
        Action.SEARCH_WIDELY: SEARCHES_WIDELY,
        Action.CORRECT_CUSTOMERS: CORRECTS_CUSTOMERS,
        Action.KEEP_REGISTERS: KEEPS_REGISTERS,
    }
)


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


def can(actor: Actor, action: Action, target: CaseStanding | None = None) -> bool:
    """True when `actor` may do `action` to `target`. Anything not said here is refused.

    An action on a case without a `target` is refused, except listing, which is narrowed by the
    scope of the query that answers it (`cases.queries.visible_cases`, the same rule as a filter).
    """
    roles = actor.role_set
    if action in BY_ROLE:
        return bool(roles & BY_ROLE[action])
    match action:
        case Action.VIEW_COMPONENTS | Action.GUARD_OWN_SIGN_IN | Action.SEND_ALARM:
            return True
        case Action.VIEW_CASE:
            return target is not None and sees_case(actor, target)
        case Action.REVEAL_PHONE | Action.OFFER_HANDOVER | Action.WORK_ON_CASE:
            return target is not None and _works_on(actor, target)
        case Action.ANSWER_HANDOVER:
            return target is not None and is_offered(actor, target)
        case Action.WITHDRAW_HANDOVER:
            return (
                target is not None
                and target.owner == actor.staff_no
                and bool(roles & (SEES_CASES - READS_ONLY))
            )
        case _:
            return False


def sees_case(actor: Actor, case: CaseStanding) -> bool:
    """The rule behind viewing: all, own department's, or own cases, by role."""
    roles = actor.role_set
    if roles & SEES_ALL_CASES:
        return True
    if not roles & SEES_CASES:
        return False
    if actor.staff_no in (case.first_asked, case.owner, case.offered_to):
        return True
    in_department = actor.department_code != "" and actor.department_code in (
        case.department,
        case.offered_to_department,
    )
    return in_department and bool(roles & SEES_DEPARTMENT_CASES)


def is_offered(actor: Actor, case: CaseStanding) -> bool:
    """True when an open hand-over is addressed to the actor or to the actor's department."""
    if not actor.role_set & (SEES_CASES - READS_ONLY):
        return False
    if case.offered_to:
        return case.offered_to == actor.staff_no
    return case.offered_to_department not in ("", None) and (
        case.offered_to_department == actor.department_code
    )


def _works_on(actor: Actor, case: CaseStanding) -> bool:
    """The owner works on a case; those who steer the company's work may step in."""
    roles = actor.role_set
    if actor.staff_no == case.owner and roles & (SEES_CASES - READS_ONLY):
        return True
    steering = {Role.DISPATCHER, Role.STATION_MANAGER}
    return bool(roles & steering) and sees_case(actor, case)
