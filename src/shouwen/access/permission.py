"""`can(actor, action, target)`: the one place where a permission is decided."""

from collections.abc import Callable, Mapping, Set
from enum import StrEnum
from typing import Protocol

from shouwen.access import hazards, reviews
from shouwen.access.hazards import HazardStanding as HazardStanding
from shouwen.access.reviews import ReviewStanding as ReviewStanding
from shouwen.access.roles import (
    CORRECTS_CUSTOMERS,
    HEARS_ALL_CALLS,
    KEEPS_RECORDINGS,
    KEEPS_REGISTERS,
    MENDS_JOBS,
    READS_MESSAGES,
    READS_ONLY,
    REGISTERS_DESKS,
    SEARCHES_WIDELY,
    SEES_ALL_CASES,
    SEES_ALL_FIGURES,
    SEES_CASES,
    SEES_DEPARTMENT_CASES,
    SEES_OWN_CASES,
    SEES_TEAM_FIGURES,
    SERVES_CUSTOMERS,
    SHAPES_STANDARD,
    Role,
)
from shouwen.access.standings import CallStanding as CallStanding
from shouwen.access.standings import CaseStanding as CaseStanding
from shouwen.access.standings import EditionStanding as EditionStanding
from shouwen.access.standings import PromiseStanding as PromiseStanding

STEERING = frozenset({Role.DISPATCHER, Role.STATION_MANAGER})
APPROVES = STEERING | {Role.COMPANY_MANAGER}
OUTSIDE = frozenset({Role.TECHNICIAN, Role.INSPECTOR})
DECIDES_GIFTS = frozenset({Role.STATION_MANAGER, Role.COMPANY_MANAGER})
TAKES_CASES = frozenset({Role.AGENT, Role.CLERK, Role.HANDLER}) | STEERING


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
    VIEW_CLAUSES = "view_clauses"
    VIEW_MESSAGES = "view_messages"
    RETRY_MESSAGE = "retry_message"
    VIEW_JOBS = "view_jobs"
    MEND_JOBS = "mend_jobs"
    MANAGE_STAFF = "manage_staff"
    VIEW_CALENDAR = "view_calendar"
    UPLOAD_CALENDAR = "upload_calendar"
    PUBLISH_CALENDAR = "publish_calendar"
    VIEW_EDITIONS = "view_editions"
    DRAFT_EDITION = "draft_edition"
    TRY_EDITION = "try_edition"
    COUNT_MOVES = "count_moves"
    DECIDE_EDITION = "decide_edition"
    VIEW_SHIFTS = "view_shifts"
    PLAN_SHIFTS = "plan_shifts"
    GUARD_OWN_SIGN_IN = "guard_own_sign_in"
    SEND_ALARM = "send_alarm"
    TAKE_CALLS = "take_calls"
    LEAD_CALLS = "lead_calls"
    SERVE_COUNTER = "serve_counter"
    GIVE_TICKETS = "give_tickets"
    WORK_INBOX = "work_inbox"
    REGISTER_DESKS = "register_desks"
    SEARCH_CUSTOMERS = "search_customers"
    SEARCH_WIDELY = "search_widely"
    CORRECT_CUSTOMERS = "correct_customers"
    KEEP_REGISTERS = "keep_registers"
    RECLASSIFY_CASE = "reclassify_case"
    VOID_CASE = "void_case"
    APPROVE_VOID = "approve_void"
    APPROVE_ANSWER = "approve_answer"
    RUN_INCIDENT = "run_incident"
    REOPEN_CASE = "reopen_case"
    LINK_CASES = "link_cases"
    MERGE_CASES = "merge_cases"
    REASSIGN_CASE = "reassign_case"
    ATTACH_FILE = "attach_file"
    DOWNLOAD_ATTACHMENT = "download_attachment"
    PRINT_WORK_ORDER = "print_work_order"
    ENTER_LATE = "enter_late"
    HAND_OVER_SHIFT = "hand_over_shift"
    VIEW_FIGURES = "view_figures"
    VIEW_TEAM_FIGURES = "view_team_figures"
    VIEW_ALL_FIGURES = "view_all_figures"
    VIEW_BEHIND_FIGURES = "view_behind_figures"
    POP_CALL = "pop_call"
    VIEW_BOARD = "view_board"
    VIEW_CALL = "view_call"
    PLAY_RECORDING = "play_recording"
    DOWNLOAD_RECORDING = "download_recording"
    VIEW_CALL_BACKS = "view_call_backs"
    CALL_BACK = "call_back"
    GIVE_CALL_BACK = "give_call_back"
    READ_KNOWLEDGE = "read_knowledge"
    REVIEW_CALLS = "review_calls"
    DRAW_CALLS = "draw_calls"
    VIEW_REVIEW_RESULTS = "view_review_results"
    VIEW_OWN_REVIEWS = "view_own_reviews"
    VIEW_REVIEW = "view_review"
    JUDGE_CALL = "judge_call"
    APPEAL_REVIEW = "appeal_review"
    DECIDE_APPEAL = "decide_appeal"
    COACH = "coach"
    LIST_HAZARDS = "list_hazards"
    FIND_HAZARD = "find_hazard"
    VIEW_HAZARD = "view_hazard"
    WORK_ON_HAZARD = "work_on_hazard"
    REPORT_RECTIFIED = "report_rectified"
    VIEW_DISPATCH = "view_dispatch"
    DISPATCH = "dispatch"
    WORK_OUTSIDE = "work_outside"
    SETTLE_FIELD = "settle_field"
    VIEW_GIFTS = "view_gifts"
    DECIDE_GIFTS = "decide_gifts"
    BOOK_VISIT = "book_visit"
    ANSWER_PAGE = "answer_page"


