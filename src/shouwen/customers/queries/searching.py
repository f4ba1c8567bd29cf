"""Searching for customers: a query understood, looked up in the words, read as rows."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from shouwen.core.text.home_address import parse_address
from shouwen.core.text.looking_up import Lookup, understood
from shouwen.core.text.search_tokens import plain
from shouwen.customers import fulltext
from shouwen.customers.models import Estate, Occupancy, Premises, SearchRow
from shouwen.customers.queries.seen import seen_premises

SHOWN = 20
LONGEST = 80

_SPELT = {
    "sqlite": "SELECT id, name, NULL FROM customers_estate WHERE instr(%s, lower(name)) > 0"
    " UNION ALL SELECT e.id, e.name, a.value FROM customers_estate e, json_each(e.aliases) a"
    " WHERE instr(%s, lower(a.value)) > 0",
    "postgresql": "SELECT id, name, NULL FROM customers_estate WHERE strpos(%s, lower(name)) > 0"
    " UNION ALL SELECT e.id, e.name, a.value FROM customers_estate e,"
    " jsonb_array_elements_text(e.aliases) a(value) WHERE strpos(%s, lower(a.value)) > 0",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search. `after` is the mark of the next page, 0 at the end.

    `lookup` tells how the query was understood; a query that identifies too little for the
    person asking is not looked up (`is_too_little`).
    """

    rows: tuple[SearchRow, ...]
    lookup: Lookup
    after: int = 0
    is_too_little: bool = False


def search(*, text: str, needs: int = 1, after: int = 0, limit: int = SHOWN) -> Found:
    """The customers at their homes that the query means, at most `limit`, in a fixed order.

    `needs`: how many identifying parts the query must have. Four queries however many rows.
    """
    typed = plain(text)[:LONGEST]
    lookup = understood(typed, estates=estates_spelt_in(typed))
    if lookup.identifies < needs or not lookup.parts:
        return Found((), lookup, is_too_little=bool(typed))
    ids = fulltext.find(lookup=lookup, after=after, limit=limit + 1)
    more = ids[limit - 1] if len(ids) > limit else 0
    return Found(_rows(ids[:limit]), lookup, more)


def estates_spelt_in(text: str) -> dict[str, int]:
    """The names and other names of estates that occur in a plain text, with the estates' ids."""
    if not text:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SPELT[connection.vendor], [text, text])
        return {plain(alias or name): pk for pk, name, alias in cursor.fetchall()}


def homes_at(*, text: str) -> QuerySet[Premises]:
    """Premises at the address in the text, which may leave unit or flat open."""
    typed = plain(text)[:LONGEST]
    estates = estates_spelt_in(typed)
    known = max(estates, key=len, default="")
    address = parse_address(typed, estates=dict.fromkeys(estates, known)) if known else None
    if address is None or not (address.building or address.flat or address.door):
        return seen_premises().none()
    said = {"building": address.building, "unit": address.unit, "flat": address.flat}
    homes = seen_premises().filter(
        estate=estates[known], **{name: value.upper() for name, value in said.items() if value}
    )
    if address.door:
        homes = homes.filter(place_name__startswith=f"{address.door}号")
    return homes.select_related("estate")


def free_homes(*, text: str, limit: int = SHOWN) -> list[Premises]:
    """Premises at the address in the query where nobody is registered now."""
    lived = Occupancy.objects.filter(premises=OuterRef("pk"), until__isnull=True)
    empty = homes_at(text=text).filter(~Exists(lived))
    return list(empty.order_by("building", "unit", "flat", "pk")[:limit])


def estates_page(*, after: str = "", limit: int = SHOWN) -> list[Estate]:
    """Estates by name, from `after` on."""
    return list(Estate.objects.filter(name__gt=after).order_by("name")[:limit])


def _rows(ids: list[int]) -> tuple[SearchRow, ...]:
    rows = (
        SearchRow.objects.filter(pk__in=ids)
        .select_related("customer", "premises__estate")
        .prefetch_related("customer__phones")
        .order_by("pk")
    )
    return tuple(rows)
