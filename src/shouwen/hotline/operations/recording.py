"""Recordings: kept under names of our own, removed when their time is over."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.adapters.telephony.recordings import RecordingStore, Sound
from shouwen.cases.operations import part_of
from shouwen.core.events import Subject
from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.operations.hearing import call_uuid, hear
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record

FORGOTTEN_AT_ONCE = 200
MEASURE = "hotline.measure_recording"
"""Kind of the job that listens to a recording."""
MEASURED_AFTER = timedelta(seconds=30)
"""The call is judged by its events first, once late ones had their time."""


def store() -> RecordingStore:
    """Where this installation keeps its recordings."""
    return RecordingStore(Path(settings.SHOUWEN_RECORDINGS_DIR))


def recording_id(*, call_id: uuid.UUID, sha256: str) -> uuid.UUID:
    """The same sound of the same call is the same recording."""
    return uuid.uuid5(call_id, f"recording:{sha256}")


def add_recording(*, call: Call, file: Path, sound: Sound, now: datetime) -> bool:
    """Copies a checked file in and puts it to its call; False when it was there. Raises OSError.

    It is kept for SHOUWEN_RECORDINGS_DAYS from the day of the call.
    """
    pk = recording_id(call_id=call.pk, sha256=sound.sha256)
    if Recording.objects.filter(pk=pk).exists():
        return False
    path = store().keep(file, name=pk.hex)
    day = call.rang_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    at = call.ended_at or call.last_heard_at or call.rang_at
    name = call.call_id.removeprefix(f"{call.source}:")
    with transaction.atomic():
        _, is_new = Recording.objects.get_or_create(
            id=pk,
            defaults={
                "call": call,
                "path": path,
                "channels": sound.channels,
                "seconds": sound.seconds,
                "bytes": sound.bytes,
                "sha256": sound.sha256,
                "added_at": now,
                "kept_until": day + timedelta(days=settings.SHOUWEN_RECORDINGS_DAYS),
            },
        )
        if call.pk == call_uuid(source=call.source, name=name):
            told = LineEvent(
                id=f"recorded:{pk.hex}", call=name, type="recorded", at=at, media=pk.hex
            )
            hear(events=[told], source=call.source, now=now)
        else:  # a call that came whole from a file: no exchange tells of it
            _note_there(pk, call, at=at, now=now)
        enqueue(
            kind=MEASURE,
            key=f"{MEASURE}:{pk}",
            payload={"recording": str(pk)},
            run_at=now + MEASURED_AFTER,
            now=now,
            priority=5,
        )
    return is_new


def _note_there(pk: uuid.UUID, call: Call, *, at: datetime, now: datetime) -> None:
    record(
        id=part_of(pk, "there"),
        kind="call.recording_there",
        subject=Subject("call", call.pk),
        happened_at=at,
        now=now,
        source=call.source,
    )


def forget_recordings(*, now: datetime) -> int:
    """Removes the files whose time is over; how many. That there was one stays on record."""
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    due = Recording.objects.filter(removed_at=None, kept_until__lt=today).order_by("kept_until")
    gone = list(due[:FORGOTTEN_AT_ONCE])
    for recording in gone:
        store().discard(recording.path)
        with transaction.atomic():
            recording.removed_at = now
            recording.save(update_fields=["removed_at"])
            record(
                id=part_of(recording.pk, "removed"),
                kind="call.recording_removed",
                subject=Subject("call", recording.call_id),
                happened_at=now,
                now=now,
            )
    return len(gone)
