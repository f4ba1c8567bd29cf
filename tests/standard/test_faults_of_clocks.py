"""Every way to get a clock, a calendar, a chain or a ladder wrong: place, problem, remedy."""

import pytest

from shouwen.standard.checking import check_pack
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import CONTENTS, PACK, RULE, write_pack

FILE = "repairs/repaired-24h.toml"
LIMIT = 'limit = { value = 24, unit = "hours" }'
START = 'start = { on = ["case.reported"] }'
NIGHTS = """
[exception_reasons]
storm = { zh = "恶劣天气", en = "severe weather" }

[departments]
repair = { zh = "维修班", en = "Repair team" }

[calendars.nights]
title = { zh = "夜班", en = "nights" }
[calendars.nights.hours]
mon = [["20:00", "08:00"]]
"""


def faults_of(path):
    with pytest.raises(PackFaults) as caught:
        check_pack(path)
    return caught.value.faults


def broken(tmp_path, old, new, **more):
    assert old in RULE
    rule = RULE.replace(old, new, 1).split("[[example]]")[0]
    return faults_of(write_pack(tmp_path, rule=rule, pack=PACK + NIGHTS, **more))


CLAIM = 'title = { zh = "t", en = "t" }, source = { document = "d", section = "s" }'
WAYS = [
    ("", "version.0", "give exactly one of limit, limit_from"),
    (LIMIT + "\nend_of_day = {}", "version.0", "give exactly one of"),
    (LIMIT + '\nchoose = "earliest"', "version.0.choose", "or remove both"),
    (
        f'choose = "latest"\nlimits = [{{ id = "a", {CLAIM}, {LIMIT} }}]',
        "version.0.limits",
        "write limit itself",
    ),
    (
        f'choose = "latest"\nlimits = [{{ id = "a", {CLAIM}, {LIMIT} }}, {{ id = "a", {CLAIM} }}]',
        "version.0.limits.1",
        "give exactly one of limit, limit_from",
    ),
    (
        f'choose = "latest"\nlimits = [{{ id = "a", {CLAIM}, {LIMIT} }}, {{ id = "a", {CLAIM} }}]',
        "version.0.limits.1.id",
        "choose another id",
    ),
    (
        f'choose = "latest"\nlimits = [{{ id = "a", {CLAIM}, {LIMIT}, '
        'start = { on = ["case.repoted"] } }]',
        "version.0.limits.0.start.on.0",
        "did you mean case.reported?",
    ),
]


@pytest.mark.parametrize(("new", "path", "remedy"), WAYS)
def test_a_version_says_its_limit_in_exactly_one_way(tmp_path, new, path, remedy):
    told = {(fault.path, fault.remedy.en) for fault in broken(tmp_path, LIMIT, new)}

    assert any(place == path and remedy in words for place, words in told), told


