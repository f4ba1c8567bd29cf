"""Generated days of phones without a network, and a memory that receives what they send.

A history: what three phones did on three days, what the office did meanwhile, and what the network
made of the sending: batches cut, doubled, reordered, answers lost.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar
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

T = TypeVar("T", bound="Server")
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
    people: dict[UUID, str] = field(default_factory=dict)
    written: list[DeviceEvent] = field(default_factory=list)
    unsent: dict[UUID, list[DeviceEvent]] = field(default_factory=dict)

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
    known: dict[tuple[str, UUID | None], int] = field(default_factory=dict)
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

    def package(self, by: str) -> dict[UUID, int]:
        """The orders of a person with the versions that a package shows."""
        return {o.id: o.version for o in self.orders.values() if o.assignee == by}

    def decide(self, rng: random.Random, people: list[str]) -> None:
        """The office gives an order to somebody else, calls it off, or plans it anew."""
        order = rng.choice(sorted(self.orders.values(), key=lambda o: o.id))
        if not order.is_open:
            return
        order.version += 1
        match rng.choice(("reassign", "cancel", "plan")):
            case "reassign":
                order.assignee = rng.choice(people)
            case "cancel":
                order.is_open = False
            case _:
                pass

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


def remembering(history: History, people: list[str]) -> Memory:
    """A memory with two orders for each person."""
    made = [OfficeOrder(history.uuid(), by) for by in people for _ in range(2)]
    return Memory({order.id: order for order in made})


class Server(Protocol):
    """Whatever receives phones: a memory here, the database elsewhere."""

    def receive(self, batch: Sequence[DeviceEvent]) -> Collection[UUID]: ...

    def package(self, by: str) -> dict[UUID, int]: ...

    def decide(self, rng: random.Random, people: list[str]) -> None: ...


def lived(seed: int, make: Callable[[History, list[str]], T]) -> tuple[History, T]:
    """One history from its beginning until every phone has had its answers."""
    history = History(random.Random(seed))  # noqa: S311 - a test's dice
    history.people = {history.uuid(): f"330{i}" for i in range(PHONES)}
    server = make(history, list(history.people.values()))
    numbers = dict.fromkeys(history.people, 0)
    for device in history.people:
        history.unsent[device] = []
    for day in range(DAYS):
        packages = {device: server.package(by) for device, by in history.people.items()}
        for hour in range(3):
            _hour(history, server, packages, numbers, day * 24 + hour)
    while any(history.unsent.values()):
        for device in history.people:
            _send(history, server, device)
    return history, server


def _hour(
    history: History,
    server: Server,
    packages: dict[UUID, dict[UUID, int]],
    numbers: dict[UUID, int],
    hour: int,
) -> None:
    """Everybody works, the office perhaps decides something, some phones find a network."""
    for device, by in history.people.items():
        _work(history, device, by, packages[device], numbers, hour)
    if history.rng.random() < 0.4:
        server.decide(history.rng, list(history.people.values()))
    for device in history.people:
        if history.rng.random() < 0.3:
            _send(history, server, device)


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


def _send(history: History, server: Server, device: UUID) -> None:
    """Part of what waits is sent, in any order, perhaps twice; perhaps the answer is lost."""
    rng, unsent = history.rng, history.unsent[device]
    if not unsent:
        return
    batch = rng.sample(unsent, rng.randint(1, len(unsent)))
    if rng.random() < 0.3:
        batch += rng.sample(batch, rng.randint(1, len(batch)))
    answers = server.receive(batch)
    if rng.random() < 0.4:
        answers = server.receive(list(reversed(batch)))  # every request may come twice
    if rng.random() < 0.3:
        return  # the answer is lost: it is all sent again
    history.unsent[device] = [event for event in unsent if event.id not in answers]


def altered(event: DeviceEvent) -> DeviceEvent:
    """The same id with another content: no honest phone does that."""
    return replace(event, kind="finish" if event.kind != "finish" else "step")
