"""A draft tried on the past: the verdicts are those that judging gives, and nothing is changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries import editions_folder
from shouwen.editions.models import WhatIfFlip, WhatIfPart, WhatIfRun
from shouwen.editions.operations.whatif import AlreadyTrying, DaysOutOfOrder, call_off
from shouwen.editions.queries.whatif import examples_of, flips_of, latest_run, outcome_of
from shouwen.jobs.registry import OUTSIDE
from shouwen.jobs.worker import work_once
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import ANSWERED, a_case, happens
from tests.apps.editions.drafts import (
    FRIDAY,
    HOUR,
    ONE_DAY,
    a_draft,
    a_question,
    changed,
)
from tests.apps.editions.trying import LATER, MONDAY_NOON, an_answer, asked, worked

pytestmark = [
    pytest.mark.django_db(transaction=True),
]
COMPLAINT = {"case_kind": "complaint", "side": "none"}


def everything():
    """What must not change."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Clock, Ruling, Entry)]


def test_a_shorter_limit_adds_the_breach_that_it_would_have_been():
    case = a_question()
    an_answer(case)
    run = asked(changed(a_draft(), **ONE_DAY))

    worked()

    run.refresh_from_db()
    assert run.state == WhatIfRun.State.DONE
    (flip,) = flips_of(run=run)
    assert (flip.rule_id, flip.old, flip.new, flip.turn) == (ANSWERED, "met", "missed", "added")
    assert flip.subject_id == case.id
    assert flip.ended_at == MONDAY_NOON
    assert (flip.old_due_at, flip.new_due_at) == (
        datetime(2026, 10, 12, 9, 30, tzinfo=UTC),
        datetime(2026, 10, 10, 9, 30, tzinfo=UTC),
    )
    whole = outcome_of(run)
    assert whole is not None
    found = whole.rules[ANSWERED]
    assert (found.old_share, found.new_share, found.added) == (1.0, 0.0, 1)


def test_a_longer_limit_saves_the_breach():
    case = a_question()
    an_answer(case, at=MONDAY_NOON + timedelta(days=1))
    draft = changed(a_draft(), limit={"value": 5, "unit": "working_days"})
    run = asked(draft)

    worked()

    (flip,) = examples_of(run=run)
    assert (flip.old, flip.new, flip.turn) == ("missed", "met", "saved")


def test_a_rule_the_draft_leaves_alone_keeps_its_verdicts():
    an_answer(a_question())
    run = asked(a_draft())

    worked()

    run.refresh_from_db()
    assert run.judged > 0
    assert not flips_of(run=run)


def test_trying_changes_no_clock_no_ruling_and_no_entry():
    an_answer(a_question())
    draft = changed(a_draft(), **ONE_DAY)
    before = everything()

    asked(draft)
    worked()

    assert everything() == before


def test_only_matters_that_began_on_the_days_are_judged():
    an_answer(a_question())
    draft = changed(a_draft(), **ONE_DAY)
    run = asked(draft, since=date(2026, 10, 10), until=date(2026, 10, 15))

    worked()

    run.refresh_from_db()
    assert (run.state, run.judged) == (WhatIfRun.State.DONE, 0)


def test_what_is_recorded_after_the_question_does_not_count():
    case = a_question()
    draft = changed(a_draft(), **ONE_DAY)
    run = asked(draft, now=FRIDAY + HOUR)
    an_answer(case)

    worked(now=LATER)

    assert not flips_of(run=run)


def test_a_new_condition_takes_the_clock_away():
    an_answer(a_question())
    run = asked(changed(a_draft(), when={"case_kind": ["new_connection"]}))

    worked()

    (flip,) = flips_of(run=run)
    assert (flip.old, flip.new) == ("met", "not_applicable")


def test_a_rule_that_speaks_now_gets_the_clocks_it_would_have_had():
    case = a_case()
    for kind in ("case.reported", "case.deferred"):
        happens(case, kind, at=FRIDAY, facts=COMPLAINT)
    happens(case, "case.answered", at=MONDAY_NOON, facts=COMPLAINT)
    run = asked(changed(a_draft(), when={"case_kind": ["consultation", "complaint"]}))

    worked()

    (flip,) = flips_of(run=run)
    assert (flip.rule_id, flip.old, flip.new) == (ANSWERED, "not_applicable", "met")


def test_saving_the_draft_meanwhile_changes_nothing():
    an_answer(a_question())
    draft = changed(a_draft(), **ONE_DAY)
    run = asked(draft)
    changed(draft, limit={"value": 9, "unit": "working_days"})

    worked()

    assert [flip.new for flip in flips_of(run=run)] == ["missed"]


def test_a_draft_is_tried_once_at_a_time():
    draft = changed(a_draft(), **ONE_DAY)
    asked(draft)

    with pytest.raises(AlreadyTrying):
        asked(draft)


def test_days_that_are_not_past_are_refused():
    with pytest.raises(DaysOutOfOrder):
        asked(a_draft(), since=date(2026, 10, 21), until=date(2026, 10, 22))


def test_a_try_that_is_called_off_ends_and_leaves_nothing():
    an_answer(a_question())
    run = asked(changed(a_draft(), **ONE_DAY))
    work_once(clock=lambda: LATER, queue=OUTSIDE)

    call_off(run_id=run.pk, now=LATER)
    worked()

    run.refresh_from_db()
    assert run.state == WhatIfRun.State.CANCELLED
    assert not WhatIfPart.objects.exists()
    assert not WhatIfFlip.objects.exists()
    assert latest_run(edition=run.edition) == run


def test_a_draft_that_cannot_be_read_fails_with_its_reason(monkeypatch):
    draft = a_draft()
    run = asked(draft)
    for path in (editions_folder() / "whatif").rglob("pack.toml"):
        path.write_text("[organisation", encoding="utf-8")

    worked()

    run.refresh_from_db()
    assert run.state == WhatIfRun.State.FAILED
    assert "pack.toml" in run.error
