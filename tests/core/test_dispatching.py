"""Whom to send: skills exclude, gaps are found, promises are not broken unless nothing else is left."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shouwen.core.dispatching import (
    Candidate,
    Need,
    Offer,
    Stop,
    TravelPlan,
    Weights,
    forecast,
    offers,
)

NOW = datetime(2026, 10, 9, 6, 32, tzinfo=UTC)
SHIFT = ((NOW - timedelta(hours=6), NOW + timedelta(hours=4)),)
PLAN = TravelPlan(away_minutes=4, minutes_per_km=3)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def person(name: str = "孙立", **known) -> Candidate:
    known = {"skills": frozenset({"cooker"}), "spot": (0.0, 0.0), "shifts": SHIFT} | known
    return Candidate(id=name, **known)


def need(**known: Any) -> Need:
    usual: dict[str, Any] = {"skills": frozenset({"cooker"}), "minutes": 40, "spot": (0.0, 2.0)}
    return Need(**(usual | known))


def best(job: Need, *people: Candidate) -> Offer:
    return offers(need=job, candidates=people, now=NOW, travel=PLAN, weights=Weights())[0]


def codes(offer: Offer) -> set[str]:
    return {reason.code for reason in offer.reasons}


def test_whoever_is_free_arrives_after_the_way():
    offer = best(need(due_at=at(60)), person())

    assert (offer.fit, offer.arrives, offer.spare) == ("ok", at(10), 50)
    assert {"skills", "travel", "early", "delays_nothing", "idle"} <= codes(offer)


def test_without_the_skill_nobody_is_sent():
    offer = best(need(), person(skills=frozenset({"meter"})))

    assert (offer.fit, offer.arrives, codes(offer)) == ("no", None, {"lacks"})


def test_off_shift_nobody_is_sent():
    assert codes(best(need(), person(shifts=()))) == {"off_shift"}


def test_the_nearer_of_two_goes():
    far = person("远", spot=(0.0, 9.0))
    near = person("近", spot=(0.0, 2.5))

    assert best(need(), far, near).id == "近"


def test_whoever_knows_the_zone_goes_before_an_equal():
    stranger, local = person("甲"), person("乙", zones=frozenset({"东"}))

    offer = best(need(zones=frozenset({"东"})), stranger, local)

    assert offer.id == "乙"
    assert "zone" in codes(offer)


def test_a_job_goes_into_the_gap_before_the_next_one():
    later = Stop(at(90), at(130), spot=(0.0, 0.0))

    offer = best(need(), person(stops=(later,)))

    assert (offer.fit, offer.arrives) == ("ok", at(10))


def test_without_a_gap_it_comes_after():
    later = Stop(at(20), at(60), spot=(0.0, 2.0))

    offer = best(need(), person(stops=(later,)))

    assert (offer.fit, offer.arrives) == ("ok", at(60))


def test_when_that_is_too_late_what_can_move_moves():
    later = Stop(at(20), at(60), spot=(0.0, 2.0))

    offer = best(need(due_at=at(30)), person(stops=(later,)))

    assert (offer.fit, offer.arrives, offer.delays) == ("cost", at(10), 1)


def test_an_agreed_time_is_not_broken_for_it():
    agreed = Stop(at(20), at(60), spot=(0.0, 2.0), latest=at(30))

    offer = best(need(due_at=at(30)), person(stops=(agreed,)))

    assert (offer.fit, offer.arrives) == ("no", at(60))
    assert offer.spare == -30


def test_an_alarm_goes_before_everything_and_says_what_it_breaks():
    agreed = Stop(at(20), at(60), spot=(0.0, 2.0), latest=at(30))

    offer = best(need(urgent=True, due_at=at(30)), person(stops=(agreed,)))

    assert offer.arrives == at(10)
    assert "breaks" in codes(offer)


def test_work_under_way_is_finished_first():
    under_way = Stop(at(-30), at(15), spot=(0.0, 2.0))

    assert best(need(urgent=True), person(stops=(under_way,))).arrives == at(15)


def test_an_agreed_time_is_not_come_to_early():
    offer = best(need(earliest=at(120), due_at=at(240)), person())

    assert offer.arrives == at(120)
    assert offer.departs == at(110)


def test_a_shift_that_ends_too_soon_does_not_hold_it():
    short = ((NOW - timedelta(hours=1), at(30)),)

    assert best(need(), person(shifts=short)).fit == "no"


def test_a_day_that_gets_too_long_is_said():
    stops = (Stop(at(-400), at(-5)),)

    offer = best(need(), person(stops=stops, max_minutes=420))

    assert "long_day" in codes(offer)


def test_what_is_late_makes_what_follows_late():
    under_way = Stop(at(-60), at(-10), is_fixed=True, spot=(0.0, 0.0))
    following = Stop(at(0), at(40), spot=(0.0, 2.0))

    times = forecast(stops=[under_way, following], now=NOW, travel=PLAN)

    assert times == [(at(-60), at(0)), (at(10), at(50))]
