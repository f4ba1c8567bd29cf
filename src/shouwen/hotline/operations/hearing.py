"""Hearing the exchange: what it tells of calls is kept, folded and shown, in whatever order it comes."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.events import Scalar, Subject
from shouwen.core.telephony import CallState, LineEvent, Offered, folded
from shouwen.hotline import models
from shouwen.hotline.models import Call, Offer
from shouwen.hotline.operations.agents import at_extension, follow_call
from shouwen.hotline.operations.attempts import follow_attempts
from shouwen.hotline.operations.calling_back import keep_call_backs
from shouwen.hotline.operations.judging import COLUMNS, JUDGE, told_of
from shouwen.hotline.operations.speaking import UTTERANCE, time_again, write_down
from shouwen.hotline.operations.taking import CALL_SPACE, MOST_RINGS
from shouwen.hotline.queries import readable_standard
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record, wake
from shouwen.people.models import Staff
from shouwen.standard.told_calls import rings

CALL_BACK = "hotline.call_back"
"""Kind of the job that makes a call nobody took into a promise to call back."""
PATIENCE = timedelta(seconds=20)
"""How long a late word of an answer is waited for before somebody is asked to call back."""
STILL_WANTED = timedelta(hours=24)
"""A call that is told of later than this, from an old file, makes no promise of today."""
SILENT_AFTER = timedelta(hours=1)

_JOURNALLED = {
    "arrived": "call.arrived",
    "offered": "call.rang",
    "withdrawn": "call.not_taken",
    "answered": "call.answered",
    "held": "call.held",
    "resumed": "call.resumed",
    "transferred": "call.transferred",
    "recorded": "call.recording_there",
    "silent": "call.fell_silent",
    "hung_up": "call.ended",
}


def hear(*, events: Iterable[LineEvent], source: str, now: datetime) -> list[Call]:
    """Takes in what an exchange tells; gives back the calls it was about, as they stand now.

    Told twice, nothing changes; told late or out of order, the calls come out the same. Each call
    is one transaction: its events, its state, its journal entries, the state of its agents.
    `source` names the exchange: ids of calls and events are its own.
    """
    by_call: dict[str, list[LineEvent]] = {}
    for event in events:
        by_call.setdefault(event.call, []).append(event)
    return [
        _hear_call(name=name, events=told, source=source, now=now)
        for name, told in by_call.items()
    ]


@transaction.atomic
def hear_whole(*, events: Sequence[LineEvent], source: str, now: datetime) -> int:
    """The same for events that come together and are taken all or none; how many of them were new."""
    names = {uuid.uuid5(call_uuid(source=source, name=e.call), e.id) for e in events}
    known = models.LineEvent.objects.filter(pk__in=names).count()
    hear(events=events, source=source, now=now)
    return len(names) - known


def close_silent(*, now: datetime) -> int:
    """Takes calls that have said nothing for an hour to be over; how many. Nobody is blamed for their end."""
    calls = Call.objects.exclude(stage=Call.Stage.OVER).filter(
        last_heard_at__lt=now - SILENT_AFTER
    )
    for call in calls:
        name = call.call_id.removeprefix(f"{call.source}:")
        silent = LineEvent(id=f"silent:{name}", call=name, type="silent", at=now)
        hear(events=[silent], source=call.source, now=now)
    return len(calls)


def call_uuid(*, source: str, name: str) -> uuid.UUID:
    """The id of an exchange's call."""
    return uuid.uuid5(CALL_SPACE, f"{source}:{name}")


@transaction.atomic
def _hear_call(*, name: str, events: Sequence[LineEvent], source: str, now: datetime) -> Call:
    call = _locked(name=name, source=source, first=events[0])
    fresh = _keep(call, events, now=now)
    if not fresh:
        return call
    if write_down(call, fresh):
        wake()
        if all(event.type == UTTERANCE for event in fresh) and call.last_heard_at:
            return _spoken(call, fresh, now=now)
    told = told_of(call)
    state = folded(told)
    offers = _write_offers(call, state.offers)
    _write_call(call, state, offers)
    for event in fresh:
        _journal(call, event, offers, now=now)
    follow_call(call=call, offers=list(offers.values()), now=now)
    follow_attempts(call=call, now=now)
    keep_call_backs(call=call, now=now)
    _ask_to_judge(call, events=len(told), now=now)
    if state.needs_call_back and now - state.last_heard_at < STILL_WANTED:
        enqueue(
            kind=CALL_BACK,
            key=f"call_back:{call.pk}",
            payload={"call": str(call.pk)},
            run_at=now + PATIENCE,
            now=now,
        )
    return call


def _spoken(call: Call, said: Sequence[LineEvent], *, now: datetime) -> Call:
    """Nothing but words: call, offers and agents stand as they stood."""
    latest = max(event.at for event in said)
    call.last_heard_at = max(call.last_heard_at or latest, latest)
    call.save(update_fields=["turns", "spoken", "last_heard_at"])
    _ask_to_judge(call, events=call.line_events.count(), now=now)
    return call


