"""Explanations: every step in Chinese and in English, with its source."""

from datetime import UTC, date, datetime

import pytest

from shouwen.core.clause import Words
from shouwen.core.kinds.clock.steps import CLOCK_STEP_CODES
from shouwen.core.timing.steps import STEP_CODES, Param, Step
from shouwen.standard.explain import LANGUAGES, catalogue, worded

NOON = datetime(2026, 10, 8, 4, tzinfo=UTC)
VALUES: dict[str, Param] = {
    "at": NOON,
    "due_at": NOON,
    "reported_at": NOON,
    "made_at": NOON,
    "from": NOON,
    "to": NOON,
    "day": date(2026, 10, 8),
    "seconds": 5400,
    "days": 7,
    "n": 1,
    "name": "国庆节",
    "opens": "08:30",
    "closes": "17:30",
    "reason": "awaiting_customer",
    "by": "1023",
    "evidence": "短信 12",
    "open": 0,
    "version": "cn-2026.2",
    "value": 2,
    "unit": "working_days",
    "why": "evidence_missing",
    "rule": "repair-done-24h",
    "field": "hours",
    "given": "300",
    "zh": "省里的规定",
    "en": "the provincial rule",
    "section": "三（二）",
    "approver": "1001",
}
OWN_CODES = {
    "owner_awaited": ("at", "due_at"),
    "offer_awaited": ("at", "due_at"),
    "record_complete_within": ("value", "unit", "due_at"),
    "record_complete": ("at",),
    "handed_over_within": ("value", "unit", "due_at"),
    "handed_over": ("at",),
}
ALL_CODES = {**STEP_CODES, **CLOCK_STEP_CODES, **OWN_CODES}
REASONS = {"awaiting_customer": Words(zh="等待客户", en="waiting for the customer")}


def step(code, **params):
    values = {name: VALUES[name] for name in ALL_CODES[code]}
    if code.startswith("skipped"):
        values |= {"from": date(2026, 10, 1), "to": date(2026, 10, 7)}
    return Step(code, {**values, **params})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ALL_CODES)
def test_every_step_code_is_worded_in_both_languages(code, language):
    (told,) = worded([step(code)], language, reasons=REASONS)

    assert told.text
    assert told.source
    assert "{" not in told.text + told.source


def test_both_catalogues_word_the_same_codes():
    assert catalogue("zh")["steps"].keys() == catalogue("en")["steps"].keys()
    assert catalogue("zh")["units"].keys() == catalogue("en")["units"].keys()


@pytest.mark.parametrize(
    ("told", "zh", "source"),
    [
        (step("started"), "2026年10月8日 周四 12:00 开始计时", "记录"),
        (step("limit"), "时限 2 个工作日", "条款"),
        (step("counting_begins_next_day"), "从次日 2026年10月8日 周四 开始数，收到日不算", "读法"),
        (
            step("skipped_holiday"),
            "2026年10月1日 周四—2026年10月7日 周三国庆节放假 7 天，跳过",
            "日历 cn-2026.2",
        ),
        (
            step("working_day", seconds=0),
            "2026年10月8日 周四，第 1 个工作日（08:30–17:30）",
            "日历 cn-2026.2",
        ),
        (
            step("paused"),
            "2026年10月8日 周四 12:00 至 2026年10月8日 周四 12:00 暂停：等待客户，1 小时 30 分"
            "，经办 1023，凭据 短信 12",
            "记录",
        ),
        (
            step("pause_refused"),
            "2026年10月8日 周四 12:00 的暂停（等待客户）不计：没有凭据",
            "条款",
        ),
    ],
)
def test_a_step_reads_as_people_say_it(told, zh, source):
    first, *_ = worded([told, step("calendar")], "zh", reasons=REASONS)

    assert (first.text, first.source) == (zh, source)


def test_english_sentences_name_the_same_moments():
    (told,) = worded([step("due")], "en")

    assert told.text == "Due on Thu 2026-10-08 12:00"
