"""How often: by class, by attribute from its day, in periods of the calendar or on end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.frequency import (
    Duty,
    FrequencyVersion,
    Relief,
    Reliefs,
    judge_frequency,
)
from shouwen.core.matter import Matter
from shouwen.core.timing.months import months_later
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event

HOME = {"customer_class": "residential"}
SHOP = {"customer_class": "commercial"}
RELIEFS = Reliefs(
    begins=("inspection.excepted",),
    ends=("inspection.resumed",),
    allowed=(Relief(reason="long_vacant", title=Words(zh="长期无人", en="long empty")),),
)
YEARLY = FrequencyVersion(
    from_=date(2020, 1, 1),
    done=("inspection.done",),
    attempts=("inspection.no_access",),
    starts=("premises.registered",),
    ends=("premises.closed",),
    voided=("inspection.voided",),
    duties=(
        Duty(when={"customer_class": ("residential",)}, times=1),
        Duty(when={"customer_class": ("commercial",)}, times=3, least_gap_days=90),
        Duty(
            when={"customer_class": ("residential",), "zone": ("remote",)},
            times=2,
        ),
    ),
    reliefs=RELIEFS,
)
SHARED = replace(YEARLY, part_period="share")
ROLLING = replace(
    YEARLY,
    duties=(
        Duty(
            when={"customer_class": ("residential",)}, times=1, every_months=24, period="rolling"
        ),
        Duty(when={"customer_class": ("commercial",)}, times=1, every_months=6, period="rolling"),
    ),
)
HERE = event("premises.registered", "2021-05-06 09:00")


def done(moment):
    return event("inspection.done", moment)


def becomes(value, moment, since, name="customer_class", **more):
    return event("premises.attribute_set", moment, name=name, value=value, since=since, **more)


def judged(*events, now, version=YEARLY, facts=HOME):
    happened = sorted((e for e in events if e.at <= at(now)), key=lambda e: e.at)
    return judge_frequency(
        version, Matter(facts=facts, events=happened, calendar=CALENDAR, now=at(now))
    )


def needed(verdict):
    return next(step.params["n"] for step in verdict.steps if step.code == "times_needed")


def test_done_this_year_is_met_until_the_year_is_over():
    verdict = judged(HERE, done("2025-11-03 10:00"), done("06-12 10:00"), now="12-31 23:59")

    assert isinstance(verdict, Met)
    assert (verdict.at, verdict.due_at) == (at("06-12 10:00"), at("2027-01-01 00:00"))


def test_not_yet_done_it_runs_to_the_end_of_the_year():
    verdict = judged(HERE, done("2025-11-03 10:00"), now="06-12 10:00")

    assert isinstance(verdict, Running)
    assert (verdict.started_at, verdict.due_at) == (at("01-01 00:00"), at("2027-01-01 00:00"))


def test_an_attempt_is_never_done_and_is_told():
    verdict = judged(
        HERE,
        done("2025-11-03 10:00"),
        event("inspection.no_access", "06-12 10:00"),
        now="07-01 09:00",
    )

    assert isinstance(verdict, Running)
    assert "attempts_not_counted" in [step.code for step in verdict.steps]


def test_a_year_that_fell_short_is_missed_until_something_is_done():
    before = [HERE, done("2024-11-03 10:00")]

    missed = judged(*before, now="01-05 09:00")
    assert isinstance(missed, Missed)
    assert (missed.due_at, missed.failed) == (at("01-01 00:00"), ("times",))

    assert isinstance(judged(*before, done("01-10 09:00"), now="02-01 09:00"), Met)


def test_a_year_before_anything_was_known_is_not_held_against_anybody():
    assert isinstance(judged(done("03-10 10:00"), now="04-01 09:00"), Met)
    assert isinstance(
        judged(event("inspection.no_access", "01-04 10:00"), now="01-05 09:00"), Running
    )


def test_three_times_count_only_with_the_least_gap_between():
    close = [done("2025-03-10 10:00"), done("2025-04-10 10:00"), done("2025-11-10 10:00")]
    apart = [done("2025-03-10 10:00"), done("2025-07-10 10:00"), done("2025-11-10 10:00")]

    assert isinstance(judged(HERE, *close, now="2025-12-01 09:00", facts=SHOP), Running)
    assert isinstance(judged(HERE, *apart, now="2025-12-01 09:00", facts=SHOP), Met)


def test_a_reminder_comes_when_the_rest_still_fits_in_with_the_gap():
    verdict = judged(
        HERE,
        *(done(f"2025-{m}-10 10:00") for m in ("01", "05", "09")),
        now="02-01 09:00",
        facts=SHOP,
    )

    assert verdict.warn_at == at("2027-01-01 00:00") - timedelta(days=180)


def test_what_was_voided_does_not_count():
    verdict = judged(
        HERE,
        done("2025-11-03 10:00"),
        done("06-12 10:00"),
        event("inspection.voided", "06-13 10:00"),
        now="07-01 09:00",
    )

    assert isinstance(verdict, Running)


def test_the_duty_changes_from_the_day_of_the_attribute_not_of_its_entry():
    change = becomes("commercial", "06-01 09:00", "2026-07-01")
    events = [HERE, done("2025-11-03 10:00"), done("03-10 10:00"), change]

    assert isinstance(judged(*events, now="06-30 23:59"), Met)
    verdict = judged(*events, now="07-01 00:00")
    assert isinstance(verdict, Running)
    assert needed(verdict) == 3


def test_an_attribute_entered_late_holds_from_its_own_day():
    late = becomes("commercial", "08-01 09:00", "2025-01-01")

    verdict = judged(HERE, done("2025-11-03 10:00"), late, now="08-01 09:00")

    assert isinstance(verdict, Missed)
    assert verdict.due_at == at("01-01 00:00")


def test_what_was_before_the_first_change_may_stand_in_the_change():
    change = becomes("commercial", "07-02 09:00", "2026-07-02", was="residential")

    verdict = judged(
        HERE, done("2025-11-03 10:00"), change, now="08-01 09:00", facts=SHOP, version=SHARED
    )

    assert needed(verdict) == 2


@pytest.mark.parametrize(
    ("registered", "times"),
    [("01-15 09:00", 1), ("07-02 09:00", 1), ("07-03 09:00", 0), ("12-20 09:00", 0)],
)
def test_a_part_of_a_year_owes_its_share_halves_up(registered, times):
    verdict = judged(event("premises.registered", registered), now="12-21 09:00", version=SHARED)

    assert isinstance(verdict, Running if times else NotApplicable)


def test_in_full_a_new_home_owes_the_whole_number():
    assert isinstance(
        judged(event("premises.registered", "12-20 09:00"), now="12-21 09:00"), Running
    )


def test_the_more_specific_duty_wins():
    verdict = judged(
        HERE,
        done("2025-11-03 10:00"),
        done("2025-12-03 10:00"),
        now="03-01 09:00",
        facts={**HOME, "zone": "remote"},
    )

    assert needed(verdict) == 2


def test_another_class_is_not_spoken_of():
    assert judged(HERE, now="03-01 09:00", facts={"customer_class": "public"}).reason == "facts"


def test_a_closed_home_owes_nothing():
    verdict = judged(HERE, event("premises.closed", "02-01 09:00"), now="03-01 09:00")

    assert isinstance(verdict, NotApplicable)


def excepted(moment, **data):
    said = {"reason": "long_vacant", "evidence": "meter 0", "approver": "3001", **data}
    return event("inspection.excepted", moment, **said)


def test_a_relief_with_evidence_and_approver_takes_it_out_while_it_lasts():
    relief = excepted("2025-06-12 10:00")

    verdict = judged(HERE, done("2024-05-01 09:00"), relief, now="02-01 09:00")
    assert isinstance(verdict, Excepted)
    assert (verdict.reason, verdict.approver, verdict.evidence) == (
        "long_vacant",
        "3001",
        "meter 0",
    )

    over = event("inspection.resumed", "01-20 09:00")
    assert isinstance(
        judged(HERE, done("2024-05-01 09:00"), relief, over, now="02-01 09:00"), Excepted
    )


@pytest.mark.parametrize("data", [{"evidence": ""}, {"approver": ""}, {"reason": "busy"}])
def test_a_relief_that_lacks_something_is_refused_and_told(data):
    verdict = judged(
        HERE, done("2025-11-03 10:00"), excepted("02-12 10:00", **data), now="03-01 09:00"
    )

    assert isinstance(verdict, Running)
    assert "relief_refused" in [step.code for step in verdict.steps]


def test_a_relief_with_a_last_day_ends_by_itself():
    relief = excepted("02-12 10:00", until="2026-02-28")
    events = [HERE, done("2025-11-03 10:00"), relief]

    assert isinstance(judged(*events, now="02-28 23:00"), Excepted)
    assert isinstance(judged(*events, now="03-01 00:00"), Running)


def test_on_end_the_next_one_is_due_so_many_months_after_the_last():
    verdict = judged(HERE, done("2025-01-31 10:00"), now="03-01 09:00", version=ROLLING)

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("2027-02-01 00:00")
    late = judged(HERE, done("2023-06-10 10:00"), now="2025-06-11 00:00:01", version=ROLLING)
    assert isinstance(late, Missed)
    assert late.due_at == at("2025-06-11 00:00")


def test_on_end_a_shorter_duty_never_makes_overdue_what_was_not():
    let = becomes("commercial", "2025-09-01 09:00", "2025-09-01")
    old = [HERE, done("2024-01-10 10:00"), let]
    recent = [HERE, done("2025-06-10 10:00"), let]

    assert judged(*old, now="2025-10-01 09:00", version=ROLLING).due_at == at("01-11 00:00")
    assert judged(*recent, now="2025-10-01 09:00", version=ROLLING).due_at == at(
        "2025-12-11 00:00"
    )


DAYS = st.lists(st.dates(date(2024, 1, 1), date(2026, 11, 30)), max_size=8)
NOW = st.dates(date(2024, 6, 1), date(2026, 12, 30))


def _events(days):
    return [HERE, *(replace(done("01-01 10:00"), at=at(f"{day} 10:00")) for day in sorted(days))]


@given(DAYS, NOW)
def test_the_verdict_agrees_with_counting_by_hand(days, now):
    verdict = judged(*_events(days), now=f"{now} 12:00")

    seen = [day for day in days if day <= now]
    this_year = sum(day.year == now.year for day in seen)
    last_year = sum(day.year == now.year - 1 for day in seen)
    if this_year:
        assert isinstance(verdict, Met)
    elif not last_year:
        assert isinstance(verdict, Missed)
    else:
        assert isinstance(verdict, Running)


@given(DAYS, NOW, st.dates(date(2024, 1, 1), date(2026, 11, 30)))
def test_doing_one_more_never_makes_it_worse(days, now, more):
    order = (Missed, Running, Met)

    before = judged(*_events(days), now=f"{now} 12:00")
    after = judged(*_events([*days, more]), now=f"{now} 12:00")

    assert order.index(type(after)) >= order.index(type(before))


@given(DAYS.filter(bool), NOW)
def test_on_end_the_due_day_is_that_of_the_last_one_done(days, now):
    verdict = judged(*_events(days), now=f"{now} 12:00", version=ROLLING)

    last = max((day for day in days if day <= now), default=date(2021, 5, 6))
    due_on = months_later(last, months=24)
    assert isinstance(verdict, Missed if now > due_on else Running)
    assert verdict.due_at == at(f"{due_on} 00:00") + timedelta(days=1)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_shares_of_two_duties_add_up_to_a_whole_year(day):
    """A change to the same number changes nothing, whenever it comes."""
    change = becomes("residential", f"{day} 09:00", day.isoformat())

    verdict = judged(HERE, done("2025-11-03 10:00"), change, now="12-31 12:00", version=SHARED)

    assert needed(verdict) == 1
