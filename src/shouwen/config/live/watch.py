"""Notices commits to the journal and says which entries are new.

SQLite: `PRAGMA data_version` of this thread's own connection changes whenever any other connection, of any
process, has committed. PostgreSQL: every entry notifies the channel `shouwen_live` in its transaction.
Neither tells what was added, so the latest entries are read again and compared with those already told. They are
compared by identity inside a window of time: transactions become visible in another order than they were
numbered, so "everything after the last one" would lose entries.

What is said on calls under way is not in the journal: how many things were said on each is read beside it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from shouwen.adapters.system_clock import now
from shouwen.config.live.hub import Change
from shouwen.hotline.queries.stored_calls import spoken_under_way
from shouwen.journal.queries.entries import changes_since

CHANNEL = "shouwen_live"
SPOKEN = "call.spoken"  # a kind of change, not of event
POLL = 0.05  # seconds between two looks at an SQLite file
LISTEN = 0.25  # seconds that one wait for a notification lasts
COALESCE = 0.2  # seconds within which further commits join one change
RETRY = 1.0  # seconds before a lost database is tried again
WINDOW = timedelta(seconds=25)  # longer than a transaction may wait for the lock of an SQLite file
MOST = 50_000  # entries read at once; more than any 25 seconds bring

log = logging.getLogger(__name__)


def watch(stop: threading.Event, tell: Callable[[Change], None]) -> None:
    """Tell every change until `stop` is set. A database that is away is tried again every second."""
    news = News(since=now())
    while not stop.is_set():
        try:
            _watch_connected(stop, tell, news)
        except (DatabaseError, InterfaceError) as error:
            log.warning("live updates wait for the database: %s", error)
            stop.wait(RETRY)
        finally:
            connection.close()


def _watch_connected(stop: threading.Event, tell: Callable[[Change], None], news: "News") -> None:
    commits = _notifications if connection.vendor == "postgresql" else _versions
    for _ in commits(stop):
        change = news.unseen()
        if change is not None:
            tell(change)
            stop.wait(COALESCE)


def _versions(stop: threading.Event) -> Iterator[None]:
    last = None
    while not stop.wait(POLL):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            (version,) = cursor.fetchone()
        if version != last:
            last = version
            yield


def _notifications(stop: threading.Event) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    yield
    while not stop.is_set():
        # A list, so that the wait is over and the connection is free before the entries are read.
        if list(connection.connection.notifies(timeout=LISTEN, stop_after=1)):
            yield


class News:
    """The journal's entries that have not been told yet, from the instant `since` (aware) on."""

    def __init__(self, *, since: datetime) -> None:
        self._latest = since
        self._told: dict[UUID, datetime] = {}
        self._spoken = dict(spoken_under_way())

    def unseen(self) -> Change | None:
        """One change made of all entries that became visible since the last call; None without any."""
        recent = changes_since(since=self._latest - WINDOW, limit=MOST)
        fresh = [entry for entry in recent if entry.entry_id not in self._told]
        speaking = self._speaking()
        if not fresh:
            return Change(frozenset(map(str, speaking)), frozenset([SPOKEN])) if speaking else None
        self._told.update((entry.entry_id, entry.recorded_at) for entry in fresh)
        # An entry of a machine whose clock is ahead must not move the window past the others.
        newest = max(entry.recorded_at for entry in fresh)
        self._latest = max(self._latest, min(newest, now()))
        self._forget_old()
        return Change(
            subjects=frozenset(str(entry.subject.id) for entry in fresh)
            | frozenset(map(str, speaking)),
            kinds=frozenset(entry.kind for entry in fresh)
            | (frozenset([SPOKEN]) if speaking else frozenset()),
        )

    def _speaking(self) -> list[UUID]:
        """The calls under way on which something was said since the last look."""
        before, self._spoken = self._spoken, dict(spoken_under_way())
        return [call for call, count in self._spoken.items() if count > before.get(call, 0)]

    def _forget_old(self) -> None:
        oldest = self._latest - WINDOW
        self._told = {id_: at for id_, at in self._told.items() if at >= oldest}
