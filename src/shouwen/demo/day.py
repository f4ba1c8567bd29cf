"""What the demo company does after the calls: hand-overs accepted, people sent, customers answered.

Everything goes through the same operations as a person's clicks, at times after the call and
before the present; run again it does nothing twice.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.operations import part_of
from shouwen.demo.field import someone_for
from shouwen.fieldwork import operations as fieldwork
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.queries import open_order_of
from shouwen.people.models import Staff

Done = Callable[["Scene", float], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One handed-on case and the person of the department who takes it."""

    offer: Handover
    case: Case
    by: Staff
    now: datetime

    def minutes(self, after: float) -> datetime:
        """So many minutes after the hand-over was offered."""
        return self.offer.offered_at + timedelta(minutes=after)

    def act(self, name: str) -> uuid.UUID:
        """The id of one act in this scene: always the same."""
        return part_of(self.offer.pk, f"demo:{name}")


def play_day(*, now: datetime) -> int:
    """Lets the departments work on what was handed to them; returns how many cases moved."""
    waiting = (
        Handover.objects.filter(state=Handover.State.OFFERED, to_department__isnull=False)
        .select_related("case", "to_department")
        .order_by("case__number")
    )
    moved = 0
    for place, offer in enumerate(list(waiting)):
        by = taker(offer)
        # Every fourth hand-over still waits, so that there is something to accept; never an alarm.
        if by is None or (place % 4 == 3 and offer.case.kind != "alarm"):
            continue
        _play(_script(offer.case.kind, place), Scene(offer, offer.case, by, now))
        moved += 1
    return moved


def keep_some_promises(*, now: datetime) -> None:
    """Keeps every third promise that is not due yet."""
    running = Promise.objects.filter(state=Promise.State.OPEN, due_at__gt=now).order_by("pk")
    for promise in list(running.select_related("owner"))[::3]:
        at = min(now, promise.made_at + timedelta(minutes=12))
        operations.keep_promise(
            act_id=part_of(promise.pk, "demo:kept"),
            promise_id=promise.pk,
            by=promise.owner,
            at=at,
            now=now,
        )


def taker(offer: Handover) -> Staff | None:
    """Who of the department takes what is offered to it."""
    people = Staff.objects.filter(
        department=offer.to_department, is_active=True, roles__role__in=["handler", "dispatcher"]
    )
    return people.select_related("department").order_by("staff_no").first()


def _script(kind: str, place: int) -> Iterable[tuple[float, Done]]:
    if kind == "complaint":
        return ((2, _accept), (11, _step("investigating")))
    if kind == "alarm":
        return [
            (1, _accept),
            (2, _step("dispatched")),
            (12, _step("arrived")),
            (14, _step("handled")),
            (38, _step("repaired")),
        ]
    if kind in ("repair", "network_fault"):
        field = [(2, _accept), (5, _step("dispatched")), (26, _step("arrived"))]
        if place % 2:
            return [*field, (34, _pause)]
        return [*field, (31, _step("handled")), (58, _step("repaired"))]
    return ((2, _accept),)


def _play(script: Iterable[tuple[float, Done]], scene: Scene) -> None:
    with operations.entered_late(now=scene.now):
        for after, act in script:
            if scene.minutes(after) <= scene.now:
                act(scene, after)


def _accept(scene: Scene, after: float) -> None:
    operations.accept_handover(
        act_id=scene.act("accepted"),
        handover_id=scene.offer.pk,
        by=scene.by,
        at=scene.minutes(after),
        now=scene.now,
    )


def _step(what: str) -> Done:
    def do(scene: Scene, after: float) -> None:
        at = scene.minutes(after)
        order = open_order_of(case_id=scene.case.pk)
        if order is None:
            operations.report(
                act_id=scene.act(what), case_id=scene.case.pk, what=what, by=scene.by, at=at,
                now=scene.now,
            )  # fmt: skip
        elif what == "dispatched":
            _send(scene, order, at)
        elif order.assignee:
            _FIELD[what](
                act_id=scene.act(what), order_id=order.pk, by=order.assignee, at=at, now=scene.now
            )

    return do


def _send(scene: Scene, order: Order, at: datetime) -> None:
    to = someone_for(order, place=int(order.number[-4:]))
    if to:
        fieldwork.assign(
            act_id=scene.act("dispatched"), order_id=order.pk, version=order.version, to=to,
            by=scene.by, at=at, now=scene.now,
        )  # fmt: skip
        fieldwork.accept(
            act_id=scene.act("taken"), order_id=order.pk, by=to, at=at + timedelta(minutes=1),
            now=scene.now,
        )  # fmt: skip


_FIELD: Mapping[str, Callable[..., Order]] = {
    "arrived": fieldwork.arrive,
    "handled": fieldwork.first_action,
    "repaired": fieldwork.finish,
}


def _pause(scene: Scene, after: float) -> None:
    operations.pause_clocks(
        act_id=scene.act("paused"),
        case_id=scene.case.pk,
        by=scene.by,
        reason="awaiting_customer",
        evidence="现场通话：客户说晚上七点后在家",
        at=scene.minutes(after),
        now=scene.now,
    )
