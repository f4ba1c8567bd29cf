"""What a phone reports late, twice or in another order is kept once, and every conflict is shown."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.syncing import (
    Danger,
    Finding,
    OrderNow,
    Stand,
    Trouble,
    bounded,
    in_turn,
    judged,
    rank,
    standing,
)
from tests.core.phones import Memory, altered, lived, remembering, stand_of

PULLED = datetime(2026, 10, 9, 0, 0, tzinfo=UTC)
RECEIVED = PULLED + timedelta(hours=10)


@settings(max_examples=1000, deadline=None)
@given(st.integers(min_value=0, max_value=2**63))
def test_nothing_is_lost_or_doubled_and_every_conflict_is_shown(seed):
    history, memory = lived(seed, remembering)

    written = [event.id for event in history.written]
    assert set(memory.rows) == set(written), "lost"
    assert sorted(memory.considered) == sorted(written), "doubled, or never looked at"
    assert len(memory.applied) == len(set(memory.applied))
    for device in history.unsent:
        numbers = [
            memory.rows[i].sequence for i in memory.considered if memory.rows[i].device == device
        ]
        assert numbers == sorted(numbers), "out of order"
    unapplied = set(written) - set(memory.applied)
    assert unapplied <= set(memory.shown), "a conflict that nobody sees"
    for event in history.written:
        if stand_of(event.kind) is Stand.SITE:
            assert event.id in memory.applied, "what was found at the door stands"


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=2**63))
def test_the_worst_finding_counts_until_a_person_decides(seed):
    history, memory = lived(seed, remembering)

    for order, counted in memory.findings.items():
        found = [e for e in history.written if e.kind == "hazard" and e.order == order]
        worst = max(rank(Danger(str(e.data["danger"]))) for e in found)
        assert rank(counted.danger) == worst
        lowered = [
            e for e in found
            if rank(Danger(str(e.data["danger"]))) < worst and e.id not in memory.shown
        ]  # fmt: skip
        first_worst = memory.considered.index(counted.event)
        assert all(memory.considered.index(e.id) < first_worst for e in lowered)


def test_the_same_id_with_another_content_is_shown_and_the_first_stands():
    history, memory = lived(7, remembering)
    event = history.written[0]

    memory.receive([altered(event)])

    assert memory.rows[event.id] == event
    assert memory.shown[event.id] is Trouble.ALTERED


def test_a_phone_without_events_sends_nothing():
    assert Memory({}).receive([]) == {}


def test_an_event_waits_for_those_before_it():
    assert list(in_turn(next_=3, waiting={5, 4})) == []
    assert list(in_turn(next_=3, waiting={3, 4, 6})) == [3, 4]


def test_a_phone_clock_a_day_slow_is_put_right_by_the_measured_offset_and_marked():
    told = bounded(
        device_at=PULLED + timedelta(hours=2) - timedelta(days=1),
        offset=timedelta(days=1),
        not_before=PULLED,
        received_at=RECEIVED,
    )

    assert told.at == PULLED + timedelta(hours=2)
    assert told.doubt == "clock_off"


def test_no_phone_says_that_something_happened_before_its_package_or_after_the_receipt():
    def at(device_at: datetime) -> tuple[datetime, str]:
        told = bounded(
            device_at=device_at, offset=timedelta(0), not_before=PULLED, received_at=RECEIVED
        )
        return told.at, told.doubt

    assert at(PULLED - timedelta(days=1)) == (PULLED, "before_package")
    assert at(RECEIVED + timedelta(days=1)) == (RECEIVED, "after_receipt")
    assert at(RECEIVED + timedelta(seconds=2)) == (RECEIVED, "")
    assert at(PULLED + timedelta(hours=1)) == (PULLED + timedelta(hours=1), "")


def order(version: int = 3, assignee: str = "3305", *, is_open: bool = True) -> OrderNow:
    return OrderNow(version, assignee, is_open)


def look(stand: Stand, now: OrderNow | None, known: int = 3):
    return judged(stand=stand, by="3305", known_version=known, order=now, needs_order=True)


def test_what_the_office_decides_is_not_changed_by_a_phone_that_did_not_know():
    assert look(Stand.OFFICE, order()).applies
    for now, why in (
        (order(4, "3306"), Trouble.REASSIGNED),
        (order(4, is_open=False), Trouble.ENDED),
        (None, Trouble.NO_ORDER),
    ):
        told = look(Stand.OFFICE, now)
        assert (told.applies, told.trouble) == (False, why)


def test_a_new_time_for_the_same_person_is_shown_and_the_work_counts():
    told = look(Stand.OFFICE, order(4))

    assert (told.applies, told.trouble) == (True, Trouble.CHANGED)


def test_what_was_found_at_the_door_stands_though_the_order_is_somebody_elses():
    told = look(Stand.SITE, order(4, "3306"))

    assert (told.applies, told.trouble) == (True, Trouble.REASSIGNED)


def found(danger: Danger, by: str = "3305") -> Finding:
    return Finding(danger, uuid4(), by)


def test_lowering_needs_a_person_and_so_does_a_second_opinion():
    general, major = found(Danger.GENERAL), found(Danger.MAJOR, by="3306")

    assert standing(None, general).finding == general
    assert standing(general, major).finding == major
    assert standing(general, major).differs
    assert standing(major, general).finding == major
    assert standing(major, general).differs


def test_the_same_person_may_find_it_worse_without_anybody_being_asked():
    told = standing(found(Danger.MINOR), found(Danger.MAJOR))

    assert (told.finding.danger, told.differs) == (Danger.MAJOR, False)
