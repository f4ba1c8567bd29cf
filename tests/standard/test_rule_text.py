"""A version is put into a rule file and every other line stays as it stands."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from shouwen.standard.pack import load_pack
from shouwen.standard.rule_text import CannotPlace, with_head, with_version, without_version
from tests.standard.small_pack import RULE

DAY = date(2027, 1, 1)
PACK = Path(__file__).parents[2] / "standard" / "antai"
FILES = sorted(PACK / name for name in load_pack(PACK).files.values())


def last(text):
    return tomllib.loads(text)["version"][-1]


def test_a_new_version_stands_behind_the_others_and_before_the_examples():
    text = with_version(RULE, {**last(RULE), "from": DAY})

    headers = [line for line in text.splitlines() if line.startswith("[[")]
    assert headers == ["[[version]]", "[[version]]", "[[example]]"]


def test_a_version_of_the_same_day_is_replaced():
    once = with_version(RULE, {**last(RULE), "from": DAY})

    twice = with_version(once, {**last(once), "limit": {"value": 9, "unit": "hours"}})

    assert [version["limit"]["value"] for version in tomllib.loads(twice)["version"]] == [24, 9]


def test_an_earlier_version_finds_its_place_among_the_others():
    text = with_version(RULE, {**last(RULE), "from": DAY})

    text = with_version(text, {**last(RULE), "from": date(2026, 6, 1)})

    days = [version["from"].year for version in tomllib.loads(text)["version"]]
    assert days == [2025, 2026, 2027]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_of_the_pack_takes_a_version_and_gives_it_back(file):
    text = file.read_text(encoding="utf-8")

    changed = with_version(text, {**last(text), "from": DAY})

    assert set(text.splitlines()) <= set(changed.splitlines())
    assert without_version(changed, DAY).split() == text.split()


def test_title_and_wording_can_be_changed_without_a_version():
    text = with_head(RULE, {"title": {"zh": "一天修复", "en": "In a day"}})

    assert tomllib.loads(text)["title"]["zh"] == "一天修复"
    assert [line for line in RULE.splitlines() if line not in text.splitlines()] == [
        'title = { zh = "24 小时修复", en = "Repaired in 24 hours" }'
    ]


def test_a_file_laid_out_otherwise_is_left_to_a_person():
    inline = RULE.replace("[[version]]\nfrom", "[version_notes]\nfrom")

    with pytest.raises(CannotPlace):
        with_version(inline, {"from": DAY})
    with pytest.raises(CannotPlace):
        without_version(RULE, DAY)


def test_text_with_quotes_and_line_breaks_comes_back_as_it_was():
    said = '他说："好"\n\\ 完了\x7f'

    text = with_version(RULE, {**last(RULE), "from": DAY, "says": [said]})

    assert last(text)["says"] == [said]
