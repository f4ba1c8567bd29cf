"""Each way in which somebody with full power over the database may touch the journal, and how it is found."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from shouwen.adapters.heads import read_heads
from shouwen.adapters.signing import signing_key
from shouwen.journal.bodies import COLUMNS, canonical_body
from shouwen.journal.chain import START, link
from shouwen.journal.commands import app
from shouwen.journal.models import Entry, Seal, SealedHead, Unsealed
from shouwen.journal.operations import seal, send_heads, sign_head
from shouwen.journal.queries import BrokenAt, CannotTell, Verified, verify
from tests import databases
from tests.apps.journal.entries import NOON, wrote, wrote_many

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "journal.key")


@pytest.fixture
def heads(tmp_path, key):
    """Six sealed entries; heads signed at 3 and 6 have left the database."""
    for count in (3, 3):
        wrote_many(count)
        seal(now=NOON)
        sign_head(key=key, now=NOON, at_once=True)
    send_heads(directory=tmp_path / "heads", key=key)
    return tmp_path / "heads"


@contextmanager
def power_over_the_database() -> Iterator[None]:
    """No triggers, no foreign keys: what an administrator can do."""
    with connection.constraint_checks_disabled(), databases.without_triggers(connection):
        yield


def entry_at(position: int) -> Entry:
    return Seal.objects.get(position=position).entry


def run(sql: str, *params: Any) -> None:
    with power_over_the_database(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def chain_anew() -> None:
    """Computes all seals again so that the chain fits whatever now stands in the journal."""
    prev = START
    with power_over_the_database():
        for position, old in enumerate(list(Seal.objects.order_by("position")), start=1):
            digest = link(prev=prev, position=position, body=canonical_body(old.entry))
            Seal.objects.filter(pk=old.pk).update(position=position, prev=prev, hash=digest)
            prev = digest


def checked(heads, **more):
    return verify(heads_dir=heads, now=NOON, **more)


def test_an_untouched_journal_is_whole(heads):
    assert checked(heads) == Verified(entries=6, vouched=6, waiting=0)


def test_an_empty_journal_is_whole(tmp_path):
    assert checked(tmp_path) == Verified(entries=0, vouched=0, waiting=0)


def test_entries_that_just_came_may_wait_for_their_seal(heads):
    wrote()

    assert checked(heads) == Verified(entries=6, vouched=6, waiting=1)


def test_entries_that_wait_too_long_leave_it_open(heads):
    wrote()

    found = verify(heads_dir=heads, now=NOON + timedelta(seconds=61))

    assert isinstance(found, CannotTell)


EDITS = {
    "id": "018f0000-0000-7000-8000-000000000001",
    "subject_id": "018f0000-0000-7000-8000-000000000002",
    "happened_at": "2026-03-02 04:00:01.000001",
    "recorded_at": "2026-03-02 05:00:00.000001",
    "data": '{"n": 2}',
}


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_is_found(heads, column):
    entry = entry_at(2)
    value = EDITS.get(column, "x")
    if connection.vendor == "sqlite" and column in ("id", "subject_id"):
        value = value.replace("-", "")

    sql = f"UPDATE journal_entry SET {column} = %s WHERE id = %s"  # noqa: S608 - known columns
    run(sql, value, db_id(entry))

    assert checked(heads).position == 2


@pytest.mark.parametrize("column", COLUMNS)
def test_a_value_turned_into_another_type_is_found(heads, column):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's columns take one type only")
    blob = f"CAST({column} AS BLOB)"

    run(f"UPDATE journal_entry SET {column} = {blob} WHERE id = %s", db_id(entry_at(4)))  # noqa: S608

    assert checked(heads).position == 4


def test_a_number_turned_into_a_text_is_found(heads):
    run("UPDATE journal_entry SET data = %s WHERE id = %s", '{"n": "1"}', db_id(entry_at(2)))

    assert checked(heads).position == 2


def test_an_id_in_capitals_that_no_query_would_find_is_found(heads):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL's ids have one form only")
    run(
        "UPDATE journal_entry SET subject_id = %s WHERE id = %s",
        "ABCDEF" + entry_at(3).subject_id.hex[6:],
        db_id(entry_at(3)),
    )

    assert checked(heads).position == 3


def test_a_removed_entry_is_found(heads):
    run("DELETE FROM journal_entry WHERE id = %s", db_id(entry_at(5)))

    assert checked(heads).position == 5


def test_an_entry_removed_together_with_its_seal_is_found(heads):
    entry = entry_at(2)
    run("DELETE FROM journal_seal WHERE position = 2")
    run("DELETE FROM journal_entry WHERE id = %s", db_id(entry))

    found = checked(heads)

    assert found.position == 2
    assert "missing" in found.why


def test_an_entry_slipped_in_beside_the_program_is_found(heads):
    Entry.objects.bulk_create([copied(entry_at(1))])

    found = checked(heads)

    assert found.position is None
    assert "behind the program's back" in found.why


def test_entries_that_changed_places_are_found(heads):
    second, third = (entry_at(position) for position in (2, 3))
    old = Seal.objects.in_bulk()
    with power_over_the_database():
        Seal.objects.filter(position=3).delete()
        Seal.objects.filter(position=2).update(entry=third)
        Seal.objects.create(
            position=3, entry=second, prev=old[2].hash, hash=old[3].hash, sealed_at=NOON
        )

    assert checked(heads).position == 2


def test_a_copied_seal_is_found(heads):
    seals = Seal.objects.in_bulk()
    with power_over_the_database():
        Seal.objects.filter(position=4).update(hash=seals[3].hash, prev=seals[3].prev)

    assert checked(heads).position == 4


def test_a_tail_cut_off_is_found_by_the_heads_outside(heads):
    last = entry_at(6)
    run("DELETE FROM journal_sealedhead WHERE position = 6")
    run("DELETE FROM journal_seal WHERE position = 6")
    run("DELETE FROM journal_entry WHERE id = %s", db_id(last))

    found = checked(heads)

    assert found.position == 6
    assert "cut off" in found.why


def test_a_whole_new_chain_is_found_by_the_heads_outside(heads):
    run("UPDATE journal_entry SET actor = %s WHERE id = %s", "9999", db_id(entry_at(5)))
    run("DELETE FROM journal_sealedhead")
    chain_anew()

    assert checked(heads) == BrokenAt(4, "positions 4 to 6 are not what was signed then")


def test_a_whole_new_chain_signed_anew_in_the_database_is_found(heads, key):
    run("UPDATE journal_entry SET actor = %s WHERE id = %s", "9999", db_id(entry_at(1)))
    run("DELETE FROM journal_sealedhead")
    chain_anew()
    sign_head(key=key, now=NOON, at_once=True)

    assert checked(heads).position == 1


def test_a_return_to_an_older_state_is_found_when_work_went_on(heads, key):
    for position in (6, 5):
        last = entry_at(position)
        run("DELETE FROM journal_seal WHERE position = %s", position)
        run("DELETE FROM journal_entry WHERE id = %s", db_id(last))
    run("DELETE FROM journal_sealedhead WHERE position = 6")
    wrote_many(4)
    seal(now=NOON)

    assert checked(heads).position == 4


def test_a_head_forged_outside_is_found(heads):
    (file,) = heads.glob("heads-*.jsonl")
    file.write_text(file.read_text().replace(read_heads(heads)[1].hash, "0" * 64))

    assert checked(heads) == BrokenAt(6, "a head outside the database has a false signature")


def test_a_head_edited_in_the_database_is_found(heads):
    with power_over_the_database():
        SealedHead.objects.filter(position=3).update(signature="00" * 64)

    assert checked(heads).position == 3


def test_another_key_does_not_pass_for_the_one_the_auditor_keeps(heads, tmp_path):
    other = signing_key(tmp_path / "other.key")

    assert checked(heads, key=other.public).position == 3


def test_the_heads_of_another_journal_do_not_pass(heads, tmp_path):
    other = signing_key(tmp_path / "other.key")
    (heads / "key.pub").write_text(other.public.hex())

    assert isinstance(checked(heads), BrokenAt)


def test_without_the_heads_outside_nothing_is_claimed(heads, tmp_path):
    assert isinstance(checked(tmp_path / "nowhere"), CannotTell)


def test_an_unreadable_line_is_named(heads):
    (file,) = heads.glob("heads-*.jsonl")
    file.write_text("gibberish\n" + file.read_text())

    found = checked(heads)

    assert isinstance(found, CannotTell)
    assert re.search(r"heads-2026-03-02\.jsonl:1:", found.why)


def test_the_first_bad_position_is_the_one_named(heads):
    for position in (5, 2):
        run("UPDATE journal_entry SET actor = %s WHERE id = %s", "9999", db_id(entry_at(position)))

    assert checked(heads).position == 2


@pytest.mark.parametrize(
    ("touch", "code", "says"),
    [
        ("", 0, "6 entries"),
        ("DELETE FROM journal_seal WHERE position = 4", 1, "position 4"),
    ],
)
def test_the_command_says_so_by_its_exit_code(heads, touch, code, says):
    if touch:
        run(touch)

    ran = CliRunner().invoke(app, ["verify", "--heads", str(heads)])

    assert ran.exit_code == code
    assert says in ran.output


def test_the_command_has_an_exit_code_for_not_knowing(heads, tmp_path):
    ran = CliRunner().invoke(app, ["verify", "--heads", str(tmp_path / "nowhere")])

    assert ran.exit_code == 2


def db_id(entry: Entry) -> object:
    return entry.pk if connection.vendor == "postgresql" else entry.pk.hex


def copied(entry: Entry) -> Entry:
    entry.pk = Unsealed._meta.pk.to_python("018f0000-0000-7000-8000-000000000003")
    entry.data = {"slipped": "in"}
    return entry
