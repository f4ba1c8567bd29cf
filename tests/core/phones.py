"""Generated days of phones without a network, and a memory that receives what they send.

A history: what three phones did on three days, what the office did meanwhile, and what the network
made of the sending: batches cut, doubled, reordered, answers lost.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shouwen.core.syncing import (
    Danger,
    DeviceEvent,
    Finding,
    OrderNow,
    Stand,
    Trouble,
    in_turn,
    judged,
    standing,
)

START = datetime(2026, 10, 9, 0, 0, tzinfo=UTC)
PHONES, DAYS = 3, 3
OFFICE_KINDS = ("depart", "arrive", "finish", "no_access")
SITE_KINDS = ("step", "reading", "photo", "hazard")


def stand_of(kind: str) -> Stand:
    """Whose word counts for a kind of the generated histories."""
    return Stand.OFFICE if kind in OFFICE_KINDS else Stand.SITE


@dataclass(slots=True)
class OfficeOrder:
    """An order in the office's books."""

    id: UUID
    assignee: str
    version: int = 1
    is_open: bool = True


@dataclass(slots=True)
class History:
    """Everything that happened, for one seed."""

    rng: random.Random
    orders: dict[UUID, OfficeOrder] = field(default_factory=dict)
    written: list[DeviceEvent] = field(default_factory=list)
    unsent: dict[UUID, list[DeviceEvent]] = field(default_factory=dict)
    office_acts: set[UUID] = field(default_factory=set)

    def uuid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)


@dataclass(slots=True)
class Memory:
    """A server without a database: rows by id, the next number of each phone, orders, what a person must see."""

    orders: dict[UUID, OfficeOrder]
    rows: dict[UUID, DeviceEvent] = field(default_factory=dict)
    waiting: dict[UUID, dict[int, DeviceEvent]] = field(default_factory=dict)
    next_: dict[UUID, int] = field(default_factory=dict)
    applied: list[UUID] = field(default_factory=list)
    considered: list[UUID] = field(default_factory=list)
    shown: dict[UUID, Trouble] = field(default_factory=dict)
    known: dict[tuple[str, UUID], int] = field(default_factory=dict)
    findings: dict[UUID, Finding] = field(default_factory=dict)
    receipts: dict[UUID, str] = field(default_factory=dict)

    def receive(self, batch: Sequence[DeviceEvent]) -> dict[UUID, str]:
        """Keeps a batch, takes what is in turn, answers with a receipt for each event."""
        for event in batch:
            if event.id in self.rows:
                if self.rows[event.id] != event:
                    self.shown[event.id] = Trouble.ALTERED
                continue
            self.rows[event.id] = event
            self.waiting.setdefault(event.device, {})[event.sequence] = event
            self.receipts[event.id] = "kept"
        for device in {event.device for event in batch}:
            self._take(device)
        return {event.id: self.receipts[event.id] for event in batch}

    def _take(self, device: UUID) -> None:
        waiting = self.waiting[device]
        for number in in_turn(next_=self.next_.get(device, 1), waiting=list(waiting)):
            self._consider(waiting.pop(number))
            self.next_[device] = number + 1

    def _consider(self, event: DeviceEvent) -> None:
        self.considered.append(event.id)
        order = self.orders[event.order] if event.order else None
        now = OrderNow(order.version, order.assignee, order.is_open) if order else None
        key = (event.by, event.order)
        found = judged(
            stand=stand_of(event.kind),
            by=event.by,
            known_version=max(event.base_version, self.known.get(key, 0)),
            order=now,
            needs_order=True,
        )
        if found.trouble:
            self.shown[event.id] = found.trouble
        if found.applies:
            self._apply(event, order)
        if order:
            self.known[key] = order.version

    def _apply(self, event: DeviceEvent, order: OfficeOrder | None) -> None:
        self.applied.append(event.id)
        if order is None:
            return
        if stand_of(event.kind) is Stand.OFFICE:
            order.version += 1
            order.is_open = order.is_open and event.kind != "finish"
        elif event.kind == "hazard":
            new = Finding(Danger(str(event.data["danger"])), event.id, event.by)
            result = standing(self.findings.get(order.id), new)
            self.findings[order.id] = result.finding
            if result.differs:
                self.shown[event.id] = Trouble.FINDINGS_DIFFER


