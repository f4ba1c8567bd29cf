"""Everything that can be wrong with a file of customers, found before anything is written."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.core.clause import Words
from shouwen.core.text.numerals import half_width
from shouwen.customers.models import Estate, Meter, Occupancy, Premises, ServicePoint
from shouwen.customers.operations.importing.columns import (
    HEADINGS,
    HomeRow,
    places_of,
    read_rows,
)
from shouwen.customers.queries.seen import seen_customers

T = TypeVar("T")
_AT_ONCE = 400
Place = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers have of the places in a file.

    premises  by place: id
    lived     names at a premises now
    accounts  account numbers of the file that are on record, with their premises
    meters    meters of the file that are installed, with their premises
    """

    premises: Mapping[Place, uuid.UUID] = field(default_factory=dict)
    lived: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    accounts: Mapping[str, uuid.UUID] = field(default_factory=dict)
    meters: Mapping[str, uuid.UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at: its sound rows, everything wrong, what is known of its places.

    `new` are the rows to write; `there` counts those whose customer lives there already.
    """

    rows: tuple[HomeRow, ...]
    faults: tuple[CellFault, ...]
    known: Known
    new: tuple[HomeRow, ...] = ()
    there: int = 0
    shared: int = 0


def check(*, table: Table, today: date) -> Checked:
    """Reads every row and compares it with the others and with the registers. Writes nothing.

    `today` (a day of the organisation's zone) stands for a day that was not given.
    """
    places, faults = places_of(table.heading)
    if faults:
        return Checked((), tuple(faults), Known())
    rows: list[HomeRow] = []
    for read in read_rows(table, places=places, today=today, estates=_spellings()):
        if isinstance(read, HomeRow):
            rows.append(read)
        else:
            faults += read
    known = known_of(rows)
    faults += _said_twice(rows)
    faults += _taken(rows, known)
    faults.sort(key=lambda fault: fault.row)
    return _sorted_out(rows, faults, known)


def known_of(rows: Sequence[HomeRow]) -> Known:
    """Which places of the rows are in the register, and who lives there."""
    wanted = {row.place for row in rows}
    names = sorted({row.estate for row in rows})
    premises: dict[Place, uuid.UUID] = {}
    for some in _chunks(names):
        found = Premises.objects.filter(estate__name__in=some).values_list(
            "estate__name", "building", "unit", "flat", "place_name", "pk"
        )
        for *place, pk in found.iterator(chunk_size=5000):
            key = (place[0], place[1], place[2], place[3], place[4])
            if key in wanted:
                premises[key] = pk
    accounts = _owners_of_accounts(row.account_no for row in rows)
    meters = _places_of_meters(row.meter_serial for row in rows)
    return Known(
        premises=premises,
        lived=_lived(list(premises.values())),
        accounts=accounts,
        meters=meters,
    )


def _lived(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, frozenset[str]]:
    lived: dict[uuid.UUID, set[str]] = {}
    for some in _chunks(ids):
        # Rows of this very file that an interrupted run has written do not count.
        stays = Occupancy.objects.filter(
            premises__in=some, until__isnull=True, customer__in=seen_customers()
        )
        for pk, name in stays.values_list("premises_id", "customer__name"):
            lived.setdefault(pk, set()).add(name)
    return {pk: frozenset(names) for pk, names in lived.items()}


def _sorted_out(rows: list[HomeRow], faults: list[CellFault], known: Known) -> Checked:
    def names_at(row: HomeRow) -> frozenset[str]:
        pk = known.premises.get(row.place)
        return known.lived.get(pk, frozenset()) if pk else frozenset()

    new = tuple(row for row in rows if row.name not in names_at(row))
    return Checked(
        rows=tuple(rows),
        faults=tuple(faults),
        known=known,
        new=new,
        there=len(rows) - len(new),
        shared=sum(1 for row in new if names_at(row)),
    )


def _said_twice(rows: Sequence[HomeRow]) -> Iterator[CellFault]:
    accounts: dict[str, HomeRow] = {}
    meters: dict[str, HomeRow] = {}
    people: dict[tuple[Place, str], HomeRow] = {}
    refs: dict[str, HomeRow] = {}
    accounts_at: dict[Place, HomeRow] = {}
    for row in rows:
        first = refs.setdefault(row.customer_ref, row) if row.customer_ref else row
        if first.name != row.name:
            yield _differs(row, "customer_ref", first)
        first = accounts_at.setdefault(row.place, row) if row.account_no else row
        if first.account_no != row.account_no:
            yield _differs(row, "account_no", first)
        first = accounts.setdefault(row.account_no, row) if row.account_no else row
        if first.place != row.place:
            yield _twice(row, "account_no", first)
        first = meters.setdefault(row.meter_serial, row) if row.meter_serial else row
        if first.place != row.place:
            yield _twice(row, "meter_serial", first)
        first = people.setdefault((row.place, row.name), row)
        if first is not row:
            yield _twice(row, "name", first)


def _taken(rows: Sequence[HomeRow], known: Known) -> Iterator[CellFault]:
    """Accounts and meters that the registers have somewhere else."""
    accounts, meters = known.accounts, known.meters
    numbers = _accounts_at(list(known.premises.values()))
    for row in rows:
        here = known.premises.get(row.place)
        if row.account_no and here in numbers and numbers[here] != row.account_no:
            yield _elsewhere(row, "account_no")
            continue
        if row.account_no in accounts and accounts[row.account_no] != here:
            yield _elsewhere(row, "account_no")
        if row.meter_serial in meters and meters[row.meter_serial] != here:
            yield _elsewhere(row, "meter_serial")


def _owners_of_accounts(numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    found: dict[str, uuid.UUID] = {}
    for some in _chunks(sorted({number for number in numbers if number})):
        points = ServicePoint.objects.filter(account_no__in=some)
        found |= dict(points.values_list("account_no", "premises_id"))
    return found


def _places_of_meters(serials: Iterable[str]) -> dict[str, uuid.UUID]:
    found: dict[str, uuid.UUID] = {}
    for some in _chunks(sorted({serial for serial in serials if serial})):
        meters = Meter.objects.filter(serial__in=some, removed_on__isnull=True)
        found |= dict(meters.values_list("serial", "premises_id"))
    return found


def _accounts_at(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    found: dict[uuid.UUID | None, str] = {}
    for some in _chunks(ids):
        points = ServicePoint.objects.filter(premises__in=some, until__isnull=True)
        found |= dict(points.values_list("premises_id", "account_no"))
    return found


def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for name, aliases in Estate.objects.values_list("name", "aliases"):
        spellings |= {half_width(alias): name for alias in aliases} | {half_width(name): name}
    return spellings


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(values)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some


def _twice(row: HomeRow, column: str, first: HomeRow) -> CellFault:
    return CellFault(
        row.number,
        HEADINGS[column],
        Words(zh=f"和第 {first.number} 行重复", en=f"the same as in row {first.number}"),
        Words(
            zh="核对哪一行对，改掉或删掉另一行",
            en="find out which is right; change or delete the other",
        ),
    )


def _differs(row: HomeRow, column: str, first: HomeRow) -> CellFault:
    return CellFault(
        row.number,
        HEADINGS[column],
        Words(zh=f"和第 {first.number} 行对不上", en=f"does not agree with row {first.number}"),
        Words(
            zh="同一户只有一个户号，同一客户编号只有一个姓名",
            en="one account a home, one name a customer",
        ),
    )


def _elsewhere(row: HomeRow, column: str) -> CellFault:
    return CellFault(
        row.number,
        HEADINGS[column],
        Words(zh="和在册的对不上", en="does not agree with the register"),
        Words(zh="核对号码和地址", en="check the number and the address"),
    )
