"""A phone in somebody's hand, for tests: it numbers what it writes down and sends it."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from shouwen.fieldwork.models import Order
from shouwen.people.models import Staff
from shouwen.visits import operations
from shouwen.visits.models import Device
from shouwen.visits.operations import Lives, Receipt, Sent
from tests.apps.fieldwork.field import at, order, sent, technician


@dataclass
class Phone:
    """Writes events with their times, keeps them, sends them."""

    staff: Staff
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    written: list[Sent] = field(default_factory=list)

    def write(self, kind: str, given: Order | None, minutes: float, *, visit=None, **data) -> Sent:
        event = Sent(
            id=uuid.uuid4(),
            sequence=len(self.written) + 1,
            kind=kind,
            device_at=at(minutes),
            order=given.pk if given else None,
            visit=visit,
            base_version=given.version if given else 0,
            data=data,
        )
        self.written.append(event)
        return event

    def send(self, *events: Sent, minutes: float = 600) -> dict[uuid.UUID, Receipt]:
        told = operations.receive(
            device_id=self.id, by=self.staff, sent=events or self.written, now=at(minutes)
        )
        return {receipt.id: receipt for receipt in told}


def phone(staff: Staff | None = None) -> Phone:
    """A registered phone."""
    made = Phone(staff or technician())
    operations.register_device(
        device_id=made.id, label="", by=made.staff, lives=Lives(), now=at(0)
    )
    return made


def given_order(kind: str = "repair", *, to: Staff | None = None, **known) -> Order:
    """An order that somebody has."""
    made = sent(order(kind, **known), to)
    made.refresh_from_db()
    return made


# Minute, kind, and what is written down with it.
WHOLE: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (-10, "start", {"announced": True}),
    (-9, "list", {}),
    (-8, "depart", {}),
    (-0.2, "fact", {"name": "door_was_closed", "value": True}),
    (0, "arrive", {}),
    (0.1, "step", {"rule": "door-bell", "step": "gap_test", "evidence": "0 ppm"}),
    (0.2, "step", {"rule": "door-bell", "step": "press", "seconds": 2}),
    (0.25, "step", {"rule": "stand-back", "step": "one_metre"}),
    (0.4, "door_opened", {}),
    (0.45, "step", {"rule": "unannounced-visit", "step": "apologise"}),
    (0.46, "step", {"rule": "unannounced-visit", "step": "reason"}),
    (0.47, "step", {"rule": "unannounced-visit", "step": "identity"}),
    (0.5, "said", {"rule": "introduce-yourself", "line": "1"}),
    (0.6, "step", {"rule": "knock-and-enter", "step": "permission", "evidence": "客户点头"}),
    (0.7, "entered", {}),
    (0.8, "step", {"rule": "door-and-habits", "step": "close_door"}),
    (0.9, "step", {"rule": "door-and-habits", "step": "shoe_covers"}),
    (1, "step", {"rule": "door-and-habits", "step": "led_in"}),
    (2, "first_action", {}),
    (20, "leaving", {}),
    (20.1, "step", {"rule": "leave-taking-steps", "step": "nothing_open"}),
    (20.2, "step", {"rule": "leave-taking-steps", "step": "items_collected"}),
    (20.3, "said", {"rule": "leave-taking", "line": "1"}),
    (20.4, "at_the_door", {}),
    (20.5, "said", {"rule": "please-stay", "line": "1"}),
    (21, "finish", {"solved": True}),
)


def whole_visit(
    of: Phone, given: Order, *, minutes: float = 20, left_out: tuple[str, ...] = ()
) -> uuid.UUID:
    """A visit as the standard wants it; steps and lines named in `left_out` are not done."""
    visit = uuid.uuid4()
    for minute, kind, data in WHOLE:
        if not {data.get("step"), data.get("rule")} & set(left_out):
            of.write(kind, given, minutes + minute, visit=visit, **data)
    return visit


def again(event: Sent, **other) -> Sent:
    """The same id with other content."""
    return replace(event, **other)


def device(of: Phone) -> Device:
    """What the server knows of it."""
    return Device.objects.get(pk=of.id)


__all__ = ["Phone", "again", "device", "given_order", "phone", "whole_visit"]
