"""`shouwen telephony run`: one thread listens and keeps, one writes into the database."""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from shouwen.adapters.telephony.spool import Spool, SpoolFull
from shouwen.core.telephony import LineEvent
from shouwen.hotline.exchanges.pouring import pour

SPOOL = "spool.jsonl"
STATE = "state.json"
FULL_SECONDS = 0.5
FAREWELL_SECONDS = 1.2  # the supervisor ends whoever takes longer

_log = logging.getLogger(__name__)


class Keeping:
    """What is heard goes on the disk first. `keep` comes back when it lies there."""

    def __init__(self, spool: Spool, *, stop: threading.Event) -> None:
        self._spool = spool
        self._stop = stop

    @property
    def is_poured(self) -> bool:
        """Whether everything heard is in the database."""
        return self._spool.waiting == 0

    def keep(self, events: Sequence[LineEvent]) -> None:
        """Waits while the spool is full: the exchange then waits too, nothing is dropped here."""
        while events:
            try:
                self._spool.keep(events)
            except SpoolFull:
                _log.exception("the database takes nothing and the spool is full; waiting")
                if self._stop.wait(FULL_SECONDS):
                    return
                continue
            return


@contextmanager
def keeping(
    *, source: str, folder: Path, stop: threading.Event, clock: Callable[[], datetime]
) -> Iterator[Keeping]:
    """A spool in `folder`, and a thread that empties it until the block ends."""
    spool = Spool(folder / SPOOL)
    done = threading.Event()

    def write() -> None:
        pour(spool, source=source, folder=folder, stop=done, clock=clock)

    thread = threading.Thread(target=write, name="pour", daemon=True)
    thread.start()
    try:
        yield Keeping(spool, stop=stop)
    finally:
        done.set()
        thread.join(FAREWELL_SECONDS)
        if not thread.is_alive():
            spool.close()


def say_state(folder: Path, *, state: str, since: datetime, why: str = "") -> None:
    """Writes down for the doctor how the line stands."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{STATE}.new"
    draft.write_text(json.dumps({"state": state, "since": since.isoformat(), "why": why[:300]}))
    draft.replace(folder / STATE)
