"""Whatever a list, a control or an aim comes to, its reasons read well in both languages."""

import re
import tomllib
from typing import get_args

import pytest

from shouwen.core.acts import ACTS, APPROVERS, FIELDS
from shouwen.core.events import Event
from shouwen.core.figures import FIGURES
from shouwen.core.kinds.checklist import ChecklistRule, ChecklistVersion
from shouwen.core.kinds.controls import Why
from shouwen.standard.checking import check_pack
from shouwen.standard.explain import LANGUAGES, catalogue, worded
from shouwen.standard.judging import judge
from shouwen.standard.locations import default_pack_path

PACK = check_pack(default_pack_path())
RULES = [
    rule
    for rule in PACK.rules.values()
    if rule.kind in ("checklist", "access", "value") and rule.examples
]
CHINESE = re.compile("[\u4e00-\u9fff]")


def verdicts(rule):
    for example in rule.examples:
        events = [
            Event(row[0], row[1], dict(row[2]) if len(row) > 2 else {}) for row in example.events
        ]
        yield (
            example,
            judge(
                rule=rule,
                facts=example.facts or {},
                events=events,
                calendar=PACK.calendar,
                now=example.now or max(event.at for event in events),
            ),
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_example_explains_itself_in_both_languages(rule):
    for example, verdict in verdicts(rule):
        told = {language: worded(verdict.steps, language) for language in LANGUAGES}

        assert verdict.word == "not_applicable" or told["zh"], example.says
        assert not any(
            "{" in step.text or not step.source for steps in told.values() for step in steps
        )
        assert all(CHINESE.search(step.text) for step in told["zh"])


def test_a_missed_list_names_the_item_in_both_languages():
    rule = PACK.rules["badge-worn"]
    verdict = next(verdict for _, verdict in verdicts(rule) if verdict.word == "missed")

    assert "不符合：在岗佩戴工作牌" in [step.text for step in worded(verdict.steps, "zh")]
    assert "Not so: Badge worn on duty" in [step.text for step in worded(verdict.steps, "en")]


def test_a_missed_control_says_why():
    rule = PACK.rules["own-staff-number"]
    verdict = next(
        verdict
        for example, verdict in verdicts(rule)
        if example.expect_failed == ("two_consents",)
    )
    told = [step.text for step in worded(verdict.steps, "en")]

    assert told == [
        "Mon 2026-03-02 10:00, by 1024: acted under another's staff number",
        "Not kept, not everybody consented who must: "
        "The manager and the owner of the number consented beforehand",
        "Missing: the owner of the number",
        "Kept: The consent ends, after 8 hours at most",
        "Kept: Who acted, and for whom, is on record",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_control_is_worded(language):
    assert {why for why in get_args(Why) if why} <= catalogue(language)["steps"].keys()


@pytest.mark.parametrize("names", [ACTS, FIGURES], ids=["acts", "figures"])
def test_closed_lists_are_named_in_both_languages(names):
    assert all(one.zh and one.en and one.id == name for name, one in names.items())
    assert len({one.zh for one in names.values()}) == len(names)


@pytest.mark.parametrize("names", [APPROVERS, FIELDS], ids=["approvers", "fields"])
def test_closed_lists_of_words_are_named_in_both_languages(names):
    assert all(zh and en for zh, en in names.values())


def test_the_tables_ask_men_and_women_each_their_own():
    version = PACK.rules["table-ornaments"].versions[0]

    assert isinstance(version, ChecklistVersion)
    assert {item.variant for item in version.items} == {"men", "women"}


def test_every_list_of_the_standard_can_be_ticked_in_a_minute():
    """A dozen taps at most a rule, and only what is out of order needs a tap."""
    lists = [rule.versions[0] for rule in RULES if isinstance(rule, ChecklistRule)]

    assert max(len(version.items) for version in lists) <= 12


def test_a_damaged_print_says_how_it_was_read():
    text = (default_pack_path() / "bearing" / "gesture-range.toml").read_text("utf-8")
    (version,) = tomllib.loads(text)["version"]

    assert "750px" in version["interpretation"]["zh"]
    assert any("read_as" in item for item in version["items"])
