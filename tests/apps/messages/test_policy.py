from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.messages.policy import (
    GoesAt,
    Limit,
    QuietHours,
    Retry,
    Sending,
    TooMany,
    decide,
    next_attempt,
)

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours(begins=time(22), ends=time(7))
RULES = Sending(
    quiet_hours=NIGHT,
    retry=Retry(attempts=3, first_wait_seconds=10, longest_wait_minutes=1, urgent_wait_seconds=2),
    limits=(Limit(count=2, minutes=10), Limit(count=4, minutes=600)),
    longest_delay_hours=12,
    keep_days=10,
)


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=3)),
        (at(23, 30), at(7, day=3)),
        (at(0, day=3), at(7, day=3)),
        (at(6, 59, day=3), at(7, day=3)),
        (at(7, day=3), at(7, day=3)),
    ],
)
def test_what_falls_into_the_night_goes_in_the_morning(wanted, goes):
    assert NIGHT.end_after(wanted, zone=ZONE) == goes


def test_quiet_hours_may_lie_within_a_day():
    noon_rest = QuietHours(begins=time(12), ends=time(14))

    assert noon_rest.end_after(at(13), zone=ZONE) == at(14)
    assert noon_rest.end_after(at(11, 59), zone=ZONE) == at(11, 59)
    assert noon_rest.end_after(at(14), zone=ZONE) == at(14)


@given(st.integers(0, 400 * 24 * 60).map(lambda minutes: at(0) + timedelta(minutes=minutes)))
def test_the_end_of_quiet_is_never_quiet_and_less_than_a_day_away(moment):
    end = NIGHT.end_after(moment, zone=ZONE)

    assert NIGHT.end_after(end, zone=ZONE) == end
    assert timedelta() <= end - moment <= timedelta(hours=9)


def test_a_recipient_with_room_gets_the_message_at_once():
    assert decide(at=at(12), planned=[at(11, 55)], rules=RULES, zone=ZONE) == GoesAt(at(12))


def test_a_recipient_who_has_had_enough_gets_it_when_the_window_has_passed():
    planned = [at(11, 58), at(11, 55)]

    assert decide(at=at(12), planned=planned, rules=RULES, zone=ZONE) == GoesAt(at(12, 5))


def test_a_message_that_could_only_go_much_later_does_not_go():
    planned = [at(12 + n) for n in (9, 8, 7, 6)]

    assert decide(at=at(12), planned=planned, rules=RULES, zone=ZONE) == TooMany()


def test_danger_knows_neither_night_nor_limits():
    planned = [at(2, 59, day=3)] * 9

    decision = decide(at=at(3, day=3), planned=planned, rules=RULES, zone=ZONE, is_urgent=True)

    assert decision == GoesAt(at(3, day=3))


def test_waits_double_up_to_the_longest_and_end_after_the_last_attempt():
    message = UUID(int=0)
    waits = [
        next_attempt(message=message, attempts=n, rules=RULES, now=at(12), is_urgent=False)
        for n in (1, 2, 3)
    ]

    assert waits == [at(12) + timedelta(seconds=10), at(12) + timedelta(seconds=20), None]


@given(st.uuids())
def test_messages_that_failed_together_come_back_up_to_a_fifth_apart(message):
    again = next_attempt(message=message, attempts=1, rules=RULES, now=at(12), is_urgent=False)

    assert again is not None
    assert timedelta(seconds=10) <= again - at(12) < timedelta(seconds=12)