def _ask_to_judge(call: Call, *, events: int, now: datetime) -> None:
    """Told of again later, it is judged again: each set of events has a key of its own."""
    if call.stage == Call.Stage.OVER and call.outcome == Call.Outcome.ANSWERED:
        enqueue(
            kind=JUDGE,
            key=f"{JUDGE}:{call.pk}:{events}",
            payload={"call": str(call.pk)},
            run_at=now + PATIENCE,
            now=now,
        )


def _locked(*, name: str, source: str, first: LineEvent) -> Call:
    pk = call_uuid(source=source, name=name)
    there = Call.objects.select_for_update().filter(pk=pk).first()
    if there:
        return there
    Call.objects.bulk_create(
        [
            Call(
                id=pk,
                call_id=f"{source}:{name}"[:96],
                source=source,
                direction=first.direction or "inbound",
                rang_at=first.at,
                stage=Call.Stage.WAITING,
            )
        ],
        ignore_conflicts=True,
    )
    return Call.objects.select_for_update().get(pk=pk)


def _keep(call: Call, events: Sequence[LineEvent], *, now: datetime) -> list[LineEvent]:
    """The events that were not on record; from now on they are."""
    ids = {uuid.uuid5(call.pk, event.id): event for event in events}
    known = models.LineEvent.objects.filter(pk__in=ids).values_list("pk", flat=True)
    fresh = {pk: event for pk, event in ids.items() if pk not in set(known)}
    models.LineEvent.objects.bulk_create(
        models.LineEvent(
            id=pk,
            call=call,
            name=event.id[:160],
            heard_at=now,
            **{column: getattr(event, column) for column in COLUMNS},
        )
        for pk, event in fresh.items()
    )
    return list(fresh.values())


def _write_offers(call: Call, offers: Sequence[Offered]) -> dict[str, Offer]:
    there = {offer.pk: offer for offer in call.offers.select_related("staff")}
    written: dict[str, Offer] = {}
    for offered in offers:
        pk = uuid.uuid5(call.pk, f"offer:{offered.id}")
        row = there.get(pk) or Offer(id=pk, call=call)
        row.staff = row.staff or _agent(offered)
        row.offered_at, row.answered_at = offered.offered_at, offered.answered_at
        row.ended_at, row.outcome = offered.ended_at, offered.outcome
        row.save(force_insert=pk not in there)
        written[offered.id] = row
    return written


def _agent(offered: Offered) -> Staff | None:
    if offered.staff_no:
        return Staff.objects.filter(staff_no=offered.staff_no).first()
    return at_extension(offered.extension)


def _write_call(call: Call, state: CallState, offers: dict[str, Offer]) -> None:
    present = state.present
    answered = [offers[o.id].staff for o in state.offers if o.outcome == "answered"]
    call.staff = offers[present.id].staff if present else next(iter(answered), None)
    call.direction, call.number, call.queue = state.direction, state.number[:20], state.queue[:40]
    call.stage, call.outcome = state.stage, state.outcome
    call.arrived_at, call.answered_at = state.arrived_at, state.answered_at
    call.ended_at, call.ended_by, call.cause = state.ended_at, state.hung_up_by, state.cause[:40]
    known = [state.arrived_at, *(offer.offered_at for offer in state.offers), state.answered_at]
    call.rang_at = min((at for at in known if at is not None), default=call.rang_at)
    time_again(call)
    call.agent_clock, call.customer_clock = state.agent_clock, state.customer_clock
    call.rings = _rings(call)
    call.transfers = state.transfers
    call.holds = [
        [hold.began_at.isoformat(), hold.ended_at.isoformat() if hold.ended_at else None]
        for hold in state.holds
    ]
    call.unheard = list(state.unheard)
    call.last_heard_at = max(call.last_heard_at or state.last_heard_at, state.last_heard_at)
    call.save()


def _rings(call: Call) -> int:
    """Rings at the agent who took it, as the exchange rings; 0 when nobody knows."""
    pack = readable_standard() if call.agent_clock is not None else None
    cadence = rings(pack=pack, day=pack.calendar.day_of(call.rang_at)) if pack else None
    if call.agent_clock is None or cadence is None:
        return 0
    return min(MOST_RINGS, int(call.agent_clock // (cadence.on + cadence.off)) + 1)


def _journal(call: Call, event: LineEvent, offers: dict[str, Offer], *, now: datetime) -> None:
    kind = _JOURNALLED.get(event.type)
    if kind is None:
        return
    offer = offers.get(event.offer)
    agent = offer.staff.staff_no if offer and offer.staff else event.staff_no
    data: dict[str, Scalar] = {}
    if event.type == "offered" and agent:
        data["to"] = agent
    elif event.type == "withdrawn" and agent:
        data["by"] = agent
    elif event.type == "hung_up":
        data = {"by": event.by, "cause": event.cause}
    elif event.type == "arrived":
        data = {"queue": event.queue}
    record(
        id=uuid.uuid5(call.pk, f"told:{event.id}"),
        kind=kind,
        subject=Subject("call", call.pk),
        happened_at=event.at,
        now=now,
        actor=agent if event.type in ("answered", "held", "resumed", "transferred") else "",
        data={name: value for name, value in data.items() if value},
        source=call.source,
    )
