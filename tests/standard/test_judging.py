"""Judging by a pack: the right rule, the right version, no promise without a calendar."""

from datetime import date, datetime, timedelta

import pytest

from shouwen.core.clause import Version
from shouwen.core.events import Event
from shouwen.core.matter import Matter
from shouwen.core.verdict import Gap, Met, Missed, NotApplicable, Running
from shouwen.standard.evaluators import evaluate
from shouwen.standard.judging import clocks, judge
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests.standard.small_pack import CONTENTS, RULE, write_pack

TWO_VERSIONS = RULE.replace(
    "[[example]]",
    """[[version]]
from = 2026-03-03
when = { case_kind = ["repair"] }
start = { on = ["case.reported"] }
stop = { on = ["case.repaired"] }
limit = { value = 1, unit = "hours" }

[[example]]""",
)
FACTS = {"case_kind": "repair"}


@pytest.fixture(scope="module")
def pack():
    return load_pack(default_pack_path())


def at(text):
    return datetime.fromisoformat(f"2026-{text}+08:00")


def judged(pack, *events, now, facts=FACTS, version_from=None):
    return judge(
        rule=pack.rules["repaired-24h"],
        facts=facts,
        events=[Event(kind, moment) for kind, moment in events],
        calendar=pack.calendar,
        now=now,
        version_from=version_from,
    )


def test_a_case_is_judged_by_the_version_of_the_local_day_on_which_it_began(tmp_path):
    pack = load_pack(write_pack(tmp_path, rule=TWO_VERSIONS))

    before = judged(pack, ("case.reported", at("03-02T23:59:59")), now=at("03-03T00:30:00"))
    after = judged(pack, ("case.reported", at("03-03T00:00:00")), now=at("03-03T00:30:00"))

    assert isinstance(before, Running)
    assert isinstance(after, Running)
    assert before.due_at == at("03-03T23:59:59")
    assert after.due_at == at("03-03T01:00:00")


def test_a_case_may_be_held_to_the_version_it_began_under(tmp_path):
    pack = load_pack(write_pack(tmp_path, rule=TWO_VERSIONS))

    verdict = judged(
        pack,
        ("case.reported", at("03-05T08:00:00")),
        now=at("03-05T12:00:00"),
        version_from=date(2025, 1, 1),
    )

    assert isinstance(verdict, Running)


def test_events_in_any_order_give_one_verdict_and_later_ones_do_not_count_yet(tmp_path):
    pack = load_pack(write_pack(tmp_path))
    events = [("case.repaired", at("03-02T10:00:00")), ("case.reported", at("03-02T08:00:00"))]

    assert isinstance(judged(pack, *events, now=at("03-02T12:00:00")), Met)
    assert isinstance(judged(pack, *events, now=at("03-02T09:00:00")), Running)


def test_a_case_with_other_facts_is_not_spoken_of(tmp_path):
    pack = load_pack(write_pack(tmp_path))

    verdict = judged(
        pack, ("case.reported", at("03-02T08:00:00")), now=at("03-02T09:00:00"), facts={}
    )

    assert verdict == NotApplicable(reason="facts")


def test_a_case_from_before_the_first_version_is_not_spoken_of(tmp_path):
    pack = load_pack(write_pack(tmp_path))
    begun = datetime.fromisoformat("2024-12-31T23:59:59+08:00")

    verdict = judged(pack, ("case.reported", begun), now=begun)

    assert isinstance(verdict, NotApplicable)


def test_a_year_without_a_calendar_gives_a_gap_and_no_promise(pack):
    begun = datetime.fromisoformat("2031-03-06T10:00:00+08:00")

    verdict = judge(
        rule=pack.rules["consultation-answered-2wd"],
        facts={"case_kind": "consultation"},
        events=[Event("case.deferred", begun)],
        calendar=pack.calendar,
        now=begun,
    )

    assert verdict == Gap(reason="calendar_year_missing", year=2031)


def test_a_kind_without_an_evaluator_is_honestly_a_gap(pack):
    matter = Matter(facts={}, events=(), calendar=pack.calendar, now=at("03-02T08:00:00"))

    assert evaluate(Version(from_=date(2025, 1, 1)), matter) == Gap(reason="not_judged_yet")


def test_a_standing_duty_is_judged_by_the_version_of_the_day_of_judging(pack):
    verdict = judge(
        rule=pack.rules["inspection-frequency"],
        facts={"customer_class": "residential"},
        events=[Event("premises.registered", datetime.fromisoformat("2019-03-02T08:00:00+08:00"))],
        calendar=pack.calendar,
        now=at("03-02T08:00:00"),
    )

    assert isinstance(verdict, Missed)


def test_a_repair_starts_the_clocks_of_a_repair(pack):
    found = {
        r.id
        for r in clocks(
            pack=pack, facts={"case_kind": "repair", "side": "customer"}, day=date(2026, 3, 2)
        )
    }

    assert {"repair-handled-6h", "repair-done-24h", "repair-record", "first-asked-owner"} <= found
    assert "complaint-answered-72h" not in found


def test_of_one_slot_the_most_specific_rule_is_chosen(tmp_path):
    contents = CONTENTS.replace('["repaired-24h"]', '["repaired-24h", "urgent"]')
    slot = 'kind = "clock"\nslot = "repaired"'
    general = RULE.replace('kind = "clock"', slot)
    urgent = (
        RULE.replace("repaired-24h", "urgent")
        .replace('kind = "clock"', slot)
        .replace('["repair"] }', '["repair"], severity = ["major"] }')
        .replace("value = 24", "value = 2")
        .split("[[example]]")[0]
    )
    pack = load_pack(
        write_pack(tmp_path, rule=general, contents=contents, rules={"urgent": urgent})
    )
    day = date(2026, 3, 2)

    ordinary = clocks(pack=pack, facts={**FACTS, "severity": "ordinary"}, day=day)
    major = clocks(pack=pack, facts={**FACTS, "severity": "major"}, day=day)

    assert [rule.id for rule in ordinary] == ["repaired-24h"]
    assert [rule.id for rule in major] == ["urgent"]


def test_a_complaint_of_the_evening_before_is_answered_within_72_natural_hours(pack):
    begun = at("03-02T20:00:00")

    verdict = judge(
        rule=pack.rules["complaint-answered-72h"],
        facts={"case_kind": "complaint"},
        events=[Event("case.reported", begun)],
        calendar=pack.calendar,
        now=begun,
    )

    assert isinstance(verdict, Running)
    assert verdict.due_at == begun + timedelta(hours=72)
