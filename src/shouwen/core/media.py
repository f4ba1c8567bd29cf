"""What a file is, by its content: the few kinds that a case may carry. Names are not looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file: its media type and the suffix that goes with it."""

    type: str
    suffix: str


JPEG = Media("image/jpeg", ".jpg")
PNG = Media("image/png", ".png")
WEBP = Media("image/webp", ".webp")
PDF = Media("application/pdf", ".pdf")
WAV = Media("audio/wav", ".wav")
MP3 = Media("audio/mpeg", ".mp3")
TXT = Media("text/plain", ".txt")
ALLOWED = (JPEG, PNG, WEBP, PDF, WAV, MP3, TXT)

_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "<iframe", "#!")
_PLAIN_CONTROLS = frozenset("\t\n\r\f")


def sniff(content: bytes) -> Media | None:
    """The kind of the content; None for anything that is not on the list, and for nothing at all."""
    for media, is_it in (
        (JPEG, content.startswith(b"\xff\xd8\xff")),
        (PNG, content.startswith(b"\x89PNG\r\n\x1a\n")),
        (WEBP, content[:4] == b"RIFF" and content[8:12] == b"WEBP"),
        (WAV, content[:4] == b"RIFF" and content[8:12] == b"WAVE"),
        (PDF, content.startswith(b"%PDF-")),
        (MP3, _is_mp3(content)),
        (TXT, _is_text(content)),
    ):
        if is_it:
            return media
    return None


def _is_mp3(content: bytes) -> bool:
    """A tag, or the header of a frame: MPEG 1 or 2, layer III, a bit rate and a sampling rate."""
    if content.startswith(b"ID3"):
        return len(content) > 10
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return False
    version, layer = content[1] >> 3 & 3, content[1] >> 1 & 3
    bit_rate, sampling = content[2] >> 4, content[2] >> 2 & 3
    return version != 1 and layer == 1 and 0 < bit_rate < 15 and sampling != 3


def _is_text(content: bytes) -> bool:
    """UTF-8 that a person would read: no controls, nothing that a browser or a shell would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if not text.strip() or any(sign < " " and sign not in _PLAIN_CONTROLS for sign in text):
        return False
    return "\x7f" not in text and not text.lstrip().lower().startswith(_MARKUP)
