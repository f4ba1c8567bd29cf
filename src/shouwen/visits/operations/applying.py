"""What each kind of event of a phone does here. Who goes when is the office's; what was found stands."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from shouwen.cases.operations import NewCase, open_case, part_of
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import Scalar
from shouwen.core.syncing import Danger, Stand
from shouwen.customers.models import Customer
from shouwen.fieldwork import operations as fieldwork
from shouwen.fieldwork.models import HazardGrade, Order, OrderKind, Visit
from shouwen.fieldwork.operations import NewOrder
from shouwen.fieldwork.operations.hazards.finding import NewHazard, UnknownHazard, find
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.visits.models import FieldEvent, GiftReport, SiteFacts
from shouwen.visits.operations.findings import note_finding
from shouwen.visits.operations.gifts import Offered, report_gift
from shouwen.visits.operations.ruling import rule_on_visit


@dataclass(frozen=True, slots=True)
class Told:
    """An event whose turn it is, with the order it names and the visit it belongs to."""

    event: FieldEvent
    now: datetime

    @property
    def order(self) -> Order:
        """The order; only for kinds that need one."""
        if self.event.order is None:
            raise Order.DoesNotExist
        return self.event.order

    @property
    def by(self) -> Staff:
        """Who was there."""
        return self.event.staff

    @property
    def acting(self) -> dict[str, Any]:
        """What every operation of field work asks."""
        return {
            "act_id": self.event.pk, "order_id": self.order.pk, "by": self.by,
            "at": self.event.at, "now": self.now,
        }  # fmt: skip

    def text(self, name: str, most: int = 300) -> str:
        """A value of the event as text."""
        return str(self.event.data.get(name, ""))[:most]

    def visit(self) -> Visit:
        """The attempt; it begins with the first event that names it."""
        data = self.event.data
        return fieldwork.start_visit(
            visit_id=self.event.visit_ref or part_of(self.event.pk, "attempt"), order_id=self.order.pk, by=self.by,
            at=self.event.at, now=self.now, device=str(self.event.device_id),
            announced=bool(data.get("announced", True)),
        )  # fmt: skip

    def note(self, kind: str, data: dict[str, Scalar] | None = None) -> None:
        """Writes what happened at the door into the journal of the visit."""
        record(
            id=self.event.pk, kind=kind, subject=self.visit().subject, happened_at=self.event.at,
            now=self.now, actor=self.by.staff_no, data=data,
        )  # fmt: skip


Does = Callable[[Told], None]


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """`does`: what it sets going. `stands`: what is true of the visit even if the order is another's."""

    does: Does
    stand: Stand = Stand.SITE
    needs_order: bool = True
    stands: Does | None = None


_STEP = ("rule", "step", "seconds", "count", "said", "skipped_because", "evidence")


def _given(told: Told, *names: str) -> dict[str, Scalar]:
    return {name: told.event.data[name] for name in names if name in told.event.data}


def _start(told: Told) -> None:
    told.visit()


def _list(told: Told) -> None:
    data: dict[str, Scalar] = {"occasion": "before_visit", "of": told.by.staff_no}
    told.note("checklist.done", {**data, **_given(told, "failed", "skipped", "rules")})


def _step(told: Told) -> None:
    told.note("visit.step_done", _given(told, *_STEP))
    if "danger" in told.event.data:
        _found(told)


def _said(told: Told) -> None:
    told.note("visit.said", _given(told, "rule", "line"))


def _door_opened(told: Told) -> None:
    told.note("visit.door_opened")


def _entered(told: Told) -> None:
    told.note("visit.entered")


def _no_answer(told: Told) -> None:
    told.note("visit.no_answer")


def _help_asked(told: Told) -> None:
    told.note("visit.help_asked")


def _leaving(told: Told) -> None:
    told.note("visit.leaving")


def _at_the_door(told: Told) -> None:
    told.note("visit.at_the_door")


def _guidance(told: Told) -> None:
    told.note("guidance.shown", _given(told, "rule", "used"))


def _reading(told: Told) -> None:
    told.note("visit.reading", _given(told, "what", "value", "unit", "over"))
    _found(told)


def _found(told: Told) -> None:
    what = told.text("what") or told.text("code") or told.event.kind
    note_finding(told.event, what=what, danger=told.text("danger"), now=told.now)


