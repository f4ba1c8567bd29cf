"""A billing system on this machine that speaks HTTP, answers as it is told, and remembers what it was asked."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import unquote

from shouwen.adapters.doubles.sockets import listening

Behaviour = Literal["answer", "hang", "drop", "busy", "nonsense", "drip", "redirect"]
"""How one request is answered; drip: a byte at a time, for ever."""


@dataclass
class BillingDouble:
    """Accounts by number. `behaviours` are used up one a request."""

    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: str = ""
    behaviours: deque[Behaviour] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    refused: int = 0
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def running_billing(double: BillingDouble) -> Iterator[BillingDouble]:
    """Listens on this machine until the block ends."""

    class Handler(_Request):
        billing = double

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    double.port = server.server_address[1]
    with listening(server, released=double.released):
        yield double


class _Request(BaseHTTPRequestHandler):
    billing: BillingDouble

    def do_GET(self) -> None:
        double = self.billing
        if double.key and self.headers.get("Authorization") != f"Bearer {double.key}":
            double.refused += 1
            self._answer(401, {})
            return
        account_no = unquote(self.path.rpartition("/")[2])
        double.asked.append(account_no)
        behaviour = double.behaviours.popleft() if double.behaviours else "answer"
        if behaviour == "hang":
            double.released.wait(60)
        elif behaviour == "drip":
            self._drip()
        elif behaviour == "answer":
            found = double.accounts.get(account_no)
            self._answer(404 if found is None else 200, found or {})
        elif behaviour != "drop":
            status = {"busy": 503, "redirect": 302}.get(behaviour, 200)
            self._answer(status, {"balance": "much"} if behaviour == "nonsense" else {})

    def _answer(self, status: int, fields: object) -> None:
        body = json.dumps(fields).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10000")
        self.end_headers()
        try:
            while not self.billing.released.is_set():
                self.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: account numbers do not belong in logs."""
