"""An alarm sent from a page: a case, offered to the emergency crew at once, whatever is known of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations import NewCase, offer_handover, open_case, part_of
from shouwen.core.events import Subject
from shouwen.core.text.taxonomy import Leaf, propose
from shouwen.custody.models import Desk
from shouwen.guiding.reading import (
    crew_code,
    readable_leaves,
    required_for,
    zone_in_force,
)
from shouwen.journal.operations import record
from shouwen.people.models import Department, Staff

_UNSAID = "报警，还没说清情况"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What somebody at a desk knows. Everything but the id may be empty. `staff` is None without a
    sign-in; `reported_at` when it was written, if that was earlier (aware UTC).
    """

    id: uuid.UUID
    place: str
    phone: str
    what: str
    staff: Staff | None
    desk: Desk | None
    workstation: str
    channel: str = "phone"
    name: str = ""
    reported_at: datetime | None = None


@transaction.atomic
def send_alarm(*, alarm: Alarm, now: datetime) -> Case:
    """Opens the case and offers it to the emergency crew. The same `alarm.id` again changes nothing.

    What is missing is flagged, never asked for. Without a sign-in the desk itself is first asked,
    until the crew accepts.
    """
    first_asked = alarm.staff or _desk_as_staff(alarm.desk)
    leaf = _leaf(alarm.what)
    source = "app" if alarm.staff else "desk"
    code = crew_code()
    case = open_case(
        new=NewCase(
            id=alarm.id,
            kind="alarm",
            said=alarm.what or _UNSAID,
            reported_at=alarm.reported_at or now,
            first_asked=first_asked,
            channel=alarm.channel,
            caller_name=alarm.name[:60],
            leaf=leaf.code if leaf else "",
            side=leaf.side if leaf else "unknown",
            department=code,
            caller_phone=alarm.phone[:20],
            place=alarm.place[:120],
            missing=_missing(alarm),
        ),
        now=now,
        zone=zone_in_force(),
        source=source,
    )
    crew = Department.objects.filter(code=code).first()
    offer_id = part_of(alarm.id, "offer")
    if crew and not case.handovers.filter(pk=offer_id).exists():
        offer_handover(
            act_id=offer_id,
            case_id=case.pk,
            by=first_asked,
            note="",
            at=now,
            now=now,
            to_department=crew,
            source=source,
        )
    _note(alarm, case, now)
    return case


def _desk_as_staff(desk: Desk | None) -> Staff:
    """The row that stands for a desk in the owner chain. Nobody can sign in with it."""
    number = f"desk-{desk.pk.hex[-8:]}" if desk else "desk"
    name = desk.name if desk else "报警台"
    staff, _ = Staff.objects.get_or_create(
        staff_no=number, defaults={"name": name, "is_active": False}
    )
    return staff


def _leaf(what: str) -> Leaf | None:
    known = readable_leaves()
    proposed = propose(leaves=known.values(), texts=[what], kind="alarm") if what else []
    return known[proposed[0].code] if proposed else None


def _missing(alarm: Alarm) -> tuple[str, ...]:
    there = {
        "name": alarm.name,
        "phone": alarm.phone,
        "address": alarm.place,
        "content": alarm.what,
    }
    return tuple(field for field in required_for("alarm") if not there.get(field, True))


def _note(alarm: Alarm, case: Case, now: datetime) -> None:
    if alarm.desk is None:
        return
    record(
        id=part_of(alarm.id, "desk"),
        kind="desk.alarm_sent",
        subject=Subject("desk", alarm.desk.pk),
        happened_at=case.reported_at,
        now=now,
        actor=alarm.staff.staff_no if alarm.staff else "",
        workstation=alarm.workstation,
        data={"case": case.number},
        source="app" if alarm.staff else "desk",
    )
