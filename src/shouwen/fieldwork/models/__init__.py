"""What dispatch, the phone of a technician and those who plan visits share."""

from shouwen.fieldwork.models.appointments import Appointment
from shouwen.fieldwork.models.hazards import (
    Hazard,
    HazardGrade,
    HazardNotice,
    HazardNumber,
    HazardPhoto,
    HazardReading,
    HazardState,
    HazardTelling,
    NoticePaper,
)
from shouwen.fieldwork.models.orders import (
    ASSIGNABLE,
    ENDED,
    LIVE,
    OPEN_STATES,
    Assignment,
    Order,
    OrderKind,
    OrderNumber,
    OrderState,
    Page,
)
from shouwen.fieldwork.models.people import EstateSpot, TechnicianProfile, Zone
from shouwen.fieldwork.models.visits import Visit

__all__ = [
    "ASSIGNABLE",
    "ENDED",
    "LIVE",
    "OPEN_STATES",
    "Appointment",
    "Assignment",
    "EstateSpot",
    "Hazard",
    "HazardGrade",
    "HazardNotice",
    "HazardNumber",
    "HazardPhoto",
    "HazardReading",
    "HazardState",
    "HazardTelling",
    "NoticePaper",
    "Order",
    "OrderKind",
    "OrderNumber",
    "OrderState",
    "Page",
    "TechnicianProfile",
    "Visit",
    "Zone",
]
