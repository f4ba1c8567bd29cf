"""What is done for a customer while they are served, whatever the channel: case, kind, record, promise, answer.

Every act has an id that follows from the contact: done in two tabs, or sent again because the line
was slow, it is one act.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.operations import Details, NewCase, part_of
from shouwen.cases.operations.happenings import Act, happened
from shouwen.cases.queries import readable_forms
from shouwen.core.events import Scalar
from shouwen.customers.models import Customer, Premises
from shouwen.guiding.reading import (
    NOTHING_SAID,
    UNSORTED,
    crew_code,
    readable_cockpit,
    readable_leaves,
    required_for,
    zone_in_force,
)
from shouwen.people.models import Department, Staff

_DRAFTED = "核实后回电答复"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody serves a customer: a call, a turn at the counter, a letter. `began_at` is aware UTC.

    `kind`: what the customer wants, "" before it is known. `phone`: the number they are met by.
    """

    id: uuid.UUID
    channel: str
    began_at: datetime
    by: Staff
    now: datetime
    kind: str = ""
    customer: Customer | None = None
    premises: Premises | None = None
    phone: str = ""

    def part(self, name: str) -> uuid.UUID:
        """The id of a named act in this contact."""
        return part_of(self.id, name)


@transaction.atomic
def open_for(contact: Contact, *, kind: str, known: Details) -> Case:
    """The case of a contact that has none yet, whatever is known of it; asked twice it is one."""
    return cases.open_case(
        new=_new_case(contact, kind=kind, known=known), now=contact.now, zone=zone_in_force()
    )


def _new_case(contact: Contact, *, kind: str, known: Details) -> NewCase:
    key = readable_cockpit().kind_of(kind)
    customer, premises = contact.customer, contact.premises
    there = {
        "name": customer or known.caller_name,
        "phone": contact.phone or known.caller_phone,
        "address": premises or known.place,
        "content": known.said,
    }
    return NewCase(
        id=contact.part("case"),
        kind=kind or UNSORTED,
        said=known.said or NOTHING_SAID,
        reported_at=contact.began_at,
        first_asked=contact.by,
        channel=contact.channel,
        leaf=known.leaf or "",
        side=key.side,
        severity=key.severity,
        department=key.department,
        customer=customer,
        premises=premises,
        caller_name=known.caller_name or "",
        caller_phone=known.caller_phone or contact.phone,
        place=known.place or "",
        missing=[field for field in required_for(kind) if not there.get(field, True)],
        unsettled=[] if premises else ["home" if customer else "customer"],
    )


@transaction.atomic
def classify(
    contact: Contact, case: Case, *, kind: str, leaf: str = "", is_new: bool = False
) -> Case:
    """What the customer wants: form, clocks and department follow. The same kind again changes nothing.

    `is_new`: the case was opened with this kind just now. Raises CaseClosed.
    """
    key, known = readable_cockpit().kind_of(kind), readable_leaves().get(leaf)
    to = cases.Classification(
        kind=kind,
        leaf=leaf or (case.leaf if case.kind == kind else ""),
        side=known.side if known else key.side,
        severity=key.severity,
        department=_department(known.department if known else key.department),
    )
    if is_new and not leaf:
        act = Act(contact.part("classified"), contact.by.staff_no, contact.now, contact.now)
        data: dict[str, Scalar] = {"kind": kind, "side": case.side, "severity": case.severity}
        happened(act=act, kind="case.classified", case=case, data=data)
        form = readable_forms().of(kind)
        cases.settle_form_gaps(act=act.part("form"), case=case, form=form)
    elif cases.classification_of(case) != to:
        name = f"classified:{case.version}:{kind}:{leaf}"
        case = cases.reclassify(
            act_id=contact.part(name),
            case_id=case.pk,
            by=contact.by,
            to=to,
            at=contact.now,
            now=contact.now,
        )
        fill(replace(contact, kind=kind), case, details=Details())
    return case


def _department(code: str) -> str:
    """A department that is not registered stops nobody: the matter stays with whoever took it."""
    return code if Department.objects.filter(code=code).exists() else ""


@transaction.atomic
def fill(contact: Contact, case: Case, *, details: Details) -> Case:
    """Writes what was said into the record; what is missing stays flagged. Raises CaseClosed."""
    if case.customer_id is None or case.premises_id is None:
        details = replace(
            details,
            customer=details.customer or contact.customer,
            premises=details.premises or contact.premises,
        )
    return cases.complete_record(
        act_id=contact.part(f"record:{case.version}"),
        case_id=case.pk,
        by=contact.by,
        details=details,
        required=required_for(case.kind if case.kind != UNSORTED or contact.kind else ""),
        at=contact.now,
        now=contact.now,
    )


