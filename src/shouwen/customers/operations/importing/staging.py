"""Writes a checked file of customers in chunks that nobody sees, then shows them all at once."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.core.text.name_sounds import leading_surname
from shouwen.core.text.search_tokens import Listed, searched_text, tokens_of
from shouwen.customers import bulk, fulltext
from shouwen.customers.models import (
    AttributeName,
    Customer,
    Estate,
    ImportBatch,
    Meter,
    Premises,
    SearchRow,
    ServicePoint,
)
from shouwen.customers.models.searching import scattered
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.importing.checking import Checked, Place
from shouwen.customers.operations.importing.columns import HomeRow

CHUNK = 100  # rows a transaction to begin with, and at most
MOST = 1000
LONGEST = 0.04  # seconds a transaction may hold the write lock before chunks become smaller
_SPACE = uuid.UUID("b41d9c2e-0c6f-5b0e-8f59-2a6f4f0c1d33")


@dataclass(frozen=True, slots=True)
class Watch:
    """How the outside world sees an import: a timer in seconds, a rest between chunks, progress.

    `rest` lets others have the write lock; `on_rows` is told how many rows were written.
    """

    timer: Callable[[], float]
    rest: Callable[[], None] = lambda: None
    on_rows: Callable[[int], None] = lambda rows: None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `longest` is the longest write transaction in seconds.

    `resumed` counts the rows that an interrupted run had written before.
    """

    rows: int
    resumed: int
    longest: float
    was_there: bool = False


class OtherImportOpen(Exception):
    """Another file was begun and never finished: it must be finished or discarded first."""


def import_customers(
    *, act: Act, checked: Checked, digest: str, file_name: str, watch: Watch
) -> Imported:
    """Writes the new rows of a file without faults and reveals them together.

    Interrupted and called again with the same file it goes on where it stopped. The same file
    after its end changes nothing. Raises OtherImportOpen.
    """
    rows = checked.new
    other = ImportBatch.objects.filter(revealed_at__isnull=True).exclude(digest=digest).first()
    if other:
        raise OtherImportOpen(other.file_name)
    batch, _ = ImportBatch.objects.get_or_create(
        digest=digest,
        defaults={"file_name": file_name[:200], "rows": len(rows), "started_at": act.now},
    )
    if batch.revealed_at:
        return Imported(0, 0, 0.0, was_there=True)
    staging = _Staging(
        batch=batch,
        premises=dict(checked.known.premises),
        numbers=_numbers_by_ref(rows),
        equipped={*checked.known.accounts, *checked.known.meters},
    )
    resumed = batch.done_rows
    watch.on_rows(resumed)
    longest = _write_all(staging, rows, watch)
    started = watch.timer()
    _reveal(act, batch, now=act.now)
    return Imported(len(rows), resumed, max(longest, watch.timer() - started))


