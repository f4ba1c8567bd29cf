"""What one agent's screen is made of: the call at the telephone, what was done on it, its matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, When

from shouwen.cases.models import Case, Handover, Promise
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import clocks_of
from shouwen.core.clause import Scalar
from shouwen.core.events import Event, Subject
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.customers.models import Appliance, Customer, Premises
from shouwen.customers.queries import Match, customers_by_number
from shouwen.hotline.models import AgentState, Call, CallerChoice, LineRequest, Offer
from shouwen.hotline.operations.duty import last_of
from shouwen.hotline.operations.steering import STEP
from shouwen.hotline.queries import readable_cockpit, readable_standard
from shouwen.journal.models import Entry
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.standard.cockpit import Cockpit
from shouwen.standard.pack import Pack

NEIGHBOURS_WITHIN = timedelta(minutes=30)
_PEOPLE = ("owner", "department", "first_asked", "customer", "premises__estate")


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done: when, and how many sentences of it."""

    at: datetime
    count: int = 0


@dataclass(frozen=True)
class OnCall:
    """One call at one agent's telephone, read at `now`."""

    viewer: Staff
    call: Call
    case: Case | None
    events: Sequence[Event]
    matches: Sequence[Match]
    choice: CallerChoice | None
    clocks: Sequence[Clock]
    offer: Offer | None
    handover: Handover | None
    gaps: Sequence[str]
    promised: Promise | None
    refused: LineRequest | None
    appliances: Sequence[Appliance]
    earlier: Sequence[Case]
    calls_before: int
    neighbours: Sequence[Case]
    plan: Cockpit
    pack: Pack | None
    now: datetime

    @property
    def kind(self) -> str:
        """What the call was classified as; "" before."""
        return self.call.kind

    @property
    def is_alarm(self) -> bool:
        """Whether it is taken as an alarm."""
        return self.kind == "alarm"

    @cached_property
    def done(self) -> Mapping[str, Done]:
        """The steps that were done, by their ids; of several sentences the last one."""
        found: dict[str, Done] = {}
        for event in self.events:
            if event.kind == STEP:
                step, count = str(event.data.get("step", "")), int(event.data.get("count", 0))
                before = found.get(step)
                if before is None or count > before.count:
                    found[step] = Done(event.at, count)
        return found

    @cached_property
    def advised(self) -> Mapping[str, bool]:
        """Advice that was looked at, and whether it was used."""
        found: dict[str, bool] = {}
        for event in self.events:
            step = str(event.data.get("step", ""))
            if step.startswith("advice:"):
                rule = step.removeprefix("advice:")
                found[rule] = found.get(rule, False) or event.data.get("said") is True
        return found

    @cached_property
    def facts(self) -> Mapping[str, Scalar]:
        """What the rules may ask about the call."""
        facts: dict[str, Scalar] = {
            "direction": self.call.direction,
            "channel": "phone",
            "staff_group": "hotline",
            "customer_known": self.customer is not None,
        }
        if self.kind:
            facts["case_kind"] = self.kind
        return facts

    @cached_property
    def homes(self) -> Sequence[tuple[Match, Premises | None]]:
        """Every customer and home that the number may mean."""
        return [(match, home) for match in self.matches for home in (match.premises or (None,))]

    @property
    def is_open_who(self) -> bool:
        """Whether the agent has to say which of several homes it is."""
        is_settled = self.choice is not None or (self.case and self.case.premises_id)
        return len(self.homes) > 1 and not is_settled

    @property
    def customer(self) -> Customer | None:
        """The customer, where there is no doubt."""
        if self.case is not None and self.case.customer:
            return self.case.customer
        if self.choice is not None:
            return self.choice.customer
        return self.homes[0][0].customer if len(self.homes) == 1 else None

    @property
    def premises(self) -> Premises | None:
        """The home, where there is no doubt."""
        if self.case is not None and self.case.premises:
            return self.case.premises
        if self.choice is not None:
            return self.choice.premises
        return self.homes[0][1] if len(self.homes) == 1 else None

    @property
    def called(self) -> str:
        """How the caller is addressed; "" when nobody knows."""
        if self.case is not None and self.case.caller_name:
            return self.case.caller_name
        customer = self.customer
        return customer.called if customer else ""

    @property
    def held_since(self) -> datetime | None:
        """Since when the customer is on hold; None when they are not."""
        last = self.call.holds[-1] if self.call.holds else None
        return datetime.fromisoformat(last[0]) if last and last[1] is None else None


@dataclass(frozen=True, slots=True)
class Today:
    """An agent's day: calls taken, those answered in time, those ended in time."""

    taken: int
    in_rings: int
    in_talk: int


