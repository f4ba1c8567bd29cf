"""A draft tried on the past: the verdicts are those that judging gives, and nothing is changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from django.db import connection

from benches import year
from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries import active_pack
from shouwen.clocks.queries.judgements import History, pack_of_matter
from shouwen.clocks.queries.replaying import Trial, compared, settled
from shouwen.core.clause import Limit
from shouwen.editions.models import WhatIfFlip, WhatIfPart, WhatIfRun
from shouwen.editions.operations import whatif
from shouwen.editions.operations.whatif import AlreadyTrying, DaysOutOfOrder, ask_what_if, call_off
from shouwen.editions.queries import whatif_parts
from shouwen.editions.queries.whatif import examples_of, flips_of, latest_run, outcome_of
from shouwen.editions.queries.whatif_parts import answered, parts_of, trial_of
from shouwen.editions.whatif_processes import answers
from shouwen.jobs.models import Job
from shouwen.jobs.registry import OUTSIDE
from shouwen.jobs.worker import work_once
from shouwen.journal.models import Entry
from shouwen.journal.queries import as_event, entries_of_many
from shouwen.standard.judging import judge
from shouwen.standard.settings import load_reopening_policy
from shouwen.standard.trying import brought_forward
from shouwen.standard.whatif import Part, Question, Tally, outcome
from tests.apps.clocks.happenings import ANSWERED, CONSULTATION, a_case, happens
from tests.apps.editions.drafts import (
    FRIDAY,
    HOUR,
    ONE_DAY,
    a_draft,
    a_question,
    changed,
    editor,
)
from tests.databases import environment_of_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_editions"),
]
MONDAY_NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
"""After the Saturday that is worked, before the second working day is over."""
COMPLAINT = {"case_kind": "complaint", "side": "none"}
LATER = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)


def an_answer(case, at=MONDAY_NOON):
    happens(case, "case.answered", at=at, facts=CONSULTATION)


def asked(edition, *, since=date(2026, 10, 1), until=date(2026, 10, 15), now=LATER):
    return ask_what_if(
        edition=edition, since=since, until=until, by=editor(), run_id=uuid4(), now=now
    )


def worked(now=LATER):
    while work_once(clock=lambda: now, queue=OUTSIDE):
        pass


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
    found = outcome_of(run).rules[ANSWERED]
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
    for path in (whatif.editions_folder() / "whatif").rglob("pack.toml"):
        path.write_text("[organisation", encoding="utf-8")

    worked()

    run.refresh_from_db()
    assert run.state == WhatIfRun.State.FAILED
    assert "pack.toml" in run.error


# --- a made-up year -----------------------------------------------------------------------------------


@pytest.fixture
def a_year(monkeypatch, settings):
    """Some hundred clocks of 2025, in parts of ten matters, for processes that find this database."""
    environment = environment_of_server(connection.settings_dict, home=settings.SHOUWEN_HOME)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(whatif_parts, "MATTERS_A_PART", 10)
    year.fill(pack=active_pack(), verdicts=400)


def halved(pack):
    """Every clock with half its time: what a draft rarely does, and the batch counts."""
    rules = {}
    for rule in pack.rules.values():
        versions = tuple(_halved(version) for version in rule.versions)
        rules[rule.id] = replace_versions(rule, versions)
    return replace_rules(pack, rules)


def _halved(version):
    limit = getattr(version, "limit", None)
    if limit is None:
        return version
    return replace(version, limit=Limit(value=limit.value / 2, unit=limit.unit))


def replace_versions(rule, versions):
    return replace(rule, versions=versions)


def replace_rules(pack, rules):
    return replace(pack, rules=MappingProxyType(rules))


def histories():
    ids = Entry.objects.values_list("subject_id", flat=True).distinct()
    for subject, entries in entries_of_many(subject_kind="case", ids=list(ids)):
        yield History(subject, entries, pack_of_matter(entries))


def told(verdict):
    return (
        verdict.word,
        *(getattr(verdict, name, None) for name in ("at", "due_at", "started_at")),
    )


def test_the_other_verdicts_are_those_of_judging_each_clock_alone(a_year):
    pack = active_pack()
    draft = halved(pack)
    trial = Trial(draft, pack, load_reopening_policy(Path("none")))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    looked_at = 0

    for past in histories():
        events = [as_event(entry) for entry in past.entries]
        rows = list(compared(past, trial=trial, now=now))
        for row, new in settled(rows, trial=trial, now=now):
            alone = {
                each: judge(
                    rule=which.rules[row.rule_id],
                    facts=past.facts,
                    events=events,
                    calendar=which.calendar,
                    calendars=which.calendars,
                    now=now,
                )
                for each, which in (("old", pack), ("new", draft))
            }
            assert told(row.old) == told(alone["old"])
            assert told(new) == told(alone["new"])
            looked_at += 1

    assert looked_at >= 400


def test_the_old_verdicts_are_those_the_journal_tells(a_year):
    draft = halved(active_pack())
    trial = Trial(draft, active_pack(), load_reopening_policy(Path("none")))

    for past in histories():
        ended = {
            entry.data["rule"]: entry.kind.removeprefix("clock.")
            for entry in past.entries
            if entry.kind in ("clock.met", "clock.missed")
        }
        rows = compared(past, trial=trial, now=datetime(2026, 6, 1, tzinfo=UTC))
        old = {row.rule_id: row.old.word for row in rows}
        assert {rule: word for rule, word in old.items() if word in ("met", "missed")} == ended


def question(draft):
    return Question(
        draft=str(draft),
        since=datetime(2024, 12, 31, 16, tzinfo=UTC),
        until=datetime(2025, 12, 31, 16, tzinfo=UTC),
        known_at=datetime(2026, 6, 1, tzinfo=UTC),
    )


def all_of(found):
    tally = Tally()
    for _, answer in found:
        tally.add(answer.tally)
    return tally


def drafted():
    draft = changed(a_draft(), **ONE_DAY)
    return whatif.edition_path(draft) / "pack"


def test_two_processes_find_what_one_finds(a_year):
    asking = question(drafted())
    parts = list(enumerate(parts_of(asking)))

    apart = all_of(answers(parts, asking, processes=2))

    alone = all_of(answers(parts, asking, processes=1))
    assert apart.judged >= 400
    assert outcome(apart) == outcome(alone)


def test_a_worker_that_is_killed_costs_no_more_than_its_parts(a_year):
    draft = changed(a_draft(), **ONE_DAY)
    run = asked(draft, since=date(2025, 1, 1), until=date(2025, 12, 31))
    whatif.go_on(run_id=run.pk, now=LATER)  # takes it apart
    whatif.go_on(run_id=run.pk, now=LATER, seconds=0)  # a few parts; what it returns is lost

    run.refresh_from_db()
    assert 0 < run.parts_done < run.parts
    worked()

    run.refresh_from_db()
    asking = question(whatif.edition_path(draft) / "pack")
    whole = all_of(answers(list(enumerate(parts_of(asking))), asking, processes=1))
    assert run.state == WhatIfRun.State.DONE
    assert run.judged == whole.judged
    assert outcome_of(run).rules == outcome(whole).rules
    assert WhatIfFlip.objects.filter(run=run).count() == outcome(whole).total.added
    assert not Job.objects.filter(state="dead").exists()


def test_reading_a_part_asks_the_same_however_many_matters_it_has(
    a_year, django_assert_max_num_queries
):
    asking = question(drafted())
    parts = parts_of(asking)
    trial_of(asking)

    with django_assert_max_num_queries(6):
        answered(parts[0], asking)


def test_a_part_keeps_its_ids():
    ids = [uuid4() for _ in range(3)]

    assert Part.of("case", ids).subjects == ids


def test_a_version_that_is_to_come_counts_from_the_first_day():
    pack = active_pack()
    draft = halved(pack)
    moved = {
        rule.id: replace_versions(rule, (rule.versions[0], later(rule.versions[0])))
        for rule in draft.rules.values()
        if rule.id == ANSWERED
    }
    draft = replace_rules(draft, {**draft.rules, **moved})

    rule = brought_forward(draft, in_force=pack).rules[ANSWERED]

    assert [version.from_ for version in rule.versions] == [date.min]


def later(version):
    return replace(version, from_=date(2030, 1, 1))
