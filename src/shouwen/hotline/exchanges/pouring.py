"""From the spool into the database: what the exchange said is written, however long that takes."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from threading import Event

from django.db import Error, InterfaceError, OperationalError, connection, transaction

from shouwen.adapters.telephony.spool import Kept, Spool, as_row
from shouwen.core.telephony import LineEvent
from shouwen.hotline.operations import hear
from shouwen.hotline.queries import readable_standard

MOST_IN_HAND = 5000  # events
CALLS_TOGETHER = 4
"""Calls in one transaction on SQLite, where each commit waits for the disk. Where writers work side by
side it is one: calls of several agents held together could wait for each other in a circle."""
IDLE_SECONDS = 0.02
SHORTEST_TROUBLE, LONGEST_TROUBLE = 0.2, 5.0
REFUSED = "refused.jsonl"

_log = logging.getLogger(__name__)
_AWAY = (OperationalError, InterfaceError)


def pour(
    spool: Spool, *, source: str, folder: Path, stop: Event, clock: Callable[[], datetime]
) -> None:
    """Writes what is in the spool until `stop` is set and the spool is empty or the database away.

    A busy database, or one that is not there, is waited for. What the database will never take
    goes to a file beside the spool, call by call, so that it holds up nothing else; the doctor tells.
    """
    readable_standard()  # read once now, not while the first customer waits
    waiting = _Waiting(spool)
    trouble = SHORTEST_TROUBLE
    while True:
        waiting.look()
        calls = waiting.most_urgent(CALLS_TOGETHER if connection.vendor == "sqlite" else 1)
        if not calls:
            if stop.is_set():
                break
            stop.wait(IDLE_SECONDS)
            continue
        try:
            _write_calls(list(calls.values()), source=source, folder=folder, clock=clock)
        except _AWAY:
            _log.exception("the database did not answer; %d bytes wait", spool.waiting)
            connection.close()
            if stop.is_set():
                break
            stop.wait(trouble)
            trouble = min(trouble * 2, LONGEST_TROUBLE)
            continue
        waiting.done(calls)
        trouble = SHORTEST_TROUBLE
    connection.close()


class _Waiting:
    """What waits in the spool, by call. A telephone that rings goes before everything else."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._seen = 0
        self._calls: dict[str, list[Kept]] = {}

    def look(self) -> None:
        """Takes in what has come since."""
        count = sum(map(len, self._calls.values()))
        for kept in self._spool.next(MOST_IN_HAND - count, after=self._seen):
            self._seen = kept.ends
            self._calls.setdefault(kept.event.call, []).append(kept)

    def most_urgent(self, most: int) -> dict[str, list[LineEvent]]:
        """The calls to be written next, each with all its events that are here."""
        ringing = (name for name, told in self._calls.items() if _rings(told))
        names = [*islice(ringing, most), *islice(self._calls, most)]
        return {
            name: [kept.event for kept in self._calls[name]]
            for name in list(dict.fromkeys(names))[:most]
        }

    def done(self, calls: Iterable[str]) -> None:
        """These are in the database; what lies before the oldest that is not may leave the spool."""
        for name in calls:
            self._calls.pop(name)
        firsts = [told[0].begins for told in self._calls.values()]
        self._spool.written(min(firsts, default=self._seen))


def _rings(told: Sequence[Kept]) -> bool:
    return any(kept.event.type == "offered" for kept in told)


def _write_calls(
    calls: Sequence[Sequence[LineEvent]],
    *,
    source: str,
    folder: Path,
    clock: Callable[[], datetime],
) -> None:
    """Some calls in one transaction; when one of them cannot be written, each in its own."""
    try:
        with transaction.atomic():
            for told in calls:
                hear(events=told, source=source, now=clock())
    except _AWAY:
        raise
    except (Error, ValueError, TypeError) as error:
        if len(calls) > 1:
            for told in calls:
                _write_calls([told], source=source, folder=folder, clock=clock)
            return
        _log.exception("events of one call cannot be written")
        _put_aside(calls[0], why=f"{type(error).__name__}: {error}", folder=folder)


def _put_aside(events: Sequence[LineEvent], *, why: str, folder: Path) -> None:
    with (folder / REFUSED).open("a", encoding="utf-8") as file:
        for event in events:
            row = {**as_row(event), "why": why[:300]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