Target = (
    CaseStanding
    | EditionStanding
    | CallStanding
    | PromiseStanding
    | ReviewStanding
    | HazardStanding
)


def can(actor: Actor, action: Action, target: Target | None = None) -> bool:
    """True when `actor` may do `action` to `target`. Anything not said here is refused.

    An action on a case without a `target` is refused, except listing, which is narrowed by the
    scope of the query that answers it (`cases.queries.visible_cases`, the same rule as a filter).
    """
    if action in ON_A_CASE:
        return isinstance(target, CaseStanding) and ON_A_CASE[action](actor, target)
    if action in ON_AN_EDITION:
        return isinstance(target, EditionStanding) and ON_AN_EDITION[action](actor, target)
    if action in ON_A_PROMISE:
        return isinstance(target, PromiseStanding) and ON_A_PROMISE[action](actor, target)
    if action in ON_A_CALL:
        return isinstance(target, CallStanding) and ON_A_CALL[action](actor, target)
    if action in ON_A_REVIEW:
        return isinstance(target, ReviewStanding) and ON_A_REVIEW[action](actor, target)
    if action in ON_A_HAZARD:
        return isinstance(target, HazardStanding) and ON_A_HAZARD[action](actor, target)
    return action in BY_ROLE and _holds(actor, BY_ROLE[action])


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
    """True when an open hand-over is addressed to the actor, or to the actor's department and the
    actor is one of those who see its cases.
    """
    if not actor.role_set & (SEES_CASES - READS_ONLY):
        return False
    if case.offered_to:
        return case.offered_to == actor.staff_no
    to_department = case.offered_to_department not in ("", None) and (
        case.offered_to_department == actor.department_code
    )
    return to_department and sees_case(actor, case)


def _works_on(actor: Actor, case: CaseStanding) -> bool:
    """The owner works on a case; those who steer the company's work may step in."""
    roles = actor.role_set
    if actor.staff_no == case.owner and roles & (SEES_CASES - READS_ONLY):
        return True
    return bool(roles & STEERING) and sees_case(actor, case)


def _reopens(actor: Actor, case: CaseStanding) -> bool:
    """Whoever was first asked, the last owner, and those who steer the work."""
    took_part = actor.staff_no in (case.first_asked, case.owner)
    if took_part and actor.role_set & (SEES_CASES - READS_ONLY):
        return True
    return bool(actor.role_set & STEERING) and sees_case(actor, case)


def _approves(actor: Actor, case: CaseStanding) -> bool:
    """Supervisors; that nobody approves an own request is the operation's to see to."""
    return bool(actor.role_set & APPROVES) and sees_case(actor, case)


def _reassigns(actor: Actor, case: CaseStanding) -> bool:
    """Those who steer the work, for a case of somebody else's that is open."""
    is_others = actor.staff_no != case.owner and case.is_open
    return is_others and bool(actor.role_set & STEERING) and sees_case(actor, case)


def _withdraws(actor: Actor, case: CaseStanding) -> bool:
    """The owner, and whoever offered the case in the owner's place."""
    is_theirs = actor.staff_no in (case.owner, case.offered_by)
    return is_theirs and bool(actor.role_set & (SEES_CASES - READS_ONLY))


def _decides(actor: Actor, edition: EditionStanding) -> bool:
    """Approvers, except those who had a hand in it."""
    return Role.APPROVER in actor.role_set and actor.staff_no not in edition.editors