PARTS = [
    (
        LIMIT,
        'limit_from = { field = "hours", unit = "hours", at_most = 0 }',
        "version.0.limit_from.at_most",
        "more than at_least",
    ),
    (
        LIMIT,
        'limit_from = { field = "hours", unit = "hours", at_most = 9 }',
        "version.0.limit_from.field",
        "known here",
    ),
    (
        LIMIT,
        'limit_from = { on = ["case.deadline_set"], field = "hour", unit = "hours", at_most = 9 }',
        "version.0.limit_from.field",
        "did you mean hours?",
    ),
    (
        LIMIT,
        'limit_from = { field = "hours", unit = "weeks", at_most = 9 }',
        "version.0.limit_from.unit",
        "known here",
    ),
    (
        LIMIT,
        'until = { on = ["case.deadline_st"] }',
        "version.0.until.on.0",
        "did you mean case.deadline_set?",
    ),
    (
        LIMIT,
        'window = { on = ["visit.appointed"], opens = "from", closes = "untill" }',
        "version.0.window.closes",
        "did you mean until?",
    ),
    (
        LIMIT,
        'window = { on = ["visit.appointed"], opens = "from", closes = "until", '
        'early = { value = 1, unit = "working_hours" } }',
        "version.0.window.early.unit",
        "use one of",
    ),
    (LIMIT, "end_of_day = { day = -1 }", "version.0.end_of_day.day", "0 or more"),
    (
        LIMIT,
        'end_of_day = { ends = "close_of_business" }',
        "version.0.end_of_day.ends",
        'unit = "working_days"',
    ),
    (LIMIT, "due_by = { rows = [] }", "version.0.due_by.rows", "at least one row"),
    (
        LIMIT,
        'due_by = { rows = [{ before = "19:00", at = "21:00" }, { from = "20:00", day = 1 }] }',
        "version.0.due_by.rows.1.from",
        'write from = "19:00"',
    ),
    (
        LIMIT,
        'due_by = { rows = [{ before = "19:00", at = "12:00" }, { from = "19:00", day = 1 }] }',
        "version.0.due_by.rows.0.at",
        "write day = 1",
    ),
    (
        LIMIT,
        "due_by = { rows = [{ day = 1 }, { day = 2 }] }",
        "version.0.due_by.rows.0.before",
        "when the next row begins",
    ),
    (
        LIMIT,
        'due_by = { rows = [{ day = 1, before = "19:00" }] }',
        "version.0.due_by.rows.0.before",
        "leave before out",
    ),
    (
        LIMIT,
        'due_by = { boundary = "later", rows = [{ day = 1 }] }',
        "version.0.due_by.boundary",
        "known here: next_row, row_before",
    ),
    (START, "start = {}", "version.0.start", "exactly one of them"),
    (
        START,
        'start = { on = ["case.reported"], all_of = ["case.routed"] }',
        "version.0.start",
        "exactly one of them",
    ),
    (
        START,
        'start = { on = ["case.reported"], after = { value = 1, unit = "hours" }, from_day = {} }',
        "version.0.start",
        "exactly one of them",
    ),
    (
        START,
        'start = { on = ["case.reported"], from_day = { day = 0 } }',
        "version.0.start.from_day.day",
        "1 or more",
    ),
    (
        START,
        'start = { on = ["clock.missed"] }',
        "version.0.start.rule",
        "the id of the rule",
    ),
    (
        START,
        'start = { on = ["case.reported"], rule = "repaired-24h" }',
        "version.0.start.rule",
        "name one of these events",
    ),
    (
        LIMIT,
        LIMIT + '\nwarn_after = { value = 2, unit = "days" }',
        "version.0.warn_after",
        "shorter than limit",
    ),
    (
        LIMIT,
        LIMIT + '\nsoft = { value = 24, unit = "hours" }',
        "version.0.soft",
        "shorter than limit",
    ),
    (
        LIMIT,
        LIMIT
        + '\nwarn_after = { value = 2, unit = "hours" }\nwarn_before = { value = 2, unit = "hours" }',
        "version.0.warn_before",
        "keep one of",
    ),
    (
        LIMIT,
        LIMIT + '\nwarn_before = { value = 1, unit = "working_days" }',
        "version.0.warn_before.unit",
        "use one of seconds",
    ),
    (LIMIT, LIMIT + '\ncalendar = "night"', "version.0.calendar", "did you mean nights?"),
    (
        LIMIT,
        LIMIT + '\nexceptions = [{ reason = "strom" }]',
        "version.0.exceptions.0.reason",
        "did you mean storm?",
    ),
    (
        LIMIT,
        LIMIT
        + '\npauses = [{ reason = "awaiting_customer", altogether = { value = 1, unit = "working_days" } }]',
        "version.0.pauses.0.altogether.unit",
        "use one of",
    ),
    (
        LIMIT,
        'until = { on = ["case.deadline_set"] }\npauses = [{ reason = "awaiting_customer" }]',
        "version.0.pauses",
        "remove it",
    ),
    (
        LIMIT,
        'gap = { zh = "没写", en = "not said" }\nsoft = { value = 1, unit = "days" }',
        "version.0.soft",
        "remove it",
    ),
    (
        LIMIT,
        'limit = { value = 1, unit = "working_days" }\n'
        'reading = { day_of_receipt = "included", limit_ends = "same_time_of_day" }',
        "version.0.reading",
        "or limit_ends",
    ),
    (
        LIMIT,
        'limit = { value = 1.5, unit = "working_days" }\n'
        'reading = { limit_ends = "same_time_of_day" }',
        "version.0.reading.limit_ends",
        "close_of_last_working_day",
    ),
    (
        LIMIT,
        LIMIT + '\non_change = "rejudge_from"',
        "version.0.rejudge_from",
        "write rejudge_from",
    ),
    (LIMIT, LIMIT + "\nrejudge_from = 2026-01-01", "version.0.rejudge_from", "remove both"),
    (LIMIT, LIMIT + '\non_change = "thaw"', "version.0.on_change", "known here: freeze"),
]


@pytest.mark.parametrize(("old", "new", "path", "remedy"), PARTS)
def test_one_slip_in_a_clock_is_named_with_its_remedy(tmp_path, old, new, path, remedy):
    faults = broken(tmp_path, old, new)

    told = [fault for fault in faults if fault.path == path]
    assert told, [(fault.path, fault.remedy.en) for fault in faults]
    assert any(remedy in fault.remedy.en for fault in told), told
    assert all(fault.file == FILE and fault.problem.zh and fault.remedy.zh for fault in told)


