"""The outline of a recording: how loud each part was, and the path that draws it."""

from array import array

from shouwen.core.waveform import outline, peaks


def test_each_part_has_the_loudest_of_its_samples():
    samples = array("h", [0, 0, 100, -50, 0, -32768, 3276, 0])

    assert peaks(samples, full=32767, columns=4) == (0, 0, 100, 9)


def test_a_short_sound_has_fewer_parts_and_none_has_none():
    assert peaks(array("h", [100, 200]), full=200, columns=240) == (50, 100)
    assert peaks(array("h"), full=1) == ()


def test_silence_is_not_drawn():
    assert outline([0, 100, 0, 50], width=40, middle=10, height=20) == "M15 0v20M35 5v10"
    assert outline([], width=40, middle=10, height=20) == ""
