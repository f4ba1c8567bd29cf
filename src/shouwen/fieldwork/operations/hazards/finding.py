"""A hazard is found: in a visit, by a failed item of a form, or told to the office."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.pictures import NotAPicture, remade
from shouwen.cases.models import Case
from shouwen.cases.operations.happenings import Act, is_done
from shouwen.core.hazards import Finding, NotAReading, ReadingPlan, more_dangerous
from shouwen.core.media import JPEG
from shouwen.customers.models import Premises
from shouwen.fieldwork.models import (
    Hazard,
    HazardNumber,
    HazardPhoto,
    HazardReading,
    Order,
    Visit,
)
from shouwen.fieldwork.operations.hazards.acting import changed, held_hazard, noted
from shouwen.fieldwork.queries.hazards import catalogue
from shouwen.people.models import Staff
from shouwen.standard.hazards import HazardKind, opened_by
from shouwen.ui import wording

LARGEST_PHOTO = 5 * 1024 * 1024
MOST_PHOTOS = 20


class UnknownHazard(Exception):
    """The catalogue has no hazard of this code. The message is the code."""


class NoPhoto(Exception):
    """The content is no picture, too large, or one too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an instrument showed. `moment`: found, after, recheck."""

    reading: str
    value: str
    instrument: str = ""
    moment: str = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHazard:
    """A hazard that somebody found. `id` is the act; `grade` may only raise that of the catalogue.

    Order, case and premises are taken from the visit or the order where they are not given.
    """

    id: uuid.UUID
    code: str
    found_by: Staff
    found_at: datetime
    premises: Premises | None = None
    place: str = ""
    where: str = ""
    remark: str = ""
    contact: str = ""
    grade: str = ""
    visit: Visit | None = None
    order: Order | None = None
    case: Case | None = None
    readings: Sequence[Read] = ()
    channel: str = "field"


def hazards_of(*, readings: Mapping[str, str], answers: Mapping[str, str]) -> tuple[Finding, ...]:
    """The hazards that readings and answers of a form open by themselves, the worst first."""
    return opened_by(catalogue(), readings=readings, answers=answers)


@transaction.atomic
def find(*, new: NewHazard, now: datetime, source: str = "app") -> Hazard:
    """Puts a hazard on record; the same one again at the same spot while it is open counts as found again.

    Then the more dangerous of the two findings holds. Raises UnknownHazard.
    """
    there = Hazard.objects.filter(pk=new.id).first()
    if there:
        return there
    kind = catalogue().by_code.get(new.code)
    if kind is None:
        raise UnknownHazard(new.code)
    act = Act(id=new.id, by=new.found_by.staff_no, at=new.found_at, now=now, source=source)
    premises = _premises(new)
    same = _same(new, premises)
    if same is not None:
        return _found_again(act, same, new, kind)
    return _found(act, new, kind, premises)


@transaction.atomic
def add_photo(
    *,
    act_id: uuid.UUID,
    hazard_id: uuid.UUID,
    by: Staff,
    content: bytes,
    store: AttachmentStore,
    at: datetime,
    now: datetime,
) -> HazardPhoto:
    """Keeps a photo of a hazard, made anew: only its pixels are kept. Raises NoPhoto."""
    there = HazardPhoto.objects.filter(pk=act_id).first()
    if there:
        return there
    hazard = held_hazard(hazard_id)
    if len(content) > LARGEST_PHOTO or hazard.photos.count() >= MOST_PHOTOS:
        raise NoPhoto(hazard.number)
    try:
        picture = remade(content).content
    except NotAPicture as error:
        raise NoPhoto(hazard.number) from error
    kept = store.keep(picture, suffix=JPEG.suffix)
    try:
        photo = HazardPhoto.objects.create(
            id=act_id, hazard=hazard, stored_name=kept.name, media_type=JPEG.type,
            size=len(picture), sha256=kept.sha256, by=by, at=at,
        )  # fmt: skip
        act = Act(id=act_id, by=by.staff_no, at=at, now=now)
        noted(act, "hazard.photo_added", hazard, {"sha256": kept.sha256, "size": len(picture)})
    except BaseException:
        store.discard(kept.name)
        raise
    return photo


def add_readings(act: Act, hazard: Hazard, read: Sequence[Read], *, by: Staff) -> None:
    """Keeps readings with how each stands by the pack of now; what is no reading stands as dangerous."""
    for place, each in enumerate(read):
        part = act.part(f"read:{place}")
        plan = catalogue().readings.get(each.reading)
        stands = _stands(plan, each.value)
        HazardReading.objects.create(
            id=part.id, hazard=hazard, reading=each.reading[:40], value=each.value[:20],
            unit=plan.unit if plan else "", stands=stands, instrument=each.instrument[:30],
            moment=each.moment, by=by, at=act.at,
        )  # fmt: skip
        data = {
            "reading": each.reading, "value": each.value, "stands": stands,
            "instrument": each.instrument, "moment": each.moment,
        }  # fmt: skip
        noted(part, "hazard.read", hazard, data)


def next_number(series: str) -> int:
    """The next number of a series; its row is held until commit."""
    HazardNumber.objects.get_or_create(series=series)
    counter = HazardNumber.objects.select_for_update().get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _stands(plan: ReadingPlan | None, value: str) -> str:
    if plan is None:
        return "ok"
    try:
        return plan.stands(value)
    except NotAReading:
        return "danger"


def _premises(new: NewHazard) -> Premises | None:
    order = _order(new)
    found = new.premises or (order.premises if order else None)
    return found or (new.case.premises if new.case else None)


def _order(new: NewHazard) -> Order | None:
    return new.order or (new.visit.order if new.visit else None)


def _same(new: NewHazard, premises: Premises | None) -> Hazard | None:
    """The open hazard of that kind at that spot; whoever finds another there waits until commit."""
    if premises is None:
        return None
    Premises.objects.select_for_update().get(pk=premises.pk)
    found = Hazard.objects.filter(
        premises=premises, code=new.code, where=new.where[:60], closed_at__isnull=True
    )
    return found.first()


def _found(act: Act, new: NewHazard, kind: HazardKind, premises: Premises | None) -> Hazard:
    order = _order(new)
    case = new.case or (order.case if order else None)
    day = wording.local_day(new.found_at)
    raised = "major" if new.grade == "major" else kind.grade
    hazard = Hazard.objects.create(
        id=new.id, number=f"Y{day:%Y%m%d}-{next_number(f'Y{day:%Y%m%d}'):04d}", code=new.code,
        grade=raised, premises=premises, place=(new.place or (order.place if order else ""))[:120],
        where=new.where[:60], remark=new.remark[:300], contact=new.contact[:20], side=kind.who,
        visit=new.visit, order=order, case=case, owner=new.found_by,
        department=new.found_by.department, found_by=new.found_by, found_at=new.found_at,
        recorded_at=act.now, needs_notice=kind.needs_notice,
        needs_photo=kind.photo and raised == "major",
    )  # fmt: skip
    data = {
        "number": hazard.number, "code": hazard.code, "grade": hazard.grade,
        "visit": str(new.visit.pk) if new.visit else "", "order": order.number if order else "",
        "channel": new.channel,
    }  # fmt: skip
    noted(act, "hazard.found", hazard, data)
    add_readings(act, hazard, new.readings, by=new.found_by)
    return hazard


def _found_again(act: Act, there: Hazard, new: NewHazard, kind: HazardKind) -> Hazard:
    hazard = held_hazard(there.pk)
    if is_done(act):
        return hazard
    visit = str(new.visit.pk) if new.visit else ""
    noted(act, "hazard.found_again", hazard, {
        "code": new.code, "grade": new.grade or kind.grade, "visit": visit,
    })  # fmt: skip
    add_readings(act, hazard, new.readings, by=new.found_by)
    found = Finding(
        code=new.code, grade="major" if "major" in (new.grade, kind.grade) else "ordinary"
    )
    before = Finding(code=hazard.code, grade="major" if hazard.grade == "major" else "ordinary")
    worse = more_dangerous(found, before).grade
    if worse != hazard.grade:
        was, hazard.grade, hazard.needs_photo = hazard.grade, worse, kind.photo
        changed(hazard, "grade", "needs_photo")
        noted(act.part("graded"), "hazard.graded", hazard, {"grade": worse, "before": was})
    return hazard
