"""A recording that arrived is listened to, and its call is judged by what was heard."""

import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shouwen.adapters.telephony.recordings import sound_in
from shouwen.clocks.models import Ruling
from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import Call, Recording, RecordingSound
from shouwen.hotline.operations import (
    MEASURE,
    add_recording,
    ask_for_measures,
    hear,
    judge_events,
    measure_recording,
    set_status,
)
from shouwen.hotline.operations.ruling import compare
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from tests import calls
from tests.calls import played, samples
from tests.people import staff
from tests.speaking import side, write_wav

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
VOICE, PITCH = "loudness-moderate", "pitch-moderate"
BREAKING_IN, SILENCE = "no-interrupting", "stay-at-the-desk"
LENGTH = 40.0


@pytest.fixture(autouse=True)
def kept(settings, tmp_path: Path) -> None:
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"


def told_call(
    name: str = "c1", *, began: datetime = BEGAN, held: tuple[float, float] | None = None
) -> Call:
    """A call of LENGTH seconds after the answer, 6 s of ringing before."""
    set_status(
        act_id=uuid.uuid4(), staff=staff("wang_min"), status="ready", extension="1001", now=began
    )

    def event(type_, seconds, **more):
        at = began + timedelta(seconds=seconds)
        return LineEvent(id=f"{type_}:{seconds}", call=name, type=type_, at=at, **more)

    agent = {"offer": "o1", "extension": "1001"}
    told = [
        event("arrived", 0, number="14000571192", direction="inbound"),
        event("offered", 0, **agent),
        event("answered", 6, **agent),
        event("hung_up", 6 + LENGTH, by="customer"),
    ]
    if held:
        told += [event("held", held[0], **agent), event("resumed", held[1], **agent)]
    (found,) = hear(events=told, source="test", now=began + timedelta(minutes=1))
    judge_events(call_id=found.pk)
    found.refresh_from_db()
    return found


def recorded(call: Call, file: Path) -> Recording:
    now = call.rang_at + timedelta(hours=1)
    add_recording(call=call, file=file, sound=sound_in(file), now=now)
    return call.recordings.get()


def talk(
    tmp_path: Path, *, agent=((0.5, 3.0), (12.0, 15.0)), customer=((4.0, 8.0),), pitch=200.0
) -> Path:
    name = f"{uuid.uuid4().hex}.wav"
    return write_wav(
        tmp_path / name,
        side(list(customer), length=LENGTH, pitch=120, seed=1),
        side(list(agent), length=LENGTH, pitch=pitch, level=-24, seed=2),
    )


def measured(call: Call, file: Path) -> RecordingSound:
    recording = recorded(call, file)
    measure_recording(recording_id=recording.pk, now=recording.added_at)
    return RecordingSound.objects.get(recording=recording)


def verdicts(call: Call) -> dict[str, str]:
    return dict(call.verdicts.values_list("rule_id", "verdict"))


def test_a_recording_that_arrives_is_asked_to_be_measured(tmp_path):
    recording = recorded(told_call(), talk(tmp_path))

    job = Job.objects.get(kind=MEASURE)
    assert job.payload == {"recording": str(recording.pk)}
    assert job.run_at > job.asked_at


def test_both_sides_are_measured_and_the_recording_lies_after_the_ringing(tmp_path):
    row = measured(told_call(), talk(tmp_path))

    assert (row.state, row.begins_after, row.seconds) == ("measured", 6.0, LENGTH)
    assert row.agent_spans == [[0.5, 3.0], [12.0, 15.0]]
    assert row.agent_pitch_hz == pytest.approx(200, rel=0.01)
    assert row.dead_air == [[8.0, 12.0], [15.0, 40.0]]


def test_the_measuring_is_on_record_without_a_word_or_a_voice(tmp_path):
    row = measured(told_call(), talk(tmp_path))

    entry = Entry.objects.get(kind="call.sound_measured")
    assert entry.data == {"recording": str(row.recording_id), "state": "measured"}


def test_the_voice_is_judged_and_without_a_norm_the_pitch_is_not_evaluated(tmp_path):
    call = told_call()

    measured(call, talk(tmp_path))

    assert verdicts(call)[VOICE] == "kept"
    assert verdicts(call)[PITCH] == "not_provable"
    assert Ruling.objects.get(subject_id=call.pk, rule_id=VOICE).verdict == "met"
    assert list(compare(True, BEGAN)) == []


def test_a_faint_voice_breaks_the_rule_of_the_pack(tmp_path):
    call = told_call()
    faint = write_wav(
        tmp_path / "faint.wav",
        side([(4, 8)], length=LENGTH, seed=1),
        side([(0.5, 3)], length=LENGTH, level=-42, seed=2),
    )

    measured(call, faint)

    assert verdicts(call)[VOICE] == "broken"


def test_breaking_in_is_not_provable_where_nobody_knows_what_was_said(tmp_path):
    call = told_call()

    measured(call, talk(tmp_path, agent=[(0.5, 3.0), (6.5, 10.0)]))

    found = call.verdicts.get(rule_id=BREAKING_IN)
    assert (found.verdict, found.measured) == ("not_provable", 1.5)
    assert "0:06" in found.why_zh


