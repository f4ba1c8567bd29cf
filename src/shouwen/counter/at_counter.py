"""What the clerk's screen shows, read at once: whom they serve, who waits, whom they served."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from shouwen.cases.models import Case, Handover, Promise
from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries import clocks_of, readable_standard
from shouwen.core.clause import Scalar
from shouwen.core.events import Event, Subject
from shouwen.counter.judging import CHANNEL, FACTS
from shouwen.counter.models import Ticket
from shouwen.counter.operations.serving import STEP
from shouwen.counter.queries import readable_hall, today
from shouwen.customers.models import Customer, Premises
from shouwen.guiding.reading import readable_cockpit
from shouwen.guiding.steps import Done
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.standard.cockpit import Cockpit
from shouwen.standard.hall import Hall
from shouwen.standard.pack import Pack


@dataclass(frozen=True)
class Served:
    """One customer at one counter, read at `now`."""

    viewer: Staff
    ticket: Ticket
    case: Case | None
    events: Sequence[Event]
    clocks: Sequence[Clock]
    gaps: Sequence[str]
    promised: Promise | None
    handover: Handover | None
    plan: Cockpit
    hall: Hall
    pack: Pack | None
    now: datetime

    @property
    def began_at(self) -> datetime:
        """When the customer came to the counter: the standard of that day speaks."""
        return self.ticket.began_at or self.now

    @property
    def kind(self) -> str:
        """What the matter was found to be; "" before."""
        return self.ticket.kind

    @property
    def is_alarm(self) -> bool:
        """Whether it is taken as an alarm, by the clerk or by the customer at the ticket machine."""
        business = self.hall.business_of(self.ticket.business)
        return self.kind == "alarm" or (not self.kind and bool(business and business.is_alarm))

    @property
    def has_waited(self) -> bool:
        """Whether an apology for the wait was asked for."""
        return any(event.kind == "words.wanted" for event in self.events)

    @cached_property
    def done(self) -> Mapping[str, Done]:
        """The steps that were done in this turn, by their ids; of several sentences the last one."""
        found: dict[str, Done] = {}
        for event in self.events:
            if event.kind == "ticket.passed_on":
                found = {}
            elif event.kind == STEP:
                step, count = str(event.data.get("step", "")), int(event.data.get("count", 0))
                if step not in found or count > found[step].count:
                    found[step] = Done(event.at, count)
        return found

    @cached_property
    def facts(self) -> Mapping[str, Scalar]:
        """What the rules may ask."""
        kind = {"case_kind": self.kind} if self.kind else {}
        return {**FACTS, "customer_known": self.customer is not None, **kind}

    @property
    def customer(self) -> Customer | None:
        """The customer, once chosen."""
        return self.case.customer if self.case and self.case.customer else self.ticket.customer

    @property
    def premises(self) -> Premises | None:
        """The home, once chosen."""
        return self.case.premises if self.case and self.case.premises else self.ticket.premises

    @property
    def called(self) -> str:
        """How the customer is addressed; "" when nobody knows."""
        if self.case is not None and self.case.caller_name:
            return self.case.caller_name
        return self.customer.called if self.customer else ""


def served(*, viewer: Staff, ticket: Ticket, now: datetime) -> Served:
    """Everything about the customer at the counter. About eight queries."""
    case = ticket.case
    people = ("to_staff", "to_department", "answered_by")
    return Served(
        viewer=viewer,
        ticket=ticket,
        case=case,
        events=events_of(subject=ticket.subject),
        clocks=clocks_of(subject=Subject("case", case.pk)) if case else [],
        gaps=_gaps(case),
        promised=case.promises.filter(kind="call_back").first() if case else None,
        handover=case.handovers.select_related(*people).order_by("offered_at").last()
        if case
        else None,
        plan=readable_cockpit(CHANNEL),
        hall=readable_hall(),
        pack=readable_standard(),
        now=now,
    )


def _gaps(case: Case | None) -> list[str]:
    if case is None:
        return []
    return list(case.gaps.filter(filled_at__isnull=True).values_list("code", flat=True))


@dataclass(frozen=True, slots=True)
class Phrased:
    """How the standard was kept with one customer: how many rulings on the visit say so."""

    kept: int
    broken: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A customer who has gone, and how the phrases were kept."""

    ticket: Ticket
    phrased: Phrased


def finished(*, viewer: Staff, now: datetime) -> list[Finished]:
    """Whom the clerk served today, the last first. Two queries."""
    rows = Ticket.objects.filter(staff=viewer, day=today(now), state=Ticket.State.DONE)
    tickets = list(rows.select_related("case").order_by("-ended_at")[:8])
    ruled = Ruling.objects.filter(
        subject_kind="contact", subject_id__in=[ticket.pk for ticket in tickets]
    )
    words: dict[UUID, Counter[str]] = {}
    for subject, verdict in ruled.values_list("subject_id", "verdict"):
        words.setdefault(subject, Counter())[verdict] += 1
    none: Counter[str] = Counter()
    return [Finished(ticket, _phrased(words.get(ticket.pk, none))) for ticket in tickets]


def _phrased(words: Counter[str]) -> Phrased:
    return Phrased(kept=words[Ruling.Verdict.MET], broken=words[Ruling.Verdict.MISSED])
