from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shouwen.ui import wording
from shouwen.ui.presenters import ClockFacts, Stretch, burn, chip, due_text, used_share

NOW = datetime(2026, 10, 9, 14, 32, tzinfo=wording.ZONE)
HALF_AN_HOUR = timedelta(minutes=30)
RUNNING = ClockFacts(state="running", started_at=NOW - HALF_AN_HOUR, due_at=NOW + HALF_AN_HOUR)


@pytest.mark.parametrize(
    ("facts", "look", "word", "time"),
    [
        (RUNNING, "run", "计时中", "剩 0:30"),
        (replace(RUNNING, state="warned"), "warn", "将到期", "剩 0:30"),
        (ClockFacts(state="missed", due_at=NOW - HALF_AN_HOUR), "over", "已超时", "超 0:30"),
        (replace(RUNNING, state="met", stopped_at=NOW), "met", "已兑现", "用 0:30"),
        (ClockFacts(state="paused", reason="等客户"), "pause", "暂停", "等客户"),
        (ClockFacts(state="gap"), "gap", "缺口", "没有期限"),
        (ClockFacts(state="no_promise", reason="没有日历"), "gap", "缺口", "没有日历"),
        (ClockFacts(state="not_applicable", reason="当场答复"), "na", "不适用", "当场答复"),
        (ClockFacts(state="cancelled", reason="已作废"), "na", "不适用", "已作废"),
    ],
)
def test_every_state_has_its_own_look_word_and_time(facts, look, word, time):
    shown = chip(facts, now=NOW)

    assert (shown.look, shown.word, shown.time_text) == (look, word, time)


def test_a_clock_that_counts_towards_no_limit_shows_its_word_and_no_line():
    shown = chip(ClockFacts(state="running", started_at=NOW), now=NOW, dense=True)

    assert (shown.dense, shown.burn, shown.word) == (False, None, "计时中")


def test_a_miss_that_was_made_good_keeps_how_late_it_was():
    facts = ClockFacts(
        state="missed", due_at=NOW - 2 * HALF_AN_HOUR, stopped_at=NOW - HALF_AN_HOUR
    )

    assert chip(facts, now=NOW + timedelta(days=3)).time_text == "超 0:30"


def test_only_a_clock_that_counts_moves_in_the_browser():
    still = replace(RUNNING, state="met", stopped_at=NOW)

    assert chip(RUNNING, now=NOW).due_iso == (NOW + HALF_AN_HOUR).isoformat()
    assert chip(still, now=NOW).due_iso == ""


def test_the_title_says_the_due_time_in_full():
    assert chip(RUNNING, now=NOW).title == "10月9日 15:02 到期"


def test_the_tip_stands_where_the_time_has_burnt_down_to():
    line = burn(RUNNING, now=NOW, width=44)

    assert (line.ash.x1, line.tip_x, line.end_x) == (1, 21.0, 41.0)
    assert (line.tip, line.rest) == ("round", Stretch(21.0, 41.0))


def test_the_line_of_a_kept_promise_is_solid_up_to_the_tick_and_ash_after_it():
    line = burn(replace(RUNNING, state="met", stopped_at=NOW), now=NOW, width=72)

    assert line.tip == "tick"
    assert (line.rest, line.ash) == (Stretch(1, line.tip_x), Stretch(line.tip_x, line.end_x))


def test_the_line_of_a_miss_runs_past_the_due_mark():
    line = burn(replace(RUNNING, state="missed"), now=NOW, width=44)

    assert line.past == Stretch(line.end_x, 43)


def test_a_gap_has_nothing_but_ash():
    line = burn(ClockFacts(state="gap"), now=NOW, width=44)

    assert (line.rest, line.past, line.tip) == (None, None, "")


def test_a_paused_clock_stands_where_it_stood_when_it_was_paused():
    facts = ClockFacts(
        state="paused",
        started_at=NOW - timedelta(hours=5),
        paused_at=NOW - timedelta(hours=4),
        remaining_seconds=3 * 3600,
    )

    assert used_share(facts, now=NOW) == pytest.approx(0.25)


def test_a_milestone_stands_at_its_own_share():
    line = burn(replace(RUNNING, milestones=(NOW,)), now=NOW, width=44)

    assert line.milestones == (21.0,)


@pytest.mark.parametrize("state", ["running", "warned", "missed", "met", "paused"])
@given(
    minutes=st.integers(-10_000, 10_000), whole=st.integers(0, 10_000), width=st.integers(24, 300)
)
def test_no_part_of_a_line_leaves_its_drawing(state, minutes, whole, width):
    start = NOW - timedelta(minutes=minutes)
    facts = ClockFacts(
        state=state,
        started_at=start,
        due_at=start + timedelta(minutes=whole),
        remaining_seconds=whole * 60,
    )

    line = burn(facts, now=NOW, width=width)

    pieces = [piece for piece in (line.ash, line.rest, line.past) if piece]
    assert all(0 <= piece.x1 <= piece.x2 <= width for piece in pieces)
    assert 0 <= line.end_x <= width


def test_the_due_column_of_a_paused_clock_says_what_is_left_once_it_resumes():
    facts = ClockFacts(state="paused", remaining_seconds=9 * 3600 + 40 * 60, reason="等客户")

    assert due_text(facts, now=NOW) == "恢复后剩 9:40"


def test_the_due_column_of_a_clock_without_a_limit_is_a_dash():
    assert due_text(ClockFacts(state="gap"), now=NOW) == "—"


def test_chips_speak_english_in_english():
    with translation.override("en"):
        shown = chip(RUNNING, now=NOW)

    assert (shown.word, shown.time_text) == ("Running", "0:30 left")
