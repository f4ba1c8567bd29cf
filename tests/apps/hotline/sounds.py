"""Recordings for tests: two channels that can be told apart."""

import uuid
import wave
from datetime import datetime
from pathlib import Path

from shouwen.adapters.telephony.recordings import sound_in
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.operations import add_recording, measure_recording
from tests.speaking import side, write_wav

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


def spoken(call: Call, folder: Path, *, now: datetime) -> Recording:
    """The call with a recording of its talk in which voices speak where its turns are; measured."""
    waited = (call.answered_at - call.rang_at).total_seconds() if call.answered_at else 0.0
    until = (call.ended_at - call.rang_at).total_seconds() if call.ended_at else 0.0
    sides = {
        speaker: [
            (turn["start"] - waited, turn["end"] - waited)
            for turn in call.turns
            if turn["speaker"] == speaker
        ]
        for speaker in ("customer", "agent")
    }
    file = write_wav(
        folder / f"{uuid.uuid4().hex}.wav",
        side(sides["customer"], length=until - waited, pitch=125, seed=1),
        side(sides["agent"], length=until - waited, pitch=210, level=-24, seed=2),
    )
    add_recording(call=call, file=file, sound=sound_in(file), now=now)
    recording = call.recordings.latest("added_at")
    measure_recording(recording_id=recording.pk, now=now)
    return recording
