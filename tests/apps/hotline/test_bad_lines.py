"""A line that cannot be taken is named by its number; the others are taken, and nothing is left of it."""

import json

import pytest
from django.db import DatabaseError, connection

from shouwen.cases.models import Case, CaseGap, DayNumber, Handover, Ownership, Promise
from shouwen.clocks.models import Clock
from shouwen.hotline.models import Call, CallVerdict
from shouwen.journal.models import Entry, Unsealed
from tests import people
from tests.calls import call, played

pytestmark = pytest.mark.django_db

WRITTEN = (Call, CallVerdict, Case, CaseGap, Ownership, Handover, Promise, DayNumber, Clock)
JOURNALLED = (Entry, Unsealed)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (*WRITTEN, *JOURNALLED)}


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


UNREADABLE = {
    "no JSON": "{half a line",
    "a list": "[1, 2]",
    "a number": "7",
    "null": "null",
    "not a number": '{"call_id": NaN}',
    "nested without end": nested(200_000),
    "no id": call(""),
    "an unknown kind": call(kind="gossip"),
    "a time without an offset": call(started_at="2026-03-11T10:00:00"),
    "turns that are a text": call(turns="喂"),
    "seconds before the first ring": call(events=[{"t": -1, "type": "ring"}]),
    "an end before the start": call(
        turns=[{"start": 9, "end": 3, "speaker": "agent", "text": "您好"}]
    ),
}
# Readable, yet more than a column of a database holds, or nothing that it can write.
ODD = {
    "a long id": call("T" * 200),
    "a long staff number": call(staff_no="9" * 60),
    "a long phone number": call(customer={"phone": "1" * 60}),
    "a long name and address": call(
        customer={"phone": "14000000001", "surname": "长" * 200, "address": "远" * 500}
    ),
    "a NUL among the words": call("T1", "家里\u0000漏气"),
    "half a sign among the words": call("T1", "家里\ud800漏气"),
    "a NUL in the id": call("T\u0000"),
    "somebody long who hung up": call(events=[{"t": 1, "type": "hangup", "by": "x" * 99}]),
    "the last instant there is": call(started_at="9999-12-31T23:59:59-12:00"),
    "the first instant there is": call(started_at="0001-01-01T00:00:00+12:00"),
    "a very long matter": call("T1", "家里灶打不着火，" * 400),
    "forty thousand rings": call(events=[{"t": 1, "type": "ring"}] * 40_000),
    "no words": call(turns=[]),
    "no events": call(events=[]),
}


@pytest.mark.parametrize("bad", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_line_is_named_and_the_others_are_taken(bad):
    people.staff("wang_min")

    result = played(call("BEFORE"), bad, call("AFTER"))

    assert [line.number for line in result.bad] == [2]
    assert sorted(taken.call_id for taken in result.taken) == ["AFTER", "BEFORE"]
    assert Case.objects.count() == 2


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_line_is_taken_or_named_and_never_stops_the_others(odd):
    people.staff("wang_min")
    line = json.dumps(odd)

    result = played(call("BEFORE"), line, call("AFTER"))

    assert {"BEFORE", "AFTER"} <= {taken.call_id for taken in result.taken}
    assert len(result.taken) + len(result.bad) == 3
    assert Case.objects.count() == Call.objects.count() == len(result.taken)


def test_every_fault_of_a_line_is_told_in_both_languages_with_its_place_and_a_remedy():
    result = played({"call_id": "T1", "kind": "gossip", "events": [{"type": "boom"}]})

    (bad,) = result.bad
    told = {fault.en.partition(":")[0]: fault for fault in bad.faults}
    assert {"kind", "direction", "started_at", "staff_no", "turns", "events.0.type"} <= set(told)
    assert "write one of: consultation" in told["kind"].en
    assert "应为以下之一：consultation" in told["kind"].zh


def test_empty_lines_are_no_bad_lines_and_keep_the_numbers_of_the_others():
    people.staff("wang_min")

    result = played(call("T1"), "", "   ", "{", call("T2"))

    assert [line.number for line in result.bad] == [4]
    assert len(result.taken) == 2


def test_the_same_id_with_other_content_is_refused_by_name_and_changes_nothing():
    people.staff("wang_min")
    played(call("T1", "家里灶打不着火"))
    before = rows()

    result = played(call("T1", "家里没气了"))

    (bad,) = result.bad
    assert bad.number == 1
    assert "call_id" in bad.faults[0].zh
    assert "other content" in bad.faults[0].en
    assert not result.taken
    assert rows() == before


def test_the_same_id_twice_in_one_file_is_taken_once():
    people.staff("wang_min")

    result = played(
        call("T1", "家里灶打不着火"), call("T1", "家里没气了"), call("T1", "家里没气了")
    )

    assert len(result.taken) == 1
    assert [line.number for line in result.bad] == [2, 3]
    assert Case.objects.get().said == "家里灶打不着火"


def test_a_call_that_fails_at_its_last_write_leaves_nothing_and_is_taken_by_the_next_run():
    people.staff("wang_min")
    people.department("repair")
    before = rows()

    with broken(CallVerdict), pytest.raises(DatabaseError):
        played(call("T1"))

    assert rows() == before
    assert len(played(call("T1")).taken) == 1
    assert CallVerdict.objects.exists()


class broken:  # noqa: N801 - reads as a sentence
    """A table that refuses every new row, by a trigger of the database itself."""

    def __init__(self, model) -> None:
        self.table = model._meta.db_table

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TRIGGER broken BEFORE INSERT ON {self.table}"
                    " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
                )
                return
            cursor.execute(
                "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER broken BEFORE INSERT ON {self.table}"
                " FOR EACH ROW EXECUTE FUNCTION broken()"
            )

    def __exit__(self, *_: object) -> None:
        on = "" if connection.vendor == "sqlite" else f" ON {self.table}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER broken{on}")
            if connection.vendor == "postgresql":
                cursor.execute("DROP FUNCTION broken()")