def test_nobody_broke_in_is_proved_by_the_recording(tmp_path):
    call = told_call()

    measured(call, talk(tmp_path))

    assert verdicts(call)[BREAKING_IN] == "kept"


def test_a_hold_explains_the_silence(tmp_path):
    quiet = {"agent": [(0.5, 3.0), (36.0, 38.0)]}
    open_line, held = told_call("c1"), told_call("c2", held=(15.0, 41.0))

    measured(open_line, talk(tmp_path, **quiet))
    measured(held, talk(tmp_path, **quiet))

    assert verdicts(open_line)[SILENCE] == "not_provable"
    assert SILENCE not in verdicts(held)


def test_the_norm_is_that_of_the_agents_calls_before(tmp_path):
    for day in range(5):
        earlier = told_call(f"e{day}", began=BEGAN - timedelta(days=5 - day))
        assert measured(earlier, talk(tmp_path)).usual_pitch_hz is None

    usual = told_call("usual")
    shrill = told_call("shrill", began=BEGAN + timedelta(hours=1))
    row = measured(usual, talk(tmp_path))
    measured(shrill, talk(tmp_path, pitch=300.0))

    assert row.usual_pitch_hz == pytest.approx(200, rel=0.01)
    assert row.norm_calls == 5
    assert verdicts(usual)[PITCH] == "kept"
    assert verdicts(shrill)[PITCH] == "broken"


def test_calls_of_long_ago_are_no_norm(tmp_path):
    for day in range(5):
        measured(told_call(f"e{day}", began=BEGAN - timedelta(days=100 + day)), talk(tmp_path))

    assert measured(told_call(), talk(tmp_path)).norm_calls == 0


def test_events_that_come_late_do_not_lose_what_was_heard(tmp_path):
    call = told_call()
    measured(call, talk(tmp_path))

    judge_events(call_id=call.pk)

    assert {VOICE, BREAKING_IN, "answer-within-3-rings"} <= verdicts(call).keys()


def test_measured_twice_it_is_the_same(tmp_path):
    call = told_call()
    row = measured(call, talk(tmp_path))
    before = verdicts(call)

    measure_recording(recording_id=row.recording_id, now=row.measured_at)

    assert verdicts(call) == before
    assert RecordingSound.objects.count() == 1
    assert Entry.objects.filter(kind="call.sound_measured").count() == 1


def not_evaluated(call: Call, row: RecordingSound) -> None:
    assert row.state == "unmeasured"
    assert "未评估" in row.why_zh
    assert "not evaluated" in row.why_en
    by_sound = {rule: verdicts(call)[rule] for rule in (VOICE, PITCH, BREAKING_IN, SILENCE)}
    assert set(by_sound.values()) == {"not_provable"}


def test_without_the_libraries_nothing_is_met(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "webrtcvad", None)
    call = told_call()

    row = measured(call, talk(tmp_path))

    not_evaluated(call, row)
    assert not Ruling.objects.filter(subject_id=call.pk, rule_id=VOICE, verdict="met").exists()
    assert ask_for_measures(now=BEGAN) == 0


def test_once_the_libraries_are_there_it_is_asked_for_again(tmp_path, monkeypatch):
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "webrtcvad", None)
        measured(told_call(), talk(tmp_path))
    measured(told_call("c2"), write_wav(tmp_path / "mono.wav", side([(0, 1)], length=2)))

    assert ask_for_measures(now=BEGAN) == 1
    assert ask_for_measures(now=BEGAN) == 1
    assert Job.objects.filter(kind=MEASURE).count() == 3


def test_one_channel_tells_not_who_speaks(tmp_path):
    call = told_call()

    row = measured(call, write_wav(tmp_path / "mono.wav", side([(0, 1)], length=2)))

    not_evaluated(call, row)
    assert "one channel" in row.why_en


def test_a_file_that_is_gone_is_not_evaluated(tmp_path, settings):
    call = told_call()
    recording = recorded(call, talk(tmp_path))
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "elsewhere"

    assert measure_recording(recording_id=recording.pk, now=BEGAN) is False

    not_evaluated(call, RecordingSound.objects.get())


def test_a_call_without_a_recording_is_met_by_nothing_of_its_sound():
    assert not {VOICE, PITCH, BREAKING_IN, SILENCE} & verdicts(told_call()).keys()


def test_what_the_words_came_to_stays_and_the_voice_comes_beside_it(tmp_path):
    calls.take_up_posts()
    assert played(samples()["S01"]).bad == []
    call = Call.objects.get(call_id="S01")
    by_words = verdicts(call)

    measured(call, talk(tmp_path, agent=[(0.5, 3.0), (6.5, 10.0)]))

    after = verdicts(call)
    assert {rule: after[rule] for rule in by_words} == by_words
    assert after.keys() - by_words.keys() == {VOICE, PITCH}
