"""The database is busy, away, or does not take something: nothing that the exchange said is lost."""

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection

from shouwen.adapters import system_clock
from shouwen.adapters.telephony.spool import Spool, SpoolFull
from shouwen.core.telephony import EventType, LineEvent
from shouwen.hotline.exchanges import pouring
from shouwen.hotline.exchanges.pouring import REFUSED, pour
from shouwen.hotline.exchanges.running import SPOOL, Keeping
from shouwen.hotline.models import Call
from shouwen.hotline.models import LineEvent as Told
from shouwen.hotline.operations import hear
from tests import databases
from tests.apps.hotline.exchange import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
TOLD: tuple[tuple[int, EventType], ...] = ((0, "arrived"), (5, "hung_up"))
KILLED = """
import os, sys
from pathlib import Path
from threading import Event
import django
django.setup()
from shouwen.adapters import system_clock
from shouwen.adapters.telephony.spool import Spool
from shouwen.hotline.exchanges.pouring import pour
folder = Path(sys.argv[1])
pour(Spool(folder / "spool.jsonl"), source="test", folder=folder, stop=Event(), clock=system_clock.now)
"""


def events(calls: int) -> list[LineEvent]:
    return [
        LineEvent(
            id=f"{n}:{type_}", call=f"c{n}", type=type_, at=BEGAN + timedelta(seconds=second)
        )
        for n in range(calls)
        for second, type_ in TOLD
    ]


def poured(folder: Path, *, until: Any) -> None:
    stop = threading.Event()
    thread = threading.Thread(
        target=pour,
        args=(Spool(folder / SPOOL),),
        kwargs={"source": "test", "folder": folder, "stop": stop, "clock": system_clock.now},
    )
    thread.start()
    try:
        wait_until(until)
    finally:
        stop.set()
        thread.join(10)


def test_a_busy_database_is_waited_for(tmp_path: Path, monkeypatch: Any) -> None:
    Spool(tmp_path / SPOOL).keep(events(3))
    tries: list[int] = []

    def busy_at_first(**asked: Any) -> list[Call]:
        tries.append(1)
        if len(tries) < 4:
            raise OperationalError("database is locked")
        return hear(**asked)

    monkeypatch.setattr(pouring, "hear", busy_at_first)
    monkeypatch.setattr(pouring, "SHORTEST_TROUBLE", 0.01)

    poured(tmp_path, until=lambda: Told.objects.count() == 6)

    assert len(tries) == 3 + 3  # refused three times, then each of the three calls
    assert Told.objects.count() == 6


def test_what_the_database_never_takes_holds_up_nothing_and_is_kept(
    tmp_path: Path, monkeypatch: Any
) -> None:
    Spool(tmp_path / SPOOL).keep(events(3))

    def picky(**asked: Any) -> list[Call]:
        if asked["events"][0].call == "c1":
            raise DataError("value too long")
        return hear(**asked)

    monkeypatch.setattr(pouring, "hear", picky)

    poured(tmp_path, until=lambda: Told.objects.count() == 4)

    assert (tmp_path / REFUSED).read_text().count("value too long") == 2


def test_a_process_killed_in_the_middle_of_the_spool_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    Spool(tmp_path / SPOOL).keep(events(150))
    environment = databases.environment_of_server(connection.settings_dict, home=tmp_path)
    started = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], env=environment)
    wait_until(lambda: Told.objects.count() > 20)
    started.send_signal(signal.SIGKILL)
    started.wait(10)
    assert Told.objects.count() < 300

    poured(tmp_path, until=lambda: Told.objects.count() == 300)

    assert Call.objects.count() == 150
    assert Call.objects.filter(stage="over").count() == 150


def test_a_full_spool_holds_the_listener_back_until_there_is_room(tmp_path: Path) -> None:
    spool = Spool(tmp_path / SPOOL, most_bytes=1500)
    spool.keep(events(1))
    kept = Keeping(spool, stop=threading.Event())
    thread = threading.Thread(target=kept.keep, args=(events(2),))
    with pytest.raises(SpoolFull):
        spool.keep(events(2))
    thread.start()
    time.sleep(0.2)
    assert thread.is_alive()

    spool.written(spool.next(10)[-1].ends)
    thread.join(5)

    assert len(spool.next(10)) == 4
