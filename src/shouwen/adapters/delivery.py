"""What every way out has in common: what is sent, what comes back, what can go wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as it leaves the house. The same `key` again is the same message, never a second one.

    `answers` is the Message-ID of the mail that it answers; `is_written`: a person wrote it.
    """

    key: str
    channel: str
    to: str
    title: str
    body: str
    language: str
    asked_at: datetime
    answers: str = ""
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side has the message; `provider_id` is its own name for it."""

    provider_id: str


class NotNow(Exception):
    """The other side cannot be reached or is busy: the same message may be offered again later."""


class Refused(Exception):
    """The other side will never take this message: offering it again is of no use."""


class WayOut(Protocol):
    """Something that takes messages out of the house."""

    def deliver(self, message: Outgoing, *, now: datetime) -> Accepted:
        """Hands one message over. Raises NotNow, Refused."""
        ...
