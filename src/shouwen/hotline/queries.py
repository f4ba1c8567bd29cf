"""Who is calling: the customers and homes behind a number, and nothing guessed."""

from dataclasses import dataclass

from shouwen.core.calls import CallRecord
from shouwen.customers.models import Customer, Premises
from shouwen.customers.queries import customers_by_number, home_at


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a number led to. `gap` says what stayed open: "", "customer" or "home"."""

    customer: Customer | None
    premises: Premises | None
    gap: str


def find_caller(*, call: CallRecord) -> Caller:
    """The customer and home of a call, by its number and the address on the screen.

    Several homes on one number: only the address on the screen decides between them. Without
    one the customer is still known when all the homes are theirs; the home stays open.
    """
    on_screen = call.customer
    matches = customers_by_number(number=on_screen.phone if on_screen else "")
    if not matches:
        return Caller(None, None, "customer")
    home = home_at(matches=matches, address=on_screen.address if on_screen else "")
    if home:
        return Caller(home[0], home[1], "")
    only = matches[0].customer if len(matches) == 1 else None
    return Caller(only, None, "home" if only else "customer")
