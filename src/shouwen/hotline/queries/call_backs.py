"""Promised calls: what is due, in what order, with the attempts so far."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from shouwen.access.permission import PromiseStanding
from shouwen.access.roles import Role
from shouwen.cases.models import Handover, Promise
from shouwen.clocks.models import Clock
from shouwen.hotline.models import CallAttempt, CallBack
from shouwen.people.models import Staff

KINDS = ("call_back", "answer")
LEADS = frozenset({Role.DISPATCHER, Role.STATION_MANAGER})
After = tuple[datetime, uuid.UUID]
"""`due_at` and `id` of the last promise of a page."""
_OWED_FOR = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Due:
    """Promised calls of a page, by due time: their clocks, the attempts that wait for a word."""

    promises: Sequence[Promise]
    clocks: Mapping[uuid.UUID, Clock]
    mine: int
    team: int

    def first(self, count: int) -> "Due":
        """The first so many of them."""
        return replace(self, promises=self.promises[:count])


def call_backs(*, viewer: Staff, scope: str, after: After | None = None, limit: int = 40) -> Due:
    """A page of the queue: `mine` or `team`. Six queries, however many there are."""
    wanted = of_team(viewer) if scope == "team" else of_person(viewer)
    rows = wanted
    if after is not None:
        moment, last = after
        rows = rows.filter(due_at__gte=moment).filter(Q(due_at__gt=moment) | Q(id__gt=last))
    promises = list(_with_people(rows).order_by("due_at", "id")[:limit])
    found = Clock.objects.filter(
        subject_kind="promise", subject_id__in=[each.pk for each in promises]
    )
    return Due(
        promises=promises,
        clocks={clock.subject_id: clock for clock in found.order_by("-due_at")},
        mine=of_person(viewer).count(),
        team=of_team(viewer).count(),
    )


def next_due(*, viewer: Staff, now: datetime) -> Promise | None:
    """The call that this person should make now: theirs, not put off, the first due first."""
    waits = Q(call_back__next_at__gt=now) | Q(call_back__over_at__isnull=False)
    busy = CallAttempt.objects.filter(outcome="").values("promise")
    rows = of_person(viewer).exclude(waits).exclude(pk__in=busy).exclude(case__caller_phone="")
    return rows.order_by("due_at", "id").first()


def due_now(*, viewer: Staff, now: datetime) -> int:
    """How many calls this person could make now, at most ten."""
    waits = Q(call_back__next_at__gt=now) | Q(call_back__over_at__isnull=False)
    return len(of_person(viewer).exclude(waits).values_list("pk")[:10])


def owed_outcomes(*, viewer: Staff, now: datetime) -> list[CallAttempt]:
    """Attempts of this person of which nobody has said what became of them. One query."""
    people = ("promise__case__customer", "promise__case__premises__estate", "call")
    rows = CallAttempt.objects.filter(staff=viewer, outcome="", began_at__gt=now - _OWED_FOR)
    return list(rows.select_related(*people).order_by("began_at")[:5])


def promise_with(*, pk: uuid.UUID) -> Promise | None:
    """One promise with all that its permissions and its acts need."""
    return _with_people(Promise.objects.filter(pk=pk, kind__in=KINDS)).first()


def standing_of_promise(promise: Promise) -> PromiseStanding:
    """How a promised call stands to people."""
    row = call_back_of(promise)
    return PromiseStanding(
        owner=promise.owner.staff_no,
        team=promise.owner.department_code,
        caller=row.caller.staff_no if row and row.caller else "",
    )


def call_back_of(promise: Promise) -> CallBack | None:
    """How the promise stands with its attempts; None before the first."""
    return getattr(promise, "call_back", None)


def of_person(viewer: Staff) -> QuerySet[Promise]:
    """Open promised calls of this person, and those that they were asked to make."""
    return _open().filter(Q(owner=viewer) | Q(call_back__caller=viewer))


def of_team(viewer: Staff) -> QuerySet[Promise]:
    """Those of everybody for who leads the calls, of the own department for the others."""
    if viewer.role_set & LEADS:
        return _open()
    if viewer.department_id is None:
        return of_person(viewer)
    return _open().filter(Q(owner__department=viewer.department_id) | Q(call_back__caller=viewer))


def _open() -> QuerySet[Promise]:
    return Promise.objects.filter(state=Promise.State.OPEN, kind__in=KINDS)


def _with_people(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    offers = Handover.objects.filter(state=Handover.State.OFFERED).select_related(
        "to_staff", "to_department", "offered_by"
    )
    people = ("customer", "premises__estate", "owner", "first_asked", "department")
    return rows.select_related(
        "owner__department", "call_back__caller", *(f"case__{name}" for name in people)
    ).prefetch_related(
        Prefetch("case__handovers", queryset=offers),
        Prefetch(
            "attempts",
            queryset=CallAttempt.objects.filter(outcome="").select_related("staff", "call"),
            to_attr="under_way",
        ),
    )
