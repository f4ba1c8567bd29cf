"""What the rules of the house say of a recording, and the company's settings for listening."""

import shutil
from datetime import date

import pytest

from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, Overlap, Pitch, SideMeasures, Span
from shouwen.core.clause import Scalar, Words
from shouwen.core.kinds.by_sound import SoundHeard
from shouwen.standard.by_sound import SOUND, judge_by_sound, load_listening
from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

PACK = load_pack(default_pack_path())
FACTS: dict[str, Scalar] = {
    "direction": "inbound",
    "case_kind": "other",
    "channel": "phone",
    "customer_known": False,
}
AGENT = SideMeasures(spans=(Span(2.0, 9.0),), loudness_lufs=-22.0, pitch=Pitch(210, 3))
SOUND_OF_A_CALL = CallSound(
    40.0, SideMeasures(spans=(Span(1.0, 6.0),)), AGENT, (Overlap(4.0, 6.0, "agent", True, 5.0),)
)


def verdicts(heard, *, words_known=False):
    found = judge_by_sound(
        pack=PACK, heard=heard, day=date(2026, 10, 9), facts=FACTS, words_known=words_known
    )
    return {each.rule_id: each.verdict for each in found}


def test_voice_and_timing_are_judged_by_the_limits_of_the_pack():
    assert verdicts(SoundHeard(sound=SOUND_OF_A_CALL, norm=Norm(200, 9))) == {
        "loudness-moderate": "kept",
        "pitch-moderate": "kept",
        "no-interrupting": "not_provable",
    }


def test_where_the_words_are_known_timing_is_left_to_them():
    heard = SoundHeard(sound=SOUND_OF_A_CALL, norm=NoNormYet(0, 5))

    assert verdicts(heard, words_known=True) == {
        "loudness-moderate": "kept",
        "pitch-moderate": "not_provable",
    }


def test_what_was_not_measured_is_never_kept():
    told = verdicts(Words(zh="未评估", en="not evaluated"))

    assert len(told) == 4
    assert set(told.values()) == {"not_provable"}


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_listening(tmp_path) == Listening()


def test_the_settings_of_the_house_are_read(tmp_path):
    shutil.copy(default_pack_path() / SOUND, tmp_path)

    assert load_listening(tmp_path) == Listening()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("strictness = 2", "strictness = 4", "strictness"),
        ("pause = 0.3", "pause = 0", "pause"),
        ("backchannel_up_to = 0.8", "backchannel_up_to = -1", "backchannel_up_to"),
        ("norm_calls = 5", "norm_calls = 0", "norm_calls"),
        ("pause = 0.3", "paus = 0.3", "paus"),
    ],
)
def test_every_fault_is_named_with_its_place(tmp_path, old, new, place):
    text = (default_pack_path() / SOUND).read_text(encoding="utf-8")
    (tmp_path / SOUND).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PackFaults) as found:
        load_listening(tmp_path)
    assert [fault.path for fault in found.value.faults] == [place]
