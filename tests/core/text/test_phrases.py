"""Phrases are found whatever the punctuation, the width or the recogniser's spelling."""

import pytest

from shouwen.core.text.phrases import (
    filled,
    first_found,
    found,
    in_figures,
    normalised,
    sounds_alike,
)
from shouwen.core.text.restoring import Restorer


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("您好，安泰燃气公司！", "您好", True),
        ("你好，安泰燃气公司！", "您好", False),
        ("感 谢 您 的 来 电", "感谢您的来电", True),
        ("确认了我再给您打回去", "确认…再给您", True),
        ("确认以后我们的安检部门会在今天下午下班之前再给您打", "确认…再给您", False),
        ("ＩＣ卡", "ic卡", True),
    ],
)
def test_a_phrase_is_found_by_its_characters_and_may_bridge_a_few(text, phrase, expected):
    assert found(normalised(text), phrase) is expected


def test_the_first_of_several_phrases_is_named():
    assert first_found(normalised("请问有什么事"), ["您说", "有什么", "请问"]) == "有什么"
    assert first_found(normalised("喂"), ["您说"]) == ""


def test_a_slot_without_a_value_leaves_no_phrase():
    assert filled("您好，{brand}", {"brand": "安泰燃气"}) == "您好，安泰燃气"
    assert filled("{surname}先生", {"surname": ""}) == ""
    assert filled("{estate}", {}) == ""


@pytest.mark.parametrize(
    ("heard", "restored"),
    [("安泰然气", "安泰燃气"), ("三单圆", "三单元"), ("我要投宿", "我要投诉"), ("灶", "灶")],
)
def test_known_words_are_put_right_by_their_sound(heard, restored):
    assert Restorer(["燃气", "单元", "投诉"]).restored(heard) == restored


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("十一号楼一单元一零二", "11号楼1单元102"),
        ("幺零二", "102"),
        ("二十号楼", "20号楼"),
        ("一千零一", "1001"),
        ("四百零四", "404"),
        ("尾号五五八一", "尾号5581"),
    ],
)
def test_numbers_in_words_become_figures(words, figures):
    assert in_figures(words) == figures


def test_characters_of_one_reading_sound_alike():
    assert sounds_alike("纽", "钮")
    assert not sounds_alike("孙", "公孙")
    assert not sounds_alike("王", "李")
