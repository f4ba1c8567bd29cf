"""Every verdict of the programme kinds explains itself in both languages."""

import pytest

from shouwen.core.clause import Words
from shouwen.core.events import Event
from shouwen.core.kinds.frequency import FrequencyVersion
from shouwen.core.targets import Target, judge_target
from shouwen.core.verdict import Gap, NotApplicable
from shouwen.standard.explain import LANGUAGES, worded
from shouwen.standard.judging import judge
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

PACK = load_pack(default_pack_path())
KINDS = ("notice", "frequency", "sampling", "register", "training", "prohibition")
EXAMPLES = [
    (rule, example)
    for rule in PACK.rules.values()
    if rule.kind in KINDS
    for example in rule.examples
]


def _judged(rule, example):
    events = [
        Event(row[0], row[1], dict(row[2]) if len(row) > 2 else {}) for row in example.events
    ]
    return judge(
        rule=rule,
        facts=example.facts or {},
        events=events,
        calendar=PACK.calendar,
        now=example.now or max(event.at for event in events),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.id}: {example.says}" for rule, example in EXAMPLES]
)
def test_a_verdict_tells_why(rule, example, language):
    verdict = _judged(rule, example)

    told = worded(verdict.steps, language, zone=PACK.calendar.zone)

    assert told or isinstance(verdict, NotApplicable | Gap)
    assert not [line.text for line in told if "{" in line.text or not line.text.strip()]


@pytest.mark.parametrize(
    "rule_id", [rule.id for rule in PACK.rules.values() if rule.kind in KINDS]
)
def test_every_rule_is_shown_kept_and_broken(rule_id):
    outcomes = {example.expect for example in PACK.rules[rule_id].examples}

    assert "missed" in outcomes
    assert outcomes & {"met", "running"}


def test_a_late_and_incomplete_notice_names_what_was_missing_in_both_languages():
    rule = PACK.rules["outage-planned-notice"]
    example = next(
        each for each in rule.examples if "contents.reason" in (each.expect_failed or ())
    )

    zh, en = (worded(_judged(rule, example).steps, language) for language in LANGUAGES)

    assert "仍缺：停气原因、没有凭证" in [line.text for line in zh]
    assert "Still lacking: Reason, no proof of sending" in [line.text for line in en]


def test_a_target_tells_what_was_wanted_and_what_was_found():
    result = judge_target(Target(at_least=0.95, good_from=0.98), {"met": 96, "missed": 4})

    zh, en = (worded(result.steps, language) for language in LANGUAGES)

    assert [line.text for line in zh] == [
        "目标：每月不低于 95%",
        "共 100 件",
        "占 96%",
        "达到目标，但接近限值",
    ]
    assert en[0].text == "The target is at least 95%, each month"


def test_words_are_there_for_reasons_of_a_refused_relief():
    version = PACK.rules["inspection-frequency"].versions[-1]

    assert isinstance(version, FrequencyVersion)
    assert version.reliefs is not None
    assert isinstance(version.reliefs.allowed[0].title, Words)