@dataclass(frozen=True)
class Desk:
    """One agent's screen: their status, the call they are on, what they promised."""

    viewer: Staff
    state: AgentState | None
    on_call: OnCall | None
    promises: Sequence[tuple[Promise, Clock | None]]
    promised_count: int
    today: Today
    calls: Sequence[Call]
    asked_for: Sequence[tuple[Call, datetime]]
    offers: Sequence[Handover]
    is_checked_at: datetime | None
    plan: Cockpit
    pack: Pack | None
    now: datetime


def state_of(staff: Staff) -> AgentState | None:
    """What an agent does, with the call at their telephone. One query."""
    related = ("call__case__owner", "call__case__department", "call__case__customer",
               "call__case__premises__estate")  # fmt: skip
    return AgentState.objects.filter(pk=staff.pk).select_related("call", *related).first()


def stamp_of(*, viewer: Staff, state: AgentState | None, is_lead: bool) -> str:
    """Changes whenever the screen does: with the status, the call, what was done, who asks for help."""
    call = state.call if state else None
    parts = [
        f"{state.since.timestamp():.3f}{state.status}" if state else "",
        str(call.last_heard_at.timestamp()) if call and call.last_heard_at else "",
        str(Entry.objects.filter(subject_kind="call", subject_id=call.pk).count()) if call else "",
        str(len(call.turns)) if call else "",
        str(call.case.version) if call and call.case else "",
        ",".join(str(offer.pk)[-6:] for offer in _offers(viewer)),
        ",".join(str(asked.pk)[-6:] for asked, _ in _asked_for()) if is_lead else "",
    ]
    return "-".join(parts)


def on_call(*, viewer: Staff, call: Call, now: datetime) -> OnCall:
    """Everything about the call. About twelve queries, however long it was."""
    case = _case(call)
    pack = readable_standard()
    premises = case.premises if case else None
    matches = customers_by_number(number=call.number)
    choice = call.choices.select_related("customer", "premises__estate").order_by("version").last()
    if premises is None and choice:
        premises = choice.premises
    elif premises is None and len(matches) == 1 and len(matches[0].premises) == 1:
        premises = matches[0].premises[0]
    return OnCall(
        viewer=viewer,
        call=call,
        case=case,
        events=events_of(subject=Subject("call", call.pk)),
        matches=matches,
        choice=choice,
        clocks=clocks_of(subject=Subject("case", case.pk)) if case else [],
        offer=Offer.objects.filter(call=call, staff=viewer).order_by("offered_at").last(),
        handover=_handover(case),
        gaps=list(case.gaps.filter(filled_at__isnull=True).values_list("code", flat=True))
        if case
        else [],
        promised=case.promises.filter(kind="call_back").first() if case else None,
        refused=LineRequest.objects.filter(call=call, staff=viewer, state="refused").last(),
        appliances=list(premises.appliances.filter(removed_on__isnull=True)) if premises else [],
        earlier=_earlier(call, case, matches),
        calls_before=_calls_before(call),
        neighbours=_neighbours(premises, case, now),
        plan=readable_cockpit(),
        pack=pack,
        now=now,
    )


def _case(call: Call) -> Case | None:
    if call.case_id is None:
        return None
    return Case.objects.select_related(*_PEOPLE).get(pk=call.case_id)


def _handover(case: Case | None) -> Handover | None:
    if case is None:
        return None
    people = ("to_staff", "to_department", "answered_by", "from_staff")
    return case.handovers.select_related(*people).order_by("offered_at").last()


def _earlier(call: Call, case: Case | None, matches: Sequence[Match]) -> list[Case]:
    """The last matters of this number or of the customers behind it."""
    same = Q(caller_phone=call.number) if call.number else Q(pk__in=[])
    people = [match.customer.pk for match in matches]
    if case and case.customer_id:
        people = [case.customer_id]
    if people:
        same |= Q(customer__in=people)
    rows = Case.objects.filter(same)
    if case:
        rows = rows.exclude(pk=case.pk)
    return list(rows.order_by("-reported_at", "-id")[:5])


def _calls_before(call: Call) -> int:
    if not call.number:
        return 0
    since = call.rang_at - timedelta(days=30)
    return Call.objects.filter(
        number=call.number, rang_at__gt=since, rang_at__lt=call.rang_at, direction="inbound"
    ).count()


def _neighbours(premises: Premises | None, case: Case | None, now: datetime) -> list[Case]:
    """Alarms of the same building within half an hour."""
    if premises is None or not premises.building:
        return []
    rows = Case.objects.filter(
        kind="alarm",
        reported_at__gt=now - NEIGHBOURS_WITHIN,
        premises__estate_id=premises.estate_id,
        premises__building=premises.building,
    ).select_related("premises__estate")
    if case:
        rows = rows.exclude(pk=case.pk)
    return list(rows.order_by("-reported_at")[:3])


