"""Recordings for tests: two channels that can be told apart."""

import uuid
import wave
from datetime import datetime
from pathlib import Path

from shouwen.adapters.telephony.recordings import sound_in
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.operations import add_recording

RATE, SECONDS = 8000, 2
LEFT, RIGHT = b"\x01\x02", b"\x0a\x0b"


def wav(path: Path, *, channels: int = 2, seconds: float = SECONDS) -> Path:
    """A file in which every sample of the left is LEFT, and of the right RIGHT."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((LEFT + (RIGHT if channels == 2 else b"")) * int(RATE * seconds))
    return path


def recorded(call: Call, folder: Path, *, now: datetime, channels: int = 2) -> Recording:
    """The call with a recording, as the import leaves it."""
    file = wav(folder / f"{uuid.uuid4().hex}.wav", channels=channels)
    add_recording(call=call, file=file, sound=sound_in(file), now=now)
    return Recording.objects.latest("added_at", "id")