def test_several_slips_of_one_clock_come_together(tmp_path):
    faults = broken(
        tmp_path,
        LIMIT,
        'due_by = { rows = [{ before = "19:00", at = "12:00" }, { from = "20:00", day = -1 }] }\n'
        'calendar = "night"\nsoft = { value = 1, unit = "fortnights" }',
    )

    assert {fault.path for fault in faults} == {
        "version.0.due_by.rows.0.at",
        "version.0.due_by.rows.1.from",
        "version.0.due_by.rows.1.day",
        "version.0.calendar",
        "version.0.soft.unit",
    }


# --- calendars


CALENDARS = [
    ("[calendars.nights]", "[calendars.Nights]", "calendars.Nights", "begin with a small letter"),
    ('mon = [["20:00"', 'mo = [["20:00"', "calendars.nights.hours.mo", "did you mean mon?"),
    ('mon = [["20:00", "08:00"]]', "mon = []", "calendars.nights.hours", "at least one day"),
    (
        "[calendars.nights.hours]",
        'holidays = "ignored"\n[calendars.nights.hours]',
        "calendars.nights.holidays",
        "kept",
    ),
    (
        "[calendars.nights.hours]",
        'special = { "2026-02-30" = [] }\n[calendars.nights.hours]',
        "calendars.nights.special.2026-02-30",
        "2025-01-01",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "remedy"), CALENDARS)
def test_one_slip_in_a_calendar_is_named_with_its_remedy(tmp_path, old, new, path, remedy):
    pack = PACK + NIGHTS.replace(old, new).replace(
        "[calendars.nights.hours]", f"[{path.split('.')[0]}.{path.split('.')[1]}.hours]"
    )

    faults = faults_of(write_pack(tmp_path, pack=pack))

    told = {(fault.file, fault.path, fault.remedy.en) for fault in faults}
    assert any(
        file == "pack.toml" and place.startswith(path) and remedy in words
        for file, place, words in told
    ), told


# --- chains


def chained(rule_id, waits_for):
    start = f'start = {{ on = ["clock.missed"], rule = "{waits_for}" }}'
    rule = RULE.replace("repaired-24h", rule_id).replace(START, start)
    return rule.split("[[example]]")[0]


def with_rules(*names):
    listed = ", ".join(f'"{name}"' for name in ("repaired-24h", *names))
    return CONTENTS.replace('["repaired-24h"]', f"[{listed}]")


def test_a_rule_that_a_clock_waits_for_must_exist(tmp_path):
    rules = {"recovered-48h": chained("recovered-48h", "repaired-24")}

    (fault,) = faults_of(write_pack(tmp_path, contents=with_rules("recovered-48h"), rules=rules))

    assert (fault.path, fault.remedy.en) == ("version.0.start.rule", "did you mean repaired-24h?")


def test_rules_that_wait_for_each_other_are_refused_and_the_circle_is_shown(tmp_path):
    rules = {
        "one": chained("one", "two"),
        "two": chained("two", "three"),
        "three": chained("three", "one"),
    }

    (fault,) = faults_of(
        write_pack(tmp_path, contents=with_rules("one", "two", "three"), rules=rules)
    )

    assert (fault.file, fault.path) == ("repairs/one.toml", "version.0.start.rule")
    assert "one → two → three → one" in fault.problem.en


def test_a_rule_that_waits_for_itself_is_refused(tmp_path):
    rules = {"one": chained("one", "one")}

    (fault,) = faults_of(write_pack(tmp_path, contents=with_rules("one"), rules=rules))

    assert "one → one" in fault.problem.en


# --- the ladder


RUNG = """
[[rung]]
id = "soon"
title = { zh = "快到期", en = "Due soon" }
left = { value = 30, unit = "minutes" }
tell = ["owner"]
"""
RUNGS = [
    ('tell = ["owner"]', 'tell = ["owner"]\nwhen = { sevrity = ["major"] }', "when.sevrity"),
    ('tell = ["owner"]', 'tell = ["owner"]\ndepartments = ["repairs"]', "departments.0"),
    ('unit = "minutes"', 'unit = "working_days"', "rung.soon"),
]


@pytest.mark.parametrize(("old", "new", "path"), RUNGS)
def test_one_slip_in_the_ladder_is_found_by_the_check(tmp_path, old, new, path):
    files = {"escalation.toml": RUNG.replace(old, new)}

    (fault,) = faults_of(write_pack(tmp_path, pack=PACK + NIGHTS, files=files))

    assert fault.file == "escalation.toml"
    assert fault.path.endswith(path)
