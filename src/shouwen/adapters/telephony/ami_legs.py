"""The channels of Asterisk's calls: whose they are, and what is remembered of a call under way."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from shouwen.adapters.telephony.ami_wire import Block
from shouwen.core.telephony import EventType, LineEvent, Side

Direction = Literal["inbound", "outbound", ""]
_UNKNOWN = ("", "<unknown>", "unknown", "anonymous", "s")


@dataclass(slots=True)
class Leg:
    """One channel of a call: a trunk's, where a customer is, or the telephone of an agent."""

    id: str
    call: str
    channel: str
    is_trunk: bool
    number: str = ""
    rang: bool = False
    answered: bool = False
    left: bool = False

    @property
    def extension(self) -> str:
        """The extension: the digits that end the endpoint's name, else the whole name."""
        endpoint = endpoint_of(self.channel)
        digits = re.search(r"\d+$", endpoint)
        return (digits[0] if digits else endpoint)[:20]


@dataclass(slots=True)
class Live:
    """One call under way, named by its first channel. Without a direction it is none of a customer.

    `waiting`: what happened before it was known whose call it is.
    `is_moving`: it was taken out of its queue from here; that is no giving up.
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
    ended_by: Side = ""
    wish: Side = ""
    is_moving: bool = False
    waiting: list[tuple[str, "Leg", datetime]] = field(default_factory=list)

    def is_customer(self, leg: Leg) -> bool:
        """Whether the leg is the customer's; a call may go on to a second trunk."""
        return leg.is_trunk and (self.direction != "inbound" or leg.id == self.name)

    @property
    def customer(self) -> Leg | None:
        """The customer's leg, as long as it is there."""
        return next((leg for leg in self.legs.values() if self.is_customer(leg)), None)

    def event(
        self, type_: EventType, at: datetime, *, name: str, number: str = "", media: str = ""
    ) -> LineEvent:
        """A line event about the call as a whole."""
        return LineEvent(
            id=name,
            call=self.name,
            type=type_,
            at=at,
            number=number,
            queue=self.queue,
            direction=self.direction,
            media=media,
        )

    def leg_event(self, leg: Leg, type_: EventType, at: datetime) -> LineEvent:
        """A line event about the telephone of one agent."""
        event = self.event(type_, at, name=f"{leg.id}:{type_}")
        return replace(event, offer=leg.id, extension=leg.extension)


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
