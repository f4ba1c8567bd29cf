"""Cases and all that hangs on them."""

from shouwen.cases.models.changes import CaseChange, Escalation
from shouwen.cases.models.endings import VoidRequest
from shouwen.cases.models.incidents import Incident, IncidentCase
from shouwen.cases.models.kinds import AnswerRequest, CaseDetail
from shouwen.cases.models.matters import (
    Case,
    CaseGap,
    CaseKind,
    CaseNote,
    CaseState,
    DayNumber,
    Handover,
    Ownership,
    Promise,
    ShiftHandover,
    Side,
)
from shouwen.cases.models.papers import Attachment, PaperEntry, Printout
from shouwen.cases.models.ties import CaseLink, Merge

__all__ = [
    "AnswerRequest",
    "Attachment",
    "Case",
    "CaseChange",
    "CaseDetail",
    "CaseGap",
    "CaseKind",
    "CaseLink",
    "CaseNote",
    "CaseState",
    "DayNumber",
    "Escalation",
    "Handover",
    "Incident",
    "IncidentCase",
    "Merge",
    "Ownership",
    "PaperEntry",
    "Printout",
    "Promise",
    "ShiftHandover",
    "Side",
    "VoidRequest",
]
