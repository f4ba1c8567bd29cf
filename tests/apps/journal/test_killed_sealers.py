"""Real sealer processes, two at a time, killed without warning: one whole chain, every entry once."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from shouwen.adapters.system_clock import now
from shouwen.journal.models import Seal
from shouwen.journal.queries import Verified, verify
from tests import databases
from tests.apps.journal.entries import wrote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(tmp_path):
    started = []

    def one():
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.apps.journal.sealer_process"],
            env=databases.environment_of_server(connection.settings_dict, home=tmp_path),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        started.append(process)
        return process

    yield one
    for process in started:
        process.kill()
        process.wait(5)
        assert process.stdout
        process.stdout.close()


def test_sealers_killed_again_and_again_leave_one_whole_chain(start, tmp_path):
    sealers = [start(), start()]
    for _ in range(3):
        for _ in range(40):
            wrote(now=now())
        time.sleep(0.3)
        victim = sealers.pop(0)
        victim.kill()
        victim.wait(5)
        sealers.append(start())
    end = time.monotonic() + 20
    while Seal.objects.count() < 120 and time.monotonic() < end:
        time.sleep(0.05)

    for sealer in sealers:
        sealer.terminate()
        assert sealer.wait(5) == 0

    found = verify(heads_dir=tmp_path / "heads", now=now())
    assert found == Verified(entries=120, vouched=120, waiting=0)
