from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connection

from shouwen.clocks.ticker import tick_forever
from shouwen.jobs import periodic
from shouwen.jobs.models import Job, Period
from shouwen.jobs.operations import ask_for_periodic, prune
from shouwen.jobs.periodic import DefinedTwice, define
from shouwen.jobs.schedules import Daily, EveryMinutes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_list(monkeypatch) -> None:
    monkeypatch.setattr(periodic, "_definitions", {})


def hourly(catch_up: periodic.CatchUp) -> None:
    """Work every hour, known since noon."""
    define("test.hourly", schedule=EveryMinutes(60), catch_up=catch_up)
    ask_for_periodic(now=NOON)


def asked_for() -> list[str]:
    keys = Job.objects.order_by("id").values_list("key", flat=True)
    return [key.removeprefix("cron:test.hourly:2026-03-02T")[:5] for key in keys]


def test_work_begins_when_it_is_first_seen_and_makes_up_for_nothing_before():
    hourly("all")

    assert asked_for() == []
    assert Period.objects.get().last_at == NOON


def test_a_due_instant_is_one_job_whose_key_names_it():
    hourly("once")

    ask_for_periodic(now=NOON + 59 * MINUTE)
    ask_for_periodic(now=NOON + HOUR)
    ask_for_periodic(now=NOON + HOUR + MINUTE)

    job = Job.objects.get()
    assert job.key == "cron:test.hourly:2026-03-02T05:00:00+00:00"
    assert (job.kind, job.run_at) == ("test.hourly", NOON + HOUR)
    assert job.payload == {"scheduled": "2026-03-02T05:00:00+00:00"}


@pytest.mark.parametrize(
    ("catch_up", "away", "expected"),
    [
        ("once", 4 * HOUR + 30 * MINUTE, ["08:00"]),
        ("all", 4 * HOUR + 30 * MINUTE, ["05:00", "06:00", "07:00", "08:00"]),
        ("skip", 4 * HOUR + 30 * MINUTE, []),
        ("skip", 4 * HOUR + MINUTE, ["08:00"]),
    ],
)
def test_after_an_absence_work_is_caught_up_by_its_policy(catch_up, away, expected):
    hourly(catch_up)

    ask_for_periodic(now=NOON + away)

    assert asked_for() == expected
    ask_for_periodic(now=NOON + away + MINUTE)
    assert asked_for() == expected


def test_a_long_absence_is_made_up_for_in_full_some_at_a_time():
    define("test.hourly", schedule=EveryMinutes(1), catch_up="all")
    ask_for_periodic(now=NOON)

    counts = [ask_for_periodic(now=NOON + 700 * MINUTE) for _ in range(3)]

    assert counts == [500, 200, 0]
    assert Job.objects.count() == 700


def test_a_year_away_is_one_job_for_work_that_is_caught_up_once():
    define("test.daily", schedule=Daily(time(3, 30)), catch_up="once")
    ask_for_periodic(now=NOON)

    ask_for_periodic(now=NOON + timedelta(days=400))

    assert Job.objects.get().key == "cron:test.daily:2027-04-05T19:30:00+00:00"


def test_a_clock_set_back_asks_for_nothing_twice():
    hourly("all")
    ask_for_periodic(now=NOON + 2 * HOUR)

    ask_for_periodic(now=NOON + HOUR)
    ask_for_periodic(now=NOON + 2 * HOUR)

    assert asked_for() == ["05:00", "06:00"]


def test_clearing_old_jobs_away_brings_no_instant_back():
    hourly("all")
    ask_for_periodic(now=NOON + HOUR)
    Job.objects.update(state="done", done_at=NOON + HOUR)
    prune(now=NOON + timedelta(days=40))

    ask_for_periodic(now=NOON + HOUR + MINUTE)

    assert asked_for() == []


def test_a_look_without_work_takes_one_query_and_no_lock(django_assert_num_queries):
    hourly("once")

    with django_assert_num_queries(1) as queries:
        ask_for_periodic(now=NOON + MINUTE)
    assert queries.captured_queries[0]["sql"].startswith("SELECT")


def test_two_definitions_cannot_have_one_name():
    hourly("once")

    with pytest.raises(DefinedTwice):
        define("test.hourly", schedule=EveryMinutes(5), catch_up="once")


@pytest.mark.django_db(transaction=True)
def test_tickers_that_look_at_the_same_moment_make_one_job_for_each_instant():
    hourly("all")
    barrier = Barrier(4)
    tickers = [Thread(target=looks, args=(barrier,)) for _ in range(4)]

    for ticker in tickers:
        ticker.start()
    for ticker in tickers:
        ticker.join(20)

    assert sorted(asked_for()) == [f"{hour:02}:00" for hour in range(5, 20)]


def looks(barrier: Barrier) -> None:
    connection.ensure_connection()
    barrier.wait(10)
    for hours in range(0, 16, 5):
        ask_for_periodic(now=NOON + hours * HOUR)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_ticker_asks_for_periodic_work():
    hourly("once")

    class OneLook(Event):
        """Stops the ticker after its first look."""

        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    tick_forever(OneLook(), lambda: NOON + HOUR)

    assert asked_for() == ["05:00"]
