"""Mail over SMTP: `smtp://` (with `?starttls=1`) or `smtps://`, each step with a time limit."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from shouwen.adapters.delivery import Accepted, NotNow, Outgoing, Refused

TIMEOUT_SECONDS = 5.0
_HEADERS = HeaderRegistry()
# As plain text a long one would be folded into encoded words, and no mail program would know it again.
for _name in ("in-reply-to", "references"):
    # The type stub asks for the base that the registry itself adds.
    _HEADERS.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]
_POLICY = SMTP.clone(header_factory=_HEADERS)
_PORTS = {"smtp": 25, "smtps": 465}


class BadMailServer(ValueError):
    """The address of the mail server cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """One server and the address we write from. Certificates are always checked."""

    host: str
    port: int
    sender: str
    is_tls: bool = False
    starttls: bool = False
    user: str = ""
    password: str = ""
    certificates: Path | None = None
    timeout: float = TIMEOUT_SECONDS

    def deliver(self, message: Outgoing, *, now: datetime) -> Accepted:
        """Hands the mail over. Its Message-ID follows from the key. Raises NotNow, Refused."""
        mail = self._mail(message, now=now)
        try:
            with closing_politely(self._session()) as session:
                self._greet(session)
                session.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise _worded(error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotNow(f"{self.host}: {type(error).__name__}") from error
        return Accepted(mail["Message-ID"])

    def _mail(self, message: Outgoing, *, now: datetime) -> EmailMessage:
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = self.sender
        mail["To"] = message.to
        mail["Subject"] = message.title
        mail["Date"] = format_datetime(message.asked_at)
        mail["Message-ID"] = message_id(message.key, sender=self.sender)
        mail["Content-Language"] = message.language
        if message.answers:
            mail["In-Reply-To"] = mail["References"] = message.answers
        if not message.is_written:
            mail["Auto-Submitted"] = "auto-replied" if message.answers else "auto-generated"
        mail.set_content(message.body)
        return mail

    def _session(self) -> smtplib.SMTP:
        if self.is_tls:
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=self._context()
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _greet(self, session: smtplib.SMTP) -> None:
        if self.starttls:
            session.starttls(context=self._context())
        if self.user:
            session.login(self.user, self.password)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificates)


@contextmanager
def closing_politely(session: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """Says goodbye at the end; what goes wrong with that changes nothing about the mail."""
    try:
        yield session
    finally:
        with suppress(OSError, smtplib.SMTPException):
            session.quit()
        session.close()


def mail_server(*, url: str, sender: str, password: str = "") -> MailServer:
    """The server at `smtp[s]://[user[:password]@]host[:port][?starttls=1&ca=FILE]`. Raises BadMailServer.

    `password` stands for the one in the address, which other users of the machine might see.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadMailServer(
            "SHOUWEN_SMTP_URL: 写成 smtp://主机:端口?starttls=1 / write it as smtp://host:port?starttls=1"
        )
    if "@" not in sender:
        raise BadMailServer(
            f"SHOUWEN_MAIL_FROM={sender!r}: 写发件地址 / give the address we write from"
        )
    asked = parse_qs(parts.query)
    certificates = asked.get("ca", [""])[0]
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        sender=sender,
        is_tls=parts.scheme == "smtps",
        starttls=asked.get("starttls", ["0"])[0] == "1",
        user=unquote(parts.username or ""),
        password=password or unquote(parts.password or ""),
        certificates=Path(certificates) if certificates else None,
    )


def message_id(key: str, *, sender: str) -> str:
    """The same for every attempt at the same message, so that a mail program shows it once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def _worded(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException,
) -> NotNow | Refused:
    """4xx means later, 5xx never. What the server says may name the address: only the number is kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
    else:
        code = error.smtp_code
    return Refused(f"SMTP {code}") if 500 <= code < 600 else NotNow(f"SMTP {code}")
