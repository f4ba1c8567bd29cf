"""What stands as ruled on a matter, and the figures that count it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Count
from typer.testing import CliRunner

from shouwen.clocks.commands import app
from shouwen.clocks.models import Figure, FigureChange, Ruling
from shouwen.clocks.operations import fold, recompute, rejudge, set_owner
from shouwen.clocks.queries.figures import Counts, by_person, by_team, course, figures, trend
from shouwen.clocks.queries.rulings import rulings
from shouwen.core.events import Subject
from tests.apps.clocks.happenings import (
    CONSULTATION,
    DONE,
    HANDLED,
    HOUR,
    MONDAY,
    SECOND,
    Days,
    a_repair,
    happens,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
WEEK = Days(since=DAY, until=DAY + timedelta(days=7))


def ruling(case: Subject, rule_id: str = HANDLED) -> Ruling:
    return Ruling.objects.get(subject_id=case.id, rule_id=rule_id)


def test_a_verdict_counts_from_the_moment_it_is_given():
    case = a_repair()
    assert figures(**WEEK)[HANDLED] == Counts(running=1)

    happens(case, "case.handled", at=MONDAY + HOUR)

    assert figures(**WEEK)[HANDLED] == Counts(met=1)
    assert figures(**WEEK)[HANDLED].share == 1
    assert ruling(case).decided_at == MONDAY + HOUR


def test_a_miss_counts_on_the_local_day_it_was_due_whenever_it_is_noticed():
    evening = MONDAY + 11 * HOUR  # 19:00 in Shandong: due at 01:00 of the next day
    case = a_repair(at=evening)

    rejudge(subject=case, now=evening + timedelta(days=3))

    assert ruling(case).verdict == "missed"
    assert ruling(case).day == DAY + timedelta(days=1)
    days = {each.day: each.counts for each in trend(rule_id=HANDLED, **WEEK)}
    assert days[DAY + timedelta(days=1)] == Counts(missed=1)
    assert days[DAY] == Counts()
    assert len(days) == 7


def test_a_corrected_event_turns_the_verdict_and_the_figure_exactly():
    case = a_repair()
    rejudge(subject=case, now=MONDAY + 7 * HOUR)
    assert figures(**WEEK)[HANDLED] == Counts(missed=1)

    happens(case, "case.handled", at=MONDAY + 2 * HOUR, now=MONDAY + 8 * HOUR)

    assert figures(**WEEK)[HANDLED] == Counts(met=1)


def test_a_rule_that_speaks_no_longer_leaves_the_share():
    case = a_repair()
    rejudge(subject=case, now=MONDAY + 7 * HOUR)

    happens(case, "case.classified", at=MONDAY + 8 * HOUR, facts=CONSULTATION)

    assert figures(**WEEK)[HANDLED] == Counts(not_applicable=1)
    assert figures(**WEEK)[HANDLED].share is None


def test_what_was_decided_stays_with_whoever_answered_then():
    case = a_repair()
    set_owner(subject=case, owner_no="1031", department="hotline")
    rejudge(subject=case, now=MONDAY + 7 * HOUR)

    set_owner(subject=case, owner_no="3301", department="repair")

    assert (ruling(case).staff_no, ruling(case).department) == ("1031", "hotline")
    assert (ruling(case, DONE).staff_no, ruling(case, DONE).department) == ("3301", "repair")
    assert by_team(rule_id=HANDLED, **WEEK) == {"hotline": Counts(missed=1)}
    assert by_person(rule_id=DONE, **WEEK) == {("repair", "3301"): Counts(running=1)}
    assert figures(department="hotline", **WEEK)[HANDLED] == Counts(missed=1)
    assert HANDLED not in figures(staff_no="3301", **WEEK)


def test_folding_changes_nothing_of_what_is_read():
    for _ in range(3):
        rejudge(subject=a_repair(), now=MONDAY + 7 * HOUR)
    before = (
        figures(**WEEK),
        course(steps=3, **WEEK),
        by_team(**WEEK),
        trend(rule_id=HANDLED, **WEEK),
    )

    while fold(limit=2):
        after = (
            figures(**WEEK),
            course(steps=3, **WEEK),
            by_team(**WEEK),
            trend(rule_id=HANDLED, **WEEK),
        )
        assert after == before

    assert not FigureChange.objects.exists()
    assert Figure.objects.get(scope="all", rule_id=HANDLED).missed == 3


def test_the_parts_of_a_course_together_are_the_whole():
    for day in range(5):
        rejudge(subject=a_repair(at=MONDAY + timedelta(days=day)), now=MONDAY + timedelta(days=9))
    fold()

    parts = course(steps=3, **WEEK)[HANDLED]

    assert [part.missed for part in parts] == [3, 2, 0]
    assert figures(**WEEK)[HANDLED].missed == 5


def test_rulings_of_a_rule_come_page_by_page_the_latest_first():
    cases = [a_repair(at=MONDAY + minutes * SECOND) for minutes in range(5)]
    for case in cases:
        rejudge(subject=case, now=MONDAY + 7 * HOUR)

    first = rulings(rule_id=HANDLED, verdict="missed", limit=3, **WEEK)
    after = (first[-1].decided_at, first[-1].pk)
    rest = rulings(rule_id=HANDLED, verdict="missed", limit=3, after=after, **WEEK)

    assert [row.subject_id for row in (*first, *rest)] == [case.id for case in reversed(cases)]
    assert rulings(rule_id=HANDLED, verdict="met", **WEEK) == []


def test_recomputing_finds_and_mends_a_ruling_that_was_edited():
    case = a_repair()
    rejudge(subject=case, now=MONDAY + 7 * HOUR)
    Ruling.objects.filter(pk=ruling(case).pk).update(verdict="met", failed=["x"])
    now = MONDAY + 7 * HOUR

    found = [(each.rule_id, each.columns) for each in recompute(check=True, now=now)]
    list(recompute(check=False, now=now))

    assert found == [(HANDLED, ("ruling.verdict", "ruling.failed"))]
    assert ruling(case).verdict == "missed"
    assert list(recompute(check=True, now=now)) == []


def test_recomputing_brings_back_rulings_that_were_never_kept():
    case = a_repair()
    rejudge(subject=case, now=MONDAY + 7 * HOUR)
    set_owner(subject=case, owner_no="3301", department="repair")
    Ruling.objects.all().delete()
    FigureChange.objects.all().delete()

    list(recompute(check=False, now=MONDAY + 7 * HOUR))

    assert ruling(case).verdict == "missed"
    assert figures(staff_no="3301", **WEEK)[HANDLED] == Counts(missed=1)


def test_a_ruling_that_nothing_stands_behind_goes_and_is_not_counted():
    stray = ruling(a_repair())
    stray.pk, stray.rule_id, stray.subject_id = uuid4(), "invented", uuid4()
    stray.save(force_insert=True)

    found = [each.rule_id for each in recompute(check=False, now=MONDAY)]

    assert found == ["invented"]
    assert not Ruling.objects.filter(rule_id="invented").exists()
    assert "invented" not in figures(**WEEK)


@pytest.mark.parametrize("scope", ["all", "team", "person"])
def test_the_command_finds_and_mends_a_figure_that_was_edited(scope):
    rejudge(subject=a_repair(), now=MONDAY + 7 * HOUR)
    fold()
    wrong = Figure.objects.filter(scope=scope, rule_id=HANDLED)
    wrong.update(missed=41, met=1)
    now = MONDAY + 7 * HOUR

    list(recompute(check=False, now=now))
    checked = CliRunner().invoke(app, ["recompute", "--check"])
    CliRunner().invoke(app, ["recompute"])
    fold()

    assert checked.exit_code == 1
    assert HANDLED in checked.output
    assert figures(**WEEK)[HANDLED].missed == 1
    assert by_team(rule_id=HANDLED, **WEEK) == {"": Counts(missed=1)}
    assert by_person(rule_id=HANDLED, **WEEK) == {("", ""): Counts(missed=1)}


def test_figures_count_what_rulings_say():
    for hours in (1, 7, 30):
        case = a_repair()
        rejudge(subject=case, now=MONDAY + hours * HOUR)

    counted = dict(
        Ruling.objects.filter(verdict="missed").values_list("rule_id").annotate(n=Count("pk"))
    )

    assert {rule: n.missed for rule, n in figures(**WEEK).items() if n.missed} == counted
