"""Everything that can be done to an order. Each operation is one transaction.

Every operation takes an act id made by whoever asks: the same act asked for twice is done once.
Instants are aware UTC; `at` is when it happened, `now` when we hear of it. Refusals are
exceptions (`FieldRefusal`) that say who was first and when.
"""

from shouwen.fieldwork.operations.acts import (
    FieldRefusal,
    LastChange,
    NotAssignable,
    NotYours,
    OrderOver,
    TakenMeanwhile,
)
from shouwen.fieldwork.operations.appointing import (
    Booking,
    NothingAgreed,
    book,
    call_off,
    confirm,
    remind,
    running_late,
    tell_delay,
)
from shouwen.fieldwork.operations.assigning import assign, plan_anew, refuse, withdraw
from shouwen.fieldwork.operations.making import (
    FOLLOW,
    NewOrder,
    cancel_order,
    follow_case,
    make_order,
    order_for_case,
)
from shouwen.fieldwork.operations.paging import PAGE, page
from shouwen.fieldwork.operations.visiting import start_visit
from shouwen.fieldwork.operations.working import (
    accept,
    arrive,
    depart,
    finish,
    first_action,
    no_access,
    refer,
)

__all__ = [
    "FOLLOW",
    "PAGE",
    "Booking",
    "FieldRefusal",
    "LastChange",
    "NewOrder",
    "NotAssignable",
    "NotYours",
    "NothingAgreed",
    "OrderOver",
    "TakenMeanwhile",
    "accept",
    "arrive",
    "assign",
    "book",
    "call_off",
    "cancel_order",
    "confirm",
    "depart",
    "finish",
    "first_action",
    "follow_case",
    "make_order",
    "no_access",
    "order_for_case",
    "page",
    "plan_anew",
    "refer",
    "refuse",
    "remind",
    "running_late",
    "start_visit",
    "tell_delay",
    "withdraw",
]
