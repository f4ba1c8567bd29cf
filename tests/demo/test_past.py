"""The weeks before today: told through the same operations, once, with some promises broken."""

from datetime import timedelta

import pytest

from shouwen.cases.models import Case
from shouwen.clocks.operations import recompute
from shouwen.clocks.queries import active_pack
from shouwen.clocks.queries.figures import discrepancies, figures, total
from shouwen.demo.callers import read_sample_calls
from shouwen.demo.past import play_past
from shouwen.demo.seed import seed_staff
from shouwen.demo.staff import plan_staff
from shouwen.ui.wording import local_day
from tests.calls import AFTERWARDS

pytestmark = pytest.mark.django_db
COUNT = 24
FEW = 6


@pytest.fixture(autouse=True)
def _staff() -> None:
    seed_staff(plan=plan_staff(), pack=active_pack())


def play(count: int = FEW) -> int:
    return play_past(
        calls=read_sample_calls(), now=AFTERWARDS, zone=active_pack().calendar.zone, count=count
    )


def test_the_weeks_before_show_in_the_figures_kept_and_broken():
    assert play(COUNT) == COUNT

    today = local_day(AFTERWARDS)
    found = figures(since=today - timedelta(days=30), until=today)
    assert total(found.values()).missed > 5
    assert total(found.values()).met > 5 * total(found.values()).missed
    assert {"repair-handled-6h", "surname-used", "promise-kept"} <= found.keys()
    assert all(case.reported_at < AFTERWARDS for case in Case.objects.all())


def test_a_second_run_plays_nothing_again():
    play()
    cases = Case.objects.count()

    assert play() == 0
    assert Case.objects.count() == cases


def test_what_was_played_is_what_the_journal_gives():
    play()

    assert list(recompute(check=True, now=AFTERWARDS)) == []
    assert discrepancies() == []