def _hazard(told: Told) -> None:
    """A hazard of the catalogue is on record from now on; one in free words lies in the log."""
    _found(told)
    grade = HazardGrade.MAJOR if told.text("danger") == Danger.MAJOR else ""
    new = NewHazard(
        id=told.event.pk,
        code=told.text("code", 40),
        found_by=told.by,
        found_at=told.event.at,
        where=told.text("where", 60),
        remark=told.text("words"),
        grade=grade,
        visit=told.visit(),
        order=told.order,
    )
    with suppress(UnknownHazard):
        find(new=new, now=told.now)


def _fact(told: Told) -> None:
    """What only somebody at the door knows, for the rules that ask."""
    row, _ = SiteFacts.objects.select_for_update().get_or_create(visit=told.visit())
    row.facts = {**row.facts, told.text("name", 40): told.event.data.get("value", True)}
    row.save(update_fields=["facts"])


def _kept(told: Told) -> None:
    """Nothing is set going here: what was reported lies in the log with the visit."""


def _accept(told: Told) -> None:
    fieldwork.accept(**told.acting)


def _depart(told: Told) -> None:
    fieldwork.depart(**told.acting)


def _arrive(told: Told) -> None:
    fieldwork.arrive(**told.acting, visit_id=told.visit().pk)


def _first_action(told: Told) -> None:
    fieldwork.first_action(**told.acting)


def _finish(told: Told) -> None:
    solved = bool(told.event.data.get("solved", True))
    fieldwork.finish(**told.acting, visit_id=told.visit().pk, solved=solved)


def _no_access(told: Told) -> None:
    reason = told.text("reason", 20) or "nobody_in"
    fieldwork.no_access(**told.acting, visit_id=told.visit().pk, reason=reason)


def _refer(told: Told) -> None:
    fieldwork.refer(
        **told.acting, visit_id=told.visit().pk, reason=told.text("reason", 20) or "out_of_scope",
        to=told.text("to", 40),
    )  # fmt: skip


def _unsafe(told: Told) -> None:
    """Gas where nobody may work: everybody out, the emergency crew is called, the job waits."""
    visit = told.visit()
    if told.order.kind != OrderKind.ALARM:
        _open(
            told, kind="alarm", said=told.text("words") or "上门时检出燃气，已停止作业、人员撤离"
        )
    _ended(told)
    fieldwork.finish(**told.acting, visit_id=visit.pk, solved=False)


def _arrived(told: Told) -> None:
    """Somebody was there, whoever has the order now."""
    visit = told.visit()
    if visit.arrived_at is None:
        visit.arrived_at = told.event.at
        visit.save(update_fields=["arrived_at"])
        _on_visit(told, "visit.arrived", visit)


def _ended(told: Told) -> None:
    """Somebody left, whoever has the order now."""
    visit = told.visit()
    if visit.ended_at is not None:
        return
    visit.ended_at, visit.outcome = told.event.at, _outcome(told)
    visit.save(update_fields=["ended_at", "outcome"])
    _on_visit(told, "visit.ended", visit, {"outcome": visit.outcome})


def _on_visit(told: Told, kind: str, visit: Visit, data: dict[str, Scalar] | None = None) -> None:
    record(
        id=part_of(told.event.pk, "visit"), kind=kind, subject=visit.subject,
        happened_at=told.event.at, now=told.now, actor=told.by.staff_no, data=data,
    )  # fmt: skip


def _outcome(told: Told) -> str:
    outcomes = Visit.Outcome
    match told.event.kind:
        case "no_access":
            refused = told.text("reason") == "refused"
            return outcomes.REFUSED if refused else outcomes.NO_ACCESS
        case "refer":
            return outcomes.REFERRED
        case "unsafe":
            return outcomes.UNSAFE
        case _:
            return outcomes.DONE if told.event.data.get("solved", True) else outcomes.UNFINISHED


def _question(told: Told) -> None:
    _open(told, kind="consultation", said=told.text("words"))


def _complaint(told: Told) -> None:
    _open(told, kind="complaint", said=told.text("words"))


def _open(told: Told, *, kind: str, said: str) -> None:
    """A matter that came up at the door becomes a case of its own; whoever was told is first asked."""
    order, case = told.order, told.order.case
    customer = case.customer if case else _lives_at(order)
    new = NewCase(
        id=part_of(told.event.pk, "case"), kind=kind, said=said or "上门时客户提出",
        reported_at=told.event.at, first_asked=told.by, channel="field", customer=customer,
        premises=order.premises, caller_phone=told.text("phone", 20),
        caller_name=customer.called if customer else "", place=order.place,
    )  # fmt: skip
    open_case(new=new, now=told.now, zone=_zone())


