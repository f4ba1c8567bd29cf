"""Hands every change to every open stream; a stream that cannot keep up is dropped, never buffered."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Changes a stream may be behind before it is dropped; its page reconnects and reloads.
BACKLOG = 32
# Seconds: a page hears what changed between its rendering and the beginning of its stream.
REPLAYED = 5.0


@dataclass(frozen=True, slots=True)
class Change:
    """What one or more commits added to the journal: subjects as UUID text, event kinds."""

    subjects: frozenset[str]
    kinds: frozenset[str]


@dataclass(eq=False)
class Subscriber:
    """One open stream."""

    changes: asyncio.Queue[Change] = field(default_factory=lambda: asyncio.Queue(BACKLOG))
    ended: asyncio.Event = field(default_factory=asyncio.Event)


# Runs in a thread until the event is set and passes each change to the callable.
Watcher = Callable[[threading.Event, Callable[[Change], None]], None]


class Hub:
    """One watcher thread and any number of subscribers in one event loop."""

    def __init__(self, watch: Watcher) -> None:
        self._watch = watch
        self._subscribers: set[Subscriber] = set()
        self._recent: deque[tuple[float, Change]] = deque()
        self._stop = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin to watch; call inside the running loop. A second call changes nothing."""
        if self._loop is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()
        threading.Thread(
            target=self._watch,
            args=(self._stop, self._from_thread),
            name="live-watch",
            daemon=True,
        ).start()

    def stop(self) -> None:
        """End all streams and the watcher; call from the loop's thread. `start` may follow."""
        self._stop.set()
        self._loop = None
        for subscriber in self._subscribers:
            subscriber.ended.set()

    @contextmanager
    def subscription(self) -> Iterator[Subscriber]:
        """A subscriber for as long as the block runs; it begins with the changes of the last seconds."""
        subscriber = Subscriber()
        self._forget_old()
        if self._recent:
            subscriber.changes.put_nowait(_merged(change for _, change in self._recent))
        if self._loop is None:
            subscriber.ended.set()
        self._subscribers.add(subscriber)
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    def publish(self, change: Change) -> None:
        """Queue a change for every subscriber; call from the loop's thread."""
        self._forget_old()
        self._recent.append((time.monotonic(), change))
        for subscriber in self._subscribers:
            try:
                subscriber.changes.put_nowait(change)
            except asyncio.QueueFull:
                subscriber.ended.set()

    def _forget_old(self) -> None:
        oldest = time.monotonic() - REPLAYED
        while self._recent and self._recent[0][0] < oldest:
            self._recent.popleft()

    def _from_thread(self, change: Change) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.publish, change)


def _merged(changes: Iterable[Change]) -> Change:
    subjects: set[str] = set()
    kinds: set[str] = set()
    for change in changes:
        subjects |= change.subjects
        kinds |= change.kinds
    return Change(subjects=frozenset(subjects), kinds=frozenset(kinds))
