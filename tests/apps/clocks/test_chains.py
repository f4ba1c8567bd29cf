"""Clocks that begin when another one was met or missed, by a night calendar, or void by exception."""

import pytest

from shouwen.clocks.models import Clock
from shouwen.clocks.operations import rejudge
from shouwen.clocks.queries import clocks_of, verdict_of
from shouwen.core.verdict import Excepted
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import HOUR, MONDAY, SECOND, a_case, clock, happens
from tests.standard.small_pack import CONTENTS, PACK, RULE, write_pack

pytestmark = pytest.mark.django_db

FIRST, RECOVERY, LAST, NIGHT = "repaired-24h", "explained-2h", "apologised-1h", "told-by-night"
START = 'start = { on = ["case.reported"] }'
DAY = 24 * HOUR


def rule(rule_id, stop, hours, start=START, more=""):
    text = RULE.split("[[example]]")[0].replace(FIRST, rule_id).replace("case.repaired", stop)
    return text.replace("value = 24", f"value = {hours}").replace(START, start) + more


@pytest.fixture(autouse=True)
def chained(tmp_path, monkeypatch):
    def after(rule_id):
        return f'start = {{ on = ["clock.missed"], rule = "{rule_id}" }}'

    rules = {
        RECOVERY: rule(RECOVERY, "case.answered", 2, after(FIRST)),
        LAST: rule(LAST, "case.noted", 1, after(RECOVERY)),
        NIGHT: rule(NIGHT, "case.noted", 1, more='calendar = "nights"\n').replace(
            'unit = "hours"', 'unit = "working_hours"'
        ),
    }
    more = """
[exception_reasons]
storm = { zh = "恶劣天气", en = "severe weather" }
[calendars.nights]
title = { zh = "夜班", en = "nights" }
hours = { mon = [["20:00", "08:00"]] }
"""
    first = RULE.split("[[example]]")[0] + 'exceptions = [{ reason = "storm" }]\n'
    listed = ", ".join(f'"{name}"' for name in (FIRST, *rules))
    path = write_pack(
        tmp_path,
        rule=first,
        rules=rules,
        pack=PACK + more,
        contents=CONTENTS.replace('"repaired-24h"', listed),
    )
    monkeypatch.setenv("SHOUWEN_STANDARD", str(path))


def reported():
    case = a_case()
    happens(case, "case.reported", at=MONDAY)
    return case


def rules_of(case):
    return {row.rule_id for row in clocks_of(subject=case)}


def test_a_recovery_clock_begins_when_the_first_one_was_missed():
    case = reported()
    assert rules_of(case) == {FIRST, NIGHT}

    rejudge(subject=case, now=MONDAY + DAY + HOUR)

    assert rules_of(case) == {FIRST, NIGHT, RECOVERY}
    row = clock(case, RECOVERY)
    assert (row.state, row.started_at, row.due_at) == (
        "running",
        MONDAY + DAY,
        MONDAY + DAY + 2 * HOUR,
    )


def test_a_chain_of_misses_is_caught_up_in_one_go():
    case = reported()

    rejudge(subject=case, now=MONDAY + 3 * DAY)

    assert clock(case, RECOVERY).state == "missed"
    assert clock(case, LAST).started_at == MONDAY + DAY + 2 * HOUR
    rejudge(subject=case, now=MONDAY + 3 * DAY)
    assert Entry.objects.filter(kind="clock.started").count() == 4


def test_done_in_time_there_is_nothing_to_recover():
    case = reported()

    happens(case, "case.repaired", at=MONDAY + HOUR)
    rejudge(subject=case, now=MONDAY + 3 * DAY)

    assert RECOVERY not in rules_of(case)


def test_a_clock_may_count_by_another_calendar_and_says_which():
    row = clock(reported(), NIGHT)

    assert row.due_at == MONDAY + 13 * HOUR  # eight in the morning, then from eight in the evening
    assert row.calendar_version.endswith("/nights")


def test_an_approved_exception_takes_the_clock_out_of_the_count():
    case = reported()

    data = {"reason": "storm", "approver": "1001", "evidence": "预警 7 号", "rule": FIRST}
    happens(case, "case.exception_granted", at=MONDAY + HOUR, data=data)

    row = clock(case, FIRST)
    assert (row.state, row.reason, row.is_open) == ("excepted", "storm", False)
    told = verdict_of(clock=row, now=MONDAY + HOUR + SECOND)
    assert told.is_same
    assert isinstance(told.verdict, Excepted)
    assert told.verdict.approver == "1001"
    assert Clock.objects.get(rule_id=NIGHT).is_open
