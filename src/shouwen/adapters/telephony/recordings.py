"""Sound files of calls: what is in them, and where they are kept."""

import hashlib
import os
import re
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 512 * 2**20
LONGEST_SECONDS = 6 * 3600
RATES = range(8000, 48001)
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.wav", re.ASCII)
_PIECE = 2**20


class BadRecording(ValueError):
    """The file is no recording that can be kept; the text says why and what to do, in both languages."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is in a sound file. `seconds` of sound, not of the call: silence may be left out."""

    channels: int
    seconds: float
    bytes: int
    sha256: str


def sound_in(path: Path) -> Sound:
    """What is in a wav file, which is read to its end. Raises BadRecording."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadRecording(
            f"超过 {MOST_BYTES // 2**20} MB，分段或降到 8 kHz / larger than {MOST_BYTES // 2**20} MB: split it or use 8 kHz"
        )
    try:
        with wave.open(str(path), "rb") as file:
            channels, rate, frames = file.getnchannels(), file.getframerate(), file.getnframes()
            width = file.getsampwidth()
    except (wave.Error, EOFError, OSError) as error:
        raise BadRecording(
            f"不是 PCM 的 wav（{error}），用 sox 或 ffmpeg 转成 8 kHz 16 位 PCM"
            f" / no PCM wav ({error}): convert it to 8 kHz 16 bit PCM with sox or ffmpeg"
        ) from None
    seconds = frames / rate if rate else 0
    if channels not in (1, 2) or rate not in RATES or not 0 < seconds <= LONGEST_SECONDS:
        raise BadRecording(
            f"{channels} 声道、{rate} Hz、{seconds:.0f} 秒不能用；要 1 或 2 声道、8–48 kHz、不超过 6 小时"
            f" / {channels} channels, {rate} Hz, {seconds:.0f} s: 1 or 2 channels, 8–48 kHz, 6 hours at most"
        )
    if size < frames * channels * width:
        raise BadRecording("文件不完整，重新导出 / the file is cut short: export it again")
    return Sound(channels, round(seconds, 3), size, _digest(path))


@dataclass(frozen=True, slots=True)
class RecordingStore:
    """A folder of recordings, in sub-folders by the first two signs of their names. Readable by us only."""

    folder: Path

    def keep(self, source: Path, *, name: str) -> str:
        """Copies a file in under 32 hex digits, whole or not at all; its path here. Raises OSError."""
        place = f"{name[:2]}/{name}.wav"
        target = self._path(place)
        if target.exists():
            return place
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}")
        with (
            source.open("rb") as found,
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            while piece := found.read(_PIECE):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        return place

    def open(self, place: str) -> BinaryIO:
        """The file for reading. Raises FileNotFoundError, also for a path that was not made here."""
        return self._path(place).open("rb")

    def path(self, place: str) -> Path:
        """Where the file lies. Raises FileNotFoundError for a path that was not made here."""
        return self._path(place)

    def size(self, place: str) -> int | None:
        """How large the file is; None when it is not there."""
        try:
            return self._path(place).stat().st_size
        except FileNotFoundError:
            return None

    def discard(self, place: str) -> None:
        """Removes the file if it is there."""
        self._path(place).unlink(missing_ok=True)

    def _path(self, place: str) -> Path:
        if not _NAME.fullmatch(place):
            raise FileNotFoundError(place)
        return self.folder / place


def recording_named(folder: Path, name: str) -> Path | None:
    """The file of that name in the folder itself; None when there is none. No way leads out of it."""
    if not name or "/" in name or "\\" in name or "\0" in name or name.startswith("."):
        return None
    path = folder / name
    return path if path.is_file() and not path.is_symlink() else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
