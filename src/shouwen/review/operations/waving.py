"""The outlines of recordings: computed once from the file, then kept."""

from array import array
from collections.abc import Iterable
from datetime import datetime

from shouwen.adapters.telephony.tracks import HEADER, NoSound, Track, track
from shouwen.core.waveform import peaks
from shouwen.hotline.models import Recording
from shouwen.hotline.operations.recording import store
from shouwen.review.models import Waveform

_TYPES = {2: "h", 4: "i"}


def waveforms_of(*, recordings: Iterable[Recording], now: datetime) -> None:
    """Computes the outlines that are missing, of files that are there; those of an odd width have none."""
    known = set(
        Waveform.objects.filter(recording__in=recordings).values_list("recording_id", flat=True)
    )
    for each in recordings:
        if each.pk not in known and each.removed_at is None:
            levels = _levels(each)
            if levels:
                Waveform.objects.get_or_create(
                    recording=each, defaults={"levels": levels, "made_at": now}
                )


def _levels(recording: Recording) -> list[list[int]]:
    try:
        sound = track(store().path(recording.path))
        samples = _samples(sound)
    except (NoSound, OSError):
        return []
    channels = sound.channels
    full = 2 ** (8 * sound.width - 1) - 1
    return [list(peaks(samples[place::channels], full=full)) for place in range(channels)]


def _samples(sound: Track) -> "array[int]":
    if sound.width not in _TYPES:
        raise NoSound(sound.path.name)
    samples = array(_TYPES[sound.width])
    samples.frombytes(sound.read(HEADER, sound.size))
    return samples
