"""A phone in somebody's hand, for tests: it numbers what it writes down and sends it."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

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


def whole_visit(of: Phone, given: Order, *, minutes: float = 20, **left_out) -> uuid.UUID:
    """A visit as the standard wants it, up to the farewell; steps named in `left_out` are not done."""
    visit = uuid.uuid4()

    def step(rule: str, name: str, at_minute: float, **data) -> None:
        if name not in left_out:
            of.write("step", given, minutes + at_minute, visit=visit, rule=rule, step=name, **data)

    def said(rule: str, at_minute: float) -> None:
        if rule.replace("-", "_") not in left_out:
            of.write("said", given, minutes + at_minute, visit=visit, rule=rule, line="1")

    def happens(kind: str, at_minute: float, **data) -> None:
        of.write(kind, given, minutes + at_minute, visit=visit, **data)

    happens("start", -10, announced=True)
    happens("list", -9)
    happens("depart", -8)
    happens("fact", -0.2, name="door_was_closed", value=True)
    happens("arrive", 0)
    step("door-bell", "gap_test", 0.1, evidence="0 ppm")
    step("door-bell", "press", 0.2, seconds=2)
    step("stand-back", "one_metre", 0.25)
    happens("door_opened", 0.4)
    step("unannounced-visit", "apologise", 0.45)
    step("unannounced-visit", "reason", 0.46)
    step("unannounced-visit", "identity", 0.47)
    said("introduce-yourself", 0.5)
    step("knock-and-enter", "permission", 0.6, evidence="客户点头")
    happens("entered", 0.7)
    step("door-and-habits", "close_door", 0.8)
    step("door-and-habits", "shoe_covers", 0.9)
    step("door-and-habits", "led_in", 1)
    happens("first_action", 2)
    happens("leaving", 20)
    step("leave-taking-steps", "nothing_open", 20.1)
    step("leave-taking-steps", "items_collected", 20.2)
    said("leave-taking", 20.3)
    happens("at_the_door", 20.4)
    said("please-stay", 20.5)
    happens("finish", 21, solved=True)
    return visit


def again(event: Sent, **other) -> Sent:
    """The same id with other content."""
    return replace(event, **other)


def device(of: Phone) -> Device:
    """What the server knows of it."""
    return Device.objects.get(pk=of.id)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


__all__ = ["Phone", "again", "at", "datetime", "device", "given_order", "phone", "whole_visit"]
