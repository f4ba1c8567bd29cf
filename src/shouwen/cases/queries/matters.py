"""Reading cases: what a person may see, whose they are, what is waiting."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from shouwen.access.permission import CaseStanding
from shouwen.access.roles import (
    READS_ONLY,
    SEES_ALL_CASES,
    SEES_CASES,
    SEES_DEPARTMENT_CASES,
)
from shouwen.cases.models import (
    Attachment,
    Case,
    CaseDetail,
    CaseLink,
    CaseNote,
    Handover,
    Merge,
    Promise,
    VoidRequest,
)
from shouwen.cases.shown import customer_shown
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import Foreseen, active_pack_path, clocks_of, foreseen
from shouwen.core.events import Event, Scalar, Subject
from shouwen.core.text.taxonomy import Leaf
from shouwen.customers.models import CustomerClass
from shouwen.customers.queries import class_on
from shouwen.journal.models import Entry
from shouwen.journal.queries import as_event, events_of
from shouwen.people.models import Staff
from shouwen.standard.taxonomy import load_taxonomy
from shouwen.ui import wording


def leaves() -> Mapping[str, Leaf]:
    """The taxonomy of the standard in force by code; loaded once per process. Raises PackFaults."""
    return _leaves(active_pack_path())


@cache
def _leaves(path: Path) -> Mapping[str, Leaf]:
    return {leaf.code: leaf for leaf in load_taxonomy(path)}


class Classified(Protocol):
    """How a case is, or could be, classified."""

    @property
    def kind(self) -> str: ...

    @property
    def side(self) -> str: ...

    @property
    def severity(self) -> str: ...


def facts_of(case: Case, *, as_if: Classified | None = None) -> Mapping[str, Scalar]:
    """What the rules of the standard may ask about a case, as it is or as if classified anew."""
    said: Classified = as_if or case
    # A change of class counts from its day: what held when the case was reported, holds for it.
    day = wording.local_day(case.reported_at)
    premises = case.premises
    customer_class = (
        class_on(premises=premises, day=day) if premises else CustomerClass.RESIDENTIAL
    )
    facts: dict[str, Scalar] = {
        "case_kind": said.kind,
        "side": said.side,
        "channel": case.channel,
        "customer_class": str(customer_class),
        "special_care": bool(case.customer and case.customer.special_care),
    }
    if said.severity:
        facts["severity"] = said.severity
    return facts


def foreseen_clocks(*, case: Case, to: Classified, now: datetime) -> list[Foreseen]:
    """What the clocks of the case would be if it were classified like that. Raises PackFaults."""
    facts = facts_of(case, as_if=to)
    return foreseen(subject=Subject("case", case.pk), facts=facts, now=now)


def visible_cases(*, actor: Staff) -> QuerySet[Case]:
    """The cases a person may see: the same rule as `can(VIEW_CASE)`, as a filter."""
    roles = actor.role_set
    if roles & SEES_ALL_CASES:
        return Case.objects.all()
    if not roles & SEES_CASES:
        return Case.objects.none()
    offered = Q(handovers__state=Handover.State.OFFERED)
    mine = Q(first_asked=actor) | Q(owner=actor) | (offered & Q(handovers__to_staff=actor))
    if roles & SEES_DEPARTMENT_CASES and actor.department_id:
        department = actor.department_id
        mine |= Q(department=department) | (offered & Q(handovers__to_department=department))
    return Case.objects.filter(Q(pk__in=Case.objects.filter(mine).values("pk")))


def standing(case: Case) -> CaseStanding:
    """How the case stands to people. One query for the open offer unless it was prefetched."""
    offer = open_offer(case)
    return CaseStanding(
        first_asked=case.first_asked.staff_no,
        owner=case.owner.staff_no,
        department=case.department.code if case.department else "",
        offered_to=offer.to_staff.staff_no if offer and offer.to_staff else "",
        offered_to_department=offer.to_department.code if offer and offer.to_department else "",
        is_open=case.is_open,
        offered_by=offer.offered_by.staff_no if offer and offer.offered_by else "",
    )


def case_of_clock(*, clock: Clock) -> Case | None:
    """The case that a clock runs for, itself or through a promise. Two queries, three for a promise."""
    pk = clock.subject_id
    if clock.subject_kind == "promise":
        pk = Promise.objects.values_list("case_id", flat=True).get(pk=pk)
    return _with_standing().filter(pk=pk).first()


def case_at_hand(*, number: str) -> Case | None:
    """A case with what says who may do what to it. Two queries; its page needs `whole_case`."""
    return _with_standing().filter(number=number).first()


def _with_standing() -> QuerySet[Case]:
    offers = Handover.objects.select_related("to_staff", "to_department", "offered_by")
    found = Case.objects.select_related("first_asked", "owner", "department")
    return found.prefetch_related(Prefetch("handovers", queryset=offers))


def open_offer(case: Case) -> Handover | None:
    """The hand-over that waits for an answer."""
    waiting = [offer for offer in case.handovers.all() if offer.state == Handover.State.OFFERED]
    return waiting[0] if waiting else None


def whole_case(*, number: str) -> Case | None:
    """A case with all that its page shows, and the same number of queries whatever its length."""
    people = (
        "first_asked",
        "owner",
        "department",
        "customer",
        "premises__estate",
        "merged_into",
        "paper_entry__entered_by",
        "gathered__incident__lead",
    )
    offers = Handover.objects.select_related(
        "from_staff", "to_staff", "to_department", "offered_by"
    )
    return (
        Case.objects.filter(number=number)
        .select_related(*people)
        .prefetch_related(
            "chain__staff__department",
            Prefetch("handovers", queryset=offers),
            Prefetch("promises", queryset=Promise.objects.select_related("owner")),
            Prefetch("attachments", queryset=Attachment.objects.select_related("added_by")),
            Prefetch("void_requests", queryset=VoidRequest.objects.select_related("asked_by")),
            Prefetch("merged_cases", queryset=Case.objects.order_by("number")),
            "gaps",
            "details",
            "calls__staff",
            "calls__recordings",
        )
        .first()
    )


def offers_to(*, actor: Staff, limit: int = 20) -> list[Handover]:
    """Hand-overs that this person may answer, oldest first; none for those who only read.

    Those of a whole shift are not among them; see `offered_shifts`.
    """
    answering = actor.role_set - READS_ONLY
    if not answering & SEES_CASES:
        return []
    addressed = Q(to_staff=actor)
    if actor.department_id and answering & (SEES_ALL_CASES | SEES_DEPARTMENT_CASES):
        addressed |= Q(to_department=actor.department_id)
    return list(
        Handover.objects.filter(addressed, state=Handover.State.OFFERED, shift__isnull=True)
        .exclude(from_staff=actor)
        .exclude(_is_about(actor))
        .select_related(
            "case__customer",
            "case__premises__estate",
            "case__first_asked",
            "case__owner",
            "case__department",
            "from_staff",
            "to_staff",
            "to_department",
            "offered_by",
        )
        .prefetch_related(
            Prefetch(
                "case__handovers",
                queryset=Handover.objects.select_related(
                    "to_staff", "to_department", "offered_by"
                ),
            )
        )
        .order_by("offered_at", "id")[:limit]
    )


def _is_about(staff: Staff) -> Exists:
    """Whether the case of an offer is about this person: it is never offered to them."""
    details = CaseDetail.objects.filter(case=OuterRef("case_id"), bars=True)
    return Exists(details.filter(value=staff.staff_no))


def open_cases(*, owner: Staff) -> QuerySet[Case]:
    """The open cases somebody owns."""
    return (
        Case.objects.filter(owner=owner, state="open")
        .select_related("customer", "premises__estate", "owner", "department")
        .order_by("reported_at", "id")
    )


@dataclass(frozen=True, slots=True)
class Headline:
    """What a list says about the case a clock belongs to."""

    case_id: uuid.UUID
    number: str
    said: str
    called: str
    place: str
    owner: str
    state: str


def headlines(
    *, subjects: list[tuple[str, uuid.UUID]], viewer: Staff
) -> dict[uuid.UUID, Headline]:
    """For each clock subject (a case or a promise of one) the case it is about, as `viewer` may
    see it. Two queries."""
    promised = dict(
        Promise.objects.filter(
            pk__in=[pk for kind, pk in subjects if kind == "promise"]
        ).values_list("pk", "case_id")
    )
    wanted = {pk: promised.get(pk, pk) for _, pk in subjects}
    cases = {
        case.pk: _headline(case, viewer)
        for case in Case.objects.filter(pk__in=set(wanted.values())).select_related(
            "customer", "premises__estate", "owner"
        )
    }
    return {pk: cases[case_id] for pk, case_id in wanted.items() if case_id in cases}


def promises_kept_since(*, owner: Staff, since: datetime) -> int:
    """How many promises of this person were kept since an instant."""
    return Promise.objects.filter(owner=owner, state="kept", kept_at__gte=since).count()


def _headline(case: Case, viewer: Staff) -> Headline:
    person = customer_shown(case=case, viewer=viewer)
    return Headline(
        case_id=case.pk,
        number=case.number,
        said=case.said,
        called=person.called,
        place=person.short_address,
        owner=case.owner.name,
        state=case.state,
    )


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a case: events of the case and its promises, names of the people in them,
    and the words that stand beside the journal, by event id."""

    events: tuple[Event, ...]
    names: Mapping[str, str]
    words: Mapping[str, str]


