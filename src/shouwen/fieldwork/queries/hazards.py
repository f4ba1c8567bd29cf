"""Reading hazards: the catalogue, lists, one whole, what the screen-pop and a home show of them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.access.permission import Action, HazardStanding, can
from shouwen.access.roles import SEES_ALL_HAZARDS
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import clocks_of, hazard_catalogue
from shouwen.core.events import Event, Scalar
from shouwen.core.hazards import Chain
from shouwen.customers.models import Phone
from shouwen.customers.queries import class_on
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.hazards import Hazards
from shouwen.ui import wording

After = tuple[datetime, uuid.UUID]
"""`found_at` and `id` of the last hazard of a page."""


def catalogue() -> Hazards:
    """The hazards that are looked for; none while the standard cannot be read."""
    try:
        return hazard_catalogue()
    except PackFaults:
        return Hazards()


def chain_of(hazard: Hazard) -> Chain:
    """How far a hazard has come."""
    return hazard.chain(photo=not hazard.needs_photo or hazard.photos.exists())


def facts_of_hazard(hazard: Hazard) -> Mapping[str, Scalar]:
    """What rules may ask about a hazard."""
    facts: dict[str, Scalar] = {
        "hazard_grade": hazard.grade,
        "hazard_notice": hazard.needs_notice,
        "hazard_stopped": hazard.stopped_at is not None,
    }
    if hazard.premises is not None:
        day = wording.local_day(hazard.found_at)
        facts["customer_class"] = class_on(premises=hazard.premises, day=day)
    return facts


@dataclass(frozen=True, slots=True)
class HazardFilter:
    """What a list of hazards is narrowed to; empty strings mean everything."""

    state: str = ""
    grade: str = ""
    station: str = ""
    zone: str = ""


def visible_hazards(*, actor: Staff) -> QuerySet[Hazard]:
    """The hazards a person may see: all, or those they found, answer for or re-check."""
    if not can(actor, Action.LIST_HAZARDS):
        return Hazard.objects.none()
    if actor.role_set & SEES_ALL_HAZARDS:
        return Hazard.objects.all()
    own = Q(owner=actor) | Q(found_by=actor) | Q(recheck__assignee=actor)
    return Hazard.objects.filter(own)


def standing_of(hazard: Hazard) -> HazardStanding:
    """How a hazard stands to people."""
    rechecks = (
        hazard.recheck.assignee.staff_no if hazard.recheck and hazard.recheck.assignee else ""
    )
    return HazardStanding(
        owner=hazard.owner.staff_no, found_by=hazard.found_by.staff_no, rechecks=rechecks
    )


def hazard_list(
    *, actor: Staff, chosen: HazardFilter, now: datetime, after: After | None = None, limit: int
) -> list[Hazard]:
    """Hazards this person may see, the latest first; `after` continues a page. One query."""
    found = visible_hazards(actor=actor)
    if chosen.state == "open":
        found = found.filter(closed_at__isnull=True)
    elif chosen.state == "overdue":
        found = found.filter(closed_at__isnull=True, rectified_at__isnull=True, until__lt=now)
    elif chosen.state == "closed":
        found = found.filter(closed_at__isnull=False)
    if chosen.grade:
        found = found.filter(grade=chosen.grade)
    if chosen.station:
        found = found.filter(premises__estate__station=chosen.station)
    if chosen.zone:
        found = found.filter(premises__estate__zones__name=chosen.zone)
    if after is not None:
        moment, last = after
        found = found.filter(found_at__lte=moment).filter(Q(found_at__lt=moment) | Q(id__lt=last))
    people = ("owner", "premises__estate")
    return list(found.select_related(*people).order_by("-found_at", "-id")[:limit])


def urgent_hazard_clocks(*, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Clock]:
    """For each hazard its open clock that is due first. One query."""
    clocks = Clock.objects.filter(
        subject_kind="hazard", subject_id__in=ids, is_open=True
    ).order_by("-urgency_at", "-id")
    return {clock.subject_id: clock for clock in clocks}


def whole_hazard(*, number: str) -> Hazard | None:
    """A hazard with all that its page shows."""
    people = (
        "owner", "found_by", "closed_by", "premises__estate", "case__customer", "order",
        "recheck__assignee", "department",
    )  # fmt: skip
    found = Hazard.objects.filter(number=number).select_related(*people)
    return found.prefetch_related(
        "readings__by", "photos", "notices__papers", "notices__made_by", "notices__hazards"
    ).first()


def whole_notice(*, notice_id: uuid.UUID) -> HazardNotice | None:
    """A notice with its hazards and papers."""
    found = HazardNotice.objects.filter(pk=notice_id).select_related("made_by", "given_by")
    return found.prefetch_related("papers", "hazards__premises__estate", "hazards__photos").first()


def hazard_clocks(*, hazard: Hazard) -> list[Clock]:
    """The clocks of a hazard."""
    return clocks_of(subject=hazard.subject)


def hazard_story(*, hazard: Hazard) -> tuple[list[Event], Mapping[str, str]]:
    """What happened to a hazard, and the names of the people in it."""
    events = list(events_of(subject=hazard.subject))
    numbers = {event.by for event in events if event.by}
    return events, dict(Staff.objects.filter(staff_no__in=numbers).values_list("staff_no", "name"))


def open_hazards_at(*, premises_id: uuid.UUID | None, limit: int = 5) -> list[Hazard]:
    """The open hazards of a home, major ones first. One query; nothing without a home."""
    if premises_id is None:
        return []
    found = Hazard.objects.filter(premises=premises_id, closed_at__isnull=True)
    return list(found.order_by("grade", "found_at", "id")[:limit])


def phone_for(hazard: Hazard) -> str:
    """Where the customer of a hazard gets messages; empty for nowhere."""
    if hazard.contact:
        return hazard.contact
    if hazard.case and hazard.case.caller_phone:
        return hazard.case.caller_phone
    if hazard.premises_id is None:
        return ""
    living = Phone.objects.filter(
        customer__occupancies__premises=hazard.premises_id,
        customer__occupancies__until__isnull=True,
    )
    return (
        living.order_by("customer__occupancies__relation", "id")
        .values_list("number", flat=True)
        .first()
        or ""
    )
