from datetime import timedelta
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from shouwen.clocks.commands import app
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import recompute, tick
from shouwen.jobs.worker import work_once
from tests.apps.clocks.happenings import (
    DONE,
    HANDLED,
    HOUR,
    MONDAY,
    SECOND,
    a_repair,
    clock,
    happens,
)

pytestmark = pytest.mark.django_db


def differences(*, now, check=True):
    return [(each.rule_id, each.columns) for each in recompute(check=check, now=now)]


def test_rows_that_the_program_keeps_agree_with_the_journal_at_any_time():
    case = a_repair()
    happens(case, "case.paused", at=MONDAY + HOUR, reason="no_access", evidence="N-1")
    assert differences(now=MONDAY + HOUR) == []

    happens(case, "case.resumed", at=MONDAY + 2 * HOUR)
    happens(case, "case.handled", at=MONDAY + 3 * HOUR)
    assert differences(now=MONDAY + 3 * HOUR) == []

    late = MONDAY + timedelta(days=3)
    for now in (late, late + SECOND):
        tick(now=now)
        while work_once(clock=lambda: late + SECOND):
            pass
    assert differences(now=late + SECOND) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_at", MONDAY),
        ("state", "met"),
        ("is_open", False),
        ("facts", {}),
        ("urgency_at", MONDAY),
    ],
)
def test_an_edited_row_is_found_and_mended(column, value):
    case = a_repair()
    Clock.objects.filter(rule_id=DONE).update(**{column: value})

    assert differences(now=MONDAY) == [(DONE, (column,))]
    assert differences(now=MONDAY) == [(DONE, (column,))], "checking changes nothing"
    assert differences(now=MONDAY, check=False) == [(DONE, (column,))]
    assert differences(now=MONDAY) == []
    assert clock(case, DONE).due_at == MONDAY + 24 * HOUR


def test_a_row_that_is_gone_is_found_and_comes_back():
    case = a_repair()
    Clock.objects.filter(rule_id=DONE).delete()

    assert differences(now=MONDAY, check=False) == [(DONE, ("row",))]
    assert clock(case, DONE).due_at == MONDAY + 24 * HOUR


def test_a_row_that_the_journal_knows_nothing_of_is_found_and_goes():
    stray = clock(a_repair(), DONE)
    stray.pk, stray.rule_id = uuid4(), "invented"
    stray.save(force_insert=True)

    assert differences(now=MONDAY, check=False) == [("invented", ("row",))]
    assert not Clock.objects.filter(rule_id="invented").exists()


def test_a_pause_that_nobody_recorded_is_found_and_goes():
    case = a_repair()
    clock(case, DONE).intervals.create(started_at=MONDAY, ended_at=None, reason="no_access")

    assert differences(now=MONDAY, check=False) == [(DONE, ("intervals",))]
    assert not clock(case, DONE).intervals.exists()


def test_a_state_that_the_events_do_not_give_is_found():
    case = a_repair()
    happens(case, "case.handled", at=MONDAY + HOUR)
    Clock.objects.filter(rule_id=HANDLED).update(state="running", is_open=True, stopped_at=None)

    assert differences(now=MONDAY + HOUR) == [(HANDLED, ("is_open", "state", "stopped_at"))]


def test_a_milestone_that_just_passed_is_on_its_way_and_a_minute_later_a_difference():
    case = a_repair()
    happens(case, "case.voided", at=MONDAY + HOUR)
    other = a_repair()
    for kind in ("case.recorded", "case.routed", "case.dispatched", "case.handled", "case.closed"):
        happens(other, kind, at=MONDAY)
    warn = MONDAY + 0.8 * 24 * HOUR

    assert differences(now=warn + 59 * SECOND) == []
    assert differences(now=warn + 60 * SECOND) == [(DONE, ("state",))]

    tick(now=warn + SECOND)
    assert differences(now=warn + 59 * SECOND) == []
    assert differences(now=warn + 60 * SECOND) == [(DONE, ("state",))]


def test_the_command_says_so_by_its_exit_code():
    case = a_repair()
    for kind in (
        "case.recorded",
        "case.routed",
        "case.dispatched",
        "case.repaired",
        "case.closed",
    ):
        happens(case, kind, at=MONDAY)

    assert CliRunner().invoke(app, ["recompute", "--check"]).exit_code == 0

    Clock.objects.filter(rule_id=DONE).update(state="missed")
    checked = CliRunner().invoke(app, ["recompute", "--check"])
    mended = CliRunner().invoke(app, ["recompute"])

    assert (checked.exit_code, mended.exit_code) == (1, 0)
    assert DONE in checked.output
    assert clock(case, DONE).state == "met"


def test_the_command_has_an_exit_code_for_a_standard_it_cannot_read(tmp_path, monkeypatch):
    a_repair()
    monkeypatch.setenv("SHOUWEN_STANDARD", str(tmp_path))

    assert CliRunner().invoke(app, ["recompute", "--check"]).exit_code == 2
