"""Incidents: a fault that concerns many gathers their cases, and in the end each customer has an answer."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import AnswerRequest, Case, Incident, IncidentCase
from shouwen.cases.operations.happenings import (
    Act,
    entered_late,
    happened,
    is_done,
    locked,
    locked_open,
    part_of,
    touched,
)
from shouwen.cases.operations.promising import make_promise
from shouwen.cases.operations.working import answer_customer, report
from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Estate
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record
from shouwen.messages.models import Message
from shouwen.messages.operations import send
from shouwen.people.models import Staff

TELL = "cases.tell_of_incident"
TEXT = "incident-over"
Told = IncidentCase.Told


class AlreadyGathered(Exception):
    """The case belongs to an incident already."""


class IncidentOver(Exception):
    """The incident has ended: new faults are another one."""


@dataclass(frozen=True, slots=True)
class Over:
    """What is promised to customers of an incident who cannot be written to, and until when."""

    words: str
    call_back_by: datetime


@transaction.atomic
def open_incident(  # noqa: PLR0913 - where it is, since when, until when
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    place: str,
    zone: str,
    estates: Collection[Estate],
    until: datetime | None,
    at: datetime,
    now: datetime,
) -> Incident:
    """Makes an incident of a case, which is the first one in it. Raises CaseClosed, AlreadyGathered."""
    there = Incident.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked_open(case_id)
    if IncidentCase.objects.filter(case=case).exists():
        raise AlreadyGathered(case.number)
    incident = Incident.objects.create(
        id=act_id, lead=case, place=place.strip()[:120], zone=zone.strip()[:60], until=until,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    incident.estates.set(estates)
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    _note(act, "incident.opened", incident, {"case": case.number})
    _join(act=act.part("lead"), incident=incident, case=case, by=by)
    return incident


@transaction.atomic
def join_incident(
    *,
    act_id: uuid.UUID,
    incident_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
) -> IncidentCase:
    """The case is of the incident: it goes to the same department, and is answered when that ends.

    Joined before to the same one, nothing changes. Raises CaseClosed, IncidentOver, AlreadyGathered.
    """
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    there = IncidentCase.objects.filter(case=case_id).first()
    if there and there.incident_id == incident.pk:
        return there
    if there:
        raise AlreadyGathered(there.case.number)
    if not incident.is_open:
        raise IncidentOver(incident.lead.number)
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    return _join(act=act, incident=incident, case=locked_open(case_id), by=by)


@transaction.atomic
def change_incident(
    *, act_id: uuid.UUID, incident_id: uuid.UUID, by: Staff, until: datetime | None, now: datetime
) -> Incident:
    """Says anew when supply is expected back; None for not known. Raises IncidentOver."""
    act = Act(id=act_id, by=by.staff_no, at=now, now=now)
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if is_done(act):
        return incident
    if not incident.is_open:
        raise IncidentOver(incident.lead.number)
    incident.until = until
    incident.save(update_fields=["until"])
    _note(act, "incident.changed", incident, {"until": until.isoformat() if until else ""})
    return incident


@transaction.atomic
def end_incident(
    *,
    act_id: uuid.UUID,
    incident_id: uuid.UUID,
    by: Staff,
    outcome: str,
    at: datetime,
    now: datetime,
) -> Incident:
    """The fault is cleared: a job for each case of it sees to the answer. Raises IncidentOver."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if is_done(act):
        return incident
    if not incident.is_open:
        raise IncidentOver(incident.lead.number)
    incident.ended_at, incident.ended_by, incident.outcome = at, by, outcome.strip()[:200]
    incident.save(update_fields=["ended_at", "ended_by", "outcome"])
    members = list(incident.members.values_list("pk", flat=True))
    _note(act, "incident.ended", incident, {"cases": len(members)})
    for member in members:
        enqueue(
            kind=TELL,
            key=f"incident:{incident.pk}:{member}",
            payload={"member": member},
            run_at=now,
            now=now,
        )
    return incident


@transaction.atomic
def tell_member(*, member_id: int, over: Over, now: datetime) -> IncidentCase:
    """Gives one customer the answer: by SMS where there is a number, else the owner promises to call.

    The fault of the case is cleared as of the end of the
    incident. Done once, it is not done again. Raises IncidentCase.DoesNotExist.
    """
    member = IncidentCase.objects.select_for_update(of=("self",)).get(pk=member_id)
    incident = Incident.objects.select_related("ended_by", "lead").get(pk=member.incident_id)
    if member.told or incident.ended_at is None or incident.ended_by is None:
        return member
    case = locked(member.case_id)
    act = Act(part_of(incident.pk, f"told:{case.pk}"), incident.ended_by.staff_no, now, now)
    with entered_late(now=now):
        member.told = _tell(act, incident, case, over) if case.is_open else Told.BEFORE
    member.told_at = now
    member.save(update_fields=["told", "told_at"])
    _note(act, "incident.told", incident, {"case": case.number, "how": str(member.told)})
    return member


def _tell(act: Act, incident: Incident, case: Case, over: Over) -> str:
    ended_at, ended_by = incident.ended_at or act.now, incident.ended_by or case.owner
    cleared = max(ended_at, case.reported_at)
    report(
        act_id=act.part("cleared").id, case_id=case.pk, what="cleared", by=ended_by,
        at=cleared, now=act.now,
    )  # fmt: skip
    waits = case.answer_requests.filter(state=AnswerRequest.State.ASKED).exists()
    if not waits and _is_sent(act, incident, case):
        answer_customer(
            act_id=act.part("answered").id, case_id=case.pk, by=ended_by, channel="sms",
            content=incident.outcome, at=act.now, now=act.now,
        )  # fmt: skip
        return Told.SMS
    make_promise(
        act_id=act.part("call-back").id, case_id=case.pk, by=ended_by, kind="call_back",
        words=over.words, due_at=over.call_back_by, at=act.now, now=act.now,
    )  # fmt: skip
    return Told.CALL_BACK


def _is_sent(act: Act, incident: Incident, case: Case) -> bool:
    """Whether the customer can be reached by SMS; then the message is on its way."""
    message = send(
        key=f"incident:{incident.pk}:{case.pk}",
        channel="sms",
        to=case.caller_phone,
        text_id=TEXT,
        params={"number": case.number, "words": incident.outcome},
        about=Subject("case", case.pk),
        now=act.now,
        by=act.by,
    )
    return message.state != Message.State.SUPPRESSED


def _join(*, act: Act, incident: Incident, case: Case, by: Staff) -> IncidentCase:
    member = IncidentCase.objects.create(
        incident=incident, case=case, joined_by=by, joined_at=act.at
    )
    department = incident.lead.department or case.department
    with entered_late(now=act.now):
        told = act.part("joined")
        where: dict[str, Scalar] = {"incident": incident.lead.number}
        happened(act=told, kind="case.joined_incident", case=case, data=where)
        if department:
            case.department = department
            routed: dict[str, Scalar] = {"department": department.code}
            happened(act=act.part("routed"), kind="case.routed", case=case, data=routed)
        touched(case, "department", act=act, kind="case.joined_incident")
    _note(act.part("member"), "incident.joined", incident, {"case": case.number})
    return member


def _note(act: Act, kind: str, incident: Incident, data: dict[str, Scalar]) -> None:
    record(
        id=act.id,
        kind=kind,
        subject=Subject("incident", incident.pk),
        happened_at=act.at,
        now=act.now,
        actor=act.by,
        data=data,
    )
