"""What an agent does about a kind of matter on a call: its form, the superior, self-help, papers, incidents.

As in `steering`, every act has an id that follows from the call: sent twice, it is done once.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import AnswerRequest, Case, CaseDetail, Handover, Incident
from shouwen.cases.operations import Details, part_of
from shouwen.cases.queries import estates_like
from shouwen.guiding import operations as guiding
from shouwen.guiding.reading import NOTHING_SAID
from shouwen.hotline.operations.steering import (
    At,
    case_of,
    classify,
    contact_of,
    done_by,
    promise_call_back,
    tick,
)
from shouwen.hotline.queries import readable_cockpit
from shouwen.messages.models import Message
from shouwen.people.models import Department
from shouwen.standard.forms import PaperList

PapersOf = Callable[[Case], PaperList | None]


class NoPapers(Exception):
    """The kind of the call has no list of papers."""


@transaction.atomic
def fill(at: At, *, values: Mapping[str, str], case: Case | None = None) -> Case:
    """Writes the form of the kind; what is missing is flagged. `case`: that of the call, where it
    has been read. Raises CaseClosed.
    """
    case, forms = case or case_of(at), readable_cockpit().forms
    case = cases.fill_form(
        act_id=at.part(f"form:{case.version}"),
        case_id=case.pk,
        by=at.by,
        forms=forms,
        values=values,
        at=at.now,
        now=at.now,
    )
    return cases.grade_by_homes(case=case, plan=forms.incident, by=at.by, at=at.now, now=at.now)


@transaction.atomic
def pass_on(at: At, *, case: Case) -> Handover | None:
    """Offers the case of the call to the department of its kind; the agent owns it until that has
    accepted.

    Offered already, owned by somebody else, or without such a department, nothing happens.
    """
    department = Department.objects.filter(
        code=readable_cockpit().kind_of(case.kind).department
    ).first()
    offered = case.handovers.exclude(state=Handover.State.REFUSED).exists()
    if department is None or offered or case.owner_id != at.by.pk or not case.is_open:
        return None
    offer = cases.offer_handover(
        act_id=at.part(f"pass_on:{case.handovers.count()}"),
        case_id=case.pk,
        by=at.by,
        to_department=department,
        note=case.said,
        at=at.now,
        now=at.now,
    )
    done_by(at, "pass_on")
    return offer


@transaction.atomic
def ask_superior(
    at: At, *, question: str, answer: str, due_at: datetime, number: str = ""
) -> AnswerRequest:
    """Puts the question to the superiors; the customer has the ordinary promise meanwhile.

    Raises CaseClosed, AlreadyAskedFor, ValueError without a question.
    """
    case, _promise = promise_call_back(at, due_at=due_at, words=question[:200], number=number)
    asked = case.answer_requests.count()
    return cases.ask_superior(
        act_id=at.part(f"ask:{asked}:{question}"),
        case_id=case.pk,
        by=at.by,
        question=question,
        answer=answer,
        due_at=due_at,
        at=at.now,
        now=at.now,
    )


@transaction.atomic
def solve(at: At, *, guide: str, words: str) -> Case:
    """The customer was led through a guide and says that it works: the case is closed with that answer.

    Raises CaseClosed, ValueError without words.
    """
    case = cases.solve_on_phone(
        act_id=at.part("solved"),
        case_id=case_of(at).pk,
        by=at.by,
        guide=guide,
        words=words,
        at=at.now,
        now=at.now,
    )
    for by in ("record", "pass_on", "answer"):
        done_by(at, by)
    return case


@transaction.atomic
def refer(at: At, *, why: str, where: str, words: str) -> Case:
    """Not ours to repair: told where to turn. Raises CaseClosed."""
    case = cases.refer_elsewhere(
        act_id=at.part(f"referred:{why}:{where}"),
        case_id=case_of(at).pk,
        by=at.by,
        why=why,
        where=where,
        words=words,
        at=at.now,
        now=at.now,
    )
    done_by(at, "pass_on")
    return case


@transaction.atomic
def tell_papers(
    at: At,
    *,
    papers_of: PapersOf,
    told: Collection[str] = (),
    tick_on: Mapping[str, bool] | None = None,
) -> Case:
    """Writes which papers have been told; when that is all, the steps of the rule are done.

    `told` are all of them; or `tick_on` says of single ones whether they were, and the others
    stay: two ticks in one moment are two. Raises NoPapers, CaseClosed.
    """
    case = case_of(at)
    papers, field = papers_of(case), readable_cockpit().forms.ticks_of(at.call.kind)
    if papers is None or field is None:
        raise NoPapers
    listed = [each.id for each in (*papers.tell, *papers.need, *papers.later)]
    chosen = set(told)
    if tick_on is not None:
        chosen = set(cases.values_of(case).get(field.id, "").split(","))
        chosen = {each for each in chosen if tick_on.get(each, True)}
        chosen |= {each for each, is_on in tick_on.items() if is_on}
    chosen &= set(listed)
    value = ",".join(each for each in listed if each in chosen)
    case = fill(at, values={field.id: value}, case=case)
    if all(each.id in chosen for each in (*papers.tell, *papers.need)):
        for step in papers.steps:
            tick(at, step=step, rule=papers.rule)
        done_by(at, "answer")
    return case


@transaction.atomic
def send_papers(
    at: At,
    *,
    act_id: uuid.UUID,
    case: Case,
    papers: PaperList,
    title: str,
    words: str,
    channel: str,
    to: str,
) -> Message:
    """Sends the list to the caller. Raises UnknownText."""
    message = cases.send_papers(
        act_id=act_id,
        case_id=case.pk,
        by=at.by,
        channel=channel,
        to=to,
        papers=papers.id,
        title=title,
        words=words,
        now=at.now,
    )
    if papers.sent and message.state != Message.State.SUPPRESSED:
        tick(at, step=papers.sent, rule=papers.rule)
    return message


@transaction.atomic
def send_material(
    at: At, *, act_id: uuid.UUID, case: Case, what: str, where: str, channel: str, to: str
) -> Message:
    """Sends the caller where the material is to be had; `what` and `where` in words. Raises UnknownText."""
    return cases.send_material(
        act_id=act_id,
        case_id=case.pk,
        by=at.by,
        channel=channel,
        to=to,
        what=what,
        where=where,
        now=at.now,
    )


@transaction.atomic
def join(at: At, *, incident: Incident) -> Case:
    """The call belongs to an incident: its case is one of it, and is answered with it.

    What is not said yet is what the incident is about. Raises CaseClosed, IncidentOver,
    AlreadyGathered.
    """
    case = case_of(at) if at.call.kind else classify(at, kind=incident.lead.kind)
    if case.said == NOTHING_SAID:
        details = Details(said=incident.lead.said)
        case = guiding.fill(contact_of(at, case), case, details=details)
    if case.kind == incident.lead.kind:
        fill(at, values=_seen_by_others(incident, case), case=case)
    cases.join_incident(
        act_id=part_of(incident.pk, f"joined:{case.pk}"),
        incident_id=incident.pk,
        case_id=case.pk,
        by=at.by,
        at=at.now,
        now=at.now,
    )
    done_by(at, "pass_on")
    done_by(at, "answer")
    return case


def _seen_by_others(incident: Incident, case: Case) -> dict[str, str]:
    """Of the form of the first case what holds for everybody: no words, nothing that each is asked."""
    form = readable_cockpit().forms.of(case.kind)
    shared = [each.id for each in form.field if each.type != "yes_no" and not each.mask]
    rows = CaseDetail.objects.filter(case__in=[case.pk, incident.lead_id], field__in=shared)
    there = {row.field for row in rows if row.case_id == case.pk}
    return {row.field: row.value for row in rows if row.field not in there}


@transaction.atomic
def open_incident(
    at: At, *, place: str, zone: str, estates: Collection[str], until: datetime | None
) -> Incident:
    """Makes an incident of the case of the call. Raises CaseClosed, AlreadyGathered."""
    case = case_of(at)
    return cases.open_incident(
        act_id=part_of(case.pk, "incident"),
        case_id=case.pk,
        by=at.by,
        place=place,
        zone=zone,
        estates=estates_like(words=estates),
        until=until,
        at=at.now,
        now=at.now,
    )
