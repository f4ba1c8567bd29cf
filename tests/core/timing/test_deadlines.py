"""Worked examples: when is it due, and how is that explained?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.timing.deadlines import (
    STEP_CODES,
    CalendarRequired,
    due,
    due_at,
    elapsed,
    remaining,
    share_point,
)
from shouwen.core.timing.durations import BadDuration, Natural, WorkingDays, WorkingTime
from shouwen.core.timing.spans import NaiveMoment, Pause, Span
from tests.core.timing.makers import NIGHTS, OFFICE, SIX_DAYS, at

HOUR = 3600
SAME_DAY = WorkingDays(1, first_day="same")
SAME_TIME = WorkingDays(2, ends="same_time")
HALF_DAY = WorkingDays(0, half_days=1)
HALF_DAY_FROM_NOW = WorkingDays(0, first_day="same", half_days=1)

EXAMPLES = [
    # natural time
    ("6 小时，白天", OFFICE, "2026-03-02 08:00", Natural(6 * HOUR), "2026-03-02 14:00"),
    ("24 小时跨年", OFFICE, "2026-12-31 18:00:01", Natural(24 * HOUR), "2027-01-01 18:00:01"),
    ("72 小时跨闰日", OFFICE, "2024-02-28 12:00", Natural(72 * HOUR), "2024-03-02 12:00"),
    ("零秒", OFFICE, "2026-03-02 08:00", Natural(0), "2026-03-02 08:00"),
    # working days: the day of receipt does not count, close of the last one
    ("国庆前两个工作日", OFFICE, "2026-09-30 16:40", WorkingDays(2), "2026-10-09 17:30"),
    ("春节前调休周日上班", OFFICE, "2025-01-24 10:00", WorkingDays(2), "2025-01-27 17:30"),
    ("春节前调休周六上班", OFFICE, "2026-02-12 10:00", WorkingDays(2), "2026-02-14 17:30"),
    ("周六收到", OFFICE, "2026-03-07 10:00", WorkingDays(1), "2026-03-09 17:30"),
    ("开门那一刻收到", OFFICE, "2026-03-09 08:30", WorkingDays(1), "2026-03-10 17:30"),
    ("夜里零点收到算新的一天", OFFICE, "2026-03-10 00:00", WorkingDays(1), "2026-03-11 17:30"),
    ("零点前一秒算前一天", OFFICE, "2026-03-09 23:59:59", WorkingDays(1), "2026-03-10 17:30"),
    ("跨年", OFFICE, "2025-12-31 09:00", WorkingDays(1), "2026-01-04 17:30"),
    ("夜班的收工在次日早上", NIGHTS, "2026-03-09 10:00", WorkingDays(1), "2026-03-11 08:00"),
    ("周六半天也是工作日", SIX_DAYS, "2026-03-06 10:00", WorkingDays(1), "2026-03-07 11:30"),
    ("本单位停休日不算", SIX_DAYS, "2025-03-11 10:00", WorkingDays(1), "2025-03-13 18:00"),
    # working days: other readings
    ("收到日算第一天", OFFICE, "2026-03-09 10:00", SAME_DAY, "2026-03-09 17:30"),
    ("收到日已下班则不算", OFFICE, "2026-03-09 17:30", SAME_DAY, "2026-03-10 17:30"),
    ("收到日不是工作日", OFFICE, "2026-03-07 10:00", SAME_DAY, "2026-03-09 17:30"),
    ("到同一时刻", OFFICE, "2026-03-06 10:12:13", SAME_TIME, "2026-03-10 10:12:13"),
    ("次日中午", OFFICE, "2026-03-09 10:00", HALF_DAY, "2026-03-10 12:00"),
    ("只有一段时一半在中间", NIGHTS, "2026-03-09 10:00", HALF_DAY, "2026-03-11 02:00"),
    ("当天中午", OFFICE, "2026-03-09 10:00", HALF_DAY_FROM_NOW, "2026-03-09 12:00"),
    ("下午收到则当天下班", OFFICE, "2026-03-09 12:00", HALF_DAY_FROM_NOW, "2026-03-09 17:30"),
    ("一天半", OFFICE, "2026-03-09 10:00", WorkingDays(1, half_days=1), "2026-03-11 12:00"),
    # working time
    ("上班时间内", OFFICE, "2026-03-09 09:00", WorkingTime(HOUR), "2026-03-09 10:00"),
    ("跨午休", OFFICE, "2026-03-09 11:30", WorkingTime(HOUR), "2026-03-09 14:00"),
    ("跨周末", OFFICE, "2026-03-06 17:00", WorkingTime(HOUR), "2026-03-09 09:00"),
    ("午休中开始", OFFICE, "2026-03-09 12:10", WorkingTime(HOUR), "2026-03-09 14:30"),
    ("夜里开始", OFFICE, "2026-03-09 03:00", WorkingTime(HOUR), "2026-03-09 09:30"),
    ("节日里开始", OFFICE, "2026-10-02 10:00", WorkingTime(HOUR), "2026-10-08 09:30"),
    ("开门那一刻开始", OFFICE, "2026-03-09 08:30", WorkingTime(HOUR), "2026-03-09 09:30"),
    ("关门那一刻开始", OFFICE, "2026-03-09 12:00", WorkingTime(1), "2026-03-09 13:30:01"),
    ("正好用到关门", OFFICE, "2026-03-09 11:00", WorkingTime(HOUR), "2026-03-09 12:00"),
    ("多一秒到下一段", OFFICE, "2026-03-09 11:00", WorkingTime(HOUR + 1), "2026-03-09 13:30:01"),
    ("关门前一秒", OFFICE, "2026-03-06 17:29:59", WorkingTime(2), "2026-03-09 08:30:01"),
    ("整整七个半小时", OFFICE, "2026-03-09 08:30", WorkingTime(27000), "2026-03-09 17:30"),
    ("跨国庆", OFFICE, "2026-09-30 16:30", WorkingTime(3 * HOUR), "2026-10-08 10:30"),
    ("跨年", OFFICE, "2025-12-31 17:00", WorkingTime(HOUR), "2026-01-04 09:00"),
    ("夜班跨零点", NIGHTS, "2026-03-09 23:00", WorkingTime(3 * HOUR), "2026-03-10 02:00"),
    ("夜班里零点后开始", NIGHTS, "2026-03-10 01:00", WorkingTime(8 * HOUR), "2026-03-10 21:00"),
]


@pytest.mark.parametrize(
    ("calendar", "start", "duration", "expected"),
    [pytest.param(*example[1:], id=example[0]) for example in EXAMPLES],
)
def test_due_as_counted_by_hand(calendar, start, duration, expected):
    start = at(start)

    deadline = due(start=start, duration=duration, calendar=calendar, now=start)

    assert deadline.due_at == at(expected)
    assert deadline.due_at.tzinfo is UTC
    assert deadline.calendar == (None if isinstance(duration, Natural) else calendar.version)


def paused(start: str, end: str | None, reason: str = "awaiting_customer", **rest: str) -> Pause:
    return Pause(Span(at(start), at(end) if end else None), reason, **rest)


PAUSED = [
    # Monday 2026-03-09 09:00 is the start throughout
    ("自然时间顺延整段", Natural(6 * HOUR), ["10:00/11:30"], "2026-03-09 16:30"),
    ("开始前的部分不算", Natural(6 * HOUR), ["08:00/10:00"], "2026-03-09 16:00"),
    ("重叠的只算一次", Natural(6 * HOUR), ["10:00/12:00", "11:00/13:00"], "2026-03-09 18:00"),
    ("两段都顺延", Natural(6 * HOUR), ["10:00/11:00", "15:30/16:30"], "2026-03-09 17:00"),
    ("到期之后的暂停无效", Natural(6 * HOUR), ["15:00/18:00"], "2026-03-09 15:00"),
    ("没有结束的算到现在", Natural(6 * HOUR), ["14:00/"], "2026-03-10 11:00"),
    ("工作时间只顺延上班的部分", WorkingTime(4 * HOUR), ["11:00/14:00"], "2026-03-09 16:00"),
    ("夜里的暂停不顺延", WorkingTime(8 * HOUR), ["18:00/23:00"], "2026-03-10 09:30"),
    ("整天暂停不算工作日", WorkingDays(1), ["10 00:00/11 00:00"], "2026-03-11 17:30"),
    ("上班时间全停也是整天", WorkingDays(1), ["10 08:30/10 17:30"], "2026-03-11 17:30"),
    (
        "午休没停也是整天",
        WorkingDays(1),
        ["10 08:00/10 12:00", "10 13:30/10 18:00"],
        "2026-03-11 17:30",
    ),
    ("停了一部分照算", WorkingDays(1), ["10 08:31/10 17:29"], "2026-03-10 17:30"),
    ("停在下班时刻则顺延到下一天", WorkingDays(1), ["10 15:00/11 10:00"], "2026-03-11 17:30"),
    ("周末的暂停不顺延", WorkingDays(5), ["14 00:00/16 00:00"], "2026-03-16 17:30"),
    ("收到当天的暂停不影响", WorkingDays(1), ["09:00/18:00"], "2026-03-10 17:30"),
    ("没有结束的整天停到现在", WorkingDays(1), ["9 12:00/"], "2026-03-12 17:30"),
    ("到期后才开始的暂停无效", WorkingDays(1), ["10 17:30/12 00:00"], "2026-03-10 17:30"),
]
NOW = {"没有结束的算到现在": "2026-03-10 10:00", "没有结束的整天停到现在": "2026-03-12 09:00"}


def march(text: str) -> str:
    """ "10 08:30" as 10 March, "08:30" as 9 March."""
    day, _, hour = text.rpartition(" ")
    return f"2026-03-{int(day or 9):02} {hour}"


@pytest.mark.parametrize(
    ("name", "duration", "spans", "expected"),
    [pytest.param(*example, id=example[0]) for example in PAUSED],
)
def test_due_around_pauses_as_counted_by_hand(name, duration, spans, expected):
    ends = [span.split("/") for span in spans]
    pauses = [paused(march(begin), march(end) if end else None) for begin, end in ends]

    moment = due_at(
        start=at("2026-03-09 09:00"),
        duration=duration,
        pauses=pauses,
        calendar=OFFICE,
        now=at(NOW.get(name, "2026-04-01 00:00")),
    )

    assert moment == at(expected)


def explained(
    start: str, duration, *pauses: Pause, calendar=OFFICE, now: str = "2026-12-01 00:00"
):
    deadline = due(
        start=at(start), duration=duration, pauses=pauses, calendar=calendar, now=at(now)
    )
    return [(step.code, dict(step.params)) for step in deadline.steps]


def test_two_working_days_over_the_october_break_are_explained_day_by_day():
    hours = {"opens": "08:30", "closes": "17:30", "seconds": 0}

    steps = explained("2026-09-30 16:40", WorkingDays(2))

    assert steps == [
        ("started", {"at": at("2026-09-30 16:40")}),
        ("counting_begins_next_day", {"day": date(2026, 10, 1)}),
        (
            "skipped_holiday",
            {"from": date(2026, 10, 1), "to": date(2026, 10, 7), "days": 7, "name": "国庆节"},
        ),
        ("working_day", {"day": date(2026, 10, 8), "n": 1, **hours}),
        ("working_day", {"day": date(2026, 10, 9), "n": 2, **hours}),
        ("no_pauses", {}),
        ("calendar", {"version": OFFICE.version, "name": "全国法定节假日与调休"}),
        (
            "due_close_of_business",
            {"at": at("2026-10-09 17:30"), "day": date(2026, 10, 9), "closes": "17:30"},
        ),
        ("due", {"at": at("2026-10-09 17:30")}),
    ]


def test_weekends_and_make_up_days_are_told_apart():
    steps = explained("2026-02-13 09:00", WorkingDays(4))

    assert [(code, params.get("from") or params.get("day")) for code, params in steps[2:9]] == [
        ("makeup_day", date(2026, 2, 14)),
        ("working_day", date(2026, 2, 14)),
        ("skipped_holiday", date(2026, 2, 15)),
        ("working_day", date(2026, 2, 24)),
        ("working_day", date(2026, 2, 25)),
        ("working_day", date(2026, 2, 26)),
        ("no_pauses", None),
    ]
    assert explained("2026-03-06 09:00", WorkingDays(1))[2] == (
        "skipped_weekend",
        {"from": date(2026, 3, 7), "to": date(2026, 3, 8), "days": 2},
    )


def test_a_pause_is_told_with_reason_evidence_and_what_it_adds():
    pause = paused("2026-03-09 10:00", None, by="3305", evidence="录音 08F2")

    steps = explained("2026-03-09 09:00", Natural(6 * HOUR), pause, now="2026-03-09 11:30")

    assert steps[1:3] == [
        (
            "paused",
            {
                "from": at("2026-03-09 10:00"),
                "to": at("2026-03-09 11:30"),
                "reason": "awaiting_customer",
                "by": "3305",
                "evidence": "录音 08F2",
                "seconds": 5400,
                "open": 1,
            },
        ),
        ("added_seconds", {"seconds": 5400}),
    ]


def test_overlapping_pauses_are_told_one_by_one_but_added_once():
    one, other = (paused("2026-03-09 10:00", f"2026-03-09 {end}") for end in ("12:00", "11:00"))

    steps = dict(explained("2026-03-09 09:00", Natural(6 * HOUR), one, other))

    assert steps["added_seconds"] == {"seconds": 2 * HOUR}


def test_a_pause_that_came_too_late_is_not_told():
    late = paused("2026-03-09 15:00", "2026-03-09 16:00")

    codes = [code for code, _ in explained("2026-03-09 09:00", Natural(6 * HOUR), late)]

    assert codes == ["started", "no_pauses", "due"]


def test_a_working_day_that_was_paused_from_end_to_end_is_told_as_such():
    pause = paused("2026-03-10 00:00", "2026-03-11 00:00")

    steps = explained("2026-03-09 09:00", WorkingDays(1), pause)

    assert steps[2:4] == [
        ("paused_day", {"day": date(2026, 3, 10), "opens": "08:30", "closes": "17:30"}),
        (
            "working_day",
            {"day": date(2026, 3, 11), "n": 1, "opens": "08:30", "closes": "17:30", "seconds": 0},
        ),
    ]


def test_working_hours_are_told_with_what_each_day_gave():
    steps = explained("2026-03-06 16:30", WorkingTime(3 * HOUR))

    assert [params["seconds"] for code, params in steps if code == "working_day"] == [
        HOUR,
        2 * HOUR,
    ]
    assert [code for code, _ in steps] == [
        "started",
        "working_day",
        "skipped_weekend",
        "working_day",
        "no_pauses",
        "calendar",
        "due",
    ]


def test_a_night_shift_is_told_under_its_evening():
    steps = explained("2026-03-10 01:00", WorkingTime(8 * HOUR), calendar=NIGHTS)

    days = [(params["day"], params["seconds"]) for code, params in steps if code == "working_day"]
    assert days == [(date(2026, 3, 9), 7 * HOUR), (date(2026, 3, 10), HOUR)]


@pytest.mark.parametrize(
    ("duration", "code"),
    [
        (WorkingDays(1), "due_close_of_business"),
        (SAME_TIME, "due_same_time"),
        (HALF_DAY, "due_half_day"),
    ],
)
def test_the_reading_of_the_limit_is_told(duration, code):
    assert explained("2026-03-09 09:00", duration)[-2][0] == code


@pytest.mark.parametrize("duration", [WorkingDays(9), WorkingTime(90_000), Natural(700_000)])
def test_every_step_has_exactly_the_parameters_its_code_promises(duration):
    pauses = (
        paused("2025-10-02 10:00", "2025-10-14 11:00"),
        paused("2025-09-29 10:00", "2025-09-29 11:00"),
    )

    for calendar in (OFFICE, SIX_DAYS):
        steps = explained("2025-09-27 09:00", duration, *pauses, calendar=calendar)

        for code, params in steps:
            assert params.keys() == set(STEP_CODES[code]), code


@pytest.mark.parametrize("duration", [WorkingDays(2), WorkingTime(12 * HOUR)])
def test_a_limit_in_a_year_that_is_not_published_is_refused(duration):
    start = at("2026-12-30 17:00")

    with pytest.raises(YearNotPublished) as refusal:
        due(start=start, duration=duration, calendar=OFFICE, now=start)

    assert (refusal.value.year, refusal.value.version) == (2027, OFFICE.version)


@pytest.mark.parametrize("duration", [WorkingDays(1), WorkingTime(8 * HOUR)])
def test_the_last_moment_of_the_last_published_year_can_still_be_promised(duration):
    start = at("2026-12-30 17:00")

    moment = due_at(start=start, duration=duration, calendar=OFFICE, now=start)

    assert moment == at("2026-12-31 17:30")


def test_working_time_without_a_calendar_is_refused():
    start = at("2026-03-09 09:00")

    with pytest.raises(CalendarRequired):
        due(start=start, duration=WorkingTime(1), calendar=None, now=start)


def test_a_start_without_a_time_zone_is_refused():
    start = at("2026-03-09 09:00").replace(tzinfo=None)

    with pytest.raises(NaiveMoment):
        due(start=start, duration=Natural(1), calendar=None, now=at("2026-03-09 09:00"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Natural(-1),
        lambda: WorkingTime(-1),
        lambda: WorkingDays(-1),
        lambda: WorkingDays(0),
        lambda: WorkingDays(1, half_days=2),
        lambda: WorkingDays(1, first_day="same", ends="same_time"),
    ],
)
def test_a_duration_that_cannot_be_counted_is_refused(make):
    with pytest.raises(BadDuration):
        make()


def test_fractions_of_a_second_are_kept_across_a_lunch_break():
    start = at("2026-03-09 11:59:59.500000")

    moment = due_at(start=start, duration=WorkingTime(1), calendar=OFFICE, now=start)

    assert moment == at("2026-03-09 13:30:00.500000")


def test_nothing_has_elapsed_before_the_start():
    start = at("2026-03-09 09:00")
    kind: dict[str, Any] = {"duration": Natural(60), "calendar": None, "now": start}

    assert elapsed(start=start, end=start - timedelta(hours=1), **kind) == 0


def test_what_remains_is_below_zero_when_overdue():
    limit = at("2026-03-06 17:30")
    later = at("2026-03-09 09:30")

    assert remaining(at=limit - timedelta(hours=1), due_at=limit) == HOUR
    assert remaining(at=later, due_at=limit) == -64 * HOUR
    working = remaining(at=later, due_at=limit, duration=WorkingTime(1), calendar=OFFICE)
    assert working == -HOUR


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (Natural(10 * HOUR), "2026-03-06 17:00"),
        (WorkingTime(10 * HOUR), "2026-03-09 09:30"),
        (WorkingDays(1), "2026-03-09 14:36"),
        (WorkingDays(1, ends="same_time"), "2026-03-06 16:30"),
    ],
)
def test_the_warning_comes_when_four_fifths_of_the_time_are_used(duration, expected):
    start = at("2026-03-06 09:00")
    kind: dict[str, Any] = {"duration": duration, "calendar": OFFICE, "now": start}

    assert share_point(start=start, share=0.8, **kind) == at(expected)


def test_the_warning_between_two_moments_without_working_time_is_by_the_wall_clock():
    kind: dict[str, Any] = {"duration": WorkingDays(1, ends="same_time"), "calendar": OFFICE}
    start = at("2026-03-07 06:00")

    point = share_point(start=start, share=0.5, now=start, **kind)

    assert point == datetime(2026, 3, 7, 22, tzinfo=UTC)
