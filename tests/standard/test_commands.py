"""`shouwen standard …` as people and scripts use it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shouwen.standard.commands import app
from shouwen.standard.locations import default_pack_path
from tests.standard.small_pack import RULE, write_pack

KEYS = [
    "rule",
    "version",
    "started_at",
    "warn_at",
    "due_at",
    "verdict",
    "calendar",
    "explanation",
    "soft_due_at",
    "failed",
    "escalation",
]
TWO_DAYS = ("due", str(default_pack_path()), "consultation-answered-2wd", "--format", "json")


def run(*args):
    return CliRunner().invoke(app, list(args))


def answer(*args):
    result = run(*args)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_check_of_the_whole_pack_finds_nothing_and_takes_no_two_seconds():
    begun = time.perf_counter()

    result = run("check", str(default_pack_path()))

    assert result.exit_code == 0, result.output
    assert "156 passages" in result.output
    assert time.perf_counter() - begun < 2


def test_check_names_every_fault_and_ends_with_1(tmp_path):
    rule = RULE.replace("limit = {", "limitt = {").replace("case.repaired", "case.repared")

    result = run("check", str(write_pack(tmp_path, rule=rule)))

    assert result.exit_code == 1
    assert "version.0.limitt" in result.output
    assert "did you mean limit?" in result.output
    assert "是不是 limit？" in result.output


def test_show_tells_everything_about_a_clause():
    result = run("show", "5.3.4")

    assert result.exit_code == 0
    for expected in ("consultation-answered-2wd", "15.3.4", "case.deferred", "2 个工作日", "读法"):
        assert expected in result.output


def test_show_of_an_unknown_clause_says_so():
    result = run("show", "99.9")

    assert result.exit_code == 1
    assert "no clause 99.9" in result.output


def test_coverage_as_json_has_the_promised_columns():
    rows = answer("coverage", "--format", "json")

    assert len(rows) == 156
    assert {"clause", "kind", "judged", "lived", "measure", "tests", "gap"} <= rows[0].keys()
    assert all(row["rules"] or row["gap"] for row in rows)


def test_vocabulary_lists_events_facts_units_and_reasons():
    words = answer("vocabulary", "--format", "json")

    assert "case.reported" in {event["name"] for event in words["events"]}
    facts = {fact["name"]: fact for fact in words["facts"]}
    assert "repair" in facts["case_kind"]["values"]
    assert "working_days" in {unit["name"] for unit in words["units"]}
    assert {reason["name"] for reason in words["pause_reasons"]} >= {"awaiting_customer"}
    assert all(entry["zh"] and entry["en"] for entry in words["events"] + words["facts"])


def test_coverage_and_vocabulary_are_readable_without_json():
    assert "5.2.12" in run("coverage").output
    assert "[events]" in run("vocabulary").output


def test_due_answers_with_exactly_the_promised_keys():
    told = answer(
        *TWO_DAYS, "--event", "case.deferred=2026-09-30T16:40", "--fact", "case_kind=consultation"
    )

    assert list(told) == KEYS
    assert told["due_at"] == "2026-10-09T17:30:00+08:00"
    assert told["verdict"] == "running"
    assert told["version"] == "2025-01-01"
    assert told["calendar"].startswith("cn-")
    codes = [step["code"] for step in told["explanation"]]
    assert "skipped_holiday" in codes
    assert all(step["zh"] and step["en"] for step in told["explanation"])


def test_due_counts_pauses_and_knows_the_moment_of_judging():
    told = answer(
        "due",
        str(default_pack_path()),
        "repair-done-24h",
        "--format",
        "json",
        "--event",
        "case.reported=2026-03-02T08:00:00+08:00",
        "--fact",
        "case_kind=repair",
        "--fact",
        "side=customer",
        "--pause",
        "awaiting_customer=2026-03-02T10:00/2026-03-02T12:00",
        "--now",
        "2026-03-03T10:00:00+08:00",
    )

    assert told["due_at"] == "2026-03-03T10:00:00+08:00"
    assert told["verdict"] == "running"
    assert told["calendar"] is None


def test_due_stands_while_a_pause_goes_on():
    told = answer(
        "due",
        str(default_pack_path()),
        "repair-done-24h",
        "--format",
        "json",
        "--event",
        "case.reported=2026-03-02T08:00",
        "--fact",
        "case_kind=repair",
        "--fact",
        "side=customer",
        "--pause",
        "awaiting_customer=2026-03-02T10:00",
        "--now",
        "2026-03-03T10:00",
    )

    assert (told["verdict"], told["due_at"]) == ("paused", None)


def test_due_moves_with_an_agreed_time():
    told = answer(
        "due",
        str(default_pack_path()),
        "repair-handled-6h",
        "--format",
        "json",
        "--event",
        "case.reported=2026-03-02T08:00",
        "--event",
        "case.agreed_time=2026-03-02T08:05/2026-03-03T09:00",
        "--fact",
        "case_kind=repair",
        "--fact",
        "side=customer",
    )

    assert told["started_at"] == "2026-03-03T09:00:00+08:00"
    assert told["due_at"] == "2026-03-03T15:00:00+08:00"


def test_due_says_why_a_rule_does_not_apply():
    told = answer(
        *TWO_DAYS, "--event", "case.deferred=2026-03-02T08:00", "--fact", "case_kind=repair"
    )

    assert told["verdict"] == "not_applicable"
    assert told["explanation"][0]["code"] == "facts"


def test_due_makes_no_promise_in_a_year_without_a_calendar():
    told = answer(
        *TWO_DAYS, "--event", "case.deferred=2031-03-02T08:00", "--fact", "case_kind=consultation"
    )

    assert (told["verdict"], told["due_at"]) == ("gap", None)
    assert "2031" in told["explanation"][0]["en"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--event", "case.defered=2026-03-02"), "did you mean case.deferred?"),
        (("--event", "case.deferred=soon"), "not a time"),
        (("--event", "case.deferred"), "--event NAME=TIME"),
        (("--event", "case.deferred=2026-03-02", "--fact", "kind=repair"), "no fact kind"),
        (("--event", "case.deferred=2026-03-02", "--fact", "case_kind=x"), "no value x"),
        (
            ("--event", "case.deferred=2026-03-02", "--pause", "a=2026-03-03/2026-03-02"),
            "ends before",
        ),
        ((), "at least one --event"),
    ],
)
def test_due_refuses_what_it_cannot_read_and_says_what_to_type(args, expected):
    result = run(*TWO_DAYS, *args)

    assert result.exit_code == 1
    assert expected in result.output


def test_due_of_an_unknown_rule_suggests_one():
    result = run(
        "due", str(default_pack_path()), "repair-handled-6", "--event", "case.reported=2026-03-02"
    )

    assert "did you mean repair-handled-6h?" in result.output


def test_lock_publishes_new_versions(tmp_path):
    path = write_pack(tmp_path)

    assert "1 versions published" in run("lock", str(path)).output
    assert "0 versions published" in run("lock", str(path)).output


def test_core_and_standard_work_without_django():
    source = Path(__file__).parents[2] / "src"
    program = (
        f"import sys; sys.path.insert(0, {str(source)!r})\n"
        "import shouwen.standard.commands\n"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
