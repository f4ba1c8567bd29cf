"""A call on record as the value that rules hear: its turns, its events, and the caller as our registers know them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.core.calls import CallerOnScreen, CallEvent, CallRecord, Turn
from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Customer, Premises
from shouwen.customers.queries import customers_by_number
from shouwen.hotline.models import Call
from shouwen.journal.queries import entries_of_many, events_of

CALL = "call"
Happened = tuple[str, datetime, dict[str, Scalar]]
_TYPES = {
    "call.answered": "answer",
    "call.held": "hold",
    "call.resumed": "resume",
    "call.transferred": "transfer",
    "call.ended": "hangup",
}


def record_of(
    call: Call, *, happened: Iterable[Happened], on_screen: CallerOnScreen | None
) -> CallRecord:
    """The call as it was told, as far as it is kept.

    Seconds count from the first ring at the agent. Where nobody heard it ring, the answer is left out:
    how soon it came cannot be proved.
    """
    began_at = _first_ring(call)
    events = [CallEvent(0.0, "ring")] if call.rings else []
    is_unheard = "ringing" in call.unheard
    events += [
        CallEvent(
            _seconds(at, began_at),
            _TYPES[kind],
            by=str(data.get("by", "")),
            cause=str(data.get("cause", "")),
        )
        for kind, at, data in happened
        if kind in _TYPES and not (is_unheard and kind == "call.answered")
    ]
    shift = (call.rang_at - began_at).total_seconds()
    return CallRecord(
        call_id=call.call_id,
        direction="outbound" if call.direction == "outbound" else "inbound",
        kind=call.case.kind if call.case and not call.kind else call.kind,
        started_at=began_at,
        staff_no=call.staff.staff_no if call.staff else "",
        customer=on_screen,
        events=tuple(sorted(events, key=lambda event: event.t)),
        turns=tuple(_turn(each, shift) for each in call.turns),
    )


def happened_on(call: Call) -> list[Happened]:
    """What the journal says of one call."""
    told = events_of(subject=Subject(CALL, call.pk))
    return [(event.kind, event.at, dict(event.data)) for event in told]


def happened_on_many(ids: Sequence[UUID]) -> Iterator[tuple[UUID, list[Happened]]]:
    """What the journal says of some calls, by their ids."""
    for subject, entries in entries_of_many(subject_kind=CALL, ids=ids):
        yield subject.id, [(each.kind, each.happened_at, each.data) for each in entries]


def spoken_under_way() -> Iterator[tuple[UUID, int]]:
    """The calls under way on which something was said, and how many things."""
    under_way = Call.objects.exclude(stage=Call.Stage.OVER).filter(spoken__gt=0)
    return iter(under_way.values_list("pk", "spoken"))


def screen_of_case(call: Call) -> CallerOnScreen | None:
    """The caller as the case of the call knows them."""
    case = call.case
    if case is None or case.customer is None:
        return CallerOnScreen(phone=call.number) if call.number else None
    return screen_of(call.number, case.customer, case.premises)


def screen_of_caller(call: Call) -> CallerOnScreen | None:
    """The caller as the screen shows them: by the case, by what the agent chose, by the number where it
    leads to one home.
    """
    if call.case is not None and call.case.customer is not None:
        return screen_of_case(call)
    choice = call.choices.select_related("customer", "premises__estate").order_by("version").last()
    if choice is not None and choice.customer is not None:
        return screen_of(call.number, choice.customer, choice.premises)
    homes = [
        (match.customer, home)
        for match in customers_by_number(number=call.number)
        for home in (match.premises or (None,))
    ]
    if len(homes) == 1:
        return screen_of(call.number, *homes[0])
    return CallerOnScreen(phone=call.number) if homes else None


def screen_of(number: str, customer: Customer, home: Premises | None) -> CallerOnScreen:
    """A customer and a home as they stand on the screen."""
    return CallerOnScreen(
        phone=number,
        surname=customer.surname,
        title=customer.title,
        address=str(home) if home else "",
    )


def _first_ring(call: Call) -> datetime:
    if call.answered_at is None or call.agent_clock is None:
        return call.rang_at
    return call.answered_at - timedelta(seconds=call.agent_clock)


def _seconds(at: datetime, since: datetime) -> float:
    return max(0.0, round((at - since).total_seconds(), 3))


def _turn(said: dict[str, Any], shift: float) -> Turn:
    start, end = (max(0.0, round(said[name] + shift, 3)) for name in ("start", "end"))
    return Turn(start, end, said["speaker"], said["text"])
