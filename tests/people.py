"""A named cast for tests with a database, and small helpers to put a case before them."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shouwen.access.roles import Role
from shouwen.cases.models import AnswerRequest, Case, Incident
from shouwen.cases.operations import NewCase, open_case, open_incident
from shouwen.customers.models import Customer, Estate, Occupancy, Phone, Premises
from shouwen.people.models import Department, Staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)  # Friday 9 October 2026, 09:12 in Shanghai
PASSWORD = "correct horse battery staple"

DEPARTMENTS = {
    "hotline": "客服热线",
    "repair": "维修班",
    "quality": "质量投诉组",
    "emergency": "抢修中心",
}
CAST = {
    "wang_min": ("1031", "王敏", "hotline", Role.AGENT),
    "lin_xiao": ("1015", "林晓", "hotline", Role.AGENT),
    "zhou_min": ("2016", "周敏", "emergency", Role.DISPATCHER),
    "li_qiang": ("3305", "李强", "repair", Role.TECHNICIAN),
    "sun_li": ("3301", "孙立", "repair", Role.HANDLER),
    "gao_yan": ("3302", "高岩", "repair", Role.HANDLER),
    "zheng_lan": ("4101", "郑岚", "quality", Role.HANDLER),
    "chen": ("9001", "陈总", "", Role.COMPANY_MANAGER),
    "auditor": ("9101", "秦审", "", Role.AUDITOR),
    "admin": ("9201", "管理", "", Role.SYSTEM_ADMIN),
}


def department(code: str) -> Department:
    """A department of the pack."""
    found, _ = Department.objects.get_or_create(
        code=code, defaults={"name_zh": DEPARTMENTS.get(code, code), "name_en": code.title()}
    )
    return found


def staff(who: str, *, password: str | None = None) -> Staff:
    """A member of the cast, made when first asked for."""
    number, name, where, role = CAST[who]
    there = Staff.objects.filter(staff_no=number).first()
    return there or Staff.objects.create_staff(
        staff_no=number,
        name=name,
        password=password,
        department=department(where) if where else None,
        roles={role},
    )


def home(
    *,
    phone: str = "14077002093",
    surname: str = "阮",
    address: tuple[str, str, str] = ("3", "1", "502"),
) -> tuple[Customer, Premises]:
    """A customer in 青梧里 with a number."""
    estate, _ = Estate.objects.get_or_create(name="青梧里")
    building, unit, flat = address
    premises = Premises.objects.create(estate=estate, building=building, unit=unit, flat=flat)
    customer = Customer.objects.create(name=f"{surname}文秀", surname=surname, title="女士")
    Occupancy.objects.create(
        customer=customer,
        premises=premises,
        relation="owner",
        since=datetime(2020, 1, 1, tzinfo=UTC),
    )
    Phone.objects.create(customer=customer, number=phone)
    return customer, premises


def case(
    *, kind: str = "repair", by: Staff | None = None, at: datetime = MORNING, **known
) -> Case:
    """An open case taken by 王敏 unless somebody else is named."""
    defaults = {"said": "热水器不点火，家里没有热水", "side": "customer", "department": "repair"}
    new = NewCase(
        id=uuid.uuid4(),
        kind=kind,
        reported_at=at,
        first_asked=by or staff("wang_min"),
        **(defaults | known),
    )
    return open_case(new=new, now=at, zone=SHANGHAI)


def question(case: Case, *, by: Staff, at: datetime = MORNING) -> AnswerRequest:
    """What somebody asked the superiors about a case."""
    return AnswerRequest.objects.create(
        id=uuid.uuid4(),
        case=case,
        question="能不能免上门费",
        answer="可以免一次",
        due_at=at + timedelta(days=2),
        asked_by=by,
        asked_at=at,
    )


def incident(case: Case, *, at: datetime | None = None) -> Incident:
    """The case made one that gathers others: the estate 青梧里."""
    estate, _ = Estate.objects.get_or_create(name="青梧里")
    at = at or case.reported_at
    return open_incident(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        place="青梧里",
        zone="",
        estates=[estate],
        until=None,
        at=at,
        now=at,
    )
