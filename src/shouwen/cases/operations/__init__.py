"""Everything that can be done to a case. Each operation is one transaction.

Every operation takes `act_id`, made by whoever asks (page, phone, replay): the same act asked
for twice is done once. Instants are aware UTC; `at` is when it happened, `now` when we hear of
it. Refusals are exceptions defined beside the operation that raises them.
"""

from shouwen.cases.operations.handing_over import (
    AlreadyOffered,
    HandoverGone,
    NotAddressed,
    NotTheOwner,
    accept_handover,
    offer_handover,
    refuse_handover,
    withdraw_handover,
)
from shouwen.cases.operations.happenings import CaseClosed, entered_late, part_of
from shouwen.cases.operations.opening import NewCase, NoSuchDepartment, open_case
from shouwen.cases.operations.promising import PromiseGone, keep_promise, make_promise
from shouwen.cases.operations.working import (
    agree_time,
    answer_customer,
    close_case,
    note_progress,
    pause_clocks,
    report,
    resume_clocks,
)

__all__ = [
    "AlreadyOffered",
    "CaseClosed",
    "HandoverGone",
    "NewCase",
    "NoSuchDepartment",
    "NotAddressed",
    "NotTheOwner",
    "PromiseGone",
    "accept_handover",
    "agree_time",
    "answer_customer",
    "close_case",
    "entered_late",
    "keep_promise",
    "make_promise",
    "note_progress",
    "offer_handover",
    "open_case",
    "part_of",
    "pause_clocks",
    "refuse_handover",
    "report",
    "resume_clocks",
    "withdraw_handover",
]
