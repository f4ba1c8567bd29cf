import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.home_address import Address, addresses, parse_address, without_addresses
from shouwen.core.text.numerals import chinese

ESTATES = (
    "青檀里",
    "凤岭家园",
    "云亭花园",
    "柏子庄小区",
    "望岳新村",
    "石坊街",
    "学府一号",
    "桃溪苑二期",
    "A区公寓",
)
DIGIT_BY_DIGIT = str.maketrans("0123456789", "零幺二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")

buildings = st.integers(1, 60)
units = st.integers(1, 6)
flats = st.builds(lambda floor, door: f"{floor}{door:02d}", st.integers(1, 33), st.integers(1, 4))
FORMATS = (
    "{estate}{b}号楼{u}单元{f}",
    "{estate}{b}号楼{u}单元{f}室",
    "{estate} {b}号楼 {u}单元 {f}",
    "{estate}，{b}号楼，{u}单元，{f}",
    "{estate}{b}栋{u}单元{f}室",
    "{estate}{b}幢{u}单元{f}",
    "{estate}{b}#楼{u}单元{f}",
    "{estate}{b}号{u}单元{f}",
    "{estate}{b}楼{u}单元{f}户",
    "{estate}{b}号楼{u}单圆{f}",
    "{estate}的{b}号楼的{u}单元的{f}",
    "{estate}{b}号楼嗯{u}单元呃{f}",
    "{estate}{b}-{u}-{f}",
    "{estate}{b}#{u}-{f}",
    "{estate}{b}号楼{u}-{f}",
    "{estate}{b}栋-{u}单元-{f}",
    "{estate} {b} {u} {f}",
    "{estate}{b}杠{u}杠{f}",
    "我家住{estate}{b}号楼{u}单元{f}，灶打不着",
    "您是{estate}{b}号楼{u}单元{f}的王女士吗",
    "打14033001927，{estate}{b}号楼{u}单元{f}，对吧",
)


def as_digits(figures: str) -> str:
    return figures


def said_positionally(figures: str) -> str:
    return chinese(int(figures))


def said_digit_by_digit(figures: str) -> str:
    return figures.translate(DIGIT_BY_DIGIT)


@given(
    estate=st.sampled_from(ESTATES[:6]),
    building=buildings,
    unit=units,
    flat=flats,
    layout=st.sampled_from(FORMATS),
    short=st.sampled_from([as_digits, said_positionally]),
    long=st.sampled_from([as_digits, said_positionally, said_digit_by_digit]),
    wide=st.booleans(),
)
def test_every_spelling_of_a_flat_is_the_same_address(
    estate, building, unit, flat, layout, short, long, wide
):
    text = layout.format(estate=estate, b=short(str(building)), u=short(str(unit)), f=long(flat))
    if wide:
        text = text.translate(FULL_WIDTH)

    found = parse_address(text)

    assert found is not None
    assert (
        found.key == Address(estate=estate, building=str(building), unit=str(unit), flat=flat).key
    )


@given(
    estate=st.sampled_from(ESTATES),
    building=buildings,
    unit=st.one_of(st.just(0), units),
    flat=flats,
)
def test_an_address_written_out_reads_as_itself(estate, building, unit, flat):
    address = Address(
        estate=estate, building=str(building), unit=str(unit) if unit else "", flat=flat
    )

    assert parse_address(address.text, estates={estate: estate}) == address


@given(st.text(max_size=80))
def test_no_text_makes_it_stumble(text):
    for address in addresses(text):
        assert address.text
    without_addresses(text)


@given(
    st.text(
        alphabet="零一二三十百两幺0123456789号楼栋单元室-杠 ,，在青檀里街村东户层", max_size=40
    )
)
def test_no_row_of_address_words_makes_it_stumble(text):
    addresses(text)
    without_addresses(text)


@pytest.mark.parametrize(
    "text",
    [
        "师傅三月十一号去您家换的表",
        "约的九号上午没来，十号上午又没来，今天十二号了",
        "按三号键就是你们接的呀",
        "八点五十，三号窗口",
        "2026-03-05",
        "138-1234-5678",
        "0538-8619612",
        "明天上午8点-10点",
        "我想知道3号能不能来",
        "14033001927",
        "换防风帽四十五，密封件二十",
        "十二月四十一 一月七十七 二月六十八",
        "",
    ],
)
def test_dates_times_and_telephones_are_no_addresses(text):
    assert parse_address(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12-3-502", Address(building="12", unit="3", flat="502")),
        ("十二号楼三单元502", Address(building="12", unit="3", flat="502")),
        ("三单元五零二", Address(unit="3", flat="502")),
        ("东皋苑12-502", Address(estate="东皋苑", building="12", flat="502")),
        ("云亭公寓A座1502", Address(estate="云亭公寓", building="A", flat="1502")),
        ("青檀里5号楼东单元3楼西户", Address(estate="青檀里", building="5", unit="东", flat="3楼西户")),
        ("槐树坊街17号，好的", Address(estate="槐树坊街", door="17")),
        ("我在上河头村三十六号", Address(estate="上河头村", door="36")),
        ("凤岭家园1期6幢2单元9层903", Address(estate="凤岭家园一期", building="6", unit="2", flat="903")),
        ("石坊街12号云亭花园10号楼3单元1502",
         Address(estate="云亭花园", building="10", unit="3", flat="1502")),
        ("泰安市泰山区青檀里小区11号楼1单元十三零四",
         Address(estate="青檀里小区", building="11", unit="1", flat="1304")),
    ],
)  # fmt: skip
def test_an_address_is_found_with_what_was_said_of_it(text, address):
    assert parse_address(text) == address


def test_a_known_spelling_gives_the_name_of_the_estate():
    spellings = {"柏子庄": "柏子庄小区", "柏子庄小区": "柏子庄小区"}

    found = parse_address("俺是柏子庄12号楼3单元702", estates=spellings)

    assert found is not None
    assert found.estate == "柏子庄小区"


def read(text: str) -> Address:
    found = parse_address(text)
    assert found is not None
    return found


def test_an_estate_with_and_without_xiaoqu_has_one_key():
    assert read("鹿鸣12-2-1001").key == read("鹿鸣小区12号楼2单元1001").key


def test_two_halves_of_an_address_are_joined_and_contradictions_are_not():
    first, second = read("青檀里十一号楼"), read("一单元一零二")

    assert first.joined(second) == read("青檀里11号楼1单元102")
    assert read("3单元502").joined(read("2单元502")) is None


def test_an_address_is_cut_out_of_a_sentence_with_its_estate():
    text = "我家在柏子庄小区12号楼3单元702，去年换了壁挂炉"

    assert without_addresses(text) == "，去年换了壁挂炉"
