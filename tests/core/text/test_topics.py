"""Articles are found by what is in them, the rarer the better, and nothing is made up for the rest."""

from collections.abc import Set

from shouwen.core.text.topics import Hits, in_title, parts_of, ranked, words_of_article


def hits(anywhere: Set[int] = frozenset(), title: Set[int] = frozenset()) -> Hits:
    return Hits(frozenset(anywhere), frozenset(title))


def test_a_question_falls_into_pairs_and_words():
    assert parts_of("换电池 SH-03") == ("换电", "电池", "sh", "03")


def test_words_that_only_ask_are_left_out_unless_they_are_all_there_is():
    assert parts_of("过户要带什么") == ("过户", "户要")
    assert parts_of("怎么办") == ("怎么", "么办")


def test_title_and_keywords_are_words_with_a_mark_and_by_their_sounds():
    words = words_of_article(title="换电池", keywords=("没电",), texts=("打开盖",))

    assert {"换电", "没电", in_title("电池"), "hdc", "huandianchi", "打开"} <= set(words)
    assert in_title("打开") not in words


def test_what_stands_in_the_title_comes_first():
    assert ranked({"电池": hits({1, 2}, {2})}, limit=5) == (2, 1)


def test_a_rare_word_tells_more_than_a_common_one():
    found = {"燃气": hits(set(range(100)), {7}), "自闭": hits({9}, {9})}

    assert ranked(found, limit=1) == (9,)


def test_one_common_word_of_many_is_no_answer():
    found = {"怎么": hits({1, 2, 3}), "飞船": hits(), "月球": hits()}

    assert ranked(found, limit=5) == ()
