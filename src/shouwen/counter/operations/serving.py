"""At the counter: steps, phrases, case, record, promise, crew; sending on and the farewell.

Every act has an id that follows from the ticket: pressed twice it is one act.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, Promise
from shouwen.cases.operations import Details, part_of
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import Scalar
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.counter.judging import CHANNEL
from shouwen.counter.models import Ticket
from shouwen.counter.operations.queueing import Gone, note_on
from shouwen.counter.operations.ruling import rule_on_visit
from shouwen.counter.queries import readable_hall
from shouwen.customers.models import Customer, Premises
from shouwen.guiding import operations as guiding
from shouwen.guiding.operations import Contact
from shouwen.guiding.reading import readable_cockpit
from shouwen.people.models import Department, Staff

STEP = "contact.step_done"
NOTED, WANTED = "words.noted", "words.wanted"
State = Ticket.State


@dataclass(frozen=True, slots=True)
class At:
    """Who serves which customer, and when. `ticket` is the clerk's own."""

    ticket: Ticket
    by: Staff
    now: datetime

    def part(self, name: str) -> uuid.UUID:
        """The id of a named act in this turn at the counter."""
        return part_of(self.ticket.pk, f"{self.ticket.turns}:{name}")


@transaction.atomic
def begin(at: At) -> Ticket:
    """The customer is there. A wait that the plan calls long asks for an apology. Raises Gone."""
    if at.ticket.state == State.SERVING:
        return at.ticket
    if at.ticket.state != State.CALLED or at.ticket.staff_id != at.by.pk:
        raise Gone
    ticket, hall = at.ticket, readable_hall()
    waited = at.now - ticket.taken_at
    ticket.state, ticket.began_at = State.SERVING, ticket.began_at or at.now
    ticket.save(update_fields=["state", "began_at"])
    data: dict[str, Scalar] = {
        "counter": ticket.counter,
        "waited": round(waited.total_seconds()),
    }
    _note(at, "began", "contact.began", data)
    if hall.waited and waited >= timedelta(minutes=hall.waited_minutes):
        _note(at, "waited", WANTED, {"rule": hall.waited})
    business = hall.business_of(ticket.business)
    if business and business.is_alarm:
        classify(at, kind=business.kind)
    return ticket


def _note(at: At, name: str, kind: str, data: dict[str, Scalar]) -> None:
    note_on(at.ticket, at.part(name), kind, by=at.by.staff_no, now=at.now, data=data)


@transaction.atomic
def tick(at: At, *, step: str, rule: str, count: int = 0, said: bool = True) -> None:
    """A step has been done, or (`said` False) its line was left out; phrases are noted as such."""
    data: dict[str, Scalar] = {"step": step, "rule": rule, "said": said}
    if count:
        data["count"] = count
    if at.ticket.began_at:
        data["seconds"] = round((at.now - at.ticket.began_at).total_seconds())
    name = f"step:{step}:{count}" if count else f"step:{step}"
    _note(at, name, STEP, data)
    if _is_phrase_of_hall(rule, at.now):
        _note(at, f"words:{name}", NOTED, {"rule": rule, "said": said})


def _is_phrase_of_hall(rule_id: str, now: datetime) -> bool:
    pack = readable_standard()
    rule = pack.rules.get(rule_id) if pack else None
    version = rule.on(pack.calendar.day_of(now)) if rule and pack else None
    return isinstance(version, PhraseVersion) and CHANNEL in version.places


def done_by(at: At, by: str) -> None:
    """Ticks the steps that were completed by an act."""
    for step in readable_cockpit(CHANNEL).step:
        if step.by == by and step.speaks_of(at.ticket.kind):
            tick(at, step=step.id, rule=step.rule)


@transaction.atomic
def choose(at: At, *, customer: Customer | None, premises: Premises | None) -> None:
    """Who stands at the counter, from the register."""
    at.ticket.customer, at.ticket.premises = customer, premises
    at.ticket.save(update_fields=["customer", "premises"])
    if at.ticket.case_id:
        case = Case.objects.get(pk=at.ticket.case_id)
        details = Details(customer=customer, premises=premises)
        guiding.fill(contact_of(at), case, details=details)


def contact_of(at: At) -> Contact:
    """The turn at the counter as a contact like others."""
    return Contact(
        id=at.ticket.pk,
        channel=CHANNEL,
        began_at=at.ticket.began_at or at.now,
        by=at.by,
        now=at.now,
        kind=at.ticket.kind,
        customer=at.ticket.customer,
        premises=at.ticket.premises,
    )


