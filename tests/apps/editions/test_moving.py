"""What a new edition does to clocks that run: nothing, unless a rule says so."""

from datetime import UTC, datetime

import pytest

from shouwen.clocks.operations import recompute
from shouwen.clocks.queries import active_pack
from shouwen.editions import operations
from shouwen.editions.models import ClockMove, Passing
from shouwen.editions.queries import moves_of, teams_of
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import (
    ANSWERED,
    CONSULTATION,
    DONE,
    HANDLED,
    a_repair,
    clock,
    happens,
)
from tests.apps.editions.drafts import (
    DAY,
    FRIDAY,
    HOUR,
    ONE_DAY,
    TODAY,
    a_draft,
    a_question,
    changed,
    minutes,
    published,
    submitted,
    work,
)

pytestmark = pytest.mark.django_db(transaction=True)
# Two working days after a Friday before a worked Saturday: Monday; one: the Saturday.
MONDAY_EVENING = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
SATURDAY_EVENING = datetime(2026, 10, 10, 9, 30, tzinfo=UTC)


def due(case):
    return clock(case, ANSWERED).due_at


def differences(now=FRIDAY + 2 * HOUR, rule_id=ANSWERED):
    """Those of the rule looked at; other clocks run past their warning while no ticker is there."""
    found = recompute(check=True, now=now)
    return [each for each in found if each.rule_id == rule_id]


def test_a_running_clock_keeps_its_due_time_and_a_new_case_gets_the_new_one():
    old = a_question()
    published(now=FRIDAY + HOUR, **ONE_DAY)
    work()

    new = a_question(FRIDAY + HOUR)

    happens(old, "case.noted", at=FRIDAY + 2 * HOUR, facts=CONSULTATION)
    assert (due(old), due(new)) == (MONDAY_EVENING, SATURDAY_EVENING)
    assert differences() == []


def test_a_case_keeps_the_hours_and_rules_of_the_edition_it_began_under():
    old = a_question()
    began_under = clock(old, ANSWERED).pack_digest

    published(now=FRIDAY + HOUR, **ONE_DAY)
    happens(old, "case.noted", at=FRIDAY + 2 * HOUR, facts=CONSULTATION)
    operations.install()

    assert active_pack().digest != began_under
    assert clock(old, ANSWERED).pack_digest == began_under
    told = Entry.objects.filter(subject_id=old.id, kind__startswith="clock.")
    assert {entry.standard_version for entry in told} == {began_under}


def test_a_withdrawn_rule_still_holds_for_those_it_was_promised_to():
    old = a_repair(at=FRIDAY)
    promised = clock(old, DONE).due_at
    published(rule_id=DONE, now=FRIDAY + HOUR, withdrawn=True)
    work()

    new = a_repair(at=FRIDAY + HOUR)

    happens(old, "case.noted", at=FRIDAY + 2 * HOUR)
    assert (clock(old, DONE).due_at, clock(old, DONE).is_open) == (promised, True)
    assert not Entry.objects.filter(subject_id=new.id, data__rule=DONE).exists()
    assert differences(rule_id=DONE) == []


def test_open_clocks_move_where_the_rule_says_so_each_on_record_with_both_due_times():
    running, ended = a_question(), a_question()
    happens(ended, "case.answered", at=FRIDAY + HOUR / 2, facts=CONSULTATION)

    published(now=FRIDAY + HOUR, on_change="rejudge_open", **ONE_DAY)
    work(FRIDAY + HOUR)

    assert (due(running), due(ended)) == (SATURDAY_EVENING, MONDAY_EVENING)
    [entry] = Entry.objects.filter(kind="clock.moved")
    assert (entry.data["due_before"], entry.data["due_after"]) == (
        MONDAY_EVENING.isoformat(),
        SATURDAY_EVENING.isoformat(),
    )
    assert (entry.data["rule_from"], entry.standard_version) == (
        "2026-10-09",
        active_pack().digest,
    )
    assert clock(running, ANSWERED).rule_from == TODAY
    assert differences() == []


def test_from_a_day_on_ended_clocks_are_judged_anew_too_and_older_ones_stay():
    older, newer = a_repair(at=FRIDAY - DAY), a_repair(at=FRIDAY)
    for case, at in ((older, FRIDAY - DAY), (newer, FRIDAY)):
        happens(case, "case.handled", at=at + HOUR)

    published(
        rule_id=HANDLED,
        now=FRIDAY + 2 * HOUR,
        on_change="rejudge_from",
        rejudge_from=TODAY,
        **minutes(10),
    )
    work(FRIDAY + 2 * HOUR)

    assert (clock(older, HANDLED).state, clock(newer, HANDLED).state) == ("met", "missed")
    assert differences(rule_id=HANDLED) == []


