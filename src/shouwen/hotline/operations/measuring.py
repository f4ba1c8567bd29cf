"""Measuring recordings: after one arrived it is listened to, and the call is judged by what was heard."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.adapters.sound.extras import ExtraMissing, needed
from shouwen.adapters.telephony.recordings import BadRecording
from shouwen.cases.operations import part_of
from shouwen.clocks.operations.rejudging import alone_with
from shouwen.core.audio.norm import NoNormYet, Norm, norm_of
from shouwen.core.audio.placing import begins_after
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, SideMeasures
from shouwen.core.clause import Words
from shouwen.core.events import Subject
from shouwen.hotline.models import Call, Recording, RecordingSound
from shouwen.hotline.operations.judging import judge_events, judge_voice
from shouwen.hotline.operations.recording import MEASURE, store
from shouwen.hotline.operations.ruling import CALL
from shouwen.hotline.queries import readable_listening
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record

ASKED_AT_ONCE = 200
_NORM_OF_AT_MOST = 200
_GONE = Words(zh="未评估：录音文件不在了", en="not evaluated: the recording's file is gone")


def measure_recording(*, recording_id: uuid.UUID, now: datetime) -> bool:
    """Listens to a recording and judges its call by it; False where nothing could be measured.

    Listening takes its time and is done before the transaction. Done again it measures anew.
    """
    recording = Recording.objects.select_related("call__staff").get(pk=recording_id)
    listening = readable_listening()
    heard = _listened(recording, listening)
    with transaction.atomic():
        alone_with(Subject(CALL, recording.call_id))
        row = _row(recording, heard, listening, now=now)
        row.save()
        _note(row, now=now)
        _judge(recording.call)
    return row.state == RecordingSound.State.MEASURED


def ask_for_measures(*, now: datetime) -> int:
    """Asks for the recordings that were not measured, once the libraries are there; how many."""
    if not _can_listen():
        return 0
    waiting = Recording.objects.filter(removed_at=None).exclude(
        sound__state=RecordingSound.State.MEASURED
    )
    # One that could not be read is no better tomorrow: only those that lacked the libraries.
    waiting = waiting.filter(sound__isnull=True) | waiting.filter(
        sound__why_en__contains="[audio]"
    )
    asked = list(waiting.order_by("-added_at").values_list("pk", flat=True)[:ASKED_AT_ONCE])
    for pk in asked:
        key = f"{MEASURE}:{pk}:{now.date()}"
        enqueue(kind=MEASURE, key=key, payload={"recording": str(pk)}, run_at=now, now=now)
    return len(asked)


def _can_listen() -> bool:
    try:
        needed("webrtcvad")
        needed("pyloudnorm")
    except ExtraMissing:
        return False
    return True


def _listened(recording: Recording, listening: Listening) -> CallSound | Words:
    """What is heard, or why nothing is."""
    if recording.removed_at is not None:
        return _GONE
    try:
        # Only the process that measures loads arrays and libraries.
        from shouwen.adapters.sound.listening import listen

        return listen(store().path(recording.path), listening=listening)
    except ExtraMissing as missing:
        zh = f"未评估：没有安装 [{missing.extra}]"
        return Words(zh=zh, en=f"not evaluated: [{missing.extra}] is not installed")
    except BadRecording as bad:
        zh, _slash, en = str(bad).partition(" / ")
        return Words(zh=f"未评估：{zh}", en=f"not evaluated: {en}")
    except OSError:
        return _GONE


def _row(
    recording: Recording, heard: CallSound | Words, listening: Listening, *, now: datetime
) -> RecordingSound:
    if isinstance(heard, Words):
        state = RecordingSound.State.UNMEASURED
        return RecordingSound(
            recording=recording,
            state=state,
            why_zh=heard.zh[:200],
            why_en=heard.en[:200],
            measured_at=now,
        )
    norm = norm_before(call=recording.call, listening=listening)
    return RecordingSound(
        recording=recording,
        state=RecordingSound.State.MEASURED,
        measured_at=now,
        begins_after=_begins_after(recording.call, heard.seconds),
        seconds=heard.seconds,
        overlaps=[[o.start, o.end, o.by, o.outlasts, o.spoken] for o in heard.overlaps],
        dead_air=[[span.start, span.end] for span in heard.dead_air],
        usual_pitch_hz=norm.hz if isinstance(norm, Norm) else None,
        norm_calls=norm.calls,
        **_columns("agent", heard.agent),
        **_columns("customer", heard.customer),
    )


def _columns(side: str, measures: SideMeasures) -> dict[str, object]:
    pitch = measures.pitch
    return {
        f"{side}_spoken": measures.spoken,
        f"{side}_lufs": measures.loudness_lufs,
        f"{side}_rate": measures.rate,
        f"{side}_pitch_hz": pitch.median_hz if pitch else None,
        f"{side}_pitch_spread": pitch.spread if pitch else None,
        f"{side}_spans": [[span.start, span.end] for span in measures.spans],
    }


def norm_before(*, call: Call, listening: Listening) -> Norm | NoNormYet:
    """How whoever took a call usually sounded before it, by the measured calls of `norm_days`."""
    since = call.rang_at - timedelta(days=listening.norm_days)
    if call.staff_id is None:
        return NoNormYet(0, listening.norm_calls)
    medians = (
        RecordingSound.objects.filter(
            recording__call__staff_id=call.staff_id,
            recording__call__rang_at__gte=since,
            recording__call__rang_at__lt=call.rang_at,
        )
        .exclude(recording__call_id=call.pk)
        .order_by("-recording__call__rang_at")
        .values_list("agent_pitch_hz", flat=True)[:_NORM_OF_AT_MOST]
    )
    told = [hz for hz in medians if hz is not None]
    return norm_of(told, at_least=listening.norm_calls)


def _begins_after(call: Call, recorded: float) -> float:
    if call.ended_at is None:
        return 0.0
    whole = (call.ended_at - call.rang_at).total_seconds()
    waited = (call.answered_at - call.rang_at).total_seconds() if call.answered_at else None
    return begins_after(recorded=recorded, whole=whole, waited=waited)


def _note(row: RecordingSound, *, now: datetime) -> None:
    """Once for each time it was measured."""
    recording = row.recording
    record(
        id=part_of(recording.pk, f"sound:{now.isoformat()}"),
        kind="call.sound_measured",
        subject=Subject(CALL, recording.call_id),
        happened_at=now,
        now=now,
        data={"recording": str(recording.pk), "state": str(row.state)},
    )


def _judge(call: Call) -> None:
    """By its events and its sound where nobody knows what was said; else its voice beside the words."""
    if call.turns:
        judge_voice(call_id=call.pk)
    else:
        judge_events(call_id=call.pk)
