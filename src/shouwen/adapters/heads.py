"""Signed heads of the journal as files outside the database: one line a head, one file a day (UTC).

Copy or mount the folder to another machine: what lies here is what a rewritten database is
measured against. `key.pub` holds the public key that signed the first head.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shouwen.adapters.signing import PublicKey


class UnreadableHeads(Exception):
    """The folder or a line in it cannot be read; the message names the place."""


@dataclass(frozen=True, slots=True)
class Head:
    """The chain up to `position`: its hash, when it was signed (UTC), by which key, the signature."""

    position: int
    hash: str
    made_at: datetime
    key: str
    signature: str


def append_heads(directory: Path, heads: Sequence[Head], *, key: PublicKey) -> int:
    """Writes the heads that the folder does not have yet, in order; returns how many.

    A line torn by a power cut is dropped and written again. Raises OSError, UnreadableHeads.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with _alone_in(directory):
        _write_key(directory, key)
        last = last_position(directory)
        new = [head for head in heads if head.position > last]
        for head in new:
            path = directory / f"heads-{head.made_at.astimezone(UTC):%Y-%m-%d}.jsonl"
            _drop_torn_line(path)
            _append(path, head)
    return len(new)


def last_position(directory: Path) -> int:
    """The position of the newest head in the folder; 0 when there is none."""
    for path in reversed(_files(directory)):
        positions = [head.position for head in _heads_in(path)]
        if positions:
            return max(positions)
    return 0


def read_heads(directory: Path) -> list[Head]:
    """All heads of the folder by position. A folder that is not there has none.

    Raises UnreadableHeads naming file and line.
    """
    heads = [head for path in _files(directory) for head in _heads_in(path)]
    return sorted(heads, key=lambda head: head.position)


def read_key(directory: Path) -> PublicKey | None:
    """The public key kept with the heads, None when there is none. Raises UnreadableHeads."""
    path = directory / "key.pub"
    if not path.exists():
        return None
    try:
        return PublicKey.from_hex(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise UnreadableHeads(f"{path}: {error}") from error


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("heads-*.jsonl"))


def _heads_in(path: Path) -> Iterator[Head]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith("\n"):
                return  # torn by a power cut, or being written; it vouches for nothing
            try:
                yield _parsed(json.loads(line))
            except (ValueError, TypeError, KeyError) as error:
                raise UnreadableHeads(f"{path}:{number}: {error}") from error


def _parsed(row: dict[str, Any]) -> Head:
    return Head(
        position=int(row["position"]),
        hash=str(row["hash"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        key=str(row["key"]),
        signature=str(row["signature"]),
    )


def _append(path: Path, head: Head) -> None:
    line = json.dumps(asdict(head) | {"made_at": head.made_at.isoformat()}) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _drop_torn_line(path: Path) -> None:
    content = path.read_bytes() if path.exists() else b""
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


def _write_key(directory: Path, key: PublicKey) -> None:
    path = directory / "key.pub"
    if not path.exists():
        path.write_text(key.hex() + "\n", "ascii")


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Two sealers may write heads at once; the lock ends with the process that holds it."""
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
