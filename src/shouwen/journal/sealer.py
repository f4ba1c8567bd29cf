"""The sealer: one process that seals what waits and sends the signed heads out of the database."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import Error, connection

from shouwen.adapters.heads import UnreadableHeads
from shouwen.adapters.signing import SigningKey, signing_key
from shouwen.journal.operations import seal, send_heads, sign_head

BATCH = 500
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 1.0
KEY_FILE = "journal.key"

_log = logging.getLogger(__name__)


def seal_forever(stop: Event, clock: Callable[[], datetime]) -> None:
    """Seals until `stop` is set, then signs the end of the chain once more.

    The key lies in the data folder, made on first use; heads go to SHOUWEN_HEADS_DIR. A database
    that is busy or away, or a folder that cannot be written, is reported and tried again: what
    waits for its seal is kept in the database.
    """
    key = signing_key(Path(settings.SHOUWEN_HOME) / KEY_FILE)
    heads_dir = Path(settings.SHOUWEN_HEADS_DIR)
    while not stop.is_set():
        stop.wait(_round(clock=clock, key=key, heads_dir=heads_dir))
    _round(clock=clock, key=key, heads_dir=heads_dir, stopping=True)


def _round(
    *, clock: Callable[[], datetime], key: SigningKey, heads_dir: Path, stopping: bool = False
) -> float:
    """One round; returns the seconds to wait before the next."""
    try:
        sealed = seal(now=clock(), batch=BATCH)
        sign_head(key=key, now=clock(), at_once=stopping)
        send_heads(directory=heads_dir, key=key)
    except (Error, OSError, UnreadableHeads):
        _log.exception("sealing failed; it is tried again")
        connection.close()
        return TROUBLE_SECONDS
    # SQLite's lock is not fair: after each batch others get their turn.
    return 0.02 if sealed.count == BATCH else IDLE_SECONDS
