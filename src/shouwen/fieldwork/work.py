"""Orders follow their cases; the job handlers of field work."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.cases.crews import tell_crews
from shouwen.cases.models import Case
from shouwen.cases.operations.escalating import also_escalate
from shouwen.cases.operations.happenings import also_follow
from shouwen.customers.flags import flag_homes
from shouwen.fieldwork.models import Appointment
from shouwen.fieldwork.operations import (
    FOLLOW,
    PAGE,
    follow_case,
    hazards,
    order_for_case,
    page,
    remind,
)
from shouwen.fieldwork.queries import plan
from shouwen.fieldwork.queries.hazards import flags_at
from shouwen.fieldwork.queries.orders import crews_at
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import handler
from shouwen.jobs.schedules import EveryMinutes

REMIND = define("fieldwork.remind", schedule=EveryMinutes(10), catch_up="once")
also_follow(follow_case)
also_escalate("hazard", hazards.climb_hazard)
flag_homes(flags_at)
tell_crews(crews_at)


@handler(FOLLOW)
def follow_again(payload: Mapping[str, Any], now: datetime) -> None:
    """The order of a case could not be made with it: it is made now."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=UUID(payload["case"]))
    order_for_case(case=case, now=now)


@handler(PAGE)
def ring(payload: Mapping[str, Any], now: datetime) -> None:
    """A rung is reached: people are rung unless somebody has accepted."""
    page(order_id=UUID(payload["order"]), step=payload["step"], now=now)


@handler(REMIND.name)
def remind_customers(_payload: Mapping[str, Any], now: datetime) -> None:
    """Customers are reminded of the times agreed with them, each once."""
    until = now + timedelta(hours=plan().booking.remind_hours)
    soon = Appointment.objects.filter(
        state=Appointment.State.OPEN,
        reminded_at__isnull=True,
        starts_at__gt=now,
        starts_at__lte=until,
    )
    for each in soon.order_by("starts_at").values_list("pk", flat=True):
        remind(appointment_id=each, now=now)


@handler(hazards.REMIND)
def remind_of_hazard(payload: Mapping[str, Any], now: datetime) -> None:
    """The day in a notice is near or over: its customer is reminded, once."""
    hazards.remind(notice_id=UUID(payload["notice"]), place=payload["place"], now=now)