def test_clocks_move_on_the_first_day_of_the_version_not_before():
    case = a_question()
    published(from_=TODAY + DAY, on_change="rejudge_open", **ONE_DAY)

    work(FRIDAY + HOUR)
    assert due(case) == MONDAY_EVENING

    work(datetime(2026, 10, 9, 16, 0, tzinfo=UTC))  # midnight in Shandong
    assert due(case) == SATURDAY_EVENING


def test_a_clock_that_moved_can_move_again_with_the_next_edition():
    case = a_question()
    published(on_change="rejudge_open", **ONE_DAY)
    work()

    published(
        now=FRIDAY + DAY,
        on_change="rejudge_open",
        limit={"value": 3, "unit": "working_days"},
    )
    work(FRIDAY + DAY + HOUR)

    assert due(case) == datetime(2026, 10, 13, 9, 30, tzinfo=UTC)
    assert differences(FRIDAY + DAY + HOUR) == []


def test_a_clock_that_is_overdue_by_the_new_version_is_told_of_at_once():
    case = a_repair(at=FRIDAY)
    published(rule_id=HANDLED, now=FRIDAY + HOUR, on_change="rejudge_open", **minutes(10))
    work(FRIDAY + HOUR)

    assert clock(case, HANDLED).state == "missed"
    told = Entry.objects.filter(subject_id=case.id, kind="clock.missed", data__rule=HANDLED)
    assert told.count() == 1


def test_the_pass_counts_what_it_did_and_says_when_it_ended():
    cases = [a_question() for _ in range(3)]
    happens(cases[0], "case.answered", at=FRIDAY + HOUR / 2, facts=CONSULTATION)
    edition = published(on_change="rejudge_open", now=FRIDAY + HOUR, **ONE_DAY)

    work()

    passing = Passing.objects.get(edition=edition, purpose="move")
    assert (passing.to_look_at, passing.looked_at, passing.moved) == (2, 2, 2)
    assert passing.ended_at is not None
    assert Entry.objects.filter(kind="pack.applied").count() == 1


def test_a_preview_writes_nothing_and_counts_exactly():
    soon, later = a_repair(at=FRIDAY), a_repair(at=FRIDAY + HOUR)
    said = {"on_change": "rejudge_open", **minutes(90)}
    draft = submitted(changed(a_draft(), rule_id=HANDLED, **said), now=FRIDAY + 2 * HOUR)
    before = {case: clock(case, HANDLED).due_at for case in (soon, later)}

    work(FRIDAY + 2 * HOUR)

    [passing] = Passing.objects.filter(edition=draft)
    counts = (passing.purpose, passing.to_look_at, passing.moved, passing.newly_overdue)
    assert counts == ("preview", 2, 2, 1)
    assert {case: clock(case, HANDLED).due_at for case in (soon, later)} == before
    assert not Entry.objects.filter(kind="clock.moved").exists()
    assert [move.is_newly_overdue for move in moves_of(passings=[passing])] == [True, False]
    [team] = teams_of(passings=[passing])
    assert (team.moved, team.newly_overdue) == (2, 1)


def test_a_preview_goes_on_page_by_page(monkeypatch):
    from shouwen.editions.operations import passing as passes

    monkeypatch.setattr(passes, "SUBJECTS_A_JOB", 2)
    for _ in range(5):
        a_question()
    draft = submitted(changed(a_draft(), on_change="rejudge_open", **ONE_DAY))

    work()

    [passing] = Passing.objects.filter(edition=draft)
    assert (passing.looked_at, passing.moved) == (5, 5)
    first = moves_of(passings=[passing], limit=3)
    last = first[-1]
    rest = moves_of(passings=[passing], limit=3, after=(last.rank, last.urgency_at, last.pk))
    assert len({move.clock_id for move in (*first, *rest)}) == 5


def test_frozen_rules_leave_nothing_to_count():
    a_question()

    draft = submitted(changed(a_draft(), **ONE_DAY))

    assert not Passing.objects.filter(edition=draft).exists()
    assert not Job.objects.filter(kind__startswith="editions.").exists()
    assert not ClockMove.objects.exists()


def test_a_move_that_is_done_again_changes_nothing():
    case = a_question()
    edition = published(on_change="rejudge_open", **ONE_DAY)
    work()
    passing = Passing.objects.get(edition=edition, purpose="move")
    Job.objects.filter(kind="editions.move").update(state="ready", done_at=None)

    work(FRIDAY + 2 * HOUR)

    assert Entry.objects.filter(kind="clock.moved").count() == 1
    assert due(case) == SATURDAY_EVENING
    passing.refresh_from_db()
    assert passing.moved == 1