def _write_all(staging: "_Staging", rows: Sequence[HomeRow], watch: Watch) -> float:
    """Writes what is not written yet; returns the longest transaction in seconds."""
    longest, size = 0.0, CHUNK
    done = staging.batch.done_rows
    staging.make_estates(rows)
    while done < len(rows):
        chunk = staging.prepared(rows[done : done + size])
        took = staging.write(chunk, done=done + chunk.rows, timer=watch.timer)
        done += chunk.rows
        longest = max(longest, took)
        size = max(10, size // 2) if took > LONGEST else min(MOST, size + size // 4)
        watch.on_rows(chunk.rows)
        watch.rest()
    return longest


def discard(*, watch: Watch) -> int:
    """Removes every row of files that were begun and never revealed; returns how many customers."""
    removed = 0
    for batch in ImportBatch.objects.filter(revealed_at__isnull=True):
        while ids := list(
            Customer.objects.filter(batch=batch).values_list("pk", flat=True)[:CHUNK]
        ):
            _remove_customers(ids)
            removed += len(ids)
            watch.rest()
        while homes := list(
            Premises.objects.filter(batch=batch).values_list("pk", flat=True)[:CHUNK]
        ):
            _remove_premises(homes)
            watch.rest()
        batch.delete()
    return removed


@transaction.atomic
def _remove_customers(ids: Sequence[uuid.UUID]) -> None:
    rows = SearchRow.objects.filter(customer__in=ids).values_list("pk", flat=True)
    fulltext.remove(list(rows))
    Customer.objects.filter(pk__in=ids).delete()


@transaction.atomic
def _remove_premises(ids: Sequence[uuid.UUID]) -> None:
    for model in (ServicePoint, Meter):
        model._default_manager.filter(premises__in=ids).delete()
    Premises.objects.filter(pk__in=ids).delete()


@transaction.atomic
def _reveal(act: Act, batch: ImportBatch, *, now: datetime) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(revealed_at=now)
    subject = Subject("system", uuid.uuid5(_SPACE, batch.digest))
    note(act, "customers.imported", subject=subject, data={"rows": batch.rows})


@dataclass(slots=True)
class _Chunk:
    """The rows of one transaction by table, ready to be written."""

    rows: int = 0
    tables: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    words: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def add(self, table: str, *values: object) -> None:
        self.tables.setdefault(table, []).append(values)


# In the order of their references to each other.
_COLUMNS = {
    "customers_premises": (
        ["id", "estate_id", "building", "unit", "flat", "place_name", "customer_class", "batch_id"]
    ),
    "customers_attribute": ["premises_id", "name", "value", "since"],
    "customers_servicepoint": ["premises_id", "account_no", "since"],
    "customers_meter": ["id", "premises_id", "serial", "kind", "installed_on"],
    "customers_customer": ["id", "name", "surname", "title", "special_care", "batch_id"],
    "customers_phone": ["customer_id", "number"],
    "customers_occupancy": ["customer_id", "premises_id", "relation", "since"],
    "customers_searchrow": ["id", "customer_id", "premises_id", "estate_id", "text", "batch_id"],
}


@dataclass(slots=True)
class _Staging:
    """An import under way: its batch, the places that exist by now, who is written already.

    `equipped` holds the account and meter numbers that are on record: each is written once.
    """

    batch: ImportBatch
    premises: dict[Place, uuid.UUID]
    numbers: Mapping[str, tuple[str, ...]]
    equipped: set[str]
    # customer number → the first row that has it
    refs: dict[str, int] = field(default_factory=dict)
    estates: dict[str, int] = field(default_factory=dict)
    people: set[uuid.UUID] = field(default_factory=set)

    def make_estates(self, rows: Sequence[HomeRow]) -> None:
        """Estates that the register does not have; and who was written by an interrupted run."""
        names = sorted({row.estate for row in rows})
        Estate.objects.bulk_create(
            (Estate(name=name) for name in names), ignore_conflicts=True, batch_size=200
        )
        self.estates = dict(Estate.objects.values_list("name", "pk"))
        self.people = {self._customer_id(row) for row in rows[: self.batch.done_rows]}

    def prepared(self, rows: Sequence[HomeRow]) -> _Chunk:
        """Everything to write, made before the transaction begins."""
        chunk = _Chunk(rows=len(rows))
        for row in rows:
            home = self._home(row, chunk)
            self._person(row, home, chunk)
        return chunk

    def write(self, chunk: _Chunk, *, done: int, timer: Callable[[], float]) -> float:
        """One transaction: the rows and how far the file is written.

        Returns for how many seconds it kept others from writing; waiting for its turn is not
        counted.
        """
        with transaction.atomic():
            started = timer()
            for table, columns in _COLUMNS.items():
                if table in chunk.tables:
                    bulk.write(table, columns, chunk.tables[table])
            fulltext.add(chunk.words)
            ImportBatch.objects.filter(pk=self.batch.pk).update(done_rows=done)
        return timer() - started

    def _home(self, row: HomeRow, chunk: _Chunk) -> uuid.UUID:
        pk = self.premises.get(row.place)
        if pk is None:
            pk = self.premises[row.place] = _id_of(self.batch, "premises", row.number)
            estate = self.estates[row.estate]
            door = (row.building, row.unit, row.flat, row.place_name)
            chunk.add("customers_premises", pk, estate, *door, row.customer_class, self.batch.pk)
            name = AttributeName.CUSTOMER_CLASS.value
            chunk.add("customers_attribute", pk, name, row.customer_class, row.since)
        if self._is_new(row.account_no):
            chunk.add("customers_servicepoint", pk, row.account_no, row.since)
        if self._is_new(row.meter_serial):
            meter = (uuid.uuid4(), pk, row.meter_serial, row.meter_kind, row.meter_on)
            chunk.add("customers_meter", *meter)
        return pk

    def _is_new(self, number: str) -> bool:
        if not number or number in self.equipped:
            return False
        self.equipped.add(number)
        return True

    def _person(self, row: HomeRow, home: uuid.UUID, chunk: _Chunk) -> None:
        pk = self._customer_id(row)
        numbers = self.numbers.get(row.customer_ref, ()) if row.customer_ref else row.phones
        surname = leading_surname(row.name)
        if pk not in self.people:
            self.people.add(pk)
            chunk.add("customers_customer", pk, row.name, surname, row.title, "", self.batch.pk)
            for number in numbers:
                chunk.add("customers_phone", pk, number)
        chunk.add("customers_occupancy", pk, home, row.relation, row.since)
        listed = self._listed(row, surname=surname, numbers=numbers)
        found, text = scattered(), searched_text(listed)
        chunk.add("customers_searchrow", found, pk, home, listed.estate_id, text, self.batch.pk)
        chunk.words.append((found, tokens_of(listed)))

    def _listed(self, row: HomeRow, *, surname: str, numbers: tuple[str, ...]) -> Listed:
        return Listed(
            name=row.name,
            surname=surname,
            estate_id=self.estates[row.estate],
            estate=row.estate,
            building=row.building,
            unit=row.unit,
            flat=row.flat,
            place_name=row.place_name,
            numbers=(*numbers, *([row.account_no] if row.account_no else [])),
        )

    def _customer_id(self, row: HomeRow) -> uuid.UUID:
        """The same row, or the same customer number, is the same customer in every run."""
        first = self.refs.setdefault(row.customer_ref, row.number) if row.customer_ref else 0
        return _id_of(self.batch, "customer", first or row.number)


def _id_of(batch: ImportBatch, kind: str, row: int) -> uuid.UUID:
    """An id that is the same in every run and goes up with the rows of the file.

    Laid out as UUID version 7: ids that go up are written to the end of an index, scattered ones
    all over it, which took three times as long. `row` has 20 bits, more than a file has rows.
    """
    digest = hashlib.sha256(f"{batch.digest}:{kind}:{row}".encode()).digest()
    milliseconds = int(batch.started_at.timestamp() * 1000)
    return uuid.UUID(
        int=(milliseconds & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (row >> 8) << 64
        | 0b10 << 62
        | (row & 0xFF) << 54
        | int.from_bytes(digest[:8], "big") & (1 << 54) - 1
    )


def _numbers_by_ref(rows: Sequence[HomeRow]) -> dict[str, tuple[str, ...]]:
    numbers: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.customer_ref:
            numbers.setdefault(row.customer_ref, {}).update(dict.fromkeys(row.phones))
    return {ref: tuple(found) for ref, found in numbers.items()}
