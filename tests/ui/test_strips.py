from datetime import date, datetime, timedelta

import pytest

from shouwen.ui import wording
from shouwen.ui.strips import StripDay, day_strip, hour_line

NOW = datetime(2026, 10, 9, 14, 32, tzinfo=wording.ZONE)
NATIONAL_DAY = (
    StripDay(date(2026, 9, 30), "received"),
    *(StripDay(date(2026, 10, day), "off") for day in range(1, 8)),
    StripDay(date(2026, 10, 8), "counted", 1),
    StripDay(date(2026, 10, 9), "counted", 2),
)


def strip(days=NATIONAL_DAY):
    return day_strip(
        days,
        received_at=datetime(2026, 9, 30, 16, 40, tzinfo=wording.ZONE),
        due_at=NOW.replace(hour=17, minute=30),
        off_text="国庆节放假 7 天，不算工作日",
        label="…",
    )


def test_each_day_says_what_it_counted_as():
    cells = strip().cells

    assert [cell.look for cell in cells] == ["from"] + ["off"] * 7 + ["on", "on"]
    assert [cell.note for cell in cells] == ["收"] + [""] * 7 + ["①", "②"]


def test_days_stand_side_by_side_inside_the_drawing():
    drawn = strip()

    rights = [cell.x + cell.width for cell in drawn.cells]
    assert all(right < after.x for right, after in zip(rights, drawn.cells[1:], strict=False))
    assert rights[-1] <= drawn.width


def test_the_flag_stands_in_the_last_day_at_its_time():
    drawn = strip()
    last = drawn.cells[-1]

    assert last.x < drawn.flag_x < last.x + last.width
    assert drawn.flag_text == "17:30"


def test_the_text_stands_under_the_longest_run_of_skipped_days():
    drawn = strip()

    assert (drawn.off_from, drawn.off_to) == (
        drawn.cells[1].x,
        pytest.approx(drawn.cells[7].x + drawn.cells[7].width),
    )


def test_without_skipped_days_nothing_is_said_about_them():
    assert strip((NATIONAL_DAY[0], NATIONAL_DAY[-1])).off_text == ""


@pytest.mark.parametrize("count", [0, 1, 17])
def test_a_strip_of_too_few_or_too_many_days_is_not_drawn(count):
    first = date(2026, 3, 2)
    days = [StripDay(first + timedelta(days=n), "counted", n + 1) for n in range(count)]

    assert strip(days) is None


def test_an_hour_line_is_cut_by_its_pauses():
    start = NOW - timedelta(hours=4)
    pause = (NOW - timedelta(hours=3), NOW - timedelta(hours=2))

    line = hour_line(
        started_at=start, due_at=NOW + timedelta(hours=2), pauses=[pause], now=NOW, label="…"
    )

    assert [piece.look for piece in line.pieces] == ["run", "pause", "run"]
    assert line.pieces[0].x2 == line.pieces[1].x1
    assert line.pieces[-1].x2 == line.due_x


def test_an_hour_line_past_its_due_time_shows_how_late():
    line = hour_line(
        started_at=NOW - timedelta(hours=4), due_at=NOW - timedelta(hours=1), now=NOW, label="…"
    )

    assert [piece.look for piece in line.pieces] == ["run", "late"]
    assert line.due_x < line.now_x
