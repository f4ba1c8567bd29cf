"""A case to which somebody stands as owner, first asked, offered, colleague or stranger; what hangs on it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import (
    AnswerRequest,
    Attachment,
    Case,
    CaseLink,
    Escalation,
    Handover,
    Promise,
    ShiftHandover,
    VoidRequest,
)
from shouwen.cases.views.deeds import attachment_store
from shouwen.clocks.models import Clock
from shouwen.custody.models import Desk, SignIn
from shouwen.custody.operations import register_desk
from shouwen.people.models import Staff
from tests import people


@dataclass(frozen=True)
class Scene:
    """A case with an owner, a first-asked person and an open offer, and what hangs on it."""

    person: Staff
    cookies: dict[str, str]  # of the person's sign-in
    case: Case
    offer: Handover
    promise: Promise
    clock: Clock
    offer_is_in_the_way: bool
    own: Case  # another case, owned by the person
    link: CaseLink  # to a case of somebody else
    wish: VoidRequest
    question: AnswerRequest
    telling: Escalation
    file: Attachment
    shift: ShiftHandover


def somebody(role: Role | None, relation: str) -> Staff:
    """A new person with one role or none, in the department of the case if a colleague."""
    return Staff.objects.create_staff(
        staff_no=f"8-{role or 'nobody'}"[:16],
        name="某人",
        password=None,
        department=people.department("repair" if relation == "colleague" else "hall"),
        roles={role} if role else set(),
    )


def _signed_in(person: Staff) -> dict[str, str]:
    """What the browser of the person sends; what a request does to the sign-in is taken back with it."""
    client = Client()
    client.force_login(person)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def scene_of(person: Staff, relation: str) -> Scene:
    """The case as it stands to the person."""
    at = system_clock.now() - timedelta(minutes=5)
    first_asked = person if relation == "first_asked" else people.staff("wang_min")
    owner = person if relation == "owner" else people.staff("lin_xiao")
    case = people.case(at=at, by=first_asked, department="repair", caller_phone="14077002093")
    case.chain.update(until=at)
    case.chain.create(staff=owner, since=at)
    case.owner, case.department = owner, people.department("repair")
    case.save()
    doing: dict[str, Any] = {"case_id": case.pk, "by": owner, "at": at, "now": at}
    promise = operations.make_promise(
        act_id=uuid.uuid4(), kind="visit", words="上门", due_at=at + timedelta(hours=2), **doing
    )
    to = person if relation == "offered" else people.staff("zhou_min")
    offer = operations.offer_handover(act_id=uuid.uuid4(), to_staff=to, note="请接手", **doing)
    clock = Clock.objects.filter(subject_id=case.pk, due_at__isnull=False).first()
    assert clock
    return Scene(
        person,
        _signed_in(person),
        case,
        offer,
        promise,
        clock,
        offer_is_in_the_way=relation != "offered",
        **_around(person, case, offer, clock, at=at),
    )


def _around(
    person: Staff, case: Case, offer: Handover, clock: Clock, *, at: datetime
) -> dict[str, Any]:
    """What else hangs on the case: a file, a link, a wish to void it, a shift, an escalation."""
    doing: dict[str, Any] = {"case_id": case.pk, "by": case.owner, "at": at, "now": at}
    other = people.case(at=at, by=people.staff("zheng_lan"), department="quality")
    shift = ShiftHandover.objects.create(
        id=uuid.uuid4(), from_staff=case.owner, to_staff=offer.to_staff, note="", offered_at=at
    )
    Handover.objects.filter(pk=offer.pk).update(shift=shift)
    upload = operations.Upload("a.txt", "客户在家".encode())
    return {
        "own": people.case(at=at, by=person, department="hall"),
        "link": operations.link_cases(
            act_id=uuid.uuid4(), other_id=other.pk, kind="related", **doing
        ),
        "wish": VoidRequest.objects.create(
            id=uuid.uuid4(),
            case=case,
            reason="drill",
            asked_by=people.staff("zheng_lan"),
            asked_at=at,
        ),
        "question": people.question(case, by=people.staff("zheng_lan"), at=at),
        "telling": Escalation.objects.create(
            id=uuid.uuid4(),
            case=case,
            clock_id=clock.pk,
            due_at=at,
            rung="station-late",
            staff=person,
            told_at=at,
        ),
        "file": operations.attach(
            act_id=uuid.uuid4(), upload=upload, store=attachment_store(), **doing
        ),
        "shift": shift,
    }


def _desk(person: Staff) -> Desk:
    now = system_clock.now()
    desk, _ = register_desk(
        act_id=uuid.uuid4(), name="二号台", place="大厅", by=person, now=now, workstation=""
    )
    return desk


def arguments(name: str, what: str, scene: Scene) -> list[object]:
    """What stands in the address of a route, for an act the act too; what it names is made where needed."""
    number = scene.case.number
    behind: dict[str, list[object]] = {
        "why": [scene.clock.pk],
        "act_on_case": [number, what],
        "accept_handover": [scene.offer.pk],
        "refuse_handover": [scene.offer.pk],
        "withdraw_handover": [scene.offer.pk],
        "keep_promise": [scene.promise.pk],
        "attachment": [number, scene.file.pk],
        "shift_offer": [scene.shift.pk],
        "accept_shift": [scene.shift.pk],
        "approve_answer": [scene.question.pk],
        "refuse_answer": [scene.question.pk],
        "approve_void": [scene.wish.pk],
        "refuse_void": [scene.wish.pk],
        "unlink": [scene.link.pk],
        "escalation_seen": [scene.telling.pk],
        "remove_factor": [1],
    }
    if name == "end_sign_in":
        return [SignIn.objects.filter(staff=scene.person).latest("started_at").pk]
    if name == "revoke_desk":
        return [_desk(scene.person).pk]
    if name.startswith("incident_") or name == "incident":
        return [people.incident(scene.case).lead.number]
    of_the_case = ("case", "case_body", "reveal_phone", "reclassify", "print_order")
    behind |= {each: [number] for each in of_the_case}
    return [_merged(scene)] if name == "undo_merge" else behind.get(name, [])


def _merged(scene: Scene) -> uuid.UUID:
    """The case has been merged into one of somebody else."""
    now = system_clock.now()
    merge = operations.merge_cases(
        act_id=uuid.uuid4(),
        case_id=scene.case.pk,
        into_id=scene.link.other_id if scene.link.case_id == scene.case.pk else scene.link.case_id,
        by=scene.case.owner,
        note="",
        at=now,
        now=now,
    )
    return merge.pk
