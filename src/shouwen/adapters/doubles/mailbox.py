"""A mailbox on this machine that speaks IMAP's wire format and can be told to misbehave (RFC 3501)."""

import re
import socketserver
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from shouwen.adapters.doubles.sockets import LocalServer, listening, server_side

Behaviour = Literal["accept", "refuse", "drop_fetch", "drop_store"]
"""How one session goes: accept; refuse: NO to the sign-in; drop_fetch: hangs up in the middle of a
mail; drop_store: hangs up when a mail is to be marked as read, and does not mark it."""


@dataclass
class Lying:
    """One mail in the mailbox."""

    uid: int
    raw: bytes
    arrived: str
    flags: set[str] = field(default_factory=set)


@dataclass
class MailboxDouble:
    """The mails and how the next sessions go. Certificate and key allow STARTTLS."""

    user: str = "service"
    password: str = "secret"  # noqa: S105 - of a double
    behaviours: deque[Behaviour] = field(default_factory=deque)
    mails: list[Lying] = field(default_factory=list)
    validity: int = 1
    commands: list[str] = field(default_factory=list)
    certificate: Path | None = None
    key: Path | None = None
    port: int = 0

    def deliver(self, raw: bytes, *, at: datetime) -> Lying:
        """A mail comes in at `at` (aware)."""
        uid = max((mail.uid for mail in self.mails), default=0) + 1
        lying = Lying(uid, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), _arrived(at))
        self.mails.append(lying)
        return lying

    def next_behaviour(self) -> Behaviour:
        """How the session that begins now goes."""
        return self.behaviours.popleft() if self.behaviours else "accept"

    def context(self) -> ssl.SSLContext:
        """The server's side of STARTTLS."""
        return server_side(self.certificate, self.key)


@contextmanager
def running_mailbox(double: MailboxDouble, *, port: int = 0) -> Iterator[MailboxDouble]:
    """Listens on this machine until the block ends."""

    class Handler(_Session):
        mailbox = double

    server = LocalServer(("127.0.0.1", port), Handler)
    double.port = server.server_address[1]
    with listening(server):
        yield double


class _Session(socketserver.StreamRequestHandler):
    """One conversation, command by command."""

    mailbox: MailboxDouble

    def setup(self) -> None:
        super().setup()
        self.is_over = False
        self.behaviour = self.mailbox.next_behaviour()

    def handle(self) -> None:
        self._say("* OK double ready")
        while not self.is_over:
            line = self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")
            if not line:
                return
            tag, _, rest = line.partition(" ")
            self.mailbox.commands.append(rest)
            self._obey(tag, rest)

    def _obey(self, tag: str, rest: str) -> None:
        verb, _, words = rest.partition(" ")
        act = {
            "CAPABILITY": self._capability,
            "STARTTLS": self._starttls,
            "LOGIN": self._login,
            "SELECT": self._select,
            "UID": self._uid,
            "LOGOUT": self._logout,
            "NOOP": self._done,
        }.get(verb.upper())
        if act is None:
            self._say(f"{tag} BAD unknown")
        else:
            act(tag, words)

    def _capability(self, tag: str, _words: str) -> None:
        self._say(f"* CAPABILITY IMAP4rev1{' STARTTLS' if self.mailbox.certificate else ''}")
        self._say(f"{tag} OK done")

    def _starttls(self, tag: str, _words: str) -> None:
        self._say(f"{tag} OK begin")
        try:
            self.connection = self.mailbox.context().wrap_socket(self.connection, server_side=True)
        except OSError:  # the other side does not trust the certificate
            self.is_over = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def _login(self, tag: str, words: str) -> None:
        told = [word.strip('"') for word in words.split()]
        is_known = told == [self.mailbox.user, self.mailbox.password]
        good = is_known and self.behaviour != "refuse"
        self._say(f"{tag} {'OK welcome' if good else 'NO not now'}")

    def _select(self, tag: str, _words: str) -> None:
        self._say(f"* {len(self.mailbox.mails)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self.mailbox.validity}] valid")
        self._say(f"{tag} OK [READ-WRITE] selected")

    def _uid(self, tag: str, words: str) -> None:
        verb, _, rest = words.partition(" ")
        {"SEARCH": self._search, "FETCH": self._fetch, "STORE": self._store}[verb.upper()](
            tag, rest
        )

    def _search(self, tag: str, criteria: str) -> None:
        found = re.search(r"UID (\d+):\*", criteria)
        last = max((mail.uid for mail in self.mailbox.mails), default=0)
        uids = [
            mail.uid
            for mail in self.mailbox.mails
            if ("UNSEEN" in criteria and "\\Seen" not in mail.flags)
            or (found and (mail.uid >= int(found[1]) or mail.uid == last))
        ]
        self._say(f"* SEARCH {' '.join(map(str, uids))}".rstrip())
        self._say(f"{tag} OK done")

    def _fetch(self, tag: str, words: str) -> None:
        uid, _, what = words.partition(" ")
        mail = self._mail(uid)
        if mail is None:
            self._say(f"{tag} OK nothing")
            return
        place = self.mailbox.mails.index(mail) + 1
        if "BODY" not in what:
            self._say(f"* {place} FETCH (UID {uid} RFC822.SIZE {len(mail.raw)})")
            self._say(f"{tag} OK done")
            return
        raw = mail.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in what else mail.raw
        if "PEEK" not in what:
            mail.flags.add("\\Seen")
        head = f'* {place} FETCH (UID {uid} INTERNALDATE "{mail.arrived}" BODY[] {{{len(raw)}}}'
        self._say(head)
        if self.behaviour == "drop_fetch":
            self.wfile.write(raw[: len(raw) // 2])
            self.is_over = True
            return
        self.wfile.write(raw + b")\r\n")
        self._say(f"{tag} OK done")

    def _store(self, tag: str, words: str) -> None:
        if self.behaviour == "drop_store":
            self.is_over = True
            return
        uid, _, rest = words.partition(" ")
        mail = self._mail(uid)
        if mail and "+FLAGS" in rest:
            mail.flags |= set(re.findall(r"\\\w+", rest))
        self._say(f"{tag} OK done")

    def _mail(self, uid: str) -> Lying | None:
        return next((mail for mail in self.mailbox.mails if str(mail.uid) == uid), None)

    def _logout(self, tag: str, _words: str) -> None:
        self._say("* BYE")
        self._done(tag, "")
        self.is_over = True

    def _done(self, tag: str, _words: str) -> None:
        self._say(f"{tag} OK done")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _arrived(at: datetime) -> str:
    return f"{at.day:2d}-{_MONTHS[at.month - 1]}-{at:%Y %H:%M:%S %z}"