def lived(
    seed: int, server: Callable[[History], Memory] = lambda h: Memory(h.orders)
) -> tuple[History, Memory]:
    """One history from its beginning until every phone has had its answers."""
    history = History(random.Random(seed))  # noqa: S311 - a test's dice
    devices = [history.uuid() for _ in range(PHONES)]
    people = {device: f"330{i}" for i, device in enumerate(devices)}
    for device in devices:
        for _ in range(2):
            order = OfficeOrder(history.uuid(), people[device])
            history.orders[order.id] = order
        history.unsent[device] = []
    memory = server(history)
    numbers = dict.fromkeys(devices, 0)
    for day in range(DAYS):
        packages = {
            device: {
                o.id: o.version for o in history.orders.values() if o.assignee == people[device]
            }
            for device in devices
        }
        for hour in range(3):
            for device in devices:
                _work(history, device, people[device], packages[device], numbers, day * 24 + hour)
            if history.rng.random() < 0.4:
                _decide(history, list(people.values()))
            for device in devices:
                if history.rng.random() < 0.3:
                    _send(history, memory, device)
    while any(history.unsent.values()):
        for device in devices:
            _send(history, memory, device)
    return history, memory


def _work(
    history: History,
    device: UUID,
    by: str,
    package: dict[UUID, int],
    numbers: dict[UUID, int],
    hour: int,
) -> None:
    rng = history.rng
    for _ in range(rng.randint(0, 3)):
        if not package:
            return
        order = rng.choice(sorted(package))
        numbers[device] += 1
        kind = rng.choice(SITE_KINDS + OFFICE_KINDS)
        event = DeviceEvent(
            id=history.uuid(), device=device, sequence=numbers[device], kind=kind, order=order,
            device_at=START + timedelta(hours=hour, minutes=rng.randint(0, 50)),
            offset=timedelta(days=rng.choice((0, 0, 0, 1, -1))), base_version=package[order], by=by,
            data={"danger": rng.choice(list(Danger)).value} if kind == "hazard" else {"n": numbers[device]},
        )  # fmt: skip
        history.written.append(event)
        history.unsent[device].append(event)


def _decide(history: History, people: list[str]) -> None:
    """The office gives an order to somebody else, calls it off, or plans it anew."""
    order = history.rng.choice(sorted(history.orders.values(), key=lambda o: o.id))
    if not order.is_open:
        return
    order.version += 1
    history.office_acts.add(order.id)
    match history.rng.choice(("reassign", "cancel", "plan")):
        case "reassign":
            order.assignee = history.rng.choice(people)
        case "cancel":
            order.is_open = False
        case _:
            pass


def _send(history: History, memory: Memory, device: UUID) -> None:
    """Part of what waits is sent, in any order, perhaps twice; perhaps the answer is lost."""
    rng, unsent = history.rng, history.unsent[device]
    if not unsent:
        return
    batch = rng.sample(unsent, rng.randint(1, len(unsent)))
    if rng.random() < 0.3:
        batch += rng.sample(batch, rng.randint(1, len(batch)))
    answers = memory.receive(batch)
    if rng.random() < 0.4:
        answers = memory.receive(list(reversed(batch)))  # every request may come twice
    if rng.random() < 0.3:
        return  # the answer is lost: it is all sent again
    history.unsent[device] = [event for event in unsent if event.id not in answers]


def altered(event: DeviceEvent) -> DeviceEvent:
    """The same id with another content: no honest phone does that."""
    return replace(event, kind="finish" if event.kind != "finish" else "step")
