"""Reading what belongs to the kind of a case: its form, superiors asked, incidents and their cases."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shouwen.access.permission import APPROVES, Action, can
from shouwen.cases.models import AnswerRequest, Case, Incident, IncidentCase
from shouwen.cases.queries.matters import standing, visible_cases
from shouwen.clocks.queries import cockpit_plan
from shouwen.customers.models import Estate, Premises
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.forms import Forms

LATELY = timedelta(days=3)
_PEOPLE = ("first_asked", "owner", "department", "customer", "premises__estate")


def readable_forms() -> Forms:
    """The forms of the standard in force; none when it cannot be read: no case is refused for that."""
    try:
        return cockpit_plan().forms
    except PackFaults:
        return Forms()


def answers_to_decide(*, actor: Staff, limit: int = 20) -> list[AnswerRequest]:
    """What superiors were asked and this person may decide, oldest first."""
    if not actor.role_set & APPROVES:
        return []
    rows = AnswerRequest.objects.filter(state=AnswerRequest.State.ASKED).exclude(asked_by=actor)
    cases = _with_people("case__")
    found = rows.select_related("asked_by", *cases).prefetch_related("case__handovers")[:limit]
    return [each for each in found if can(actor, Action.APPROVE_ANSWER, standing(each.case))]


def answers_returned(*, owner: Staff, limit: int = 20) -> list[AnswerRequest]:
    """What was decided about open cases of this person that nobody has answered since."""
    decided = AnswerRequest.objects.exclude(state=AnswerRequest.State.ASKED)
    later = AnswerRequest.objects.filter(
        case=OuterRef("case_id"), asked_at__gt=OuterRef("asked_at")
    )
    mine = decided.filter(case__owner=owner, case__state="open").exclude(Exists(later))
    waiting = mine.filter(case__promises__state="open").distinct()
    return list(waiting.select_related("answered_by", *_with_people("case__"))[:limit])


def open_requests(case: Case) -> list[AnswerRequest]:
    """Everything superiors were asked about a case, the last one last."""
    return list(case.answer_requests.select_related("asked_by", "answered_by"))


# --- incidents


def open_incidents(*, at: Premises | None, place: str = "") -> list[Incident]:
    """The incidents that a home, or an address in free words, may belong to; the latest first."""
    rows = Incident.objects.filter(ended_at__isnull=True).select_related("lead")
    if at is not None:
        return list(rows.filter(estates=at.estate_id)[:3])
    if not place.strip():
        return []
    near = rows.prefetch_related("estates")[:20]
    return [each for each in near if any(e.name in place for e in each.estates.all())][:3]


def incident_of(case: Case) -> Incident | None:
    """The incident that a case belongs to. No query for a `whole_case`."""
    member: IncidentCase | None = getattr(case, "gathered", None)
    return member.incident if member else None


def incidents(*, is_open: bool, limit: int = 50) -> QuerySet[Incident]:
    """Incidents with the number of their cases (`count`), the latest first."""
    rows = Incident.objects.filter(ended_at__isnull=is_open).annotate(count=Count("members"))
    people = ("lead__department", "opened_by", "ended_by")
    return rows.select_related(*people).prefetch_related("estates")[:limit]


def whole_incident(*, number: str) -> Incident | None:
    """An incident by the number of the case it began with."""
    people = (f"lead__{name}" for name in _PEOPLE)
    rows = Incident.objects.select_related(*people, "opened_by", "ended_by")
    return rows.prefetch_related("estates", "lead__handovers").filter(lead__number=number).first()


def members_of(*, incident: Incident, actor: Staff) -> list[IncidentCase]:
    """The cases of an incident that this person may see, in the order they came."""
    rows = incident.members.filter(case__in=visible_cases(actor=actor))
    return list(rows.select_related("joined_by", *_with_people("case__")))


def told_lately(*, owner: Staff, now: datetime, limit: int = 20) -> list[IncidentCase]:
    """Open cases of incidents that have ended, which this person owns or was first asked about."""
    theirs = Q(case__owner=owner) | Q(case__first_asked=owner)
    rows = IncidentCase.objects.filter(theirs, case__state="open", told_at__gt=now - LATELY)
    return list(rows.select_related("incident__lead", *_with_people("case__"))[:limit])


def estates_like(*, words: Collection[str]) -> Sequence[Estate]:
    """The estates with exactly these names."""
    return list(Estate.objects.filter(name__in=list(words)))


def homes_of(*, incident: Incident) -> int:
    """How many homes its estates have."""
    return Premises.objects.filter(estate__incidents=incident).count()


def _with_people(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}{name}" for name in _PEOPLE)
