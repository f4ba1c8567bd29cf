"""Reading what one agent's screen is made of: the call at the telephone, what was done on it, its matter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, When

from shouwen.access.permission import Action, can
from shouwen.cases.models import Case, Handover, Incident, Promise
from shouwen.cases.operations import values_of
from shouwen.cases.queries import incident_of, open_incidents
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import clocks_of
from shouwen.core.events import Subject
from shouwen.customers.models import Premises
from shouwen.customers.queries import Match, customers_by_number
from shouwen.hotline.desk_values import Desk, OnCall, Today, seconds_of
from shouwen.hotline.models import AgentState, Call, CallAttempt, LineRequest, Offer
from shouwen.hotline.operations.duty import last_of
from shouwen.hotline.queries import readable_cockpit, readable_standard
from shouwen.hotline.queries.call_backs import due_now, owed_outcomes
from shouwen.journal.models import Entry
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.people.queries import on_duty
from shouwen.standard.cockpit import Cockpit

NEIGHBOURS_WITHIN = timedelta(minutes=30)
_PEOPLE = ("owner", "department", "first_asked", "customer", "premises__estate")


def state_of(staff: Staff) -> AgentState | None:
    """What an agent does, with the call at their telephone. One query."""
    related = ("call__case__owner", "call__case__department", "call__case__customer",
               "call__case__premises__estate")  # fmt: skip
    return AgentState.objects.filter(pk=staff.pk).select_related("call", *related).first()


def is_talking(*, staff: Staff) -> bool:
    """Whether somebody is on a call that they steer from the cockpit."""
    if not can(staff, Action.TAKE_CALLS):
        return False
    talking = AgentState.objects.filter(pk=staff.pk, status=AgentState.Status.TALKING)
    return talking.exclude(call__stage=Call.Stage.OVER).exists()


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
        ",".join(
            CallAttempt.objects.filter(staff=viewer, outcome="")
            .values_list("call__stage", flat=True)
            .order_by("began_at")
            .exclude(call=None)[:5]
        ),
        ",".join(str(asked.pk)[-6:] for asked, _ in _asked_for()) if is_lead else "",
    ]
    return "-".join(parts)


def on_call(*, viewer: Staff, call: Call, now: datetime) -> OnCall:
    """Everything about the call. About twelve queries, however long it was."""
    case = _case(call)
    pack, plan = readable_standard(), readable_cockpit()
    incident = incident_of(case) if case else None
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
        details=values_of(case) if case else {},
        request=case.answer_requests.order_by("asked_at").last() if case else None,
        incident=incident,
        incidents=[] if incident else _incidents(premises, case),
        crews=_crews(plan, premises, now) if call.kind == "alarm" else [],
        plan=plan,
        pack=pack,
        now=now,
    )


def _incidents(premises: Premises | None, case: Case | None) -> list[Incident]:
    """Incidents that the caller may belong to."""
    if case is not None and not case.is_open:
        return []
    return open_incidents(at=premises, place=case.place if case else "")


def _crews(plan: Cockpit, premises: Premises | None, now: datetime) -> list[Staff]:
    """Who is on duty for alarms, those of the station of the home first."""
    line = plan.forms.crews.line
    people = list(on_duty(now=now, line=line).select_related("department")[:12]) if line else []
    station = premises.estate.station if premises else ""
    return sorted(people, key=lambda each: (each.station != station, each.staff_no))


def _case(call: Call) -> Case | None:
    if call.case_id is None:
        return None
    return Case.objects.select_related(*_PEOPLE).get(pk=call.case_id)


def _handover(case: Case | None) -> Handover | None:
    if case is None:
        return None
    people = ("to_staff__department", "to_department", "answered_by", "from_staff")
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
        owed=owed_outcomes(viewer=viewer, now=now),
        due_now=0 if call else due_now(viewer=viewer, now=now),
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
