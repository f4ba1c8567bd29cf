"""A mail server on this machine that keeps what it is given and can be told to misbehave."""

import socketserver
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from shouwen.adapters.doubles.sockets import LocalServer, listening, server_side

Behaviour = Literal["accept", "busy", "refuse", "hang", "drop"]
"""How one mail is taken: accept; busy: 451 to the recipient; refuse: 550; hang: never answers the
recipient; drop: takes the mail and hangs up without a word."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that was taken, with the addresses of its envelope."""

    sender: str
    to: str
    content: EmailMessage
    was_encrypted: bool


@dataclass
class MailServerDouble:
    """What was taken, and how the next mails are to be treated. Certificate and key allow STARTTLS."""

    behaviours: deque[Behaviour] = field(default_factory=deque)
    mails: list[Mail] = field(default_factory=list)
    certificate: Path | None = None
    key: Path | None = None
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def next_behaviour(self) -> Behaviour:
        """How to treat the mail that begins now."""
        return self.behaviours.popleft() if self.behaviours else "accept"

    def context(self) -> ssl.SSLContext:
        """The server's side of STARTTLS."""
        return server_side(self.certificate, self.key)


@contextmanager
def running_mail_server(double: MailServerDouble, *, port: int = 0) -> Iterator[MailServerDouble]:
    """Listens on this machine until the block ends."""
    server = LocalServer(("127.0.0.1", port), _handler(double))
    double.port = server.server_address[1]
    with listening(server, released=double.released):
        yield double


def _handler(double: MailServerDouble) -> type[socketserver.BaseRequestHandler]:
    class Handler(_Session):
        server_double = double

    return Handler


class _Session(socketserver.StreamRequestHandler):
    """One conversation, line by line (RFC 5321)."""

    server_double: MailServerDouble

    def setup(self) -> None:
        super().setup()
        self.is_encrypted = False
        self.is_over = False
        self.behaviour: Behaviour = "accept"
        self.sender = self.to = ""

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def handle(self) -> None:
        self._say("220 double ready")
        while not self.is_over:
            line = self.rfile.readline(2000).decode("ascii", "replace").strip()
            if not line:
                return
            self._obey(line)

    def _obey(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        act = {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "QUIT": self._quit,
        }.get(verb.upper())
        if act is None:
            self._say("250 fine" if verb.upper() in ("RSET", "NOOP", "HELO") else "502 unknown")
        else:
            act(rest)

    def _ehlo(self, rest: str) -> None:
        offers_tls = self.server_double.certificate and not self.is_encrypted
        for word in ("double", "8BITMIME", *(["STARTTLS"] if offers_tls else [])):
            self._say(f"250-{word}")
        self._say("250 SMTPUTF8")

    def _starttls(self, rest: str) -> None:
        self._say("220 go ahead")
        try:
            self.connection = self.server_double.context().wrap_socket(
                self.connection, server_side=True
            )
        except OSError:  # the other side does not trust the certificate
            self.is_over = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.is_encrypted = True

    def _mail(self, rest: str) -> None:
        self.behaviour = self.server_double.next_behaviour()
        self.sender = _address(rest)
        self._say("250 fine")

    def _rcpt(self, rest: str) -> None:
        self.to = _address(rest)
        if self.behaviour == "hang":
            self.server_double.released.wait(60)
            self.is_over = True
            return
        self._say({"busy": "451 later", "refuse": "550 nobody"}.get(self.behaviour, "250 fine"))

    def _data(self, rest: str) -> None:
        self._say("354 end with a dot")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        content = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server_double.mails.append(
            Mail(self.sender, self.to, content, was_encrypted=self.is_encrypted)
        )
        if self.behaviour == "drop":
            self.is_over = True
        else:
            self._say("250 taken")

    def _quit(self, rest: str) -> None:
        self._say("221 bye")
        self.is_over = True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
