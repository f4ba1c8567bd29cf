"""The pack accounts for the whole standard, and its data is complete enough to be used at the desk."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen.core.kinds.checklist import ChecklistRule
from shouwen.core.kinds.clock import ClockRule
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion
from shouwen.core.kinds.protocol import ProtocolRule, ProtocolStep
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack

IDS = Path(__file__).with_name("clause_ids.txt")
LONGEST_TITLE = 12
# Passages whose text asks different things of men and women, or something more of women.
FOR_BOTH = (
    "grooming-hair-makeup",
    "grooming-hands",
    "table-head",
    "table-ornaments",
    "standing-feet",
)
MORE_FOR_WOMEN = ("table-face", "table-arms", "table-legs", "table-scent", "gesture-direction")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(default_pack_path())


def _printed() -> list[tuple[str, str]]:
    rows = csv.reader(IDS.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return [(clause, section) for clause, section in rows]


def test_every_passage_is_accounted_for_once_in_printed_order_under_its_printed_number(pack):
    listed = [(passage.clause, passage.section) for passage in pack.passages]

    assert len(listed) == 156
    assert listed == _printed()


def test_every_passage_has_a_rule_or_says_why_not(pack):
    silent = [p.clause for p in pack.passages if not p.rules and p.gap is None]

    assert silent == []


def test_every_rule_is_reached_from_the_passage_that_it_names(pack):
    reached = {(rule, passage.clause) for passage in pack.passages for rule in passage.rules}

    assert {(rule.id, rule.clause) for rule in pack.rules.values()} == reached


def test_every_rule_carries_the_section_as_printed(pack):
    sections = dict(_printed())

    wrong = [r.id for r in pack.rules.values() if r.source.section != sections[r.clause]]

    assert wrong == []


def test_every_title_fits_a_heading(pack):
    long = [r.id for r in pack.rules.values() if len(r.title.zh.replace(" ", "")) > LONGEST_TITLE]

    assert long == []


def test_every_forbidden_line_comes_with_a_softened_alternative(pack):
    forbidden = [rule for rule, version in _phrases(pack) if version.mode == "forbidden"]
    bare = [
        r.id
        for r, version in _phrases(pack)
        if version.mode == "forbidden" and not version.instead
    ]

    assert len(forbidden) == 16
    assert bare == []


def test_no_softened_alternative_uses_a_forbidden_line(pack):
    forbidden = {
        line
        for _, version in _phrases(pack)
        if version.mode == "forbidden"
        for line in version.says
    }

    clashes = [
        (rule.id, offered)
        for rule, version in _phrases(pack)
        for offered in version.instead
        if any(line in offered for line in forbidden)
    ]

    assert clashes == []


@pytest.mark.parametrize("rule_id", FOR_BOTH)
def test_a_list_that_differs_for_men_and_women_has_both_variants(pack, rule_id):
    assert {"men", "women"} <= _variants(pack, rule_id)


@pytest.mark.parametrize("rule_id", MORE_FOR_WOMEN)
def test_a_list_that_asks_more_of_women_has_their_variant(pack, rule_id):
    assert _variants(pack, rule_id) == {"everyone", "women"}


def test_the_door_bell_and_the_knock_carry_their_timers(pack):
    press = _step(pack, "door-bell", "press")
    waits = [
        _step(pack, rule, wait)
        for rule, wait in (("door-bell", "bell_wait"), ("knock-and-enter", "knock_wait"))
    ]

    assert press.at_most_seconds == 3
    assert [(w.at_least_seconds, w.at_most_seconds) for w in waits] == [(5, 10), (5, 10)]


def test_a_clock_whose_length_the_standard_does_not_give_says_how_it_is_read(pack):
    at_once = (
        "repair-dispatched-at-once",
        "alarm-dispatched-at-once",
        "repair-referred-in-time",
        "complaint-investigated-at-once",
    )

    unexplained = [i for i in at_once if pack.rules[i].versions[-1].interpretation is None]

    assert unexplained == []


def test_every_clock_shows_its_boundary_and_a_running_case_by_example(pack):
    thin = [
        rule.id
        for rule in pack.rules.values()
        if isinstance(rule, ClockRule)
        and (len(rule.examples) < 3 or not {"met", "missed", "running"} <= _expected(rule))
    ]

    assert thin == []


def test_the_organisation_can_be_reached_and_named(pack):
    organisation = pack.organisation

    assert organisation.name == "泰安安泰燃气有限公司"
    assert organisation.hotline == "8619612"
    assert organisation.brand in organisation.greeting


def _phrases(pack: Pack) -> Iterator[tuple[PhraseRule, PhraseVersion]]:
    for rule in pack.rules.values():
        if isinstance(rule, PhraseRule):
            yield rule, rule.versions[-1]


def _variants(pack: Pack, rule_id: str) -> set[str]:
    rule = pack.rules[rule_id]
    assert isinstance(rule, ChecklistRule)
    return {item.variant for item in rule.versions[-1].items}


def _step(pack: Pack, rule_id: str, step_id: str) -> ProtocolStep:
    rule = pack.rules[rule_id]
    assert isinstance(rule, ProtocolRule)
    return next(step for step in rule.versions[-1].steps if step.id == step_id)


def _expected(rule: ClockRule) -> set[str]:
    return {example.expect for example in rule.examples}
