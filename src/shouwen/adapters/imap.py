"""A mailbox over IMAP: `imaps://`, or `imap://` with `?starttls=1`. Reading changes nothing; only `acknowledge` does."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT_SECONDS = 10.0
LARGEST_BYTES = 15 * 1024 * 1024
_PORTS = {"imap": 143, "imaps": 993}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]+)"')
_ERRORS = (OSError, imaplib.IMAP4.error, UnicodeError, ValueError)


class BadMailbox(ValueError):
    """The address of the mailbox cannot be used; the message says why."""


class MailboxAway(Exception):
    """The mailbox cannot be read now. The message names no person."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as it lies in the mailbox. `raw` is its head alone when it is too large (`is_cut`)."""

    uid: int
    raw: bytes
    arrived_at: datetime | None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One folder of one account. Certificates are always checked."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    is_tls: bool = True
    starttls: bool = False
    certificates: Path | None = None
    timeout: float = TIMEOUT_SECONDS

    @property
    def name(self) -> str:
        """What the mailbox is called in our own rows."""
        return f"{self.user}@{self.host}/{self.folder}"[:120]

    @contextmanager
    def opened(self) -> Iterator["Session"]:
        """A session until the block ends. Raises MailboxAway."""
        try:
            connection = self._connect()
        except _ERRORS as error:
            raise MailboxAway(f"{self.host}: {type(error).__name__}") from error
        try:
            yield Session(connection, self._select(connection))
        finally:
            with suppress(*_ERRORS):
                connection.logout()
            with suppress(*_ERRORS):
                connection.shutdown()

    def _connect(self) -> imaplib.IMAP4:
        context = ssl.create_default_context(cafile=self.certificates)
        if self.is_tls:
            connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=context, timeout=self.timeout
            )
        else:
            connection = imaplib.IMAP4(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                connection.starttls(ssl_context=context)
            connection.login(self.user, self.password)
        except _ERRORS:
            connection.shutdown()
            raise
        return connection

    def _select(self, connection: imaplib.IMAP4) -> int:
        """The validity of the folder's numbers: with another one they count anew."""
        try:
            status, _ = connection.select(f'"{self.folder}"')
            _, told = connection.response("UIDVALIDITY")
            if status != "OK":
                raise MailboxAway(f"{self.host}: SELECT {status}")
            return int(told[0] or 0) if told and told[0] else 0
        except _ERRORS as error:
            raise MailboxAway(f"{self.host}: {type(error).__name__}") from error


@dataclass(frozen=True, slots=True)
class Session:
    """An open folder. `validity`: with another one its numbers mean other mails."""

    connection: imaplib.IMAP4
    validity: int

    def waiting(self, *, after: int | None) -> list[int]:
        """The numbers of mails that nobody has read, and of all that came after number `after`.

        With the latter a mail that somebody opened in a mail program is not lost. Raises MailboxAway.
        """
        found = set(self._search("UNSEEN"))
        if after is not None:
            # `*` is the last mail whatever its number: an empty range still names one.
            found |= {uid for uid in self._search("UID", f"{after + 1}:*") if uid > after}
        return sorted(found)

    def _search(self, *criteria: str) -> list[int]:
        status, told = self._asked("SEARCH", *criteria)
        if status != "OK":
            raise MailboxAway(f"SEARCH {status}")
        return [int(word) for part in told if isinstance(part, bytes) for word in part.split()]

    def fetch(self, uid: int) -> Fetched | None:
        """One mail, left unread; None when it is gone. Raises MailboxAway."""
        _, told = self._asked("FETCH", str(uid), "(RFC822.SIZE)")
        size = _SIZE.search(_flat(told))
        is_cut = size is not None and int(size[1]) > LARGEST_BYTES
        part = "BODY.PEEK[HEADER]" if is_cut else "BODY.PEEK[]"
        status, told = self._asked("FETCH", str(uid), f"(INTERNALDATE {part})")
        literal = next((each for each in told if isinstance(each, tuple)), None)
        if status != "OK" or literal is None:
            return None
        return Fetched(uid, literal[1], _moment(_ARRIVED.search(_flat(told))), is_cut)

    def acknowledge(self, uid: int) -> None:
        """Marks a mail as read: it is safe with us. Raises MailboxAway."""
        self._asked("STORE", str(uid), "+FLAGS", "(\\Seen)")

    def _asked(
        self, command: str, *words: str
    ) -> tuple[str, Sequence[bytes | tuple[bytes, bytes]]]:
        try:
            status, told = self.connection.uid(command, *words)
        except _ERRORS as error:
            raise MailboxAway(f"{command}: {type(error).__name__}") from error
        return status, [each for each in told if each]


def mailbox(*, url: str, password: str = "") -> Mailbox:
    """The mailbox at `imap[s]://user[:password]@host[:port][/folder][?starttls=1&ca=FILE]`. Raises BadMailbox.

    `password` stands for the one in the address, which other users of the machine might see.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
        raise BadMailbox(
            "SHOUWEN_IMAP_URL: 写成 imaps://用户@主机/INBOX / write it as imaps://user@host/INBOX"
        )
    asked = parse_qs(parts.query)
    certificates = asked.get("ca", [""])[0]
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if '"' in folder or not folder.isprintable():
        raise BadMailbox("SHOUWEN_IMAP_URL: 信箱名有误 / the folder cannot have that name")
    return Mailbox(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        password=password or unquote(parts.password or ""),
        folder=folder,
        is_tls=parts.scheme == "imaps",
        starttls=asked.get("starttls", ["0"])[0] == "1",
        certificates=Path(certificates) if certificates else None,
    )


def _flat(told: Sequence[bytes | tuple[bytes, bytes]]) -> bytes:
    """The answer without its literals."""
    return b" ".join(each[0] if isinstance(each, tuple) else each for each in told)


def _moment(found: re.Match[bytes] | None) -> datetime | None:
    if found is None:
        return None
    try:
        told = datetime.strptime(found[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None
    return told.astimezone(UTC)
