"""The list of cases, the case page and the acts on it."""

from shouwen.cases.views.acting import (
    accept,
    act_on_case,
    approve_void,
    escalation_seen,
    keep,
    refuse,
    refuse_void,
    undo_merge,
    unlink,
    withdraw,
)
from shouwen.cases.views.answers import approve_answer, refuse_answer
from shouwen.cases.views.classifying import reclassify
from shouwen.cases.views.entering import enter_late
from shouwen.cases.views.incidents import (
    incident,
    incident_body,
    incident_end,
    incident_list,
    incident_until,
)
from shouwen.cases.views.listing import cases, cases_rows
from shouwen.cases.views.looking import case, case_body, reveal_phone
from shouwen.cases.views.of_customer import cases_of_customer
from shouwen.cases.views.papers import attachment, print_order
from shouwen.cases.views.shifts import accept_shift, hand_over_shift, shift_offer

__all__ = [
    "accept",
    "accept_shift",
    "act_on_case",
    "approve_answer",
    "approve_void",
    "attachment",
    "case",
    "case_body",
    "cases",
    "cases_of_customer",
    "cases_rows",
    "enter_late",
    "escalation_seen",
    "hand_over_shift",
    "incident",
    "incident_body",
    "incident_end",
    "incident_list",
    "incident_until",
    "keep",
    "print_order",
    "reclassify",
    "refuse",
    "refuse_answer",
    "refuse_void",
    "reveal_phone",
    "shift_offer",
    "undo_merge",
    "unlink",
    "withdraw",
]
