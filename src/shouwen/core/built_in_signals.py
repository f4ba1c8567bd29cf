"""The signals that every call has or has not, whatever a pack says."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouwen.core.listening import Heard

_LONG_ENOUGH_FOR_A_PURPOSE = 6


def _purpose_stated(heard: "Heard") -> bool:
    """The first thing the caller says is more than a greeting."""
    first = heard.customer[0].text if heard.customer else ""
    for greeting in ("您好", "你好", "喂", "哎"):
        first = first.replace(greeting, "")
    return len(first) >= _LONG_ENOUGH_FOR_A_PURPOSE


def _hung_up_unheard(heard: "Heard") -> bool:
    """The customer hung up first, and neither side had come to a farewell."""
    last = (*heard.agent[-1:], *heard.customer[-1:])
    return heard.call.hung_up_by == "customer" and not any(u.turn in heard.farewells for u in last)


BUILT_IN: Mapping[str, Callable[["Heard"], bool]] = {
    "line_lost": lambda heard: heard.call.line_lost,
    "transferred": lambda heard: heard.call.transferred,
    "customer_known": lambda heard: heard.call.customer is not None,
    "customer_unknown": lambda heard: heard.call.customer is None,
    "address_on_record": lambda heard: heard.record_place is not None,
    "flat_named": lambda heard: bool(heard.named_places),
    "purpose_stated": _purpose_stated,
    "hung_up_unheard": _hung_up_unheard,
    "held": lambda heard: bool(heard.call.holds),
    "waited": lambda heard: bool(heard.waits),
    "broke_in": lambda heard: bool(heard.break_ins),
    "surname_known": lambda heard: bool(heard.surname),
}
