"""A gateway on this machine that checks every signature, remembers what it was offered, and sends receipts."""

import http.client
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import urlsplit

from shouwen.adapters.doubles.sockets import listening
from shouwen.adapters.sms import is_signed, signature

Behaviour = Literal["accept", "busy", "refuse", "hang", "drop", "twice", "redirect", "nonsense"]
"""How one request is answered: accept; busy: 503; refuse: 422; hang: longer than anybody waits;
drop: takes it and hangs up without a word; twice: the answer comes twice; redirect: sends elsewhere;
nonsense: accepts in a format nobody knows."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One request that was signed well."""

    key: str
    body: bytes
    behaviour: Behaviour

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON of the request."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class GatewayDouble:
    """What the gateway was offered and how it is to behave. `behaviours` are used up one a request."""

    key: bytes
    clock: Callable[[], datetime]
    behaviours: deque[Behaviour] = field(default_factory=deque)
    offered: list[Offered] = field(default_factory=list)
    unsigned: int = 0
    delay: float = 0.0
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/v1/messages"

    def take(self, *, key: str, body: bytes) -> Behaviour:
        """Remembers a request and says how to answer it."""
        with self._lock:
            behaviour = self.behaviours.popleft() if self.behaviours else "accept"
            self.offered.append(Offered(key, body, behaviour))
        return behaviour

    def taken(self) -> dict[str, set[bytes]]:
        """For each key the different contents it came with: more than one is a fault of the sender."""
        found: dict[str, set[bytes]] = {}
        for each in list(self.offered):
            found.setdefault(each.key, set()).add(each.body)
        return found

    def send_receipts(
        self,
        url: str,
        receipts: Iterable[dict[str, Any]],
        *,
        times: int = 1,
        at: datetime | None = None,
        key: bytes | None = None,
    ) -> list[int]:
        """Posts signed receipts `times` over, in the order given; returns the answers' status codes.

        `at` signs for another time than now, `key` with another key: both should be refused.
        """
        body = json.dumps({"receipts": list(receipts)}, ensure_ascii=False).encode()
        timestamp = str(int((at or self.clock()).timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": timestamp,
            "X-Signature": signature(key=key or self.key, timestamp=timestamp, body=body),
        }
        return [_posted(url, body, headers) for _ in range(times)]


@contextmanager
def running_gateway(double: GatewayDouble, *, port: int = 0) -> Iterator[GatewayDouble]:
    """Listens on this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(double))
    server.daemon_threads = True
    double.port = server.server_address[1]
    with listening(server, released=double.released):
        yield double


def _handler(double: GatewayDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(_Request):
        gateway = double

    return Handler


class _Request(BaseHTTPRequestHandler):
    """One request, answered as the double was told."""

    gateway: GatewayDouble

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = self.headers.get("Idempotency-Key", "")
        if not self._is_ours(body) or json.loads(body).get("key") != key:
            self.gateway.unsigned += 1
            self._answer(401, {})
            return
        behaviour = self.gateway.take(key=key, body=body)
        time.sleep(self.gateway.delay)
        if behaviour == "hang":
            self.gateway.released.wait(60)
        elif behaviour != "drop":
            self._answer_as(behaviour, key)

    def _is_ours(self, body: bytes) -> bool:
        return is_signed(
            key=self.gateway.key,
            timestamp=self.headers.get("X-Timestamp", ""),
            body=body,
            given=self.headers.get("X-Signature", ""),
            now=self.gateway.clock(),
        )

    def _answer_as(self, behaviour: Behaviour, key: str) -> None:
        status, fields = {
            "busy": (503, {}),
            "refuse": (422, {"error": "no such number"}),
            "redirect": (302, {}),
            "nonsense": (200, ["thank you"]),
        }.get(behaviour, (200, {"id": f"gw-{key}"}))
        for _ in range(2 if behaviour == "twice" else 1):
            self._answer(status, fields)

    def _answer(self, status: int, fields: object) -> None:
        body = json.dumps(fields).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: numbers do not belong in logs."""


def _posted(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("POST", parts.path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
