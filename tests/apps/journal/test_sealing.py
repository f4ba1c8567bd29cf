import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection

from shouwen.adapters.heads import Head, last_position, read_heads, read_key
from shouwen.adapters.signing import signing_key
from shouwen.journal.models import Seal, SealedHead, Unsealed
from shouwen.journal.operations import Sealed, seal, send_heads, sign_head
from tests.apps.journal.entries import NOON, wrote, wrote_many

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=60)


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "keys" / "journal.key")


def test_what_waits_is_sealed_in_places_without_holes():
    wrote_many(3)

    sealed = seal(now=NOON)

    assert sealed == Sealed(count=3, position=3)
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
    assert not Unsealed.objects.exists()


def test_each_seal_follows_on_the_one_before():
    wrote_many(2)
    seal(now=NOON)
    wrote()
    seal(now=NOON)

    first, second, third = Seal.objects.order_by("position")

    assert first.prev == "0" * 64
    assert (second.prev, third.prev) == (first.hash, second.hash)


def test_an_entry_committed_late_is_sealed_though_newer_ones_are():
    wrote(at=NOON + timedelta(hours=1))
    seal(now=NOON)
    wrote(at=NOON)

    assert seal(now=NOON) == Sealed(count=1, position=2)


def test_a_batch_takes_no_more_than_asked():
    wrote_many(5)

    assert seal(now=NOON, batch=2).count == 2
    assert seal(now=NOON, batch=2).count == 2
    assert seal(now=NOON, batch=2) == Sealed(count=1, position=5)


def test_an_entry_announced_again_keeps_its_seal():
    entry = wrote()
    seal(now=NOON)
    wrote(id=entry.pk, subject=entry.subject)

    assert seal(now=NOON) == Sealed(count=0, position=1)
    assert not Unsealed.objects.exists()


def test_nothing_waiting_takes_no_write_lock(django_assert_num_queries):
    with django_assert_num_queries(2):
        seal(now=NOON)


def test_the_first_head_is_signed_at_once_and_the_next_after_a_minute(key):
    wrote()
    seal(now=NOON)
    assert sign_head(key=key, now=NOON)
    wrote()
    seal(now=NOON)

    assert sign_head(key=key, now=NOON + MINUTE - timedelta(microseconds=1)) is None
    head = sign_head(key=key, now=NOON + MINUTE)
    assert head
    assert head.position == 2
    assert sign_head(key=key, now=NOON + 2 * MINUTE) is None, "nothing new to sign"


def test_a_head_does_not_wait_when_a_thousand_entries_came(key):
    wrote()
    seal(now=NOON)
    sign_head(key=key, now=NOON)
    wrote_many(1000)
    seal(now=NOON)

    head = sign_head(key=key, now=NOON)

    assert head
    assert head.position == 1001


def test_a_stopping_sealer_signs_what_is_left(key):
    wrote()
    seal(now=NOON)
    sign_head(key=key, now=NOON)
    wrote()
    seal(now=NOON)

    head = sign_head(key=key, now=NOON, at_once=True)

    assert head
    assert head.position == 2


def test_heads_leave_the_database_once(key, tmp_path):
    wrote()
    seal(now=NOON)
    sign_head(key=key, now=NOON)

    assert send_heads(directory=tmp_path / "heads", key=key) == 1
    assert send_heads(directory=tmp_path / "heads", key=key) == 0

    (head,) = read_heads(tmp_path / "heads")
    row = SealedHead.objects.get()
    assert head == Head(1, row.hash, NOON, key.public.name, row.signature)
    assert read_key(tmp_path / "heads") == key.public


def test_a_line_torn_by_a_power_cut_is_written_again(key, tmp_path):
    wrote()
    seal(now=NOON)
    sign_head(key=key, now=NOON)
    send_heads(directory=tmp_path, key=key)
    (file,) = tmp_path.glob("heads-*.jsonl")
    file.write_text(file.read_text()[:40])

    assert last_position(tmp_path) == 0
    assert send_heads(directory=tmp_path, key=key) == 1
    assert [head.position for head in read_heads(tmp_path)] == [1]


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "deep" / "journal.key"

    assert signing_key(path).public == signing_key(path).public
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    wrote_many(120)
    faults = []

    def work():
        try:
            while seal(now=NOON, batch=7).position < 120:
                pass
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert faults == []
    seals = list(Seal.objects.order_by("position"))
    assert [each.position for each in seals] == list(range(1, 121))
    assert len({each.entry_id for each in seals}) == 120
    assert all(after.prev == before.hash for before, after in pairwise(seals))
