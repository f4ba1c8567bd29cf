import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.people import (
    COMPOUND_SURNAMES,
    SURNAMES,
    Addressed,
    addressed,
    split_name,
    surname_of,
    title_of,
)


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("我姓操 曹操的操", "操"),
        ("姓农，桑榆养老院，在东皋苑东边。", "农"),
        ("我复姓公孙，公孙女士。", "公孙"),
        ("姓端木，端正的端，木头的木。", "端木"),
        ("免贵姓欧阳", "欧阳"),
        ("姓谬，纰缪的缪，念妙。", "缪"),
        ("免贵姓章 弓长张", "张"),
        ("我姓郏，左边一个夹", "郏"),
        ("呃，我们家姓区", "区"),
    ],
)
def test_callers_give_their_surname(text, surname):
    assert surname_of(text) == surname


@pytest.mark.parametrize(
    "text",
    [
        "收货人姓薄",
        "那个师傅姓王",
        "您贵姓",
        "你们姓什么",
        "姓名怎么写",
        "找一个姓王的",
        "是的，荆棘的荆。",
        "",
    ],
)
def test_somebody_elses_surname_and_other_words_do_not_count(text):
    assert surname_of(text) == ""


@given(
    st.sampled_from(sorted(SURNAMES | COMPOUND_SURNAMES)),
    st.sampled_from(["我姓", "免贵姓", "姓"]),
)
def test_every_surname_of_the_table_is_heard(surname, before):
    assert surname_of(f"{before}{surname}。") == surname


def test_forms_of_address_are_heard_with_their_surname():
    assert addressed("老先生您好，您是清泉里的訾先生吧，端木女士呢") == (
        Addressed("訾", "先生"),
        Addressed("端木", "女士"),
    )


@pytest.mark.parametrize("text", ["那位先生", "那先生您看", "不，女士", "师傅"])
def test_a_form_of_address_without_a_surname_names_nobody(text):
    assert addressed(text) == ()


def test_a_form_of_address_tells_the_title_where_it_can():
    assert (title_of("大爷"), title_of("阿姨"), title_of("经理")) == ("先生", "女士", "")


def test_a_name_is_split_after_its_surname():
    assert split_name("欧阳建国") == ("欧阳", "建国")
    assert split_name("王磊") == ("王", "磊")
    assert split_name("东方") == ("东", "方")


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text):
    surname_of(text)
    addressed(text)