def desk(*, viewer: Staff, state: AgentState | None, now: datetime, is_lead: bool) -> Desk:
    """The whole screen."""
    promises, count = _promises(viewer)
    call = state.call if state and _is_shown(state) else None
    checked = last_of(staff=viewer, kind="checklist.done", now=now)
    in_order = checked is not None and not checked.data.get("failed")
    return Desk(
        viewer=viewer,
        state=state,
        on_call=on_call(viewer=viewer, call=call, now=now) if call else None,
        promises=promises,
        promised_count=count,
        today=_today(viewer, now),
        calls=[] if call else _calls(viewer, now),
        asked_for=_asked_for() if is_lead else (),
        offers=_offers(viewer),
        is_checked_at=checked.happened_at if checked and in_order else None,
        plan=readable_cockpit(),
        pack=readable_standard(),
        now=now,
    )


def _is_shown(state: AgentState) -> bool:
    busy = (AgentState.Status.RINGING, AgentState.Status.TALKING, AgentState.Status.AFTER_CALL)
    return state.status in busy


def _promises(viewer: Staff) -> tuple[list[tuple[Promise, Clock | None]], int]:
    mine = Promise.objects.filter(owner=viewer, state=Promise.State.OPEN)
    rows = list(
        mine.select_related("case__customer", "case__premises__estate").order_by("due_at")[:6]
    )
    found = Clock.objects.filter(subject_kind="promise", subject_id__in=[row.pk for row in rows])
    clocks = {clock.subject_id: clock for clock in found}
    count = len(rows) if len(rows) < 6 else mine.count()
    return [(row, clocks.get(row.pk)) for row in rows], count


def _calls(viewer: Staff, now: datetime) -> list[Call]:
    since = now - timedelta(hours=14)
    rows = Call.objects.filter(staff=viewer, rang_at__gt=since, stage=Call.Stage.OVER)
    return list(rows.select_related("case").order_by("-rang_at")[:12])


def _today(viewer: Staff, now: datetime) -> Today:
    pack = readable_standard()
    zone = pack.calendar.zone if pack else now.tzinfo
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Call.objects.filter(
        staff=viewer, rang_at__gte=midnight, direction="inbound", outcome=Call.Outcome.ANSWERED
    )
    plan = readable_cockpit()
    rings = seconds_of(pack, plan.limits.answer, now)
    talk = seconds_of(pack, plan.limits.talk, now)
    span = ExpressionWrapper(F("ended_at") - F("answered_at"), output_field=DurationField())
    counts = calls.annotate(talk=span).aggregate(
        taken=Count("id"),
        in_rings=Count("id", filter=Q(agent_clock__lt=rings or 0)),
        in_talk=Count("id", filter=Q(talk__lte=timedelta(seconds=talk or 0))),
    )
    return Today(counts["taken"], counts["in_rings"], counts["in_talk"])


def seconds_of(pack: Pack | None, rule_id: str, now: datetime) -> float | None:
    """The limit of a measure of calls in seconds: the first moment that is too late for rings."""
    rule = pack.rules.get(rule_id) if pack else None
    version = rule.on(pack.calendar.day_of(now)) if rule and pack else None
    if not isinstance(version, CallMeasureVersion):
        return None
    if version.rings is not None:
        return version.rings.kept_below
    return version.kept_up_to if version.kept_up_to is not None else version.kept_below


def _asked_for() -> list[tuple[Call, datetime]]:
    """Calls on which a supervisor was asked in and nobody has come yet, the longest wait first."""
    under_way = Call.objects.exclude(stage=Call.Stage.OVER).select_related("staff")
    kinds = ("call.supervisor_asked", "call.supervisor_came")
    calls = {call.pk: call for call in under_way}
    told = Entry.objects.filter(subject_kind="call", subject_id__in=calls, kind__in=kinds)
    last: dict[UUID, Entry] = {}
    for entry in told.order_by("happened_at", "recorded_at", "id"):
        last[entry.subject_id] = entry
    waiting = [(calls[pk], e.happened_at) for pk, e in last.items() if e.kind == kinds[0]]
    return sorted(waiting, key=lambda pair: pair[1])


def _offers(viewer: Staff) -> list[Handover]:
    """Matters of calls under way that are offered to this person or department."""
    addressed = Q(to_staff=viewer)
    if viewer.department_id:
        addressed |= Q(to_department=viewer.department_id)
    rows = Handover.objects.filter(
        addressed, state=Handover.State.OFFERED, case__calls__in=_under_way()
    ).exclude(from_staff=viewer)
    return list(rows.select_related("case", "from_staff").order_by("offered_at")[:3])


def _under_way() -> QuerySet[Call]:
    return Call.objects.exclude(stage=Call.Stage.OVER)


def colleagues(*, viewer: Staff, limit: int = 12) -> list[AgentState]:
    """Who sits at a telephone, the free ones first."""
    rows = AgentState.objects.exclude(status=AgentState.Status.OFF).exclude(pk=viewer.pk)
    order = Case_(When(status=AgentState.Status.READY, then=0), default=1)
    return list(
        rows.select_related("staff__department").order_by(order, "staff__staff_no")[:limit]
    )
