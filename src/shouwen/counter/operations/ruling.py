"""The verdicts on a visit at the counter as rulings: counted with those on calls and cases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import OuterRef

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import Difference, compared, groundless, restate, rulings_on
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import Event
from shouwen.counter.judging import decided_on
from shouwen.counter.models import Ticket
from shouwen.counter.queries import events_of_tickets
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack

CONTACT: Final = "contact"
_TICKETS_AT_ONCE = 200


def rule_on_visit(*, ticket: Ticket) -> None:
    """Stores what the standard says of a visit that is over, in the transaction that ended it.

    Judged anew it is rewritten. While the standard cannot be read nothing is stored; `recompute` adds it.
    """
    pack = readable_standard()
    if pack is None:
        return
    events = events_of_tickets([ticket]).get(ticket.pk, [])
    fresh = rulings_of_visit(ticket=ticket, events=events, pack=pack, people=_people(events))
    restate(subject=ticket.subject, fresh=fresh)


def rulings_of_visit(
    *, ticket: Ticket, events: Sequence[Event], pack: Pack, people: Mapping[str, Staff]
) -> list[Ruling]:
    """The rulings that the events of a visit come to, not saved."""
    decided = decided_on(ticket=ticket, events=events, pack=pack, people=people)
    return rulings_on(subject=ticket.subject, decided=decided, pack=pack)


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Visits whose rulings are not what their events give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    over = Ticket.objects.filter(state=Ticket.State.DONE).select_related("staff__department")
    rows = over.order_by("pk").iterator(chunk_size=_TICKETS_AT_ONCE)
    while tickets := list(islice(rows, _TICKETS_AT_ONCE)):
        told = events_of_tickets(tickets)
        people = _people([event for events in told.values() for event in events])
        for ticket in tickets:
            fresh = rulings_of_visit(
                ticket=ticket, events=told.get(ticket.pk, []), pack=pack, people=people
            )
            yield from compared(subject=ticket.subject, fresh=fresh, check=check)
    ground = Ticket.objects.filter(pk=OuterRef("subject_id"), state=Ticket.State.DONE)
    yield from groundless(subject_kind=CONTACT, ground=ground, check=check)


def _people(events: Sequence[Event]) -> Mapping[str, Staff]:
    rows = Staff.objects.filter(staff_no__in={event.by for event in events if event.by})
    return {staff.staff_no: staff for staff in rows.select_related("department")}
