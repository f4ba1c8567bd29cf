"""An example of every kind of matter with its form, a superior asked, and one fault that gathers calls.

Everything goes through the operations of a person's clicks; run again it does nothing twice.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.cases.operations import NewCase, part_of
from shouwen.cases.queries import readable_forms
from shouwen.clocks.queries import cockpit_plan
from shouwen.customers.models import Estate, Occupancy, Premises
from shouwen.demo.staff import AGENT_NUMBERS
from shouwen.people.models import Staff

_WHOLE = uuid.UUID("6b8f2c1e-5d0a-5c6e-9f43-0d7a51e2c9b4")
# What a caller of each kind wants, and what was asked of them. Made up.
_EXAMPLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "consultation": (
        "想要一本安全用气手册，问去哪里拿",
        {"topic": "safety", "material": "safety_booklet", "material_where": "hall"},
    ),
    "complaint": (
        "约了两次上门都没有人来",
        {"about": "appointment", "happened": "昨天下午", "wants": "这周内修好，给个说法"},
    ),
    "repair": (
        "换了电池，表还是黑屏",
        {"device": "meter", "make": "IC 卡表", "smells": "no"},
    ),
    "new_connection": (
        "开早点铺，想装天然气",
        {"applicant": "business", "papers_told": "procedure,application,licence"},
    ),
    "home_service": (
        "老人腿脚不便，想上门办换表",
        {"service": "meter_change", "who_is_there": "老人和保姆"},
    ),
}
_CALLERS = ("整栋楼没气，邻居家也没有", "突然没气了，灶打不着", "家里没气，是不是停气了")


def play_kinds(*, now: datetime, zone: ZoneInfo) -> None:
    """Opens one case of each kind, fills in its form, and lets three calls become one incident."""
    homes = list(_homes())
    agents = list(Staff.objects.filter(staff_no__in=AGENT_NUMBERS).order_by("staff_no")[:3])
    if not homes or not agents:
        return
    for place, (kind, (said, values)) in enumerate(_EXAMPLES.items()):
        by, at = agents[place % len(agents)], now - timedelta(minutes=6 + place)
        case = _open(kind, said, homes[place % len(homes)], by=by, at=at, now=now, zone=zone)
        _fill(case, values, by=by, now=now)
        if kind == "consultation":
            _ask(case, by=by, now=now)
        if kind == "complaint":
            _pass_on(case, by=by, now=now)
    _incident(homes, agents, now=now, zone=zone)


def _homes() -> list[Occupancy]:
    """Some homes of the estate that has most of them."""
    largest = Estate.objects.annotate(homes=Count("premises")).order_by("-homes", "name").first()
    lived_in = Premises.objects.filter(estate=largest, customer_class="residential")
    rows = Occupancy.objects.filter(premises__in=lived_in, until__isnull=True)
    return list(rows.select_related("customer", "premises__estate").order_by("premises_id")[:8])


def _open(
    kind: str,
    said: str,
    home: Occupancy,
    *,
    by: Staff,
    at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> Case:
    key = cockpit_plan().kind_of(kind)
    phone = home.customer.phones.first()
    return operations.open_case(
        new=NewCase(
            id=part_of(_WHOLE, f"{kind}:{said}"),
            kind=kind,
            said=said,
            reported_at=at,
            first_asked=by,
            side=key.side,
            severity=key.severity,
            department=key.department,
            customer=home.customer,
            premises=home.premises,
            caller_phone=phone.number if phone else "",
        ),
        now=now,
        zone=zone,
    )


def _fill(case: Case, values: Mapping[str, str], *, by: Staff, now: datetime) -> None:
    if case.is_open:
        operations.fill_form(
            act_id=part_of(case.pk, "demo:form"),
            case_id=case.pk,
            by=by,
            forms=readable_forms(),
            values=values,
            at=now,
            now=now,
        )


def _ask(case: Case, *, by: Staff, now: datetime) -> None:
    due_at = now + timedelta(days=2)
    operations.make_promise(
        act_id=part_of(case.pk, "demo:promise"),
        case_id=case.pk,
        by=by,
        kind="call_back",
        words="能不能把手册寄到家里，核实后回电",
        due_at=due_at,
        at=now,
        now=now,
    )
    operations.ask_superior(
        act_id=part_of(case.pk, "demo:ask"),
        case_id=case.pk,
        by=by,
        question="客户出不了门，手册能不能寄到家里",
        answer="可以寄，邮费公司出",
        due_at=due_at,
        at=now,
        now=now,
    )


def _pass_on(case: Case, *, by: Staff, now: datetime) -> None:
    if case.department and case.owner_id == by.pk and not case.handovers.exists():
        operations.offer_handover(
            act_id=part_of(case.pk, "demo:offer"),
            case_id=case.pk,
            by=by,
            to_department=case.department,
            note=case.said,
            at=now,
            now=now,
        )


def _incident(
    homes: list[Occupancy], agents: list[Staff], *, now: datetime, zone: ZoneInfo
) -> None:
    cases = [
        _open(
            "network_fault",
            said,
            homes[-1 - place % len(homes)],
            by=agents[place % len(agents)],
            at=now - timedelta(minutes=25 - 7 * place),
            now=now,
            zone=zone,
        )
        for place, said in enumerate(_CALLERS)
    ]
    first, *others = cases
    estate = homes[0].premises.estate
    _fill(first, {"seen": "no_gas", "homes": "60", "smells": "no"}, by=first.owner, now=now)
    incident = operations.open_incident(
        act_id=part_of(first.pk, "demo:incident"),
        case_id=first.pk,
        by=first.owner,
        place=estate.name,
        zone="",
        estates=[estate],
        until=now + timedelta(hours=2),
        at=now - timedelta(minutes=20),
        now=now,
    )
    for case in others:
        operations.join_incident(
            act_id=part_of(case.pk, "demo:join"),
            incident_id=incident.pk,
            case_id=case.pk,
            by=case.owner,
            at=now,
            now=now,
        )
