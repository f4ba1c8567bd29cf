"""Every rule of the pack reads as sentences, in both languages."""

import re
from dataclasses import dataclass

import pytest

from shouwen.access.roles import TITLES
from shouwen.core.clause import Version, Words
from shouwen.core.facts import FACTS
from shouwen.standard.describing import described
from shouwen.standard.field_words import fact_words, field_words, kind_words, role_words, unworded
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from shouwen.standard.registry import KINDS

PACK = load_pack(default_pack_path())
RULES = list(PACK.rules.values())
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
# A name of the program: of an event (case.reported) or of a choice (spot_check).
PROGRAM_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]{2,}\.[a-z_]{2,}\b")


def lines_of(rule_id):
    lines = described(PACK.rules[rule_id].versions[-1], pack=PACK)
    return {line.name: line for line in lines}


def every_text(rule):
    for version in rule.versions:
        for line in described(version, pack=PACK):
            words = [line.label, line.text, *([line.note] if line.note else [])]
            for part in line.parts:
                words += [part.text, *part.details]
            yield from words


def test_every_field_and_every_choice_of_the_language_has_words():
    assert unworded() == []


def test_every_role_is_called_as_everywhere_else():
    assert {role: role_words(role) for role in TITLES} == TITLES


def test_every_kind_of_rule_has_a_name():
    assert all(kind_words(kind).zh and kind_words(kind).en for kind in KINDS)


def test_every_value_of_every_fact_has_words():
    bare = [
        (fact.name, value)
        for fact in FACTS.values()
        for value in fact.values
        if fact_words(fact.name, value) == Words(zh=value, en=value)
    ]

    assert bare == []


@every_rule
def test_a_rule_is_told_without_names_of_the_program(rule):
    names = {
        name
        for words in every_text(rule)
        for text in (words.zh, words.en)
        for name in PROGRAM_NAME.findall(re.sub(r"\{[a-z_]+\}", "", text))
    }

    assert names == set()


@every_rule
def test_a_rule_says_more_than_where_it_applies(rule):
    lines = described(rule.versions[-1], pack=PACK)

    assert [line for line in lines if line.name not in ("when", "interpretation")]


def test_a_clock_tells_its_limit_its_start_and_how_working_days_are_counted():
    told = lines_of("consultation-answered-2wd")

    assert told["start"].text.zh == "“不能当即答复”之时"
    assert told["limit"].text == Words(zh="2 个工作日", en="2 working days")
    assert told["reading"].text.zh == "收到日不算，到最后一个工作日下班为止"
    assert told["pauses"].parts[0].text.zh == "等待客户"
    assert "必须有凭据" in [each.zh for each in told["pauses"].parts[0].details]


def test_a_limit_in_hours_says_nothing_about_working_days():
    assert "reading" not in lines_of("repair-handled-6h")


def test_a_checklist_tells_each_item_for_whom_it_is_and_its_points():
    (items,) = [line for name, line in lines_of("grooming-hair-makeup").items() if name == "items"]

    assert [part.details[0].zh for part in items.parts] == ["男员工", "女员工"]
    assert all("1 分" in [each.zh for each in part.details] for part in items.parts)


def test_a_script_tells_its_lines_word_for_word_with_the_names_of_the_organisation():
    told = lines_of("opening-line")

    assert told["says"].lines[0] == PACK.organisation.greeting


def test_a_long_list_of_phrases_is_cut_where_that_is_asked_for():
    version = PACK.rules["closing-line"].versions[-1]
    told = {line.name: line for line in described(version, pack=PACK, most_phrases=3)}

    assert "等 " in told["parts"].parts[0].details[0].zh


@dataclass(frozen=True, kw_only=True)
class _Invented(Version):
    """A kind that somebody has just added to, without words."""

    most_ever: int


def test_a_field_without_words_still_shows_under_its_own_name():
    version = _Invented(from_=PACK.rules["opening-line"].versions[0].from_, most_ever=7)

    shown = described(version, pack=PACK)[0]

    assert (shown.label.zh, shown.text.zh) == ("most ever", "7")
    assert field_words(_Invented, "most_ever") is None
