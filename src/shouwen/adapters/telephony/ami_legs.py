"""The channels of Asterisk's calls: whose they are, and what is remembered of a call under way."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from shouwen.adapters.telephony.ami_wire import Block
from shouwen.core.telephony import Side

Direction = Literal["inbound", "outbound", ""]
_UNKNOWN = ("", "<unknown>", "unknown", "anonymous", "s")


@dataclass(slots=True)
class Leg:
    """One channel of a call: a trunk's, where a customer is, or the telephone of an agent."""

    id: str
    call: str
    endpoint: str
    is_trunk: bool
    number: str = ""
    rang: bool = False
    answered: bool = False
    left: bool = False

    @property
    def extension(self) -> str:
        """The extension: the digits that end the endpoint's name, else the whole name."""
        digits = re.search(r"\d+$", self.endpoint)
        return (digits[0] if digits else self.endpoint)[:20]


@dataclass(slots=True)
class Live:
    """One call under way, named by its first channel. Without a direction it is none of a customer.

    `begun`: its first channel was heard to begin; `was_deaf`: events since then may be lost.
    """

    name: str
    direction: Direction = ""
    queue: str = ""
    legs: dict[str, Leg] = field(default_factory=dict)
    begun: bool = False
    was_deaf: bool = False
    answered: bool = False
    ended: bool = False
    wish: Side = ""

    def is_customer(self, leg: Leg) -> bool:
        """Whether the leg is the customer's; a call may go on to a second trunk."""
        return leg.is_trunk and (self.direction != "inbound" or leg.id == self.name)


def endpoint_of(channel: str) -> str:
    """The endpoint in a channel's name: `PJSIP/trunk-0000002a` is `trunk`'s."""
    return re.sub(r"-[0-9a-f]+(;\d)?$", "", channel.partition("/")[2])


def number_in(text: str) -> str:
    """A number or extension, empty when the exchange does not know it."""
    return "" if text.lower() in _UNKNOWN else text[:20]


def stamp(at: datetime) -> str:
    """A moment as part of an id."""
    return f"{at.timestamp():.3f}"


def time_of(block: Block, at: datetime) -> datetime:
    """The exchange's own time (`timestampevents = yes`), else when it reached us."""
    try:
        return datetime.fromtimestamp(float(block.get("timestamp", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return at
