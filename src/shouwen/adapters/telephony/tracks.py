"""A recording as it is heard: both sides, or one of the two channels, as one wav stream that can be read in parts."""

import wave
from dataclasses import dataclass
from pathlib import Path
from struct import pack
from typing import Literal

Side = Literal["both", "left", "right"]
SIDES: tuple[Side, ...] = ("both", "left", "right")
HEADER = 44  # bytes before the sound


class NoSound(Exception):
    """The file is not there, or is no wav file any more."""


@dataclass(frozen=True, slots=True)
class Track:
    """The sound of a file, of which one channel is taken out where `side` names one.

    A file of one channel has no sides: it is heard as it is.
    """

    path: Path
    side: Side
    channels: int
    width: int
    rate: int
    frames: int

    @property
    def heard_channels(self) -> int:
        """How many channels the stream has."""
        return 1 if self._takes_one else self.channels

    @property
    def size(self) -> int:
        """Bytes of the whole stream."""
        return HEADER + self.frames * self._frame

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`. Raises NoSound."""
        head = self._header()[start:end]
        first = max(0, start - HEADER) // self._frame
        last = -(-max(0, end - HEADER) // self._frame)
        sound = self._sound(first, last)
        skip = max(0, start - HEADER) - first * self._frame
        return (head + sound[skip:])[: end - start]

    @property
    def _takes_one(self) -> bool:
        return self.side != "both" and self.channels == 2

    @property
    def _frame(self) -> int:
        return self.width * self.heard_channels

    def _header(self) -> bytes:
        length = self.frames * self._frame
        layout = ("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", 16, 1)
        shape = (self.heard_channels, self.rate, self.rate * self._frame, self._frame)
        return pack(*layout, *shape, 8 * self.width, b"data", length)

    def _sound(self, first: int, last: int) -> bytes:
        if last <= first:
            return b""
        try:
            with wave.open(str(self.path), "rb") as file:
                file.setpos(first)
                frames = file.readframes(last - first)
        except (OSError, EOFError, wave.Error) as error:
            raise NoSound(self.path.name) from error
        return self._one_of(frames) if self._takes_one else frames

    def _one_of(self, frames: bytes) -> bytes:
        width, step = self.width, self.width * self.channels
        offset = 0 if self.side == "left" else width
        taken = bytearray(len(frames) // self.channels)
        for place in range(width):
            taken[place::width] = frames[offset + place :: step]
        return bytes(taken)


def track(path: Path, *, side: Side = "both") -> Track:
    """The sound in a file. Raises NoSound."""
    try:
        with wave.open(str(path), "rb") as file:
            return Track(
                path, side, file.getnchannels(), file.getsampwidth(), file.getframerate(),
                file.getnframes(),
            )  # fmt: skip
    except (OSError, EOFError, wave.Error) as error:
        raise NoSound(path.name) from error
