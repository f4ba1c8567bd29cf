import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.spoken import last_digits, phone_numbers

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
WRITTEN = str.maketrans("0123456789", "〇一两三四五六七八九")


@given(
    phone=mobiles,
    table=st.sampled_from([{}, SPOKEN, WRITTEN]),
    gap=st.sampled_from(["", " ", "，", "-", "、", "嗯", "， "]),
    cuts=st.sampled_from([(3, 7), (3, 6), (11, 11), (4, 8)]),
)
def test_a_mobile_number_is_heard_however_it_is_said(phone, table, gap, cuts):
    first, second = cuts
    groups = [part for part in (phone[:first], phone[first:second], phone[second:]) if part]
    text = f"你记一下，我电话是{gap.join(groups).translate(table)}。"

    assert phone_numbers(text) == (phone,)


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text):
    assert all(phone.isdigit() for phone in phone_numbers(text))


def test_a_flat_before_a_number_does_not_run_into_it():
    assert phone_numbers("一单元 一零二 幺四零 三三零零 一九二七") == ("14033001927",)


def test_repeated_digits_are_counted_out():
    assert phone_numbers("一四零两个零五五幺二三四") == ("14000551234",)


def test_a_landline_needs_an_area_code_or_a_word_for_telephone():
    assert phone_numbers("家里座机8612345") == ("8612345",)
    assert phone_numbers("0538-8612345") == ("05388612345",)
    assert phone_numbers("我户号是86123456") == ()


def test_the_companys_own_number_is_nobodys_number():
    assert phone_numbers("有需要随时拨8619612", except_for=["861 9612"]) == ()


@pytest.mark.parametrize(
    ("text", "digits"), [("手机尾号是五五八一", "5581"), ("后四位0187对吧", "0187"), ("尾号", "")]
)
def test_the_last_digits_are_heard(text, digits):
    assert last_digits(text) == digits