def is_complete(case: Case) -> bool:
    """Whether nothing is missing that the standard wants on record."""
    return not case.gaps.filter(filled_at__isnull=True, code__in=required_for(case.kind)).exists()


@transaction.atomic
def promise(
    contact: Contact, case: Case, *, due_at: datetime, words: str, number: str = ""
) -> Promise:
    """The answer must wait: the promise is written down and its clocks start. Raises CaseClosed."""
    if words and case.said == NOTHING_SAID:
        details = Details(said=words, caller_phone=number or None)
        case = fill(contact, case, details=details)
    made = cases.make_promise(
        act_id=contact.part("promise:call_back"),
        case_id=case.pk,
        by=contact.by,
        kind="call_back",
        words=words or _DRAFTED,
        due_at=due_at,
        at=contact.now,
        now=contact.now,
    )
    cases.report(
        act_id=contact.part("deferred"),
        case_id=case.pk,
        what="deferred",
        by=contact.by,
        at=contact.now,
        now=contact.now,
        data={
            "name_recorded": bool(case.customer_id or case.caller_name),
            "phone_recorded": bool(case.caller_phone),
        },
    )
    return made


@transaction.atomic
def answer(contact: Contact, case: Case, *, words: str) -> Case:
    """The customer was given the answer at once. Raises CaseClosed, ValueError without words."""
    return cases.answer_customer(
        act_id=contact.part(f"answer:{case.version}"),
        case_id=case.pk,
        by=contact.by,
        channel=contact.channel,
        content=words,
        at=contact.now,
        now=contact.now,
    )


@transaction.atomic
def note(contact: Contact, case: Case, *, words: str) -> Case:
    """A sentence for the case. Raises CaseClosed, ValueError without words."""
    return cases.note_progress(
        act_id=contact.part(f"note:{case.version}"),
        case_id=case.pk,
        by=contact.by,
        note=words,
        at=contact.now,
        now=contact.now,
    )


@transaction.atomic
def offer_to_crew(
    contact: Contact, case: Case, *, act_id: uuid.UUID, to_staff: Staff | None = None
) -> None:
    """The matter is offered to the emergency crew at once, whatever is known of it.

    `to_staff`: one of them who is on duty, instead of all. An offer to somebody else is taken back.
    Sent twice, it is sent once. Raises CaseClosed.
    """
    crew = None if to_staff else Department.objects.filter(code=crew_code()).first()
    waiting = case.handovers.filter(state=Handover.State.OFFERED).first()
    if crew is None and to_staff is None:
        return
    if waiting and (waiting.to_department, waiting.to_staff) == (crew, to_staff):
        return
    if waiting:
        take_back(contact, handover=waiting)
    if case.owner_id == contact.by.pk:
        cases.offer_handover(
            act_id=act_id,
            case_id=case.pk,
            by=contact.by,
            to_department=crew,
            to_staff=to_staff,
            note="",
            at=contact.now,
            now=contact.now,
        )
        if to_staff:
            # An offer to one of the crew passes the matter on to the crew as well.
            act = Act(part_of(act_id, "routed"), contact.by.staff_no, contact.now, contact.now)
            data: dict[str, Scalar] = {"department": crew_code()}
            happened(act=act, kind="case.routed", case=case, data=data)


@transaction.atomic
def take_back(contact: Contact, *, handover: Handover) -> None:
    """The offer was a slip: it is withdrawn. Raises HandoverGone, NotTheOwner."""
    cases.withdraw_handover(
        act_id=part_of(handover.pk, "withdrawn"),
        handover_id=handover.pk,
        by=contact.by,
        at=contact.now,
        now=contact.now,
    )


def details_of(
    told: Mapping[str, object], *, customer: Customer | None, premises: Premises | None
) -> Details:
    """What was typed of a contact; a name or address that only repeats the register is none."""
    known, home = customer.called if customer else "", premises.address if premises else ""
    name, place = str(told["caller_name"]).strip(), str(told["place"]).strip()
    return Details(
        said=str(told["said"]).strip() or None,
        caller_name="" if name == known else name,
        caller_phone=str(told["caller_phone"]).strip() or None,
        place="" if place == home else place,
    )
