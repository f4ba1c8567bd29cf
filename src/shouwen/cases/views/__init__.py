"""The case page and the acts on it."""

from shouwen.cases.views.acting import accept, act_on_case, keep, refuse, withdraw
from shouwen.cases.views.looking import case, case_body, reveal_phone
from shouwen.cases.views.of_customer import cases_of_customer

__all__ = [
    "accept",
    "act_on_case",
    "case",
    "case_body",
    "cases_of_customer",
    "keep",
    "refuse",
    "reveal_phone",
    "withdraw",
]
