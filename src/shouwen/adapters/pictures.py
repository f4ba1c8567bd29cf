"""Pictures made anew from what was sent: only pixels survive, nothing else that a file may carry."""

import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
_LONGEST: Final = 2560
_FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """The file is no picture of a known kind, broken, or too large."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG that we made, and where the camera said it was; "" when it said nothing."""

    content: bytes
    width: int
    height: int
    gps: str


def remade(content: bytes) -> Picture:
    """Decodes and encodes anew, upright, at most 2560 pixels long. Raises NotAPicture."""
    if len(content) > MOST_BYTES:
        raise NotAPicture("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as sent:
                if sent.width * sent.height > MOST_PIXELS:
                    raise NotAPicture("too_many_pixels")
                gps = _gps(sent)
                upright = ImageOps.exif_transpose(sent).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("not_a_picture") from error
    upright.thumbnail((_LONGEST, _LONGEST))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85)
    return Picture(out.getvalue(), clean.width, clean.height, gps)


def _gps(sent: Image.Image) -> str:
    """Degrees north and east, as the camera wrote them; "" where there is nothing that can be read."""
    try:
        found: dict[int, Any] = sent.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        north = _degrees(found[2], str(found.get(1, "N")) == "S")
        east = _degrees(found[4], str(found.get(3, "E")) == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    return f"{north:.6f},{east:.6f}"


def _degrees(parts: Any, is_negative: bool) -> float:  # noqa: FBT001 - the sign of one number
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if is_negative else value
