"""Reading orders, and what the pack says that a case needs."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import Exists, Min, OuterRef, Q

from shouwen.access.permission import STEERING
from shouwen.cases.crews import Crew
from shouwen.cases.models import Case
from shouwen.cases.queries import facts_of
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import dispatch_plan, readable_standard
from shouwen.core.events import Scalar
from shouwen.core.kinds.clock import ClockVersion
from shouwen.fieldwork.models import OPEN_STATES, Appointment, Order, OrderKind, OrderState, Page
from shouwen.people.models import Staff
from shouwen.standard.dispatching import DispatchPlan, JobPlan
from shouwen.standard.faults import PackFaults
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack

_IN_THE_FIELD = frozenset(
    f"case.{step}"
    for step in ("dispatched", "departed", "arrived", "handled", "repaired", "cleared", "referred")
)


def plan() -> DispatchPlan:
    """What the company set for the field; the defaults while the standard cannot be read."""
    try:
        return dispatch_plan()
    except PackFaults:
        return DispatchPlan()


def job_of(case: Case) -> JobPlan | None:
    """What the case needs; None where nobody has to come."""
    return plan().job_for(case_kind=case.kind, leaf=case.leaf)


def open_order_of(*, case_id: uuid.UUID) -> Order | None:
    """The order that somebody still waits for."""
    return Order.objects.filter(case=case_id, state__in=OPEN_STATES).first()


def earliest_due(*, case_id: uuid.UUID) -> datetime | None:
    """When the first open clock of a case is due that whoever goes there can stop."""
    clocks = Clock.objects.filter(
        subject_kind="case", subject_id=case_id, is_open=True, rule_id__in=field_rules()
    )
    found: datetime | None = clocks.aggregate(due=Min("due_at"))["due"]
    return found


def field_rules() -> frozenset[str]:
    """The rules whose clocks are stopped by what is done in the field."""
    pack = readable_standard()
    return _field_rules(This(pack)) if pack else frozenset()


def rules_of_arrival() -> frozenset[str]:
    """Of those the rules that sending somebody does not fulfil: somebody has to be there."""
    pack = readable_standard()
    return _field_rules(This(pack)) - _rules_of_sending(This(pack)) if pack else frozenset()


@lru_cache(maxsize=8)
def _rules_of_sending(pack: This[Pack]) -> frozenset[str]:
    return frozenset(
        rule.id
        for rule in pack.it.rules.values()
        for version in rule.versions
        if isinstance(version, ClockVersion) and "case.dispatched" in version.stop.on
    )


@lru_cache(maxsize=8)
def _field_rules(pack: This[Pack]) -> frozenset[str]:
    rules = pack.it.rules.values()
    return frozenset(
        rule.id
        for rule in rules
        for version in rule.versions
        if isinstance(version, ClockVersion) and _IN_THE_FIELD.intersection(version.stop.on)
    )


def order_with(*, order_id: uuid.UUID) -> Order:
    """An order with all that its page shows. Raises Order.DoesNotExist."""
    found = Order.objects.select_related(
        "case__owner", "case__premises__estate", "premises__estate", "assignee"
    )
    return found.get(pk=order_id)


def open_appointment(*, order_id: uuid.UUID) -> Appointment | None:
    """The time that was agreed and is still to come or under way."""
    found = Appointment.objects.filter(order=order_id, state=Appointment.State.OPEN)
    return found.select_related("order").first()


def ringing_for(*, staff: Staff) -> list[Order]:
    """Urgent orders that nobody has accepted and for which this person was rung or sent, oldest first."""
    unanswered = Order.objects.filter(
        urgent=True,
        state__in=(OrderState.WAITING, OrderState.NO_ACCESS, OrderState.OFFERED),
    )
    rung = Page.objects.filter(order=OuterRef("pk"), staff=staff)
    mine = unanswered.filter(Q(assignee=staff) | (Q(assignee__isnull=True) & Exists(rung)))
    others = unanswered.filter(Exists(rung), assignee__isnull=False).exclude(assignee=staff)
    found = mine | others if staff.role_set & STEERING else mine
    return list(
        found.select_related(
            "case__customer", "case__premises__estate", "premises__estate", "assignee"
        ).order_by("made_at")
    )


def order_facts(order: Order) -> Mapping[str, Scalar]:
    """What rules that speak of a visit may ask about an order."""
    facts = dict(facts_of(order.case)) if order.case else {}
    facts["alarm_job"] = order.kind == OrderKind.ALARM
    facts["special_care"] = order.special_care
    return facts


def crews_at(case_ids: Sequence[uuid.UUID]) -> tuple[Crew, ...]:
    """Who is out for these cases, open orders first; those called off are left out. One query."""
    found = Order.objects.filter(case__in=case_ids).exclude(state="cancelled")
    rows = found.select_related("assignee").order_by("ended_at", "made_at", "id")
    return tuple(
        Crew(
            order=each.number,
            who=each.assignee.name if each.assignee else "",
            state=str(each.get_state_display()),
            is_over=not each.is_open,
            planned_from=each.planned_from,
        )
        for each in sorted(rows, key=lambda each: not each.is_open)
    )
