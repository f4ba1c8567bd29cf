"""Events on their way into the database: a file that holds them until they are written there.

An event is on the disk before anybody goes on; it leaves when the database has it. A process that
dies in between finds it again: hearing an event twice changes nothing.
"""

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from shouwen.core.telephony import LineEvent

MOST_BYTES = 64 * 2**20


class SpoolFull(Exception):
    """No more events fit: the database has not taken any for long."""


class Kept(NamedTuple):
    """An event in the spool, and the marks before and after it."""

    begins: int
    ends: int
    event: LineEvent


class Spool:
    """One file of events in the order they came. Safe between a thread that fills and one that empties it."""

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._most = most_bytes
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._base = 0  # of the file's first byte; the marks below count from the first byte ever
        self._taken = 0
        self._end = self._whole()

    def close(self) -> None:
        """Lets the file go; what is in it stays."""
        os.close(self._file)

    @property
    def waiting(self) -> int:
        """Bytes that are not in the database yet."""
        with self._lock:
            return self._end - self._taken

    def keep(self, events: Sequence[LineEvent]) -> None:
        """Puts the events on the disk. Raises SpoolFull, OSError; then none of them is kept."""
        data = "".join(_line(event) for event in events).encode()
        with self._lock:
            if self._end - self._base + len(data) > self._most:
                self._shorten()
            if self._end - self._base + len(data) > self._most:
                raise SpoolFull(f"{self.path}: {self._end - self._base} bytes")
            os.pwrite(self._file, data, self._end - self._base)
            os.fsync(self._file)
            self._end += len(data)

    def next(self, most: int, *, after: int = 0) -> list[Kept]:
        """The oldest events that wait, past the mark `after`, at most so many."""
        with self._lock:
            mark = max(after, self._taken)
            data = os.pread(self._file, min(self._end - mark, most * 2048), mark - self._base)
        found = []
        for line in data.splitlines(keepends=True)[:most]:
            if line.endswith(b"\n"):
                found.append(Kept(mark, mark + len(line), _event(line)))
                mark += len(line)
        return found

    def written(self, mark: int) -> None:
        """The events up to the mark are in the database; an empty file becomes short again."""
        with self._lock:
            self._taken = max(mark, self._taken)
            if self._taken >= self._end:
                os.ftruncate(self._file, 0)
                self._base = self._end

    def _shorten(self) -> None:
        """Leaves out what the database has; a power cut finds the old file or the new one."""
        rest = os.pread(self._file, self._end - self._taken, self._taken - self._base)
        draft = self.path.with_name(f"{self.path.name}.new")
        fresh = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.pwrite(fresh, rest, 0)
        os.fsync(fresh)
        draft.replace(self.path)
        os.close(self._file)
        self._file, self._base = fresh, self._taken

    def _whole(self) -> int:
        """The length without a line that a power cut tore."""
        content = os.pread(self._file, os.fstat(self._file).st_size, 0)
        whole = content.rfind(b"\n") + 1
        os.ftruncate(self._file, whole)
        return whole


def as_row(event: LineEvent) -> dict[str, Any]:
    """An event as plain values; moments are ISO 8601."""
    until = event.until.isoformat() if event.until else None
    return {**asdict(event), "at": event.at.isoformat(), "until": until}


def _line(event: LineEvent) -> str:
    return json.dumps(as_row(event), ensure_ascii=False) + "\n"


def _event(line: bytes) -> LineEvent:
    found = json.loads(line)
    until = found.get("until")
    return LineEvent(
        **{
            **found,
            "at": datetime.fromisoformat(found["at"]),
            "until": datetime.fromisoformat(until) if until else None,
        }
    )
