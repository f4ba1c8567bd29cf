"""What an agent does while a call is spoken: steps, classification, record, call-back, advice.

Every act has an id that follows from the call: done in two tabs, or sent again because the line was
slow, it is one act. The case is opened by whichever act comes first and needs one.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, Promise
from shouwen.cases.operations import Details, part_of
from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Customer, Premises
from shouwen.guiding import operations as guiding
from shouwen.guiding.operations import Contact
from shouwen.hotline.models import Call
from shouwen.hotline.queries import find_customer, readable_cockpit
from shouwen.journal.operations import record, record_once
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff

STEP = "call.step_done"


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
    if at.call.answered_at and kind == STEP:
        data["seconds"] = round((at.now - at.call.answered_at).total_seconds())
    record_once(
        id=at.part(name),
        kind=kind,
        subject=Subject("call", at.call.pk),
        now=at.now,
        actor=at.by.staff_no,
        data=data,
    )


def done_by(at: At, by: str) -> None:
    """Ticks the steps of this call that were completed by an act."""
    for step in readable_cockpit().step:
        if step.by == by and step.speaks_of(at.call.kind):
            tick(at, step=step.id, rule=step.rule)


def contact_of(at: At, case: Case | None = None) -> Contact:
    """The call as a contact like others; who calls is looked up unless the case knows."""
    is_known = case is not None and case.customer_id and case.premises_id
    customer, premises = (None, None) if is_known else _caller(at)
    return Contact(
        id=at.call.pk,
        channel="phone",
        began_at=at.call.answered_at or at.call.rang_at,
        by=at.by,
        now=at.now,
        kind=at.call.kind,
        customer=customer,
        premises=premises,
        phone=at.call.number,
    )


def _caller(at: At) -> tuple[Customer | None, Premises | None]:
    """Whom the agent chose among the homes of the number; else whom the number alone leads to."""
    chosen = at.call.choices.select_related("customer", "premises").order_by("version").last()
    if chosen:
        return chosen.customer, chosen.premises
    return find_customer(number=at.call.number)


@transaction.atomic
def case_of(at: At, *, kind: str = "", details: Details | None = None) -> Case:
    """The case of the call; opened now when there is none, whatever is known of it."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=at.call.pk)
    if call.case_id:
        at.call.case_id, at.call.kind = call.case_id, call.kind
        return Case.objects.select_related("owner", "department", "customer", "premises").get(
            pk=call.case_id
        )
    case = guiding.open_for(contact_of(at), kind=kind, known=details or Details())
    call.case = at.call.case = case
    if kind:
        call.kind = at.call.kind = kind
    call.save(update_fields=["case", "kind"])
    return case


@transaction.atomic
def classify(at: At, *, kind: str, leaf: str = "") -> Case:
    """What the caller wants: form, clocks and department follow. The same kind again changes nothing.

    Raises CaseClosed.
    """
    is_new = not Call.objects.filter(pk=at.call.pk, case__isnull=False).exists()
    case = case_of(at, kind=kind)
    case = guiding.classify(contact_of(at, case), case, kind=kind, leaf=leaf, is_new=is_new)
    Call.objects.filter(pk=at.call.pk).update(kind=kind)
    at.call.kind = kind
    done_by(at, "kind")
    return case


@transaction.atomic
def complete(at: At, *, details: Details) -> Case:
    """Writes what was said into the record; what is missing stays flagged. Raises CaseClosed."""
    case = case_of(at, details=details)
    case = guiding.fill(contact_of(at, case), case, details=details)
    if guiding.is_complete(case):
        done_by(at, "record")
    return case


@transaction.atomic
def promise_call_back(
    at: At, *, due_at: datetime, words: str, number: str = ""
) -> tuple[Case, Promise]:
    """The answer must wait: the promise is written down and its clocks start. Raises CaseClosed."""
    case = case_of(at, details=Details(said=words or None, caller_phone=number or None))
    promise = guiding.promise(
        contact_of(at, case), case, due_at=due_at, words=words, number=number
    )
    note_on_call(at, "promised", "call.promised_call_back", {})
    done_by(at, "answer")
    return Case.objects.get(pk=case.pk), promise


@transaction.atomic
def answer_now(at: At, *, words: str) -> Case:
    """The caller was given the answer on the call. Raises CaseClosed, ValueError without words."""
    case = case_of(at)
    guiding.answer(contact_of(at, case), case, words=words)
    done_by(at, "answer")
    return case


@transaction.atomic
def note(at: At, *, words: str) -> Case:
    """A sentence for the case. Raises CaseClosed, ValueError without words."""
    case = case_of(at)
    return guiding.note(contact_of(at, case), case, words=words)


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