def _serves_call(actor: Actor, call: CallStanding) -> bool:
    """Whoever speaks or is asked to; those who may search widely; all who serve while nobody has it."""
    if not actor.role_set & SERVES_CUSTOMERS:
        return False
    is_mine = call.agent in ("", actor.staff_no) or actor.staff_no in call.offered
    return is_mine or bool(actor.role_set & SEARCHES_WIDELY)


def _sees_call(actor: Actor, call: CallStanding) -> bool:
    """Those who see all matters, whoever spoke or was rung, and the owner of what it became."""
    roles = actor.role_set
    return bool(roles & SEES_ALL_CASES) or (bool(roles & SEES_CASES) and _took_part(actor, call))


def _plays(actor: Actor, call: CallStanding) -> bool:
    """Voices are heard by those who check or steer the work, and by those who took part in it."""
    roles = actor.role_set
    return bool(roles & HEARS_ALL_CALLS) or (bool(roles & SEES_CASES) and _took_part(actor, call))


def _took_part(actor: Actor, call: CallStanding) -> bool:
    return actor.staff_no in (call.agent, call.case_owner) or actor.staff_no in call.offered


def _calls_back(actor: Actor, promise: PromiseStanding) -> bool:
    """The owner, whoever was asked to, colleagues of the owner's department, and those who lead."""
    if not actor.role_set & TAKES_CASES:
        return False
    is_team = promise.team != "" and promise.team == actor.department_code
    is_asked = actor.staff_no in (promise.owner, promise.caller)
    return is_asked or is_team or bool(actor.role_set & STEERING)


def _gives_call_back(actor: Actor, _promise: PromiseStanding) -> bool:
    """Those who lead the calls ask somebody else to make one."""
    return bool(actor.role_set & STEERING)


def _holds(actor: Actor, roles: Set[Role] | None) -> bool:
    return roles is None or bool(actor.role_set & roles)


