"""What each role sees of a customer: whole, masked, or nothing. One table, one function for each mask."""

import hashlib
import re
from collections.abc import Set
from enum import IntEnum, StrEnum

from shouwen.access.roles import READS_ONLY, SEES_CASES, Role
from shouwen.ui import wording


class Kind(StrEnum):
    """The kinds of personal things that screens show."""

    CALLED = "called"  # surname and form of address
    NAME = "name"  # the full name
    PHONE = "phone"
    BUILDING = "building"  # the part of an address that names a building
    HOME = "home"  # the part that names a home
    PLACE = "place"  # an address in free words
    CARE = "care"  # why somebody needs special care
    TEXT = "text"  # what was said about the matter
    ACCOUNT = "account"  # account and meter numbers, readings, the state of a card
    MONEY = "money"  # what a customer owes or has paid in


class Shape(IntEnum):
    """How much of a value is shown, the least first. Of two roles the more open one counts."""

    HIDDEN = 0
    PSEUDONYM = 1
    ANONYMOUS = 2  # the form of address alone
    FLAG = 3  # that there is something, not what
    LAST_FOUR = 4
    ESTATE = 5
    MASKED = 6
    REVEAL = 7  # masked; the whole value on request, journalled
    FULL = 8


class Purpose(StrEnum):
    """Why somebody looks at a customer. The object itself has been allowed before."""

    CASE = "case"
    OWN_CASE = "own_case"
    ALARM = "alarm"


_AGENT, _DISPATCHER, _ON_SITE, _QA, _MANAGER, _AUDITOR = range(6)
_COLUMN = {
    Role.AGENT: _AGENT,
    Role.CLERK: _AGENT,
    Role.HANDLER: _AGENT,
    Role.DISPATCHER: _DISPATCHER,
    Role.TECHNICIAN: _ON_SITE,
    Role.INSPECTOR: _ON_SITE,
    Role.QA: _QA,
    Role.STATION_MANAGER: _MANAGER,
    Role.COMPANY_MANAGER: _MANAGER,
    Role.AUDITOR: _AUDITOR,
}
_F, _M, _R, _H = Shape.FULL, Shape.MASKED, Shape.REVEAL, Shape.HIDDEN
_A, _P, _E = Shape.ANONYMOUS, Shape.PSEUDONYM, Shape.ESTATE
_TABLE: dict[Kind, tuple[Shape, ...]] = {
    #              agent  dispatcher  on site  QA  manager  auditor
    Kind.CALLED: (_F, _F, _F, _F, _A, _P),
    Kind.NAME: (_F, _M, _F, _M, _A, _P),
    Kind.PHONE: (_R, _R, _R, _M, _M, Shape.LAST_FOUR),
    Kind.BUILDING: (_F, _F, _F, _F, _H, _H),
    Kind.HOME: (_F, _F, _F, _H, _H, _H),
    Kind.PLACE: (_F, _F, _F, _E, _E, _E),
    Kind.CARE: (Shape.FLAG, Shape.FLAG, _F, _H, _H, _H),
    Kind.TEXT: (_F, _F, _F, _F, _F, _F),
    Kind.ACCOUNT: (_F, _F, _F, _H, _H, _H),
    Kind.MONEY: (_F, _H, _H, _H, _H, _H),
}
# Whoever handles an alarm sees where it is and whom to call, at once and without being asked why.
_FULL_IN_AN_ALARM = frozenset({Kind.PHONE, Kind.BUILDING, Kind.HOME, Kind.PLACE})
HANDLES = frozenset(SEES_CASES - READS_ONLY - {Role.COMPANY_MANAGER})


def shape_of(roles: Set[Role], kind: Kind, purpose: Purpose) -> Shape:
    """How much of a value people with these roles see for a purpose. Nothing without a role that serves."""
    columns = [_COLUMN[role] for role in roles if role in _COLUMN]
    if purpose is Purpose.ALARM and roles & HANDLES and kind in _FULL_IN_AN_ALARM:
        return Shape.FULL
    if purpose is Purpose.OWN_CASE and roles & (SEES_CASES - READS_ONLY):
        columns.append(_AGENT)
    return max((_TABLE[kind][column] for column in columns), default=Shape.HIDDEN)


def masked(value: str, kind: Kind, shape: Shape, *, ref: str = "") -> str:
    """The value as far as the shape lets it be seen; `ref` is what a pseudonym stands for."""
    if not value or shape is Shape.HIDDEN:
        return ""
    if shape is Shape.FULL:
        return value
    if shape is Shape.PSEUDONYM:
        return pseudonym(ref)
    if kind is Kind.PHONE:
        return f"**** {value[-4:]}" if shape is Shape.LAST_FOUR else wording.masked_phone(value)
    if kind is Kind.PLACE:
        return estate_of(value)
    return {Shape.ANONYMOUS: "*", Shape.FLAG: "flag"}.get(shape, f"{value[:1]}**")


def pseudonym(ref: str) -> str:
    """The same short word for the same customer, from which nobody finds the customer."""
    return f"#{hashlib.blake2s(ref.encode(), digest_size=3).hexdigest().upper()}" if ref else ""


_FIGURES = re.compile(r"[0-9０-９一二三四五六七八九十百零〇#＃]")


def estate_of(place: str) -> str:
    """Of an address in free words the part before its first figure, which names no home."""
    return _FIGURES.split(place, maxsplit=1)[0].strip()
