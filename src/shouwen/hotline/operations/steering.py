"""What an agent does while a call is spoken: steps, classification, record, call-back, advice.

Every act has an id that follows from the call: done in two tabs, or sent again because the line was
slow, it is one act. The case is opened by whichever act comes first and needs one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, Promise
from shouwen.cases.operations import Details, NewCase, part_of
from shouwen.cases.operations.happenings import Act, happened
from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Customer, Premises
from shouwen.hotline.models import Call
from shouwen.hotline.operations.reading import NOTHING_SAID, required_fields
from shouwen.hotline.queries import (
    find_customer,
    readable_cockpit,
    readable_leaves,
    readable_standard,
)
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Department, Staff

STEP = "call.step_done"
UNSORTED = "other"  # the kind of a case that nobody has classified yet
_DRAFTED = "核实后回电答复"


@dataclass(frozen=True, slots=True)
class At:
    """Who acts on which call, and when."""

    call: Call
    by: Staff
    now: datetime

    def part(self, name: str) -> uuid.UUID:
        """The id of a named act on this call."""
        return part_of(self.call.pk, name)


@transaction.atomic
def tick(at: At, *, step: str, rule: str, count: int = 0) -> None:
    """A step has been done; of steps with several sentences `count` is how many were said."""
    data: dict[str, Scalar] = {"step": step, "rule": rule}
    if count:
        data["count"] = count
    name = f"step:{step}:{count}" if count else f"step:{step}"
    note_on_call(at, name, STEP, data)


def note_on_call(at: At, name: str, kind: str, data: dict[str, Scalar]) -> None:
    """Writes one event of the call, once."""
    act = at.part(name)
    if entry_with_id(id=act):
        return
    if at.call.answered_at and kind == STEP:
        data["seconds"] = round((at.now - at.call.answered_at).total_seconds())
    record(
        id=act,
        kind=kind,
        subject=Subject("call", at.call.pk),
        happened_at=at.now,
        now=at.now,
        actor=at.by.staff_no,
        data=data,
    )


def done_by(at: At, by: str) -> None:
    """Ticks the steps of this call that were completed by an act."""
    for step in readable_cockpit().step:
        if step.by == by and step.speaks_of(at.call.kind):
            tick(at, step=step.id, rule=step.rule)


@transaction.atomic
def case_of(at: At, *, kind: str = "", details: Details | None = None) -> Case:
    """The case of the call; opened now when there is none, whatever is known of it."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=at.call.pk)
    if call.case_id:
        at.call.case_id, at.call.kind = call.case_id, call.kind
        return Case.objects.select_related("owner", "department", "customer", "premises").get(
            pk=call.case_id
        )
    case = cases.open_case(new=_new_case(at, kind=kind, known=details or Details()), now=at.now,
                           zone=_zone())  # fmt: skip
    call.case = at.call.case = case
    if kind:
        call.kind = at.call.kind = kind
    call.save(update_fields=["case", "kind"])
    return case


def _new_case(at: At, *, kind: str, known: Details) -> NewCase:
    key = readable_cockpit().kind_of(kind)
    customer, premises = _caller(at)
    there = {
        "name": customer or known.caller_name,
        "phone": at.call.number or known.caller_phone,
        "address": premises or known.place,
        "content": known.said,
    }
    wanted = _required(kind)
    unsettled = [] if premises else ["home" if customer else "customer"]
    return NewCase(
        id=at.part("case"),
        kind=kind or UNSORTED,
        said=known.said or NOTHING_SAID,
        reported_at=at.call.answered_at or at.call.rang_at,
        first_asked=at.by,
        side=key.side,
        severity=key.severity,
        department=key.department,
        customer=customer,
        premises=premises,
        caller_name=known.caller_name or "",
        caller_phone=known.caller_phone or at.call.number,
        place=known.place or "",
        missing=[field for field in wanted if not there.get(field, True)],
        unsettled=unsettled,
    )


def _caller(at: At) -> tuple[Customer | None, Premises | None]:
    """Whom the agent chose among the homes of the number; else whom the number alone leads to."""
    chosen = at.call.choices.select_related("customer", "premises").order_by("version").last()
    if chosen:
        return chosen.customer, chosen.premises
    return find_customer(number=at.call.number)


def _required(kind: str) -> Sequence[str]:
    pack = readable_standard()
    return required_fields(pack=pack, kind=kind) if pack and kind else ()


def _zone() -> ZoneInfo:
    pack = readable_standard()
    return pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE)


