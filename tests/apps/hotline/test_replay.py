"""Playing recorded calls in: every good line becomes one case, once, at the times that were asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.cases.models import Case
from shouwen.clocks.models import Clock
from shouwen.hotline.models import Call
from shouwen.hotline.operations import replay
from tests import calls
from tests.calls import AFTERWARDS, Content, Line, call, content, lines, played, samples

pytestmark = pytest.mark.django_db

MOST_QUERIES = 220
"""For taking one call, savepoints, journal and clocks included."""


@pytest.fixture
def city() -> None:
    calls.take_up_posts()
    calls.move_in()


@pytest.fixture
def posts() -> None:
    calls.take_up_posts()


def started() -> list[tuple[str, datetime]]:
    return list(Call.objects.order_by("rang_at").values_list("call_id", "rang_at"))


def test_every_good_line_becomes_one_case(city):
    result = played(*samples().values())

    assert result.bad == []
    assert {taken.call_id for taken in result.taken} == set(samples())
    cases = Case.objects.values_list("number", flat=True)
    assert set(cases) == {taken.case_number for taken in result.taken}
    assert Call.objects.filter(case__isnull=True).count() == 0


def test_the_kind_is_the_agents_choice_and_the_leaf_is_proposed_from_the_words(city):
    played(*samples().values())

    kinds = dict(Call.objects.values_list("call_id", "case__kind"))
    assert kinds == {name: sample["kind"] for name, sample in samples().items()}
    assert Case.objects.get(calls__call_id="S24").leaf.startswith("A")
    assert Case.objects.get(calls__call_id="S21").leaf.startswith("P")


def test_playing_the_file_again_changes_nothing(city):
    played(*samples().values())
    before = content()

    result = played(*samples().values(), now=AFTERWARDS + timedelta(days=3))

    assert (result.taken, result.known, result.bad) == ([], len(samples()), [])
    assert content() == before


def test_the_order_of_the_lines_does_not_matter(city):
    forwards = _content_after(list(samples().values()))

    backwards = _content_after(list(reversed(samples().values())))

    assert backwards == forwards


def test_labels_are_never_read(city):
    with_labels = _content_after(list(samples().values()))
    without = [{k: v for k, v in each.items() if k != "labels"} for each in samples().values()]
    nonsense = [each | {"labels": {"clause": 7}, "label": "x"} for each in without]

    assert _content_after(without) == with_labels
    assert _content_after(nonsense) == with_labels


def _content_after(file: list[Line]) -> Content:
    """What a replay of the file writes; it is taken back."""
    with transaction.atomic():
        played(*file)
        found = content()
        transaction.set_rollback(True)
    return found


def test_calls_at_recorded_times_keep_every_instant(city):
    played(*samples().values(), at="recorded")

    row = Call.objects.select_related("case").get(call_id="S24")
    rang_at = datetime(2026, 3, 6, 18, 18, 40, tzinfo=UTC)
    assert row.case
    assert row.rang_at == row.case.reported_at == rang_at
    assert row.answered_at == rang_at + timedelta(seconds=3.6)
    assert row.ended_at == rang_at + timedelta(seconds=61.9)


def test_calls_moved_to_now_end_just_before_the_first_run_in_the_order_of_the_file(city):
    played(*samples().values(), at="now")

    recorded = sorted(samples().values(), key=lambda sample: sample["started_at"])
    assert [name for name, _ in started()] == [sample["call_id"] for sample in recorded]
    last = Call.objects.latest("rang_at").ended_at
    assert last is not None
    assert timedelta() < AFTERWARDS - last <= timedelta(minutes=2)


def test_calls_moved_to_now_keep_short_gaps_and_shorten_long_ones(posts):
    played(
        call("T1", started_at="2026-03-11T10:00:00+08:00"),
        call("T2", started_at="2026-03-11T10:04:30+08:00"),
        call("T3", started_at="2026-05-20T16:00:00+08:00"),
        at="now",
    )

    first, second, third = (moment for _, moment in started())
    assert second - first == timedelta(minutes=4, seconds=30)
    assert timedelta(minutes=1) < third - second < timedelta(minutes=15)


def test_a_second_run_at_now_moves_nothing(city):
    played(*samples().values(), at="now")
    before = content()

    played(*samples().values(), at="now", now=AFTERWARDS + timedelta(hours=5))

    assert content() == before


def test_a_run_that_was_cut_short_is_continued_at_the_same_instants(posts):
    file = lines(*(call(f"T{n}", started_at=f"2026-03-11T10:0{n}:00+08:00") for n in range(6)))

    def power_cut(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(lines=file, at="now", now=lambda: AFTERWARDS, on_call=power_cut)
    taken_before = started()
    replay(lines=file, at="now", now=lambda: AFTERWARDS + timedelta(hours=2))

    assert len(taken_before) == 3
    moments = [moment for _, moment in started()]
    assert moments == [moments[0] + timedelta(minutes=n) for n in range(6)]
    assert timedelta() < AFTERWARDS - moments[-1] <= timedelta(minutes=2)


def test_the_file_moved_to_now_has_clocks_that_still_run(city):
    played(*samples().values(), at="now")

    running = Clock.objects.filter(state="running", due_at__gt=AFTERWARDS)
    assert running.filter(subject_kind="case").exists()
    assert running.filter(subject_kind="promise").exists()


def test_progress_is_told_call_by_call(posts):
    told: list[tuple[int, int]] = []

    played(call("T1"), "{", call("T2"), on_call=lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("name", ["S01", "S13", "S21", "S24"])
def test_taking_one_call_takes_a_bounded_number_of_queries(city, name):
    with CaptureQueriesContext(connection) as queries:
        played(samples()[name])

    assert len(queries) <= MOST_QUERIES


def test_the_tenth_call_of_a_day_takes_no_more_queries_than_the_first(city):
    file = [samples()["S20"] | {"call_id": f"T{n}"} for n in range(10)]

    counts = []
    for each in file:
        with CaptureQueriesContext(connection) as queries:
            played(each)
        counts.append(len(queries))

    assert counts[-1] <= counts[0]
