"""A mail as it comes over the wire, read into a value: whatever its charset, however broken, never refused."""

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser

LONGEST_WORDS = 20_000
_MOST_PARTS = 100
_GB = ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "euc-cn", "x-mswin-936", "hz")
_LISTS = ("list-id", "list-unsubscribe")
_BULK = ("bulk", "junk", "list", "auto_reply")
_MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notifications?)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f\ud800-\udfff]{1,64}@[A-Za-z0-9.-]{1,180}")
_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_CASE_NUMBER = re.compile(r"(?<!\d)(\d{8}-\d{4})(?!\d)")
_QUOTED = re.compile(
    r"^\s*(>|-{2,}\s*(原始邮件|original message|forwarded message|转发的邮件)|(发件人|from)\s*[:：]"
    r"|.{0,80}(写道|wrote)\s*[:：]\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail; its name is data only."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says.

    `key` is the same for the same mail however often and by whichever way it comes. `references`
    are the Message-IDs it answers. `automatic` says why nobody wrote it: auto_submitted, bounce,
    list, bulk, machine; "" when a person did. `is_broken`: it could be read only in part.
    """

    key: str
    message_id: str
    references: tuple[str, ...]
    sender_name: str
    sender: str
    subject: str
    words: str
    files: tuple[MailFile, ...]
    automatic: str
    is_broken: bool = False

    @property
    def fresh_words(self) -> str:
        """The words without what is quoted of an earlier mail."""
        return without_quotes(self.words)


def read_mail(raw: bytes) -> Mail:
    """The mail in these bytes. Never raises: what cannot be read is kept as far as it can."""
    try:
        return _read(raw)
    except (RecursionError, HeaderParseError, LookupError, ValueError, TypeError, AttributeError):
        words = _readable(decoded(raw[:LONGEST_WORDS], ""))
        return Mail(_digest(raw), "", (), "", "", "", words, (), "", is_broken=True)


def case_numbers_in(subject: str) -> tuple[str, ...]:
    """The case numbers that a subject names."""
    return tuple(dict.fromkeys(_CASE_NUMBER.findall(subject)))


def without_quotes(text: str) -> str:
    """The lines before the first one that quotes an earlier mail."""
    fresh: list[str] = []
    for line in text.splitlines():
        if _QUOTED.match(line):
            break
        fresh.append(line)
    return "\n".join(fresh).strip()


def decoded(content: bytes, charset: str) -> str:
    """The text in some charset. What Chinese programs call GB2312 is read as GB18030, which holds it."""
    named = charset.strip("\"' ").lower()
    for name in ("gb18030" if named in _GB else named, "utf-8", "gb18030"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, UnicodeError):
            continue
    return content.decode("gb18030", errors="replace")


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw)
    headers = {name.lower(): str(value) for name, value in reversed(list(message.raw_items()))}
    name, address = _sender(headers.get("from", ""))
    words, files = _content(message)
    ids = _ID.findall(headers.get("message-id", ""))
    answered = (headers.get("in-reply-to", ""), headers.get("references", ""))
    return Mail(
        key=_key(raw, headers),
        message_id=ids[0] if ids else "",
        references=tuple(dict.fromkeys(i for told in answered for i in _ID.findall(told)))[-20:],
        sender_name=name,
        sender=address,
        subject=_line(headers.get("subject", ""))[:200],
        words=words[:LONGEST_WORDS],
        files=files,
        automatic=_automatic(headers, message, address),
    )


def _key(raw: bytes, headers: dict[str, str]) -> str:
    """From what the sender wrote: relays on the way add headers of their own."""
    _head, _gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    told = "\n".join(headers.get(name, "") for name in ("message-id", "from", "date", "subject"))
    return _digest(told.encode(errors="surrogateescape") + b"\n" + body.rstrip())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _line(value: str) -> str:
    """A header as people read it: encoded words decoded, raw bytes guessed, on one line."""
    value = " ".join(value.split())
    if any("\udc80" <= sign <= "\udcff" for sign in value):
        value = decoded(value.encode("utf-8", "surrogateescape"), "")
    try:
        parts = decode_header(value)
    except HeaderParseError:
        return value
    told = [
        decoded(part, charset or "ascii") if isinstance(part, bytes) else part
        for part, charset in parts
    ]
    return "".join(sign for sign in " ".join("".join(told).split()) if sign.isprintable())


def _sender(value: str) -> tuple[str, str]:
    """Name and address; the name may be encoded, the address may be missing."""
    found = getaddresses([" ".join(value.split())])
    name, address = found[0] if found else ("", "")
    known = _ADDRESS.search(address) or _ADDRESS.search(value)
    return _line(name)[:60], known[0][:254] if known else ""


def _automatic(headers: dict[str, str], message: Message, address: str) -> str:
    """Why nobody is to be answered; looked at in the order of certainty."""
    submitted = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    suppressed = headers.get("x-auto-response-suppress", "").lower()
    if (
        submitted not in ("", "no")
        or "x-autoreply" in headers
        or suppressed in ("all", "autoreply")
    ):
        return "auto_submitted"
    if message.get_content_type() == "multipart/report" or headers.get("return-path") == "<>":
        return "bounce"
    if any(name in headers for name in _LISTS):
        return "list"
    if headers.get("precedence", "").strip().lower() in _BULK:
        return "bulk"
    return "machine" if _MACHINES.match(address) else ""


def _content(message: Message) -> tuple[str, tuple[MailFile, ...]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[MailFile] = []
    for part in _parts(message):
        name = _file_name(part)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            files.append(MailFile(name or "mail.eml", _inner(part)))
            continue
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        if name or not kind.startswith("text/"):
            files.append(MailFile(name, content))
        elif kind == "text/html":
            html.append(_text_of(decoded(content, _charset(part))))
        else:
            plain.append(decoded(content, _charset(part)))
    words = "\n".join(plain).strip() or "\n".join(html).strip()
    return _readable(words), tuple(file for file in files if file.content)


def _charset(part: Message) -> str:
    return str(part.get_param("charset") or "")


def _parts(message: Message) -> Iterator[Message]:
    """The leaves in order; a mail in a mail is one leaf."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(each for each in reversed(payload) if isinstance(each, Message))
        else:
            yield part


def _inner(part: Message) -> bytes:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner.as_bytes() if isinstance(inner, Message) else b""


def _file_name(part: Message) -> str:
    name = part.get_filename()
    if name:
        return _line(str(name))[-200:]
    is_attached = str(part.get("Content-Disposition", "")).lower().startswith("attachment")
    return "file" if is_attached else ""


def _readable(text: str) -> str:
    """Without signs that no text has; NUL is none that a database takes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in text if sign in "\n\t" or sign.isprintable() or sign == "\u3000")
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


class _Stripper(HTMLParser):
    """The words of a page, a line for each block."""

    _BREAKS = frozenset(("br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "blockquote"))
    _HIDDEN = frozenset(("script", "style", "head", "title"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self._HIDDEN
        if tag in self._BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self._HIDDEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _text_of(html: str) -> str:
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    lines = (" ".join(line.split()) for line in "".join(stripper.words).splitlines())
    return "\n".join(lines)
