from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.moments import Moment, end_of, moments
from shouwen.core.timing.calendar import Window, WorkingCalendar, YearOfDays

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Wednesday.
SAID_AT = datetime(2026, 3, 11, 16, 30, tzinfo=SHANGHAI)


def local(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "code", "starts", "ends"),
    [
        ("明天中午前师傅给您打电话", "part_of_day", "", "03-12 12:00"),
        ("今天尽量", "day", "03-11 00:00", "03-12 00:00"),
        ("您看本周五上午方便吗", "part_of_day", "03-13 08:00", "03-13 12:00"),
        ("周三来", "day", "03-11 00:00", "03-12 00:00"),
        ("周二来", "day", "03-17 00:00", "03-18 00:00"),
        ("下周一", "day", "03-16 00:00", "03-17 00:00"),
        ("明天上午八点半到十点", "clock", "03-12 08:30", "03-12 10:00"),
        ("明天下午两点到四点，师傅先去看", "clock", "03-12 14:00", "03-12 16:00"),
        ("明天三点前", "clock", "", "03-12 15:00"),
        ("今晚八点", "clock", "03-11 20:00", "03-11 20:00"),
        ("14:30-16:00", "clock", "03-11 14:30", "03-11 16:00"),
        ("七十二小时以内给您答复", "within", "", "03-14 16:30"),
        ("抢险车十二分钟到", "within", "", "03-11 16:42"),
        ("一个半小时内", "within", "", "03-11 18:00"),
        ("我下午再给您打", "part_of_day", "03-11 13:00", "03-11 18:00"),
        ("15号上午", "part_of_day", "03-15 08:00", "03-15 12:00"),
        ("3号来", "day", "04-03 00:00", "04-04 00:00"),
        ("本周内", "day", "03-15 00:00", "03-16 00:00"),
    ],
)
def test_a_time_is_read_as_it_was_meant(text, code, starts, ends):
    (moment,) = moments(text, said_at=SAID_AT)

    assert (moment.code, local(moment.starts_at), local(moment.ends_at)) == (code, starts, ends)


@pytest.mark.parametrize(
    "text",
    [
        "二月三十号",
        "晾一晚上",
        "三号窗口",
        "让他在您家等半个小时",
        "四月中旬",
        "您过两天再打打看",
        "五号楼",
        "九九九九九周内",
    ],
)
def test_what_binds_nobody_is_no_time(text):
    assert moments(text, said_at=SAID_AT) == ()


def test_several_times_come_in_their_order():
    heard = moments("今天下午确认，明天下班前答复", said_at=SAID_AT)

    assert [moment.words for moment in heard] == ["今天下午", "明天下班前"]


def test_the_day_is_the_day_in_the_zone_of_the_company():
    just_after_midnight = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)

    (moment,) = moments("今天", said_at=just_after_midnight)

    assert moment.day == date(2026, 3, 12)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="aware"):
        moments("今天", said_at=datetime(2026, 3, 11))  # noqa: DTZ001


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="一二三十半今明后大天周本下上午中晚前内点到号月小时分钟工作日班-0123456789:", max_size=30),
    ),
    st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001
        max_value=datetime(2035, 1, 1),  # noqa: DTZ001
        timezones=st.just(SHANGHAI),
    ),
)  # fmt: skip
def test_no_text_makes_it_stumble_and_no_promise_ends_before_its_beginning(text, said_at):
    for moment in moments(text, said_at=said_at):
        assert moment.words
        if moment.starts_at and moment.ends_at and moment.code != "clock":
            assert moment.starts_at < moment.ends_at


@pytest.fixture
def calendar() -> WorkingCalendar:
    hours = (Window(time(8, 30), time(12)), Window(time(13, 30), time(17, 30)))
    year = YearOfDays(year=2026, holidays={date(2026, 3, 12): "试假"}, makeup={}, source="test")
    return WorkingCalendar(
        name="test",
        version="test.1",
        zone=SHANGHAI,
        week=dict.fromkeys(range(5), hours),
        years={2026: year},
    )


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("今天下班前", "03-11 17:30"),
        ("明天下班前", "03-13 17:30"),
        ("两个工作日内", "03-16 17:30"),
        ("半小时内", "03-11 17:00"),
    ],
)
def test_working_days_and_office_hours_end_by_the_calendar(calendar, text, ends):
    (moment,) = moments(text, said_at=SAID_AT)

    assert local(end_of(moment=moment, said_at=SAID_AT, calendar=calendar)) == ends


def test_a_moment_says_whether_it_needs_a_calendar():
    assert Moment(code="working_days", words="两个工作日", number=2).needs_calendar
    assert not Moment(code="within", words="", ends_at=SAID_AT + timedelta(hours=1)).needs_calendar
