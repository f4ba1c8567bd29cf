"""Wording, protocols and measures that cannot mean what they say are refused, each with a remedy."""

import pytest

from shouwen.standard.checking import check_pack
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import write_pack

HEAD = """
id = "{id}"
clause = "1"
kind = "{kind}"
title = {{ zh = "用语", en = "words" }}
wording = {{ zh = "用语。", en = "Words." }}
stage = "any"

[source]
document = "服务规范"
section = "一"

[[version]]
from = 2025-01-01
"""
CONTENTS = """
[[passage]]
clause = "1"
section = "一"
rules = ["repaired-24h", "words", "others"]
"""
WANTED = 'mode = "required"\nsituation = { zh = "x", en = "x" }\nsays = ["不管多晚都有人接"]\n'
FORBIDDEN = (
    'mode = "forbidden"\nsituation = { zh = "x", en = "x" }\nsays = ["没空"]\ninstead = ["好"]\n'
)
STEP = '{ id = "a", title = { zh = "甲", en = "a" } }'
STEPS = f"steps = [{STEP}]\n"


def faults_of(root, body, kind="phrase", other=WANTED):
    rules = {
        "words": HEAD.format(id="words", kind=kind) + body,
        "others": HEAD.format(id="others", kind="phrase") + other,
    }
    with pytest.raises(PackFaults) as caught:
        check_pack(write_pack(root, rules=rules, contents=CONTENTS))
    return {(fault.path, fault.remedy.en) for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("body", "path", "remedy"),
    [
        (WANTED.replace('["不管多晚都有人接"]', "[]"), "version.0.says", "write at least one line in says"),
        (WANTED + 'also = ["？！"]\n', "version.0.also.0", "write the words to hear, or remove it"),
        (WANTED + 'also = ["{brnd}您好"]\n', "version.0.also.0", "did you mean brand?"),
        (WANTED + 'wanted_if = ["custmer_known"]\n', "version.0.wanted_if.0", "did you mean customer_known?"),
        (WANTED + 'wanted_on = ["visit.arived"]\n', "version.0.wanted_on.0", "did you mean visit.arrived?"),
        (WANTED + 'never = ["不管多晚都有人接"]\n', "version.0.never", "keep it in one place"),
        (WANTED + 'left_to = ["other"]\n', "version.0.left_to.0", "did you mean others?"),
        (FORBIDDEN.replace('instead = ["好"]\n', ""), "version.0.instead", "write at least one line in instead"),
        (
            FORBIDDEN + 'wanted_if = ["held"]\n',
            "version.0.wanted_if",
            "remove wanted_if; to limit where it applies use applies_if",
        ),
    ],
)  # fmt: skip
def test_wording_at_fault_is_named_with_its_remedy(tmp_path, body, path, remedy):
    assert (path, remedy) in faults_of(tmp_path, body)


@pytest.mark.parametrize("phrase", ["不管多晚都有人接", "不管"])
def test_what_one_rule_wants_no_other_may_forbid_whole_or_in_part(tmp_path, phrase):
    body = FORBIDDEN + f'also = ["{phrase}"]\n'

    assert ("version.0.also", "keep it in one place") in faults_of(tmp_path, body)


def test_larger_wording_with_another_meaning_is_no_contradiction(tmp_path):
    body = FORBIDDEN + 'also = ["不管"]\nnot_in = ["不管多晚"]\n'
    rules = {
        "words": HEAD.format(id="words", kind="phrase") + body,
        "others": HEAD.format(id="others", kind="phrase") + WANTED,
    }

    assert "words" in check_pack(write_pack(tmp_path, rules=rules, contents=CONTENTS)).rules


@pytest.mark.parametrize(
    ("body", "path", "remedy"),
    [
        ("steps = []\n", "version.0.steps", "write at least one step"),
        (f"steps = [{STEP}, {STEP}]\n", "version.0.steps.1.id", "choose another id"),
        (STEPS + 'done = "visit.step_dne"\n', "version.0.done", "did you mean visit.step_done?"),
        (STEPS.replace('"a" } }', '"a" }, count = 0 }'), "version.0.steps.0.count", "make it 1 or more"),
        (
            STEPS.replace('"a" } }', '"a" }, at_least_seconds = 9, at_most_seconds = 3 }'),
            "version.0.steps.0.at_least_seconds",
            "make it 3 or less",
        ),
        (
            STEPS.replace('"a" } }', '"a" }, never_when = [{ alarm_jb = ["true"] }] }'),
            "version.0.steps.0.never_when.0.alarm_jb",
            "did you mean alarm_job?",
        ),
        (
            STEPS.replace('"a" } }', '"a" }, unless = ["visit.door_opend"] }'),
            "version.0.steps.0.unless.0",
            "did you mean visit.door_opened?",
        ),
    ],
)  # fmt: skip
def test_a_protocol_at_fault_is_named_with_its_remedy(tmp_path, body, path, remedy):
    assert (path, remedy) in faults_of(tmp_path, body, kind="protocol")


@pytest.mark.parametrize(
    ("body", "path", "remedy"),
    [
        ('measure = "unexplained_terms"\nkept_up_to = 0\n', "version.0.jargon", "write jargon = [{ term = …, plain = … }]"),
        (
            'measure = "unexplained_terms"\nkept_up_to = 0\njargon = [{ term = "内丝", plain = "内丝" }]\n',
            "version.0.jargon.0.plain",
            "write what a customer understands",
        ),
        ('measure = "loudness"\nkept_from = -10\nkept_up_to = -20\n', "version.0.kept_from", "make it -20 or less"),
        ('measure = "tone"\nitem = "tone"\n', "version.0.item", "add item or score_at_least"),
    ],
)  # fmt: skip
def test_a_measure_at_fault_is_named_with_its_remedy(tmp_path, body, path, remedy):
    assert (path, remedy) in faults_of(tmp_path, body, kind="call_measure")