# What needs no case: the roles that may; None for everybody who is signed in.
BY_ROLE: Mapping[Action, Set[Role] | None] = {
    Action.LIST_CASES: SEES_CASES,
    Action.VIEW_CLOCKS: SEES_CASES,
    Action.VIEW_COMPONENTS: None,
    Action.VIEW_CLAUSES: None,
    Action.ENTER_LATE: TAKES_CASES,
    Action.HAND_OVER_SHIFT: SEES_CASES - READS_ONLY,
    Action.GUARD_OWN_SIGN_IN: None,
    Action.SEND_ALARM: None,
    Action.TAKE_CALLS: STEERING | {Role.AGENT},
    Action.LEAD_CALLS: STEERING,
    Action.SERVE_COUNTER: {Role.CLERK},
    Action.GIVE_TICKETS: STEERING | {Role.CLERK},
    Action.WORK_INBOX: SERVES_CUSTOMERS,
    Action.VIEW_MESSAGES: READS_MESSAGES,
    Action.RETRY_MESSAGE: READS_MESSAGES - READS_ONLY,
    Action.VIEW_JOBS: MENDS_JOBS,
    Action.MEND_JOBS: MENDS_JOBS,
    Action.MANAGE_STAFF: {Role.SYSTEM_ADMIN},
    Action.VIEW_CALENDAR: {Role.EDITOR, Role.APPROVER, Role.COMPANY_MANAGER, Role.AUDITOR},
    Action.UPLOAD_CALENDAR: {Role.EDITOR},
    Action.PUBLISH_CALENDAR: {Role.APPROVER},
    Action.VIEW_EDITIONS: {Role.EDITOR, Role.APPROVER, Role.COMPANY_MANAGER, Role.AUDITOR},
    Action.DRAFT_EDITION: {Role.EDITOR},
    Action.TRY_EDITION: {Role.EDITOR, Role.APPROVER, Role.COMPANY_MANAGER},
    Action.COUNT_MOVES: {Role.EDITOR, Role.APPROVER},
    Action.VIEW_SHIFTS: STEERING | {Role.COMPANY_MANAGER, Role.AUDITOR},
    Action.PLAN_SHIFTS: STEERING,
    Action.REGISTER_DESKS: REGISTERS_DESKS,
    Action.SEARCH_CUSTOMERS: SERVES_CUSTOMERS,
    Action.SEARCH_WIDELY: SEARCHES_WIDELY,
    Action.CORRECT_CUSTOMERS: CORRECTS_CUSTOMERS,
    Action.KEEP_REGISTERS: KEEPS_REGISTERS,
    Action.VIEW_FIGURES: SEES_CASES | SHAPES_STANDARD,
    Action.VIEW_TEAM_FIGURES: SEES_TEAM_FIGURES,
    Action.VIEW_ALL_FIGURES: SEES_ALL_FIGURES | SHAPES_STANDARD,
    Action.VIEW_BEHIND_FIGURES: SEES_CASES,
    Action.READ_KNOWLEDGE: None,
    Action.VIEW_BOARD: STEERING | {Role.AGENT, Role.COMPANY_MANAGER, Role.QA},
    Action.VIEW_CALL_BACKS: TAKES_CASES,
    Action.WORK_OUTSIDE: OUTSIDE,
    Action.SETTLE_FIELD: STEERING,
    Action.VIEW_GIFTS: OUTSIDE | DECIDES_GIFTS,
    Action.DECIDE_GIFTS: DECIDES_GIFTS,
    Action.REVIEW_CALLS: reviews.REVIEWS_CALLS,
    Action.DRAW_CALLS: reviews.DRAWS_CALLS,
    Action.VIEW_REVIEW_RESULTS: reviews.SEES_REVIEW_RESULTS,
    Action.VIEW_OWN_REVIEWS: STEERING | {Role.AGENT},
    Action.LIST_HAZARDS: SEES_CASES - {Role.HANDLER},
    Action.FIND_HAZARD: STEERING | SEES_OWN_CASES,
    Action.VIEW_DISPATCH: STEERING | {Role.HANDLER, Role.COMPANY_MANAGER},
    Action.DISPATCH: STEERING,
    Action.BOOK_VISIT: TAKES_CASES,
    Action.ANSWER_PAGE: STEERING | {Role.TECHNICIAN, Role.INSPECTOR, Role.HANDLER},
}
# What is done to a case: how it stands to the person decides.
ON_A_CASE: Mapping[Action, Callable[[Actor, CaseStanding], bool]] = {
    Action.VIEW_CASE: sees_case,
    Action.WORK_ON_CASE: _works_on,
    Action.OFFER_HANDOVER: _works_on,
    Action.REVEAL_PHONE: _works_on,
    Action.ANSWER_HANDOVER: is_offered,
    Action.WITHDRAW_HANDOVER: _withdraws,
    Action.RECLASSIFY_CASE: _works_on,
    Action.VOID_CASE: _works_on,
    Action.APPROVE_VOID: _approves,
    Action.APPROVE_ANSWER: _approves,
    Action.RUN_INCIDENT: _works_on,
    Action.REOPEN_CASE: _reopens,
    Action.LINK_CASES: _works_on,
    Action.MERGE_CASES: _works_on,
    Action.REASSIGN_CASE: _reassigns,
    Action.ATTACH_FILE: _works_on,
    Action.DOWNLOAD_ATTACHMENT: sees_case,
    Action.PRINT_WORK_ORDER: _works_on,
}
# What is asked of a call.
ON_A_CALL: Mapping[Action, Callable[[Actor, CallStanding], bool]] = {
    Action.POP_CALL: _serves_call,
    Action.VIEW_CALL: _sees_call,
    Action.PLAY_RECORDING: _plays,
    Action.DOWNLOAD_RECORDING: lambda actor, _call: bool(actor.role_set & KEEPS_RECORDINGS),
}
# What is done about the review of a call.
ON_A_REVIEW: Mapping[Action, Callable[[Actor, ReviewStanding], bool]] = {
    Action.VIEW_REVIEW: reviews.sees,
    Action.JUDGE_CALL: reviews.judges,
    Action.APPEAL_REVIEW: reviews.appeals,
    Action.DECIDE_APPEAL: reviews.decides_appeal,
    Action.COACH: reviews.coaches,
}
# What is done about a hazard.
ON_A_HAZARD: Mapping[Action, Callable[[Actor, HazardStanding], bool]] = {
    Action.VIEW_HAZARD: hazards.sees,
    Action.WORK_ON_HAZARD: hazards.works_on,
    Action.REPORT_RECTIFIED: hazards.reports,
}
# What is done about a promised call.
ON_A_PROMISE: Mapping[Action, Callable[[Actor, PromiseStanding], bool]] = {
    Action.CALL_BACK: _calls_back,
    Action.GIVE_CALL_BACK: _gives_call_back,
}
# What is done to an edition of the standard.
ON_AN_EDITION: Mapping[Action, Callable[[Actor, EditionStanding], bool]] = {
    Action.DECIDE_EDITION: _decides,
}
