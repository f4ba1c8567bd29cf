"""What was said becomes turns: a real recogniser with a model of two vowels, on speech made of them."""

import sys

import pytest

from shouwen.adapters.sound.extras import ExtraMissing
from shouwen.adapters.sound.files import two_sides
from shouwen.adapters.sound.listening import heard
from shouwen.adapters.sound.models import BadModel, model_in
from shouwen.adapters.sound.recognising import recogniser_in, transcribed
from shouwen.core.audio.settings import Listening
from shouwen.core.calls import Turn
from tests.speaking import side, write_wav
from tests.tiny_recogniser import model_folder, sign


@pytest.fixture
def folder(tmp_path):
    return model_folder(tmp_path / "model")


def sides_of(path, *, customer, agent, length=10.0):
    return two_sides(
        write_wav(
            path / "call.wav",
            side(customer, length=length, pitch=200, seed=1),
            side(agent, length=length, pitch=120, level=-26, seed=2),
        )
    )


def turns(sides, folder, *, longest=20.0):
    sound = heard(sides, listening=Listening())
    return transcribed(sides, sound, recogniser=recogniser_in(folder), longest=longest)


def test_each_stretch_of_speech_is_a_turn_with_its_words(tmp_path, folder):
    sides = sides_of(tmp_path, customer=[(1, 1.8), (5.8, 6.6)], agent=[(3, 4.2), (6.2, 7.0)])

    assert turns(sides, folder) == (
        Turn(1.0, 1.8, "customer", "啊一啊一"),
        Turn(3.0, 4.2, "agent", "啊一啊一啊一"),
        Turn(5.8, 6.6, "customer", "啊一啊一"),
        Turn(6.2, 7.0, "agent", "啊一啊一"),
    )


def test_a_long_stretch_is_cut_where_it_is_quietest_and_nothing_is_lost(tmp_path, folder):
    sides = sides_of(tmp_path, customer=[(1, 9)], agent=[])

    parts = turns(sides, folder, longest=3.0)

    assert all(turn.end - turn.start <= 3.0 for turn in parts)
    assert [turn.start for turn in parts[1:]] == [turn.end for turn in parts[:-1]]
    assert (parts[0].start, parts[-1].end) == (1.0, 9.0)


def test_nothing_is_written_where_nobody_speaks(tmp_path, folder):
    assert turns(sides_of(tmp_path, customer=[], agent=[], length=2), folder) == ()


def test_the_model_says_what_it_is_and_by_which_checksums(folder):
    model = model_in(folder)

    assert (model.name, model.kind, len(model.digest)) == ("two vowels", "zipformer_ctc", 64)


def faults(folder) -> str:
    with pytest.raises(BadModel) as told:
        model_in(folder)
    assert all(fault.zh and fault.en for fault in told.value.faults)
    return str(told.value)


def test_a_missing_folder_is_named(tmp_path):
    assert "没有这个目录 / there is no such folder" in faults(tmp_path / "nowhere")


def test_an_empty_folder_lacks_both_lists(tmp_path):
    told = faults(tmp_path)

    assert "缺 model.toml" in told
    assert "SHA256SUMS is missing" in told


def test_every_missing_file_is_named(folder):
    (folder / "tiny.onnx").unlink()
    (folder / "tokens.txt").unlink()

    told = faults(folder)

    assert "the file tiny.onnx is missing" in told
    assert "缺文件 tokens.txt" in told


def test_a_changed_file_is_never_loaded(folder, monkeypatch):
    with (folder / "tiny.onnx").open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr("sherpa_onnx.OfflineRecognizer.from_zipformer_ctc", pytest.fail)

    with pytest.raises(BadModel, match=r"tiny.onnx 与 SHA256SUMS 里的校验值不符.*not loaded"):
        recogniser_in(folder)


def test_a_file_without_a_checksum_is_not_taken(folder):
    (folder / "SHA256SUMS").write_text("")

    assert "tiny.onnx is not in SHA256SUMS" in faults(folder)


def test_an_unknown_kind_is_told_with_the_known_ones(folder):
    (folder / "model.toml").write_text('kind = "magic"\n')

    assert "kind is magic, write one of: paraformer, sense_voice" in faults(folder)


@pytest.mark.parametrize("name", ["../tiny.onnx", "/etc/passwd", "", ".."])
def test_a_file_outside_the_folder_is_refused(folder, name):
    text = (folder / "model.toml").read_text().replace("tiny.onnx", name)
    (folder / "model.toml").write_text(text)

    assert "files.model must name a file of this folder" in faults(folder)


def test_a_description_that_is_no_toml_is_told(folder):
    (folder / "model.toml").write_text("kind = ")
    sign(folder)

    assert "model.toml cannot be read" in faults(folder)


def test_without_the_extra_it_says_not_evaluated(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)

    with pytest.raises(ExtraMissing, match=r"未评估.*\[asr\].*not evaluated"):
        recogniser_in(folder)
