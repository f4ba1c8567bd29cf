"""What a row says for each verdict; no database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shouwen.clocks.models import Clock
from shouwen.clocks.standing import NEVER, Standing, standing
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import (
    WORDS,
    Excepted,
    Gap,
    Met,
    Missed,
    NotApplicable,
    NotProvable,
    Paused,
    Running,
)
from tests.apps.clocks.happenings import HOUR, MONDAY

DUE, WARN = MONDAY + 6 * HOUR, MONDAY + 5 * HOUR
CALENDAR = (Step("calendar", {"version": "cn-2026.2", "name": "cn"}),)


def running(**more):
    return Running(
        **{"due_at": DUE, "warn_at": WARN, "started_at": MONDAY, "steps": CALENDAR, **more}
    )


@pytest.mark.parametrize(
    ("verdict", "now", "state", "milestone"),
    [
        (running(), WARN - timedelta(microseconds=1), "running", ("warn", WARN)),
        (running(), WARN, "warned", ("due", DUE)),
        (running(warn_at=None), WARN, "running", ("due", DUE)),
        (running(due_at=None, warn_at=None), WARN, "running", ("", None)),
    ],
)
def test_a_running_clock_looks_forward_to_its_next_milestone(verdict, now, state, milestone):
    found = standing(verdict, now=now)

    assert (found.state, found.is_open) == (state, verdict.due_at is not None)
    assert (found.next_milestone, found.next_milestone_at) == milestone
    assert found.calendar_version == "cn-2026.2"
    assert found.urgency_at == (verdict.due_at or NEVER)


def test_a_paused_clock_looks_forward_to_the_end_of_the_longest_pause():
    verdict = Paused(
        reason="no_access", since=WARN, started_at=MONDAY, remaining_seconds=3600, lapses_at=DUE
    )

    found = standing(verdict, now=WARN)

    assert (found.state, found.is_open, found.due_at) == ("paused", True, None)
    assert (found.next_milestone, found.next_milestone_at) == ("pause", DUE)
    assert standing(replace(verdict, lapses_at=None), now=WARN).next_milestone_at is None


@pytest.mark.parametrize(
    ("verdict", "state", "is_open"),
    [
        (Met(at=WARN, due_at=DUE, started_at=MONDAY), "met", False),
        (Missed(at=DUE + HOUR, due_at=DUE, started_at=MONDAY), "missed", False),
        (Missed(at=None, due_at=DUE, started_at=MONDAY), "missed", True),
        (NotApplicable(reason="facts"), "not_applicable", False),
        (NotApplicable(reason="cancelled"), "cancelled", False),
        (Excepted(reason="flood", approver="1001", evidence="x"), "excepted", False),
        (NotProvable(reason="no_recording"), "not_provable", False),
        (Gap(reason="not_judged_yet"), "gap", True),
        (Gap(reason="calendar_year_missing", year=2031), "no_promise", True),
    ],
)
def test_every_other_verdict_has_its_state_and_waits_for_nothing(verdict, state, is_open):
    found = standing(verdict, now=DUE)

    assert (found.state, found.is_open) == (state, is_open)
    assert found.next_milestone_at is None
    assert found.state in Clock.State.values


def test_no_verdict_is_forgotten():
    words = set(WORDS) - {"kept", "broken", "too_few"}  # of calls, and of figures

    assert words <= set(Clock.State.values)
    assert Standing(state="met", is_open=False).urgency_at == NEVER
