"""`shouwen calls listen RECORDING.wav`: measures, what the standard says of them, and with which code it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from shouwen.core.calls import parse_call
from shouwen.hotline.listen_command import app
from tests.speaking import side, write_wav
from tests.tiny_recogniser import model_folder


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_wav(
        tmp_path / "c17.wav",
        side([(1, 4), (8, 11)], length=40, pitch=200, seed=1),
        side([(4.5, 6), (10, 13), (37, 39)], length=40, pitch=120, level=-25, seed=2),
    )


def run(recording: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["listen", str(recording), *options], env={"COLUMNS": "200"})


def told(recording: Path, *options: str) -> dict[str, Any]:
    result = run(recording, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {each["rule"]: each["verdict"] for each in found["findings"]}


def test_both_sides_overlaps_and_dead_air_are_told(recording):
    found = told(recording)

    assert found["agent"]["spans"] == [[4.5, 6.0], [10.0, 13.0], [37.0, 39.0]]
    assert found["overlaps"] == [
        {"start": 10.0, "end": 11.0, "seconds": 1.0, "by": "agent", "outlasts": True}
    ]
    assert found["dead_air"] == {"longest": 24.0, "spans": [[13.0, 37.0]]}
    assert found["usual_pitch"] == {"status": "no norm yet", "calls": 0, "wanted": 5}


def test_what_words_could_have_excused_is_not_evaluated_and_the_voice_is_judged(recording):
    assert verdicts(told(recording, "--usual-pitch", "115")) == {
        "loudness-moderate": "kept",
        "pitch-moderate": "kept",
        "no-interrupting": "not evaluated",
        "stay-at-the-desk": "not evaluated",
    }


def test_a_hold_in_the_record_is_no_dead_air(recording, tmp_path):
    events = [
        {"t": 0.0, "type": "ring"},
        {"t": 5.0, "type": "answer"},
        {"t": 19.0, "type": "hold"},
        {"t": 41.0, "type": "resume"},
        {"t": 45.0, "type": "hangup", "by": "customer"},
    ]
    record = tmp_path / "record.json"
    record.write_text(json.dumps({"events": events}), encoding="utf-8")

    assert "stay-at-the-desk" not in verdicts(told(recording, "--call", str(record)))


def test_with_a_model_the_call_becomes_a_record_that_is_reviewed(recording, tmp_path):
    model = model_folder(tmp_path / "model")

    found = told(recording, "--transcribe", str(model))

    transcript = found["transcript"]
    assert transcript["model"]["name"] == "two vowels"
    assert [turn["speaker"] for turn in transcript["record"]["turns"]] == [
        "customer", "agent", "customer", "agent", "agent",
    ]  # fmt: skip
    assert transcript["characters_a_second"]["agent"] == pytest.approx(5, abs=0.6)
    assert verdicts(found)["no-interrupting"] == "broken"
    assert verdicts(found)["opening-line"] == "broken"


def test_the_record_is_one_line_that_reads_as_a_call(recording, tmp_path):
    model = model_folder(tmp_path / "model")

    result = run(recording, "--transcribe", str(model), "--format", "record")

    (line,) = result.stdout.splitlines()
    call = parse_call(json.loads(line))
    assert (call.call_id, len(call.turns)) == ("c17", 5)
    assert call.audio.pitch_hz == pytest.approx(120, rel=0.01)


def test_a_recording_of_the_talk_is_moved_by_the_ringing(recording, tmp_path):
    record = tmp_path / "record.json"
    events = [{"t": 6.0, "type": "answer"}, {"t": 46.0, "type": "hangup"}]
    record.write_text(json.dumps({"events": events}), encoding="utf-8")
    model = model_folder(tmp_path / "model")

    found = told(recording, "--transcribe", str(model), "--call", str(record))

    assert found["transcript"]["record"]["turns"][0]["start"] == 7.0


def test_the_text_names_who_broke_in(recording):
    result = run(recording)

    assert result.exit_code == 0
    assert "抢话 / broke in: 坐席 / agent 10.00–11.00 (1 s)" in result.stdout
    assert "未评估 / not evaluated  4.4.3" in result.stdout


@pytest.mark.parametrize("library", ["webrtcvad", "pyloudnorm"])
def test_without_the_extra_nothing_passes(recording, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)

    result = run(recording, "--format", "json")

    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["status"] == "not evaluated"
    assert set(verdicts(found).values()) == {"not evaluated"}
    assert "[audio]" in result.stderr


def test_without_the_recogniser_the_sound_is_still_measured(recording, tmp_path, monkeypatch):
    model = model_folder(tmp_path / "model")
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)

    result = run(recording, "--format", "json", "--transcribe", str(model))

    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["status"], found["transcript"]["status"]) == ("measured", "not evaluated")


def test_a_folder_without_a_model_is_refused_in_both_languages(recording, tmp_path):
    result = run(recording, "--transcribe", str(tmp_path / "nowhere"))

    assert result.exit_code == 1
    assert "没有这个目录 / there is no such folder" in result.stderr


def test_a_file_that_is_no_recording_is_named(tmp_path):
    file = tmp_path / "notes.wav"
    file.write_text("hello")

    result = run(file)

    assert result.exit_code == 1
    assert "notes.wav: 不是 PCM 的 wav" in result.stderr


def test_a_record_that_is_no_object_is_named(recording, tmp_path):
    record = tmp_path / "record.json"
    record.write_text("[]")

    result = run(recording, "--call", str(record))

    assert result.exit_code == 1
    assert "record.json: 要一个 JSON 对象 / one JSON object is wanted" in result.stderr


def test_a_record_without_a_transcript_is_refused(recording):
    assert run(recording, "--format", "record").exit_code == 2


def test_no_database_is_needed():
    script = "import sys, shouwen.hotline.listen_command; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
