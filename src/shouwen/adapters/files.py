"""The file drop: each message is one JSON file in a folder, for places without a gateway and for looking."""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from shouwen.adapters.delivery import Accepted, NotNow, Outgoing


@dataclass(frozen=True, slots=True)
class FileDrop:
    """Writes messages into `folder`, which only its owner can read: they hold numbers and names."""

    folder: Path

    def deliver(self, message: Outgoing, *, now: datetime) -> Accepted:
        """Writes the message whole or not at all; the same key again replaces the same file. Raises NotNow."""
        target = self.folder / file_name(message.key)
        text = json.dumps(
            asdict(message) | {"asked_at": message.asked_at.isoformat()},
            ensure_ascii=False,
            indent=1,
        )
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(target, text)
        except OSError as error:
            raise NotNow(f"{self.folder}: {error.strerror}") from error
        return Accepted(target.name)


def file_name(key: str) -> str:
    """A name for the file of a message: readable, safe, and different for different keys."""
    readable = re.sub(r"[^A-Za-z0-9-]+", "-", key).strip("-")[:60]
    return f"{readable}.{hashlib.sha256(key.encode()).hexdigest()[:12]}.json"


def _write_whole(target: Path, text: str) -> None:
    """A reader sees the file complete; a power cut after the return does not lose it."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
