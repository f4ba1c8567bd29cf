from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Event, Subject
from shouwen.journal.bodies import NotJournalable
from shouwen.journal.models import Entry, Unsealed
from shouwen.journal.operations import (
    ConflictingEntry,
    NotInTransaction,
    UnknownEvent,
    record,
)
from shouwen.journal.queries import changes_since, entry_with_id, events_of
from tests.apps.journal.entries import NOON, wrote

pytestmark = pytest.mark.django_db


def test_an_entry_keeps_everything_it_was_told():
    case = Subject("case", uuid4())

    entry = wrote(
        "case.answered",
        subject=case,
        at=NOON,
        now=NOON + timedelta(minutes=3),
        actor="2016",
        on_behalf_of="2002",
        workstation="坐席 3",
        source="paper",
        data={"channel": "phone", "家": "青梧里 3-1-502"},
        standard_version="antai-2025",
    )

    stored = Entry.objects.get(pk=entry.pk)
    assert stored.subject == case
    assert (stored.happened_at, stored.recorded_at) == (NOON, NOON + timedelta(minutes=3))
    assert (stored.actor, stored.on_behalf_of, stored.source) == ("2016", "2002", "paper")
    assert stored.data == {"channel": "phone", "家": "青梧里 3-1-502"}


def test_an_entry_waits_for_its_seal_from_the_start():
    entry = wrote()

    assert Unsealed.objects.filter(entry=entry).exists()


def test_the_same_entry_told_twice_is_there_once():
    key, case = uuid7(NOON), Subject("case", uuid4())

    first = wrote(id=key, subject=case, data={"a": 1, "b": (2, 3)})
    again = wrote(id=key, subject=case, data={"b": [2, 3], "a": 1.0}, now=NOON + timedelta(days=2))

    assert again.pk == first.pk
    assert again.recorded_at == NOON
    assert Entry.objects.count() == 1


def test_an_id_that_stands_for_something_else_is_refused():
    key, case = uuid7(NOON), Subject("case", uuid4())
    wrote("case.noted", id=key, subject=case)

    with pytest.raises(ConflictingEntry):
        wrote("case.closed", id=key, subject=case)


def test_an_unknown_event_is_refused():
    with pytest.raises(UnknownEvent):
        wrote("case.teleported")


@pytest.mark.parametrize(
    "data",
    [{"x": float("nan")}, {"x": NOON}, {1: "x"}, {"x": "a\x00b"}, {"x": "\ud800"}, {"x": [{2}]}],
)
def test_data_that_would_not_come_back_unchanged_is_refused(data):
    with pytest.raises(NotJournalable):
        wrote(data=data)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(NotJournalable):
        wrote(at=NOON, now=datetime(2026, 3, 2, 12))  # noqa: DTZ001 - the fault under test


def test_events_come_in_the_order_in_which_they_happened():
    case = Subject("case", uuid4())
    wrote("case.closed", subject=case, at=NOON + timedelta(hours=2))
    wrote("case.reported", subject=case, at=NOON, now=NOON + timedelta(hours=3), actor="2016",
          data={"kind": "repair", "list": [1]})  # fmt: skip
    wrote("case.noted")

    events = events_of(subject=case)

    assert [event.kind for event in events] == ["case.reported", "case.closed"]
    assert isinstance(events[0], Event)
    assert (events[0].by, dict(events[0].data)) == ("2016", {"kind": "repair"})


def test_changes_name_what_was_recorded_since_an_instant():
    wrote(at=NOON)
    late = wrote("case.closed", at=NOON, now=NOON + timedelta(seconds=5))

    (change,) = changes_since(since=NOON + timedelta(seconds=1))

    assert (change.entry_id, change.kind, change.subject) == (late.pk, "case.closed", late.subject)
    assert entry_with_id(id=late.pk) == late


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_written_only_with_the_change_it_tells_of():
    with pytest.raises(NotInTransaction):
        record(
            id=uuid7(NOON),
            kind="case.noted",
            subject=Subject("case", uuid4()),
            happened_at=NOON,
            now=NOON,
        )


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_recorded():
    @transaction.atomic
    def writes_and_fails():
        wrote()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writes_and_fails()

    assert not Entry.objects.exists()
    assert not Unsealed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_listeners_hear_of_an_entry_when_it_is_committed():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite streams watch the file instead")
    with connection.cursor() as cursor:
        cursor.execute("LISTEN shouwen_live")

    wrote()

    heard = list(connection.connection.notifies(timeout=2, stop_after=1))
    assert [each.channel for each in heard] == ["shouwen_live"]