def _lives_at(order: Order) -> Customer | None:
    if order.premises_id is None:
        return None
    return Customer.objects.filter(
        occupancies__premises=order.premises_id, occupancies__until=None
    ).first()


def _zone() -> ZoneInfo:
    pack = readable_standard()
    return pack.calendar.zone if pack else ZoneInfo("Asia/Shanghai")


def _gift(told: Told) -> None:
    _report(told, GiftReport.Kind.GIFT)


def _bribe(told: Told) -> None:
    """Reported, and the result is looked at again by somebody else."""
    _report(told, GiftReport.Kind.INTEGRITY)
    order = told.event.order
    if order is not None:
        new = NewOrder(
            id=uuid.uuid5(order.pk, "recheck:integrity"), kind=OrderKind.RECHECK,
            premises=order.premises, place=order.place, skills=order.skills, minutes=order.minutes,
        )  # fmt: skip
        fieldwork.make_order(new=new, by=told.by, now=told.now)


def _report(told: Told, kind: str) -> None:
    try:
        offered_at = datetime.fromisoformat(told.text("offered_at", 40))
    except ValueError:
        offered_at = told.event.at
    offered = Offered(
        id=told.event.pk, kind=kind, order=told.event.order,
        offered_at=offered_at if offered_at.tzinfo else told.event.at, what=told.text("what"),
        circumstances=told.text("circumstances"), refused=bool(told.event.data.get("refused", True)),
    )  # fmt: skip
    report_gift(offered=offered, by=told.by, at=told.event.at, now=told.now)


_OFFICE: Final = Stand.OFFICE
KINDS: Final[dict[str, KindOfEvent]] = {
    "start": KindOfEvent(_start),
    "list": KindOfEvent(_list),
    "accept": KindOfEvent(_accept, _OFFICE),
    "depart": KindOfEvent(_depart, _OFFICE),
    "arrive": KindOfEvent(_arrive, _OFFICE, stands=_arrived),
    "first_action": KindOfEvent(_first_action, _OFFICE),
    "finish": KindOfEvent(_finish, _OFFICE, stands=_ended),
    "no_access": KindOfEvent(_no_access, _OFFICE, stands=_ended),
    "refer": KindOfEvent(_refer, _OFFICE, stands=_ended),
    "unsafe": KindOfEvent(_unsafe, _OFFICE, stands=_ended),
    "step": KindOfEvent(_step),
    "said": KindOfEvent(_said),
    "door_opened": KindOfEvent(_door_opened),
    "entered": KindOfEvent(_entered),
    "no_answer": KindOfEvent(_no_answer),
    "help_asked": KindOfEvent(_help_asked),
    "leaving": KindOfEvent(_leaving),
    "at_the_door": KindOfEvent(_at_the_door),
    "guidance": KindOfEvent(_guidance),
    "fact": KindOfEvent(_fact),
    "reading": KindOfEvent(_reading),
    "hazard.found": KindOfEvent(_hazard),
    "parts": KindOfEvent(_kept),
    "signed": KindOfEvent(_kept),
    "note": KindOfEvent(_kept),
    "question": KindOfEvent(_question),
    "complaint": KindOfEvent(_complaint),
    "gift": KindOfEvent(_gift, needs_order=False),
    "bribe": KindOfEvent(_bribe, needs_order=False),
}
"""Every kind that a phone may send."""

_also: dict[str, list[Does]] = {}


def also_apply(kind: str, does: Does) -> None:
    """Registers what an app above this one does with a kind of event, such as a hazard that was found."""
    if does not in _also.setdefault(kind, []):
        _also[kind].append(does)


def apply_event(event: FieldEvent, *, now: datetime) -> None:
    """An event takes effect, in the transaction of the caller. Raises FieldRefusal."""
    told = Told(event, now)
    for does in (KINDS[event.kind].does, *_also.get(event.kind, ())):
        does(told)
    judge_visit(event)


def let_stand(event: FieldEvent, *, now: datetime) -> None:
    """What is true of the visit although the event itself waits for a person."""
    stands = KINDS[event.kind].stands
    if stands is not None and event.order is not None:
        stands(Told(event, now))
        judge_visit(event)


def judge_visit(event: FieldEvent) -> None:
    """A visit that is over is judged again with what came besides."""
    if event.visit_ref is None:
        return
    over = Visit.objects.filter(pk=event.visit_ref, ended_at__isnull=False)
    visit = over.select_related("order__case", "staff__department").first()
    if visit is not None:
        rule_on_visit(visit=visit)
