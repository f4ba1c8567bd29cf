"""Watches over times agreed: whoever waits at home is told before the time, not after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shouwen.dispatch.queries import day_of, lanes_of, load_places
from shouwen.fieldwork.models import Appointment
from shouwen.fieldwork.operations import running_late
from shouwen.fieldwork.operations.appointing import miss_appointment
from shouwen.fieldwork.queries import plan
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import handler
from shouwen.jobs.schedules import EveryMinutes
from shouwen.ui import wording

WATCH = define("dispatch.watch_times", schedule=EveryMinutes(1), catch_up="once")
_AHEAD = timedelta(hours=4)
_GIVEN_UP = timedelta(hours=12)


@handler(WATCH.name)
def watch_times(_payload: Mapping[str, Any], now: datetime) -> None:
    """Times that cannot be kept as things stand are told to the customer; those long past are closed."""
    agreed = Appointment.objects.filter(state=Appointment.State.OPEN)
    for gone in agreed.filter(ends_at__lt=now - _GIVEN_UP):
        miss_appointment(appointment=gone, now=now)
    soon = agreed.filter(eta_at__isnull=True, starts_at__lte=now + _AHEAD, ends_at__gt=now)
    soon = soon.select_related("order__assignee").order_by("ends_at")
    waiting = [each for each in soon if each.order.assignee is None]
    given = [each for each in soon if each.order.assignee is not None]
    for each in waiting:
        eta = now + timedelta(minutes=plan().travel.unknown_minutes)
        if eta > each.ends_at:
            _late(each, eta, now)
    if given:
        etas = _etas(given, now)
        for each in given:
            eta = etas.get(each.pk, each.starts_at)
            if eta > each.ends_at:
                _late(each, eta, now)


def _etas(given: list[Appointment], now: datetime) -> dict[Any, datetime]:
    day = day_of(day=wording.local_day(now), now=now)
    numbers = {each.order.assignee.staff_no for each in given if each.order.assignee}
    lanes = lanes_of(day=day, places=load_places(), staff_nos=sorted(numbers))
    return {
        block.appointment.pk: block.begins
        for lane in lanes
        for block in lane.blocks
        if block.appointment
    }


def _late(appointment: Appointment, eta: datetime, now: datetime) -> None:
    with override("zh-hans"):
        words = _("上门要晚，%(at)s 左右到，打电话告诉客户") % {"at": wording.clock_text(eta)}
    running_late(order_id=appointment.order_id, eta=eta, call_words=words, now=now)