@transaction.atomic
def case_of(at: At, *, kind: str = "", details: Details | None = None) -> Case:
    """The case of this customer; opened now when there is none, whatever is known of it."""
    if at.ticket.case_id is None:  # another tab may have opened it meanwhile
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=at.ticket.pk)
        at.ticket.case_id, at.ticket.kind = ticket.case_id, ticket.kind
    if at.ticket.case_id:
        people = ("owner", "department", "customer", "premises")
        return Case.objects.select_related(*people).get(pk=at.ticket.case_id)
    case = guiding.open_for(contact_of(at), kind=kind, known=details or Details())
    at.ticket.case = case
    at.ticket.kind = kind or at.ticket.kind
    at.ticket.save(update_fields=["case", "kind"])
    return case


@transaction.atomic
def classify(at: At, *, kind: str, leaf: str = "") -> Case:
    """What the customer wants: form, clocks and department follow. Raises CaseClosed."""
    is_new = at.ticket.case_id is None
    case = case_of(at, kind=kind)
    case = guiding.classify(contact_of(at), case, kind=kind, leaf=leaf, is_new=is_new)
    at.ticket.kind = kind
    at.ticket.save(update_fields=["kind"])
    done_by(at, "kind")
    return case


@transaction.atomic
def complete(at: At, *, details: Details) -> Case:
    """Writes what was said into the record; what is missing stays flagged. Raises CaseClosed."""
    case = guiding.fill(contact_of(at), case_of(at, details=details), details=details)
    if guiding.is_complete(case):
        done_by(at, "record")
    return case


@transaction.atomic
def promise_answer(at: At, *, due_at: datetime, words: str, number: str = "") -> Promise:
    """The answer must wait: the promise is written down and its clocks start. Raises CaseClosed."""
    case = case_of(at, details=Details(said=words or None, caller_phone=number or None))
    if number and case.caller_phone != number:
        case = guiding.fill(contact_of(at), case, details=Details(caller_phone=number))
    made = guiding.promise(contact_of(at), case, due_at=due_at, words=words, number=number)
    done_by(at, "answer")
    return made


@transaction.atomic
def answer_now(at: At, *, words: str) -> Case:
    """The customer was given the answer at the counter. Raises CaseClosed, ValueError without words."""
    case = guiding.answer(contact_of(at), case_of(at), words=words)
    done_by(at, "answer")
    return case


@transaction.atomic
def note(at: At, *, words: str) -> Case:
    """A sentence for the case. Raises CaseClosed, ValueError without words."""
    return guiding.note(contact_of(at), case_of(at), words=words)


@transaction.atomic
def send_crew(at: At, *, act_id: uuid.UUID) -> Case:
    """Gas may be escaping: the matter goes to the emergency crew at once, whatever is known of it."""
    case = classify(at, kind="alarm")
    guiding.offer_to_crew(contact_of(at), case, act_id=act_id)
    done_by(at, "dispatch")
    return case


@transaction.atomic
def pass_on(at: At, *, act_id: uuid.UUID, to: Department, words: str) -> Case:
    """Offers the matter to a department. Raises AlreadyOffered, NotTheOwner, CaseClosed."""
    case = case_of(at)
    cases.offer_handover(
        act_id=act_id,
        case_id=case.pk,
        by=at.by,
        to_department=to,
        note=words,
        at=at.now,
        now=at.now,
    )
    done_by(at, "pass_on")
    return case


@transaction.atomic
def send_on(at: At, *, counter: str = "", business: str = "") -> Ticket:
    """Another counter, or another business, goes on with this customer, who keeps the turn. Raises Gone."""
    ticket, hall = at.ticket, readable_hall()
    if ticket.state != State.SERVING or ticket.staff_id != at.by.pk:
        raise Gone
    if counter and hall.counter_of(counter) is None:
        raise LookupError(counter)
    if business and hall.business_of(business) is None:
        raise LookupError(business)
    data: dict[str, Scalar] = {"to": counter, "business": business or ticket.business}
    _note(at, "sent-on", "ticket.passed_on", data)
    ticket.business, ticket.only_at = business or ticket.business, counter
    ticket.state, ticket.staff, ticket.counter, ticket.calls = State.WAITING, None, "", 0
    ticket.turns += 1
    ticket.save()
    return ticket


@transaction.atomic
def finish(at: At, *, said: bool) -> Ticket:
    """The customer goes; `said`: with the farewell. The visit is judged. Pressed twice it is one act.

    Raises Gone.
    """
    ticket = at.ticket
    if ticket.state == State.DONE:
        return ticket
    if ticket.state != State.SERVING or ticket.staff_id != at.by.pk:
        raise Gone
    began = ticket.began_at or at.now
    _note(at, "ended", "contact.ended", {"served": round((at.now - began).total_seconds())})
    for step in readable_cockpit(CHANNEL).step:
        if step.by == "end":
            tick(at, step=step.id, rule=step.rule, said=said)
    ticket.state, ticket.ended_at = State.DONE, at.now
    ticket.save(update_fields=["state", "ended_at"])
    rule_on_visit(ticket=ticket)
    return ticket
