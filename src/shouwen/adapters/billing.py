"""What a billing system tells of an account: the port, a client over HTTP, and none at all.

Request  GET <url>/accounts/<account number>, header Authorization: Bearer <key>
Answer   200 {"balance": "-12.50", "reading": "1234.5", "read_on": "2026-10-01",
              "card": "unwritten", "card_at": "2026-10-09T09:00:00+08:00"}; every field may be null
         404 no such account; anything else, or nothing within two seconds: not now
"""

import http.client
import json
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import quote, urlsplit

from shouwen.adapters.web_connection import connection_to

TIMEOUT_SECONDS = 2.0
LONGEST_ANSWER = 16 * 1024  # bytes
FAILURES = 3
REST = timedelta(seconds=30)
CARDS = ("", "ok", "low", "empty", "unwritten", "not_inserted", "lost", "faulty")
"""The states of an IC card; empty for an account without one, or when nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of an account; nothing is made up for what is not.

    balance   yuan, negative when something is owed
    reading   cubic metres on `read_on`
    card      one of CARDS, as of `card_at` (UTC)
    as_of     when the data left the billing system (UTC); None: it was asked just now
    """

    balance: Decimal | None = None
    reading: Decimal | None = None
    read_on: date | None = None
    card: str = ""
    card_at: datetime | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The billing system has no account of this number."""


@dataclass(frozen=True, slots=True)
class Busy:
    """The billing system did not answer, or not in time, or not in words we know."""

    why: Literal["silent", "resting", "nonsense"] = "silent"


@dataclass(frozen=True, slots=True)
class NotConnected:
    """This installation has no billing system."""


Answer = Account | Unknown | Busy | NotConnected


class Billing(Protocol):
    """Something that knows accounts. It never raises: a page waits for it."""

    def look_up(self, account_no: str, *, now: datetime) -> Answer:
        """What is known of the account."""
        ...


class NoBilling:
    """No billing system is connected."""

    def look_up(self, account_no: str, *, now: datetime) -> Answer:
        """Says so."""
        return NotConnected()


class BadBilling(ValueError):
    """The settings of the billing system cannot be used; the message says which and why."""


@dataclass
class Breaker:
    """After so many failures in a row nobody is sent for a while; then one, to see."""

    failures: int = FAILURES
    rest: timedelta = REST
    _failed: int = 0
    _until: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def lets_through(self, *, now: datetime) -> bool:
        """Whether to ask now. At the end of a rest one caller is let through, the others wait on."""
        with self._lock:
            if self._until is None:
                return True
            if now < self._until:
                return False
            self._until = now + self.rest
            return True

    def tell(self, *, went_well: bool, now: datetime) -> None:
        """What came of asking."""
        with self._lock:
            self._failed = 0 if went_well else self._failed + 1
            self._until = now + self.rest if self._failed >= self.failures else None


@dataclass(frozen=True, slots=True)
class HttpBilling:
    """The billing system behind an address. Redirects are not followed."""

    url: str
    key: str = ""
    timeout: float = TIMEOUT_SECONDS
    certificates: Path | None = None
    breaker: Breaker = field(default_factory=Breaker)

    def look_up(self, account_no: str, *, now: datetime) -> Answer:
        """Asks, unless the last attempts failed and the rest is not over."""
        if not self.breaker.lets_through(now=now):
            return Busy("resting")
        answer = self._asked(account_no)
        self.breaker.tell(went_well=not isinstance(answer, Busy), now=now)
        return answer

    def _asked(self, account_no: str) -> Answer:
        try:
            status, body = self._get(account_no)
        except (OSError, http.client.HTTPException):
            return Busy("silent")
        if status == 404:
            return Unknown()
        if status != 200:
            return Busy("silent")
        try:
            return read_account(json.loads(body))
        except (ValueError, TypeError, InvalidOperation):
            return Busy("nonsense")

    def _get(self, account_no: str) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/accounts/{quote(account_no, safe='')}"
        headers = {"Accept": "application/json", "Connection": "close"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        ends_at = time.monotonic() + self.timeout
        connection = connection_to(self.url, timeout=self.timeout, certificates=self.certificates)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, _read(answer, until=ends_at)
        finally:
            connection.close()


def http_billing(
    *, url: str, key: str, hosts: Collection[str], timeout: float = TIMEOUT_SECONDS
) -> HttpBilling:
    """The billing system at `url`, whose host must be exactly one of `hosts`. Raises BadBilling."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadBilling(
            f"SHOUWEN_BILLING={url!r}: 写成 none、file 或 https://主机/路径"
            " / write it as none, file or https://host/path"
        )
    if parts.hostname not in hosts:
        raise BadBilling(
            f"{parts.hostname}: 不在允许的主机之列，请加进 SHOUWEN_BILLING_HOSTS"
            " / not among the allowed hosts: add it to SHOUWEN_BILLING_HOSTS"
        )
    return HttpBilling(url=url, key=key, timeout=timeout)


def read_account(said: Mapping[str, Any]) -> Account:
    """An account from the fields of an answer. Raises ValueError, TypeError, InvalidOperation."""
    card = said.get("card") or ""
    if card not in CARDS:
        raise ValueError(card)
    card_at = datetime.fromisoformat(said["card_at"]) if said.get("card_at") else None
    if card_at is not None and card_at.tzinfo is None:
        raise ValueError(said["card_at"])
    return Account(
        balance=_number(said.get("balance")),
        reading=_number(said.get("reading")),
        read_on=date.fromisoformat(said["read_on"]) if said.get("read_on") else None,
        card=card,
        card_at=card_at,
    )


def _number(said: Any) -> Decimal | None:
    if said is None or said == "":
        return None
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        raise TypeError(said)
    found = Decimal(str(said))
    if not found.is_finite() or abs(found) >= 10**9:
        raise ValueError(said)
    return found


def _read(answer: http.client.HTTPResponse, *, until: float) -> bytes:
    """The body; a side that sends it in drops does not hold us longer than one that sends nothing."""
    body = b""
    while piece := answer.read1(LONGEST_ANSWER):
        body += piece
        if len(body) > LONGEST_ANSWER or time.monotonic() > until:
            raise TimeoutError
    return body
