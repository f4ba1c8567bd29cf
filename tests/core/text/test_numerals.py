import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.numerals import chinese, figure, half_width, number


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("12", "12"),
        ("１２", "12"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十三", "23"),
        ("五零二", "502"),
        ("幺零二", "102"),
        ("五百零二", "502"),
        ("五百二", "520"),
        ("三百二十", "320"),
        ("一千三百零四", "1304"),
        ("一千零一十", "1010"),
        ("两千", "2000"),
        ("十三零四", "1304"),
        ("二十六零二", "2602"),
        ("〇三", "03"),
    ],
)
def test_a_figure_is_read_however_it_is_said(words, digits):
    assert figure(words) == digits


@pytest.mark.parametrize("words", ["", "楼", "十二号", "二三十四五", "abc"])
def test_other_words_are_no_figure(words):
    assert figure(words) is None


@given(st.integers(0, 9999))
def test_a_number_written_in_chinese_reads_as_itself(value):
    assert number(chinese(value)) == value


@given(st.text(alphabet="0123456789零一二三四五六七八九十百千幺两洞拐勾", max_size=12))
def test_no_row_of_figures_makes_it_stumble(words):
    digits = figure(words)

    assert digits is None or digits.isdigit()


def test_numbers_beyond_four_digits_are_not_written_in_words():
    with pytest.raises(ValueError, match="10000"):
        chinese(10000)


def test_full_width_letters_become_narrow_and_chinese_stops_stay():
    assert half_width("Ａ座，１２－３。") == "A座，12-3。"
