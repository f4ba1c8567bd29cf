"""Whatever happens to matters, figures count exactly what stands as ruled, folded in or not."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import fold, recompute, rejudge, set_owner
from shouwen.clocks.queries.figures import (
    Counts,
    by_person,
    by_team,
    course,
    discrepancies,
    figures,
    total,
    trend,
)
from tests.apps.clocks.happenings import CONSULTATION, HOUR, MONDAY, REPAIR, Days, a_case, happens

pytestmark = pytest.mark.django_db
RANGE = Days(since=date(2026, 3, 1), until=date(2026, 4, 20))
OWNERS = [("1031", "hotline"), ("1031", "repair"), ("3301", "repair"), ("", "")]
EVENTS = [
    ("case.dispatched", {}),
    ("case.handled", {}),
    ("case.repaired", {}),
    ("case.answered", {"channel": "phone"}),
    ("case.closed", {}),
    ("case.reopened", {"reason": "not_solved", "after": "closed"}),
    ("case.voided", {"reason": "drill", "approver": "9001"}),
    ("case.paused", {"reason": "no_access", "evidence": "N-1"}),
    ("case.resumed", {}),
    ("case.classified", {}),
]
FACTS = [REPAIR, CONSULTATION]

step = st.one_of(
    # An event of a case, told at once or some hours afterwards.
    st.tuples(
        st.just("event"), st.sampled_from(EVENTS), st.sampled_from(FACTS), st.integers(0, 30)
    ),
    st.tuples(st.just("owner"), st.sampled_from(OWNERS)),
    st.tuples(st.just("time"), st.integers(1, 60)),
    st.tuples(st.just("fold"), st.integers(1, 5)),
)
history = st.lists(st.tuples(st.integers(0, 2), step), max_size=10)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=history)
def test_figures_are_the_count_of_the_rulings_after_every_step(steps):
    with transaction.atomic():
        cases, now = [], MONDAY
        for _case in range(3):
            cases.append(a_case())
            happens(cases[-1], "case.reported", at=MONDAY, now=now)
            happens(cases[-1], "case.owner_set", at=MONDAY, now=now, owner="1031")
        check()

        for place, what in steps:
            now = taken(cases[place], what, now)
            check()

        for case in cases:
            rejudge(subject=case, now=now)
        check()
        assert list(recompute(check=True, now=now)) == []
        while fold(limit=3):
            check()
        assert discrepancies() == []
        transaction.set_rollback(True)


def taken(case, what, now):
    """Lets one step happen; returns the time after it."""
    match what:
        case ("event", (kind, data), facts, hours):
            at = max(MONDAY, now - hours * HOUR)
            happens(case, kind, at=at, now=now, facts=facts, data=data)
        case ("owner", (staff_no, department)):
            set_owner(subject=case, owner_no=staff_no, department=department)
        case ("time", hours):
            now += hours * HOUR
            rejudge(subject=case, now=now)
        case ("fold", limit):
            fold(limit=limit)
        case _:
            raise AssertionError(what)
    return now


def check():
    """All that figures say is what counting the rulings gives."""
    rulings = list(Ruling.objects.all())
    assert dict(figures(**RANGE)) == counted(rulings, lambda each: each.rule_id)
    assert dict(by_team(**RANGE)) == counted(rulings, lambda each: each.department)
    assert dict(by_person(**RANGE)) == counted(
        rulings, lambda each: (each.department, each.staff_no)
    )
    for staff_no, department in OWNERS[:3]:
        theirs = [
            each for each in rulings if (each.staff_no, each.department) == (staff_no, department)
        ]
        assert dict(figures(staff_no=staff_no, department=department, **RANGE)) == counted(
            theirs, lambda each: each.rule_id
        )
    parts = course(steps=7, **RANGE)
    assert {rule: total(each) for rule, each in parts.items()} == dict(figures(**RANGE))
    rule = rulings[0].rule_id
    days = {each.day: each.counts for each in trend(rule_id=rule, **RANGE)}
    on_days = counted([each for each in rulings if each.rule_id == rule], lambda each: each.day)
    assert {day: counts for day, counts in days.items() if any(counts.numbers)} == on_days


def counted(rulings, key):
    """Counting by hand."""
    words: dict[object, Counter[str]] = {}
    for each in rulings:
        word = "running" if each.verdict in Ruling.OPEN else each.verdict
        words.setdefault(key(each), Counter())[word] += 1
    return {place: Counts(**counter) for place, counter in words.items()}


def test_a_share_is_of_what_was_decided_alone():
    assert Counts(met=3, missed=1, excepted=9, not_provable=9, gap=9, running=9).share == 0.75
    assert Counts(excepted=9, not_provable=9, gap=9, not_applicable=9, running=9).share is None


def test_days_of_a_range_are_all_there_and_no_others():
    days = [each.day for each in trend(rule_id="any", **RANGE)]

    assert days[0] == RANGE["since"]
    assert days[-1] == RANGE["until"] - timedelta(days=1)
    assert len(days) == len(set(days)) == 50
