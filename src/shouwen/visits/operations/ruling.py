"""The verdicts on a visit as rulings: counted with those on calls, the hall and cases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import OuterRef

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import Difference, compared, groundless, restate, rulings_on
from shouwen.clocks.queries import readable_standard
from shouwen.core.clause import Scalar
from shouwen.core.events import Event
from shouwen.fieldwork.models import Visit
from shouwen.fieldwork.queries import order_facts
from shouwen.journal.models import Entry
from shouwen.journal.queries import as_event
from shouwen.standard.pack import Pack
from shouwen.visits.judging import Attempt, decided_on
from shouwen.visits.models import SiteFacts

VISIT: Final = "visit"
_AT_ONCE = 200


def rule_on_visit(*, visit: Visit) -> None:
    """Stores what the standard says of a visit that is over, in the transaction that told of it.

    Judged anew it is rewritten. While the standard cannot be read nothing is stored; `recompute` adds it.
    """
    pack = readable_standard()
    if pack is None or visit.ended_at is None:
        return
    events = _events([visit]).get(visit.pk, [])
    facts = SiteFacts.objects.filter(visit=visit).values_list("facts", flat=True).first()
    restate(subject=visit.subject, fresh=_fresh(visit, events, facts or {}, pack))


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Visits whose rulings are not what their events give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    over = Visit.objects.filter(ended_at__isnull=False).select_related(
        "order__case", "staff__department"
    )
    rows = over.order_by("pk").iterator(chunk_size=_AT_ONCE)
    while visits := list(islice(rows, _AT_ONCE)):
        told = _events(visits)
        site = dict(SiteFacts.objects.filter(visit__in=visits).values_list("visit_id", "facts"))
        for visit in visits:
            fresh = _fresh(visit, told.get(visit.pk, []), site.get(visit.pk, {}), pack)
            yield from compared(subject=visit.subject, fresh=fresh, check=check)
    ground = Visit.objects.filter(pk=OuterRef("subject_id"), ended_at__isnull=False)
    yield from groundless(subject_kind=VISIT, ground=ground, check=check)


def _fresh(
    visit: Visit, events: Sequence[Event], site: Mapping[str, Scalar], pack: Pack
) -> list[Ruling]:
    facts: dict[str, Scalar] = {
        **order_facts(visit.order),
        "channel": "field",
        "staff_group": "field",
    }
    facts |= {"alarm_job": visit.alarm_job, "appointed": visit.appointed, **site}
    attempt = Attempt(
        facts=facts,
        began_at=visit.started_at,
        ended_at=visit.ended_at or visit.started_at,
        staff_no=visit.staff.staff_no,
        department=visit.staff.department_code,
    )
    decided = decided_on(attempt=attempt, events=events, pack=pack)
    return rulings_on(subject=visit.subject, decided=decided, pack=pack)


def _events(visits: Sequence[Visit]) -> Mapping[UUID, list[Event]]:
    """What happened on these visits, in order. One query."""
    told = Entry.objects.filter(subject_kind=VISIT, subject_id__in=[visit.pk for visit in visits])
    events: dict[UUID, list[Event]] = {}
    for entry in told.order_by("happened_at", "recorded_at", "id"):
        events.setdefault(entry.subject_id, []).append(as_event(entry))
    return events
