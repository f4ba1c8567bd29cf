"""A made-up year judged by a draft: the verdicts are those of judging each clock alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from django.db import connection

from benches import year
from shouwen.clocks.queries import active_pack
from shouwen.clocks.queries.judgements import History, pack_of_matter
from shouwen.clocks.queries.replaying import Trial, compared, settled
from shouwen.core.clause import Limit
from shouwen.editions.models import WhatIfFlip, WhatIfRun
from shouwen.editions.operations import whatif
from shouwen.editions.queries import edition_path, whatif_parts
from shouwen.editions.queries.whatif import outcome_of
from shouwen.editions.queries.whatif_parts import answered, parts_of, trial_of
from shouwen.editions.whatif_processes import answers
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.journal.queries import as_event, entries_of_many
from shouwen.standard.judging import judge
from shouwen.standard.settings import load_reopening_policy
from shouwen.standard.trying import brought_forward
from shouwen.standard.whatif import Part, Question, Tally, outcome
from tests.apps.clocks.happenings import ANSWERED
from tests.apps.editions.drafts import (
    ONE_DAY,
    a_draft,
    changed,
)
from tests.apps.editions.trying import LATER, asked, worked
from tests.databases import environment_of_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


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
    return edition_path(draft) / "pack"


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
    asking = question(edition_path(draft) / "pack")
    whole = all_of(answers(list(enumerate(parts_of(asking))), asking, processes=1))
    assert run.state == WhatIfRun.State.DONE
    assert run.judged == whole.judged
    found = outcome_of(run)
    assert found is not None
    assert found.rules == outcome(whole).rules
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
