"""A generic SMS gateway: signed JSON over HTTP or HTTPS, and the signature of the receipts it sends back.

Request  POST <url>, headers X-Timestamp (seconds since 1970, UTC), X-Signature, Idempotency-Key
         {"key", "to", "text", "language"}
Answer   200..299 {"id": "…"} taken; 408, 429 and 5xx come again later; any other refuses for good
Signature: hex of HMAC-SHA256 over `<timestamp>.<body>` with the key that both sides hold.
"""

import hashlib
import hmac
import http.client
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from shouwen.adapters.delivery import Accepted, NotNow, Outgoing, Refused
from shouwen.adapters.web_connection import connection_to

TIMEOUT_SECONDS = 5.0
REPLAY_WINDOW = timedelta(minutes=5)
LONGEST_ANSWER = 64 * 1024  # bytes
SHORTEST_KEY = 16  # bytes
_BUSY = frozenset({408, 429})


class BadGateway(ValueError):
    """The settings of the gateway cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """One gateway. Redirects are not followed; a host that is not in the list cannot be configured."""

    url: str
    key: bytes
    timeout: float = TIMEOUT_SECONDS
    certificates: Path | None = None

    def deliver(self, message: Outgoing, *, now: datetime) -> Accepted:
        """Offers the message. Raises NotNow, Refused."""
        body = json.dumps(
            {
                "key": message.key,
                "to": message.to,
                "text": message.body,
                "language": message.language,
            },
            ensure_ascii=False,
        ).encode()
        status, answer = self._post(body, key=message.key, now=now)
        if 200 <= status < 300:
            return Accepted(_provider_id(answer))
        if status in _BUSY or status >= 500:
            raise NotNow(f"HTTP {status}")
        raise Refused(f"HTTP {status}")

    def _post(self, body: bytes, *, key: str, now: datetime) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        timestamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Connection": "close",
            "X-Timestamp": timestamp,
            "X-Signature": signature(key=self.key, timestamp=timestamp, body=body),
            "Idempotency-Key": key,
        }
        connection = connection_to(self.url, timeout=self.timeout, certificates=self.certificates)
        try:
            connection.request("POST", parts.path or "/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise NotNow(f"{parts.hostname}: {type(error).__name__}") from error
        finally:
            connection.close()


def gateway(
    *, url: str, key: bytes, hosts: Collection[str], timeout: float = TIMEOUT_SECONDS
) -> SmsGateway:
    """The gateway at `url`, whose host must be exactly one of `hosts`. Raises BadGateway."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadGateway(f"{url!r}: 写成 https://主机/路径 / write it as https://host/path")
    if parts.hostname not in hosts:
        raise BadGateway(
            f"{parts.hostname}: 不在允许的主机之列，请加进 SHOUWEN_SMS_HOSTS"
            f" / not among the allowed hosts: add it to SHOUWEN_SMS_HOSTS"
        )
    return SmsGateway(url=url, key=checked_key(key), timeout=timeout)


def checked_key(key: bytes) -> bytes:
    """The key, if it is long enough to sign with. Raises BadGateway."""
    if len(key) < SHORTEST_KEY:
        raise BadGateway(
            f"SHOUWEN_SMS_KEY_FILE: 密钥至少 {SHORTEST_KEY} 字节"
            f" / the key needs at least {SHORTEST_KEY} bytes"
        )
    return key


def signature(*, key: bytes, timestamp: str, body: bytes) -> str:
    """The signature of a body sent at `timestamp`, as 64 hex digits."""
    return hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def is_signed(*, key: bytes, timestamp: str, body: bytes, given: str, now: datetime) -> bool:
    """Whether `given` is the signature of the body and `timestamp` within five minutes of `now`."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    expected = signature(key=key, timestamp=timestamp, body=body)
    if not hmac.compare_digest(expected.encode(), given.encode()):
        return False
    return abs(now.timestamp() - int(timestamp)) <= REPLAY_WINDOW.total_seconds()


def _provider_id(answer: bytes) -> str:
    """What the gateway calls the message; a gateway that answers in another way gives no name."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:100] if isinstance(found, dict) else ""