@transaction.atomic
def classify(at: At, *, kind: str, leaf: str = "") -> Case:
    """What the caller wants: form, clocks and department follow. The same kind again changes nothing.

    Raises CaseClosed.
    """
    is_new = not Call.objects.filter(pk=at.call.pk, case__isnull=False).exists()
    case = case_of(at, kind=kind)
    key, known = readable_cockpit().kind_of(kind), readable_leaves().get(leaf)
    to = cases.Classification(
        kind=kind,
        leaf=leaf or (case.leaf if case.kind == kind else ""),
        side=known.side if known else key.side,
        severity=key.severity,
        department=_department(known.department if known else key.department),
    )
    if is_new and not leaf:
        act = Act(at.part("classified"), at.by.staff_no, at.now, at.now)
        data: dict[str, Scalar] = {"kind": kind, "side": case.side, "severity": case.severity}
        happened(act=act, kind="case.classified", case=case, data=data)
        form = readable_cockpit().forms.of(kind)
        cases.settle_form_gaps(act=act.part("form"), case=case, form=form)
    elif cases.classification_of(case) != to:
        name = f"classified:{case.version}:{kind}:{leaf}"
        case = cases.reclassify(
            act_id=at.part(name), case_id=case.pk, by=at.by, to=to, at=at.now, now=at.now
        )
        write_record(at, case, Details())
    Call.objects.filter(pk=at.call.pk).update(kind=kind)
    at.call.kind = kind
    done_by(at, "kind")
    return case


def _department(code: str) -> str:
    """A department that is not registered stops nobody: the matter stays with whoever took it."""
    return code if Department.objects.filter(code=code).exists() else ""


def write_record(at: At, case: Case, details: Details) -> Case:
    """Writes what was said into the record of a case that has been read. Raises CaseClosed."""
    if case.customer_id is None or case.premises_id is None:
        customer, premises = _caller(at)
        details = replace(details, customer=customer, premises=premises)
    return cases.complete_record(
        act_id=at.part(f"record:{case.version}"),
        case_id=case.pk,
        by=at.by,
        details=details,
        required=_required(case.kind if case.kind != UNSORTED or at.call.kind else ""),
        at=at.now,
        now=at.now,
    )


@transaction.atomic
def complete(at: At, *, details: Details) -> Case:
    """Writes what was said into the record; what is missing stays flagged. Raises CaseClosed."""
    case = write_record(at, case_of(at, details=details), details)
    if not case.gaps.filter(filled_at__isnull=True, code__in=_required(case.kind)).exists():
        done_by(at, "record")
    return case


@transaction.atomic
def promise_call_back(
    at: At, *, due_at: datetime, words: str, number: str = ""
) -> tuple[Case, Promise]:
    """The answer must wait: the promise is written down and its clocks start. Raises CaseClosed."""
    details = Details(said=words or None, caller_phone=number or None)
    case = case_of(at, details=details)
    if words and case.said == NOTHING_SAID:
        case = write_record(at, case, details)
    promise = cases.make_promise(
        act_id=at.part("promise:call_back"),
        case_id=case.pk,
        by=at.by,
        kind="call_back",
        words=words or _DRAFTED,
        due_at=due_at,
        at=at.now,
        now=at.now,
    )
    cases.report(
        act_id=at.part("deferred"),
        case_id=case.pk,
        what="deferred",
        by=at.by,
        at=at.now,
        now=at.now,
        data={
            "name_recorded": bool(case.customer_id or case.caller_name),
            "phone_recorded": bool(case.caller_phone),
        },
    )
    note_on_call(at, "promised", "call.promised_call_back", {})
    done_by(at, "answer")
    return case, promise


@transaction.atomic
def answer_now(at: At, *, words: str) -> Case:
    """The caller was given the answer on the call. Raises CaseClosed, ValueError without words."""
    case = case_of(at)
    cases.answer_customer(
        act_id=at.part(f"answer:{case.version}"),
        case_id=case.pk,
        by=at.by,
        channel="phone",
        content=words,
        at=at.now,
        now=at.now,
    )
    done_by(at, "answer")
    return case


@transaction.atomic
def note(at: At, *, words: str) -> Case:
    """A sentence for the case. Raises CaseClosed, ValueError without words."""
    case = case_of(at)
    return cases.note_progress(
        act_id=at.part(f"note:{case.version}"),
        case_id=case.pk,
        by=at.by,
        note=words,
        at=at.now,
        now=at.now,
    )


@transaction.atomic
def show_advice(at: At, *, rule: str, used: bool) -> None:
    """Advice was looked at, or used. It counts in favour only."""
    act = at.part(f"advice:{rule}:{used}")
    if entry_with_id(id=act):
        return
    record(
        id=act,
        kind="guidance.shown",
        subject=Subject("guidance", at.part(f"advice:{rule}")),
        happened_at=at.now,
        now=at.now,
        actor=at.by.staff_no,
        data={"rule": rule, "used": used},
    )
    note_on_call(
        at, f"advised:{rule}:{used}", STEP, {"step": f"advice:{rule}", "rule": rule, "said": used}
    )
