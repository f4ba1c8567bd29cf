"""The company's settings for its hall and its letters: read, checked, every fault named with its place."""

import pytest

from shouwen.standard.faults import PackFaults
from shouwen.standard.hall import HALL, load_hall
from shouwen.standard.letters import LETTERS, load_letters
from shouwen.standard.locations import default_pack_path

BUSINESS = '[[business]]\nid = "a"\nletter = "A"\ntitle = { zh = "甲", en = "a" }\n'


def faults_of(path, file: str, text: str, load) -> set[str]:
    (path / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackFaults) as raised:
        load(path)
    return {fault.path for fault in raised.value.faults}


def test_the_pack_of_the_house_has_a_hall_and_letters():
    hall, letters = load_hall(default_pack_path()), load_letters(default_pack_path())

    assert [each.id for each in hall.business if each.is_alarm] == ["leak"]
    assert letters.web.consent.zh
    assert [each.id for each in letters.spam if each.hidden] == ["trap"]


def test_without_files_there_are_defaults(tmp_path):
    assert load_hall(tmp_path).business == ()
    assert load_letters(tmp_path).web.most > 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BUSINESS + 'kind = "nothing"\n', "business.a.kind"),
        (BUSINESS + '[[counter]]\nid = "1"\ntitle = { zh = "一", en = "1" }\nserves = ["b"]\n', "counter.1"),
        (BUSINESS + BUSINESS.replace('"a"', '"b"', 1), "business"),
        ('order = ["beauty"]\n', "order.0"),
        ("counters = 3\n", "counters"),
    ],
)  # fmt: skip
def test_a_fault_of_the_hall_names_its_place(tmp_path, text, place):
    assert place in faults_of(tmp_path, HALL, text, load_hall)


def test_a_rule_that_is_not_there_is_a_fault(tmp_path):
    (tmp_path / HALL).write_text('waited = "sorry"\n', encoding="utf-8")
    (tmp_path / LETTERS).write_text('greeting = "hello"\n', encoding="utf-8")

    with pytest.raises(PackFaults, match="waited"):
        load_hall(tmp_path, rules={})
    with pytest.raises(PackFaults, match="greeting"):
        load_letters(tmp_path, rules={})


def test_a_template_for_a_kind_that_is_not_there_is_a_fault(tmp_path):
    text = (
        '[[template]]\nid = "t"\ntitle = { zh = "信", en = "t" }\nbody = "x"\nkinds = ["love"]\n'
    )

    assert faults_of(tmp_path, LETTERS, text, load_letters) == {"template.t"}
