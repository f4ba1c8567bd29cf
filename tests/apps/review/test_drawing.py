"""A draw: which calls, kept with its seed, the same again for anybody."""

import uuid
from datetime import date, timedelta

import pytest

from shouwen.hotline.models import Call
from shouwen.journal.models import Entry
from shouwen.review import operations
from shouwen.review.models import Draw, Review
from shouwen.ui.wording import local_day
from tests.apps.review.reviewed import NOW, drawn, reviewer, taken

pytestmark = pytest.mark.django_db
NAMES = ("S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12")


def again(seed: str) -> list[str]:
    """The calls that a draw with this seed takes, as its record says."""
    known = set(Draw.objects.values_list("pk", flat=True))
    drawn(reviewer(), seed=seed)
    entry = Entry.objects.get(pk=Draw.objects.exclude(pk__in=known).get().pk)
    return list(entry.data["drawn"])


def test_the_same_seed_and_period_draw_the_same_calls_also_when_they_were_reviewed():
    taken(*NAMES)

    assert again("one") == again("one")
    assert again("one") != again("other")


def test_a_call_is_reviewed_once_however_often_it_is_drawn():
    taken(*NAMES)
    drawn(reviewer(), seed="one")
    before = Review.objects.count()

    drawn(reviewer(), seed="one")

    assert Review.objects.count() == before


def test_a_draw_keeps_its_seed_its_plan_and_how_many_there_were():
    taken(*NAMES)

    drawn(reviewer(), seed="one")

    draw = Draw.objects.get()
    assert (draw.seed, draw.population) == ("one", len(NAMES))
    assert draw.plan["weights"]["complaint"] > 0
    assert Review.objects.count() == len(Entry.objects.get(kind="review.drawn").data["drawn"])


def test_calls_with_signs_of_risk_are_drawn_for_them():
    taken(*NAMES)

    reviews = drawn(reviewer())

    assert all(review.weight and review.signs for review in reviews if review.by_risk)
    assert any(review.by_risk for review in reviews)


def test_the_same_act_draws_once():
    taken("S01")
    day = local_day(Call.objects.get().rang_at)
    act = uuid.uuid4()

    for _ in range(2):
        operations.draw(
            act_id=act, since=day, until=day + timedelta(days=1), by=reviewer(), now=NOW
        )

    assert Draw.objects.count() == Entry.objects.filter(kind="review.drawn").count() == 1


def test_days_without_calls_draw_nothing():
    with pytest.raises(operations.EmptyPeriod):
        operations.draw(
            act_id=uuid.uuid4(),
            since=date(2026, 1, 1),
            until=date(2026, 1, 2),
            by=reviewer(),
            now=NOW,
        )
