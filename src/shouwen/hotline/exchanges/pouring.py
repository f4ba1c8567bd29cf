"""From the spool into the database: what the exchange said is written, however long that takes."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Event

from django.db import Error, InterfaceError, OperationalError, connection

from shouwen.adapters.telephony.spool import Spool
from shouwen.core.telephony import LineEvent
from shouwen.hotline.operations import hear

BATCH = 100
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
    trouble = SHORTEST_TROUBLE
    while True:
        events, mark = spool.next(BATCH)
        if not events:
            if stop.is_set():
                break
            stop.wait(IDLE_SECONDS)
            continue
        try:
            _write(events, source=source, folder=folder, clock=clock)
        except _AWAY:
            _log.exception("the database did not answer; %d bytes wait", spool.waiting)
            connection.close()
            if stop.is_set():
                break
            stop.wait(trouble)
            trouble = min(trouble * 2, LONGEST_TROUBLE)
            continue
        spool.written(mark)
        trouble = SHORTEST_TROUBLE
    connection.close()


def _write(
    events: Sequence[LineEvent], *, source: str, folder: Path, clock: Callable[[], datetime]
) -> None:
    by_call: dict[str, list[LineEvent]] = {}
    for event in events:
        by_call.setdefault(event.call, []).append(event)
    for told in by_call.values():
        try:
            hear(events=told, source=source, now=clock())
        except _AWAY:
            raise
        except (Error, ValueError, TypeError) as error:
            _log.exception("events of one call cannot be written")
            _put_aside(told, why=f"{type(error).__name__}: {error}", folder=folder)


def _put_aside(events: Sequence[LineEvent], *, why: str, folder: Path) -> None:
    with (folder / REFUSED).open("a", encoding="utf-8") as file:
        for event in events:
            row = {**asdict(event), "at": event.at.isoformat(), "why": why[:300]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
