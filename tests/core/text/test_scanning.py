"""What one pass over a line finds is what each phrase finds when it is looked for alone."""

import random
from typing import Any

import pytest

from shouwen.core.text.memory import Memory
from shouwen.core.text.phrases import PhraseSet
from shouwen.core.text.scanning import Scanner
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests import written

PACK = load_pack(default_pack_path())
WORDS = {"boss": ("经理", "主任", "领导"), "you": ("您", "你")}
PHRASES = [
    ("不知道", "知道", "不(知道|晓得|知)", "(不|没|)知道(了|)"),
    ("^不", "不$", "^(不|不是)(啊|)$", "是(吗|$)", "(啊|啊啊)啊"),
    ("爱%不%", "找<boss>", "找<you?><boss>", "不…知道", "不~了"),
    ("(不|不不)(不|知)", "不不", "(知|知道|知道了)(道|道了|)"),
]
SIGNS = "不知道了啊是您你找经理主任爱去吗没晓得"


def found_in_one_pass(scanner, sets, text):
    numbers = {scanner.added(ready): ready for ready in sets}
    found: dict[int, list[Any]] = {id(ready): [] for ready in sets}
    for number, hit in scanner.scan(text):
        found[id(numbers[number])].append(hit)
    return [sorted(found[id(ready)]) for ready in sets]


def found_one_by_one(sets, text):
    return [sorted(hit for f in ready.frames for hit in f.places(text)) for ready in sets]


def random_lines(count):
    chance = random.Random(11)  # noqa: S311 - not a secret
    return ["".join(chance.choices(SIGNS, k=chance.randrange(12))) for _ in range(count)]


def test_a_pass_over_random_lines_finds_what_each_phrase_finds_alone():
    sets = [PhraseSet(phrases, WORDS) for phrases in PHRASES]
    scanner = Scanner()

    for line in random_lines(4000):
        assert found_in_one_pass(scanner, sets, line) == found_one_by_one(sets, line), line


def test_so_does_a_pass_over_written_lines_with_the_phrases_of_the_standard():
    wording = [
        phrases
        for rule in PACK.rules.values()
        if rule.kind == "phrase"
        for version in rule.versions
        for phrases in (version.says, version.also, version.never, version.not_in)
        if phrases
    ]
    sets = [PhraseSet(phrases, PACK.hearing.words) for phrases in wording]
    scanner = Scanner()
    ear = PACK.hearing.ear(PACK.organisation.brand)
    lines = [
        line for name in ("unfriendly_b.txt", "polite_b.txt") for *_, line in written.lines(name)
    ]

    for line in ear.texts(lines[:60]):
        assert found_in_one_pass(scanner, sets, line) == found_one_by_one(sets, line), line


def test_a_set_that_is_added_later_is_found_in_a_line_that_was_scanned_before():
    scanner = Scanner()
    early, late = PhraseSet(["知道"]), PhraseSet(["不知"])
    scanner.added(early)
    assert len(scanner.scan("不知道")) == 1

    scanner.added(late)

    assert len(scanner.scan("不知道")) == 2


def test_the_same_set_has_one_number():
    scanner, ready = Scanner(), PhraseSet(["知道"])

    assert scanner.added(ready) == scanner.added(ready)
    assert scanner.count == 1


def test_no_more_is_remembered_than_fits(monkeypatch):
    monkeypatch.setattr(Memory, "most", 3)
    memory: Memory[int, str] = Memory()

    for number in range(10):
        assert memory.keep(number, str(number)) == str(number)

    assert [number for number in range(10) if memory.of(number)] == [9]


@pytest.mark.parametrize("most", [0, 8192])
def test_what_is_remembered_never_changes_what_is_heard(monkeypatch, most):
    monkeypatch.setattr(Memory, "most", most)
    ear = PACK.hearing.ear(PACK.organisation.brand)

    assert ear.texts(["呃，安泰然气！", "嗯 好的", "呃，安泰然气！"]) == (
        "安泰燃气",
        "好的",
        "安泰燃气",
    )
