"""Cases as plain values for pages."""

from shouwen.cases.presenters.menu import Kept
from shouwen.cases.presenters.page import (
    Material,
    case_page,
    handover_card,
    ownership_mark,
    phone_of,
)

__all__ = [
    "Kept",
    "Material",
    "case_page",
    "handover_card",
    "ownership_mark",
    "phone_of",
]
