"""Surnames: stated by the caller, used by the agent, right or wrong."""

import pytest

from shouwen.core.text.surnames import other_surnames, stated, times_used

TITLES = ("先生", "女士", "大爷")


@pytest.mark.parametrize(
    ("text", "addressed", "asked", "surname"),
    [
        ("我姓操曹操的操", False, False, "操"),
        ("姓农桑榆养老院", True, False, "农"),
        ("姓农桑榆养老院", False, False, ""),
        ("我复姓公孙公孙女士", True, False, "公孙"),
        ("王", True, True, "王"),
        ("佘14081130056", True, True, "佘"),
        ("费用呢", True, False, ""),
        ("您贵姓", True, False, ""),
        ("我不姓王我姓李", True, False, "李"),
        ("不姓王", True, False, ""),
        ("姓什么", True, True, ""),
        ("免贵姓姓麻麻烦的麻", False, True, "麻"),
        ("我是开澡堂子的姓阎想问问", False, False, "阎"),
    ],
)
def test_a_caller_states_the_own_surname(text, addressed, asked, surname):
    assert stated(text, addressed=addressed, asked=asked) == surname


def test_uses_are_counted_by_sound_and_only_with_a_form_of_address():
    assert times_used("纽先生您好纽先生", "钮", (1, 6)) == 2
    assert times_used("钮字怎么写", "钮", ()) == 0
    assert times_used("公孙女士", "公孙", (2,)) == 1


def test_another_surname_than_the_right_one_is_told():
    assert other_surnames("孙女士您好", ["公孙"], (1,)) == ("孙",)
    assert other_surnames("公孙女士您好", ["公孙"], (2,)) == ()
    assert other_surnames("那先生您看", ["王"], (1,)) == ()
    assert other_surnames("老先生您好", ["王"], (0, 1)) == ()


@pytest.mark.parametrize("text", ["三号窗口陆女士您报地址就行", "收件人写陆女士第二天就换"])
def test_whoever_is_sent_for_is_no_wrong_name_of_the_caller(text):
    assert other_surnames(text, ["胥"], [text.index("女士")]) == ()
