import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.danger import ALARM_WORDS, alarm_words, in_earnest, mentions


@pytest.mark.parametrize(
    "text",
    [
        "家里报警器响了，真有味，臭味",
        "厨房好像漏气了",
        "我家是不是漏气了",
        "你们来看看有没有漏气",
        "我怕是漏气了，头晕",
        "楼道里一股煤气味",
        "挖机把管子挖断了",
        "灶台着火了",
        "出门忘了关火",
        "然气味特别大",
    ],
)
def test_a_danger_told_in_earnest_is_heard(text):
    assert alarm_words([text])


@pytest.mark.parametrize(
    "text",
    [
        "有一米来长，没味儿",
        "没闻到燃气味",
        "没有漏气",
        "挺好，不漏气",
        "这样会不会漏气",
        "接口没拧好容易漏气",
        "软管老了，怕漏气，给换一根",
        "灶打不着火了",
        "煤气灶点着火就灭",
        "报警器没响，就是灯不亮",
        "刮风炉子就灭",
        "",
    ],
)
def test_a_danger_denied_supposed_or_absent_is_not_heard(text):
    assert alarm_words([text]) == ()


def test_two_words_count_only_near_each_other():
    assert in_earnest("报警器一直在响", "报警器&响")
    assert not mentions("报警器是去年装的，当时师傅调试过，现在灶响", "报警器&响")


def test_words_that_are_heard_come_in_the_order_of_the_list():
    assert alarm_words(["有味，漏气"], words=("漏气", "有味")) == ("漏气", "有味")


@given(st.sampled_from(ALARM_WORDS), st.sampled_from(["", "喂，", "师傅，我家", "快来，"]))
def test_every_alarm_word_said_plainly_is_heard(word, before):
    assert word in alarm_words([before + word.replace("&", "")])


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text):
    alarm_words([text])
