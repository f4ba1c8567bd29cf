"""Listening to a recording: each opening is written down, and without one nothing is heard."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.adapters.telephony.tracks import NoSound, Side, Track, track
from shouwen.core.events import Subject
from shouwen.hotline.models import Recording
from shouwen.hotline.operations.recording import store
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff

PLAYED, DOWNLOADED = "call.recording_played", "call.recording_downloaded"
OPEN_FOR = timedelta(hours=4)
"""So long an opened recording can be heard again before it must be opened anew."""


class Gone(Exception):
    """The recording was removed at its time, or its file is missing."""


@transaction.atomic
def open_recording(
    *, act_id: uuid.UUID, recording: Recording, by: Staff, now: datetime, workstation: str
) -> uuid.UUID:
    """Notes that somebody listens; the id of the opening, under which the sound is had. Raises Gone."""
    heard(recording)
    if entry_with_id(id=act_id) is None:
        _note(act_id, PLAYED, recording, by=by, now=now, workstation=workstation)
    return act_id


@transaction.atomic
def take_file(
    *, act_id: uuid.UUID, recording: Recording, by: Staff, now: datetime, workstation: str
) -> Track:
    """Notes that somebody takes the file away, and gives it. Raises Gone."""
    whole = heard(recording)
    if entry_with_id(id=act_id) is None:
        _note(act_id, DOWNLOADED, recording, by=by, now=now, workstation=workstation)
    return whole


def is_open(*, opening: uuid.UUID, recording: Recording, by: Staff, now: datetime) -> bool:
    """Whether this person has opened this recording lately, under this id."""
    entry = entry_with_id(id=opening)
    return (
        entry is not None
        and entry.kind == PLAYED
        and entry.actor == by.staff_no
        and entry.data.get("recording") == str(recording.pk)
        and now - entry.happened_at < OPEN_FOR
    )


def heard(recording: Recording, *, side: Side = "both") -> Track:
    """The sound of a recording. Raises Gone."""
    if recording.removed_at is not None:
        raise Gone
    try:
        return track(store().path(recording.path), side=side)
    except (NoSound, FileNotFoundError) as error:
        raise Gone from error


def _note(
    act_id: uuid.UUID,
    kind: str,
    recording: Recording,
    *,
    by: Staff,
    now: datetime,
    workstation: str,
) -> None:
    record(
        id=act_id,
        kind=kind,
        subject=Subject("call", recording.call_id),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        workstation=workstation,
        data={"recording": str(recording.pk)},
    )
