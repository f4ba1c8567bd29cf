"""The sealer as a loop that runs beside everything else."""

import os
import threading
from datetime import timedelta

import pytest
from django.db import connection

from shouwen.adapters.heads import read_heads
from shouwen.adapters.system_clock import now
from shouwen.journal.models import Seal
from shouwen.journal.queries import Verified, verify
from shouwen.journal.sealer import seal_forever
from tests.apps.journal.entries import wrote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealer(settings, tmp_path):
    settings.SHOUWEN_HOME = tmp_path
    settings.SHOUWEN_HEADS_DIR = tmp_path / "heads"
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    yield stop, thread
    stop.set()
    thread.join(5)


def run(stop):
    try:
        seal_forever(stop, now)
    finally:
        connection.close()


def wait_for(count):
    for _ in range(200):
        if Seal.objects.count() >= count:
            return
        threading.Event().wait(0.02)
    pytest.fail(f"{Seal.objects.count()} of {count} sealed")


def test_entries_are_sealed_soon_after_they_are_committed(sealer):
    for _ in range(3):
        wrote(now=now())

    wait_for(3)


def test_a_sealer_told_to_stop_vouches_for_everything_within_a_second(sealer, tmp_path):
    stop, thread = sealer
    wrote(now=now())
    wait_for(1)
    wrote(now=now())
    wait_for(2)

    stop.set()
    thread.join(1)

    assert not thread.is_alive()
    assert [head.position for head in read_heads(tmp_path / "heads")][-1] == 2
    found = verify(heads_dir=tmp_path / "heads", now=now() + timedelta(hours=1))
    assert found == Verified(entries=2, vouched=2, waiting=0)


def test_a_folder_that_cannot_be_written_does_not_stop_the_sealing(sealer, tmp_path, caplog):
    (tmp_path / "heads").write_text("a file where the folder should be")
    wrote(now=now())
    wait_for(1)
    for _ in range(100):
        if "tried again" in caplog.text:
            break
        threading.Event().wait(0.02)

    os.remove(tmp_path / "heads")
    wrote(now=now())
    wait_for(2)

    assert "tried again" in caplog.text
