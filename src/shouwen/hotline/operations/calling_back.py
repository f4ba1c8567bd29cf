"""Who rang and reached nobody is called back: a case with a promise, until somebody has spoken to them."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.cases.models import Case, CaseGap, Promise
from shouwen.cases.operations import (
    NewCase,
    close_case,
    keep_promise,
    make_promise,
    open_case,
    part_of,
)
from shouwen.core.organisation import HOTLINE_LINE
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.timing.deadlines import due_at
from shouwen.hotline.models import Call
from shouwen.hotline.operations.following import NoLimitForPromises, limit_of_promises
from shouwen.hotline.queries import find_customer, readable_standard
from shouwen.people.models import Staff
from shouwen.people.operations import unknown_staff
from shouwen.people.queries import on_duty

SAME_MATTER = timedelta(hours=4)
"""Calls from one number within this time are one matter."""
_UNHEARD = (Call.Outcome.MISSED, Call.Outcome.ABANDONED, Call.Outcome.UNKNOWN)
_SAID = "来电没有接上，请回电"
_WORDS = "来电没有接上，回电问明来意"


@transaction.atomic
def ask_for_call_back(*, call_id: uuid.UUID, now: datetime) -> Case | None:
    """Makes a call that reached nobody into a case with a promise to call back; None when nothing is due.

    Calls of one number within four hours share one case. Without a number nobody can be called:
    the call stays on the board as missed.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.stage != Call.Stage.OVER or call.outcome not in _UNHEARD:
        return None
    if call.case or not call.number:
        return call.case
    earlier = _open_matter(call)
    call.case = earlier or _new_matter(call, now=now)
    call.save(update_fields=["case"])
    return call.case


def keep_call_backs(*, call: Call, now: datetime) -> int:
    """Somebody has spoken to this number: what was owed to it as a call-back is kept; how many."""
    if call.outcome != Call.Outcome.ANSWERED or not (call.number and call.staff):
        return 0
    if call.direction == "outbound" and call.attempts.exists():
        return 0  # whoever calls says whether it was the right person
    owed = Promise.objects.filter(
        state=Promise.State.OPEN,
        kind="call_back",
        case__caller_phone=call.number,
        case__calls__outcome__in=_UNHEARD,
        made_at__lte=call.answered_at or call.rang_at,
    ).distinct()
    at = call.answered_at or call.rang_at
    for promise in owed:
        act = part_of(promise.pk, f"kept-by:{call.pk}")
        keep_promise(act_id=act, promise_id=promise.pk, by=call.staff, at=at, now=now)
        if not promise.case.promises.filter(state=Promise.State.OPEN).exists():
            close_case(
                act_id=part_of(act, "closed"),
                case_id=promise.case_id,
                by=call.staff,
                at=at,
                now=now,
            )
    return len(owed)


def _open_matter(call: Call) -> Case | None:
    earlier = Call.objects.filter(
        number=call.number,
        outcome__in=_UNHEARD,
        case__isnull=False,
        case__closed_at__isnull=True,
        rang_at__gte=call.rang_at - SAME_MATTER,
    ).exclude(pk=call.pk)
    found = earlier.select_related("case").order_by("rang_at").first()
    return found.case if found else None


def _new_matter(call: Call, *, now: datetime) -> Case:
    pack = readable_standard()
    zone = pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE)
    owner = _owner(call, now=now)
    customer, premises = find_customer(number=call.number)
    at = call.ended_at or call.last_heard_at or now
    case = open_case(
        new=NewCase(
            id=part_of(call.pk, "call-back"),
            kind="other",
            said=_SAID,
            reported_at=call.rang_at,
            first_asked=owner,
            customer=customer,
            premises=premises,
            caller_phone=call.number,
        ),
        now=now,
        zone=zone,
        source=call.source,
    )
    try:
        if pack is None:
            raise NoLimitForPromises
        limit = limit_of_promises(pack, on=pack.calendar.day_of(at))
        due = due_at(start=at, duration=limit, calendar=pack.calendar, now=now)
    except (NoLimitForPromises, YearNotPublished):
        CaseGap.objects.get_or_create(case=case, code="calendar", defaults={"flagged_at": now})
        return case
    make_promise(
        act_id=part_of(case.pk, "promise:call_back"),
        case_id=case.pk,
        by=owner,
        kind="call_back",
        words=_WORDS,
        due_at=due,
        at=at,
        now=now,
        source=call.source,
    )
    return case


def _owner(call: Call, *, now: datetime) -> Staff:
    """Whose telephone rang last; else who is on the line now."""
    rang = call.offers.filter(staff__isnull=False).select_related("staff").last()
    if rang and rang.staff:
        return rang.staff
    pack = readable_standard()
    line = pack.organisation.hotline_line if pack else HOTLINE_LINE
    return on_duty(now=now, line=line).first() or unknown_staff(staff_no=line)
