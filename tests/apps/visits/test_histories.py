"""The generated histories of the core against the real database: 0 lost, 0 doubled, every conflict shown."""

import random
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

import pytest

from shouwen.core.syncing import DeviceEvent, Stand
from shouwen.fieldwork import operations as fieldwork
from shouwen.fieldwork.models import Order
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.visits.models import Conflict, FieldEvent
from shouwen.visits.operations import KINDS, Lives, Sent, receive, register_device
from tests import people
from tests.apps.fieldwork.field import at, order, sent, technician
from tests.core.phones import DAYS, START, History, lived

pytestmark = pytest.mark.django_db
HISTORIES = 6
_KINDS = {"photo": "note", "hazard": "hazard.found"}


class Database:
    """Receives phones with the operations; the office decides with those of dispatch."""

    def __init__(self, history: History, names: list[str]) -> None:
        self.staff = {name: technician(name, f"师傅{name}") for name in names}
        self.minutes = DAYS * 24 * 60.0
        for device, name in history.people.items():
            register_device(
                device_id=device, label="", by=self.staff[name], lives=Lives(),
                now=START - timedelta(days=2),
            )  # fmt: skip
            for _ in range(2):
                sent(order(), self.staff[name])

    def receive(self, batch: Sequence[DeviceEvent]) -> Collection[uuid.UUID]:
        answers: set[uuid.UUID] = set()
        for device in {event.device for event in batch}:
            of_device = [event for event in batch if event.device == device]
            told = receive(
                device_id=device, by=self.staff[of_device[0].by], now=self._now(),
                sent=[self._sent(event) for event in of_device],
            )  # fmt: skip
            answers |= {receipt.id for receipt in told}
        return answers

    def package(self, by: str) -> dict[uuid.UUID, int]:
        rows = Order.objects.filter(assignee=self.staff[by])
        return dict(rows.values_list("pk", "version"))

    def decide(self, rng: random.Random, people_: list[str]) -> None:
        chosen = rng.choice(list(Order.objects.order_by("number")))
        if not chosen.is_open or chosen.state == "on_site":
            return
        dispatcher = people.staff("zhou_min")
        if rng.random() < 0.3:
            fieldwork.cancel_order(
                act_id=uuid.uuid4(), order_id=chosen.pk, by=dispatcher, reason="customer",
                at=self._now(), now=self._now(),
            )  # fmt: skip
        else:
            fieldwork.assign(
                act_id=uuid.uuid4(), order_id=chosen.pk, version=chosen.version, by=dispatcher,
                to=Staff.objects.get(staff_no=rng.choice(people_)), at=self._now(), now=self._now(),
            )  # fmt: skip

    def _now(self):
        self.minutes += 1
        return at(self.minutes)

    def _sent(self, event: DeviceEvent) -> Sent:
        return Sent(
            id=event.id, sequence=event.sequence, kind=_KINDS.get(event.kind, event.kind),
            device_at=event.device_at, offset=int(event.offset.total_seconds()), order=event.order,
            visit=uuid.uuid5(event.order or event.id, event.by), base_version=event.base_version,
            data=event.data,
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_nothing_is_lost_or_doubled_and_every_conflict_is_shown(seed):
    for code in people.DEPARTMENTS:
        people.department(code)

    history, _ = lived(seed, Database)

    rows = {row.pk: row for row in FieldEvent.objects.select_related("conflict")}
    assert set(rows) == {event.id for event in history.written}, "lost"
    assert not [row for row in rows.values() if row.state == FieldEvent.State.HELD]
    for event in history.written:
        row = rows[event.id]
        if KINDS[row.kind].stand is Stand.SITE:
            assert row.state == FieldEvent.State.APPLIED, "what was found at the door stands"
        if row.state == FieldEvent.State.KEPT:
            assert row.conflict, "a conflict that nobody sees"
            assert row.conflict.decided_at is None
    assert not Conflict.objects.filter(reason="failed").exists()
    readings = Entry.objects.filter(kind="visit.reading").values_list("id", flat=True)
    written = [event.id for event in history.written if event.kind == "reading"]
    assert Counter(readings) == Counter(written), "doubled"