def story(*, case: Case) -> Story:
    """The whole story of a case. Four queries whatever its length."""
    promised = Entry.objects.filter(
        subject_kind="promise", subject_id__in=[promise.pk for promise in case.promises.all()]
    ).order_by("happened_at", "recorded_at", "id")
    events = [*events_of(subject=Subject("case", case.pk)), *map(as_event, promised)]
    numbers = {event.by for event in events if event.by}
    names = dict(Staff.objects.filter(staff_no__in=numbers).values_list("staff_no", "name"))
    words = {str(note.pk): note.text for note in case.notes.all()}
    words |= {str(promise.pk): promise.words for promise in case.promises.all()}
    return Story(tuple(events), names, words)


def words_beside(*, case_id: uuid.UUID) -> dict[str, str]:
    """The words that stand beside the journal entries of a case, by entry id."""
    notes = CaseNote.objects.filter(case=case_id).values_list("pk", "text")
    return {str(pk): text for pk, text in notes}


def has_promises_at_stake(*, case: Case) -> bool:
    """True when a clock of the case or of a promise of it still runs or was missed."""
    subjects = [case.pk, *case.promises.values_list("pk", flat=True)]
    clocks = Clock.objects.filter(subject_kind__in=("case", "promise"), subject_id__in=subjects)
    return clocks.filter(Q(is_open=True) | Q(state=Clock.State.MISSED)).exists()


def links_of(case: Case) -> list[CaseLink]:
    """The links of a case that stand, from either side. One query."""
    either = Q(case=case) | Q(other=case)
    links = CaseLink.objects.filter(either, removed_at__isnull=True)
    return list(links.select_related("case", "other"))


def merge_of(case: Case) -> Merge | None:
    """By what the case is merged into another now."""
    standing_merges = Merge.objects.filter(case=case, undone_at__isnull=True)
    return standing_merges.select_related("into").first()


def asked_to_void(case: Case) -> VoidRequest | None:
    """The open wish to void the case."""
    asked = [each for each in case.void_requests.all() if each.state == VoidRequest.State.ASKED]
    return asked[0] if asked else None


def case_clocks(*, case: Case) -> tuple[list[Clock], list[Clock]]:
    """The clocks of the case itself, and those of its promises."""
    own = clocks_of(subject=Subject("case", case.pk))
    promised = Clock.objects.filter(
        subject_kind="promise", subject_id__in=[promise.pk for promise in case.promises.all()]
    )
    return own, list(promised)
