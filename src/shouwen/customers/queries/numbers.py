"""Finding customers and premises by the number they call from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from shouwen.core.text.home_address import Address, parse_address
from shouwen.customers.models import Customer, Occupancy, Premises
from shouwen.customers.queries.seen import seen_customers


@dataclass(frozen=True, slots=True)
class Match:
    """A customer who may be calling, with the homes he or she uses now."""

    customer: Customer
    premises: tuple[Premises, ...]


def customers_by_number(*, number: str) -> tuple[Match, ...]:
    """Every customer with this phone number; empty when nobody has it. Three queries."""
    if not number:
        return ()
    living = Occupancy.objects.filter(until__isnull=True).select_related("premises__estate")
    found = (
        seen_customers()
        .filter(phones__number=number)
        .prefetch_related(Prefetch("occupancies", queryset=living, to_attr="living"))
        .order_by("id")
    )
    return tuple(_match(customer, customer.living) for customer in found)


def home_at(*, matches: Iterable[Match], address: str) -> tuple[Customer, Premises] | None:
    """The one home among `matches` that has this address; None when none or several have it.

    Any spelling of the address will do. With an empty `address` a home is chosen only when
    there is exactly one: nothing is guessed.
    """
    homes = [(match.customer, premises) for match in matches for premises in match.premises]
    if address:
        homes = [home for home in homes if _is_at(home[1], address)]
    return homes[0] if len(homes) == 1 else None


def _is_at(premises: Premises, address: str) -> bool:
    estate = premises.estate
    spellings = dict.fromkeys((estate.name, *estate.aliases), estate.name)
    said = parse_address(address, estates=spellings)
    own = Address(
        estate=estate.name, building=premises.building, unit=premises.unit, flat=premises.flat
    )
    written = "".join(address.split()) == "".join(premises.address.split())
    return written or (said is not None and said.key == own.key)


def _match(customer: Customer, living: Iterable[Occupancy]) -> Match:
    return Match(customer=customer, premises=tuple(lives.premises for lives in living))
