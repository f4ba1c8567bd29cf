"""Whose figures a person sees: all, the own department's, or the own."""

from dataclasses import dataclass
from typing import Literal

from shouwen.access.roles import SEES_ALL_CASES, SEES_CASES, SEES_DEPARTMENT_CASES, Role
from shouwen.people.models import Staff

# They change the standard: they see how it is kept, and no case.
_SEES_FIGURES = SEES_ALL_CASES | {Role.EDITOR, Role.APPROVER, Role.TRAINER}


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are narrowed to: `department` is a code, `staff_no` a person; both empty: all.

    `cases`: whether the cases behind the figures may be seen.
    """

    whose: Literal["all", "department", "own"]
    department: str = ""
    staff_no: str = ""
    cases: bool = True


def scope_of(staff: Staff) -> Scope:
    """The widest that the roles of a person allow."""
    roles = staff.role_set
    if roles & _SEES_FIGURES:
        return Scope("all", cases=bool(roles & SEES_ALL_CASES))
    if roles & SEES_DEPARTMENT_CASES and staff.department_code:
        return Scope("department", department=staff.department_code)
    return Scope("own", staff_no=staff.staff_no, cases=bool(roles & SEES_CASES))
