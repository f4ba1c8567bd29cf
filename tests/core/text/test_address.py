"""An address is confirmed when estate and every number are heard in order."""

import pytest

from shouwen.core.text.address import Place, place_of, places_in, repeats, speaks_of
from shouwen.core.text.phrases import normalised


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("清泉里9号楼1单元101", Place("清泉里", ("9", "1", "101"))),
        ("柏子庄小区12号楼3单元702", Place("柏子庄", ("12", "3", "702"))),
        ("槐树坊街17号", Place("槐树坊街", ("17",))),
        ("汶河花园A座1502", Place("汶河花园", ("a", "1502"))),
    ],
)
def test_an_address_on_record_is_words_and_numbers(address, place):
    assert place_of(address) == place


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("您是清泉里9号楼1单元101的訾先生，对吗？", True),
        ("您是清泉里九号楼一单元幺零幺的訾先生", True),
        ("您是清泉理九号楼一单元一零一的", True),
        ("您是清泉里9号楼101的", False),
        ("您是9号楼1单元101的", False),
        ("您是清泉里9号楼1单元102的", False),
    ],
)
def test_a_place_is_spoken_in_full_or_not_at_all(said, expected):
    assert speaks_of(normalised(said), place_of("清泉里9号楼1单元101")) is expected


def test_the_flat_that_a_caller_names_is_found_and_its_repetition_too():
    said = normalised("青檀里 十一号楼 一单元 一零二")

    (place,) = places_in(said)

    assert place.numbers == ("11", "1", "102")
    assert repeats(normalised("青檀里11号楼1单元102，记下了"), place)
    assert not repeats(normalised("行，记下了"), place)


def test_spelling_a_house_number_names_no_flat():
    assert places_in(normalised("17号，一七，幺七。")) == ()
