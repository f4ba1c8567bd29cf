"""One call with all that its page shows: what the exchange told, what was done, what the standard says."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from shouwen.access.permission import CallStanding
from shouwen.cases.models import Handover
from shouwen.clocks.models import Ruling
from shouwen.core.events import Event, Subject
from shouwen.hotline.models import Call, CallVerdict, LineEvent, Offer, Recording
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff

UNTOLD = ("transfer_asked", "deaf")
"""What the exchange tells and the journal does not repeat."""


@dataclass(frozen=True, slots=True)
class WholeCall:
    """A call, its events, verdicts and recordings; `names` by staff number, `ruled`: rulings there are."""

    call: Call
    standing: CallStanding
    events: Sequence[Event]
    untold: Sequence[LineEvent]
    verdicts: Sequence[CallVerdict]
    recordings: Sequence[Recording]
    ruled: frozenset[uuid.UUID]
    names: Mapping[str, str]


def call_with(*, pk: uuid.UUID) -> Call | None:
    """The call with its case and the people of both; for pages and for who may see them."""
    people = ("owner", "first_asked", "department", "customer", "premises__estate")
    offers = Handover.objects.select_related("to_staff", "to_department", "offered_by")
    return (
        Call.objects.filter(pk=pk)
        .select_related("staff", *(f"case__{name}" for name in people))
        .prefetch_related(
            Prefetch("offers", queryset=Offer.objects.select_related("staff")),
            Prefetch("case__handovers", queryset=offers),
        )
        .first()
    )


def standing_of(call: Call) -> CallStanding:
    """How the call stands to people. Needs offers and case loaded."""
    return CallStanding(
        agent=call.staff.staff_no if call.staff else "",
        offered=frozenset(each.staff.staff_no for each in call.offers.all() if each.staff),
        case_owner=call.case.owner.staff_no if call.case else "",
    )


def whole_call(*, call: Call) -> WholeCall:
    """All that a call's page shows. Six queries, however long the call was."""
    events = events_of(subject=Subject("call", call.pk))
    rulings = Ruling.objects.filter(subject_kind="call", subject_id=call.pk)
    return WholeCall(
        call=call,
        standing=standing_of(call),
        events=events,
        untold=list(call.line_events.filter(type__in=UNTOLD)),
        verdicts=list(call.verdicts.order_by("ordinal")),
        recordings=list(call.recordings.order_by("added_at", "id")),
        ruled=frozenset(rulings.values_list("pk", flat=True)),
        names=_names(events),
    )


def _names(events: Sequence[Event]) -> Mapping[str, str]:
    told = {event.by for event in events if event.by}
    told |= {
        str(event.data[name]) for event in events for name in ("to", "by") if name in event.data
    }
    return dict(Staff.objects.filter(staff_no__in=told).values_list("staff_no", "name"))
