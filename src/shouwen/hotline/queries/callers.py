"""Who is calling, and what is under way."""

from dataclasses import dataclass
from typing import Literal

from shouwen.clocks.queries import callback_plan
from shouwen.core.calls import CallRecord
from shouwen.customers.models import Customer, Premises
from shouwen.customers.queries import customers_by_number, home_at
from shouwen.hotline.models import Call
from shouwen.standard.callbacks import CallBackPlan
from shouwen.standard.faults import PackFaults


def readable_callbacks() -> CallBackPlan:
    """How promised calls are tried again; nothing is planned when it cannot be read."""
    try:
        return callback_plan()
    except PackFaults:
        return CallBackPlan()


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


def live_calls(*, source: str) -> dict[str, Literal["inbound", "outbound", ""]]:
    """The exchange's names of its calls that are under way, with their directions."""
    under_way = Call.objects.exclude(stage=Call.Stage.OVER).filter(source=source)
    return {
        call.call_id.removeprefix(f"{source}:"): (
            "outbound" if call.direction == "outbound" else "inbound"
        )
        for call in under_way.only("call_id", "direction")
    }


def find_customer(*, number: str) -> tuple[Customer | None, Premises | None]:
    """The customer and home of a number, where it leads to one of each; nothing is guessed."""
    matches = customers_by_number(number=number)
    if len(matches) != 1:
        return None, None
    home = home_at(matches=matches, address="")
    return (home[0], home[1]) if home else (matches[0].customer, None)
