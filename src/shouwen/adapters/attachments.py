"""Files on disk under names made here: nothing that a person typed ever becomes a path."""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}", re.ASCII)


class BadName(ValueError):
    """A stored name that was not made here."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that has been written: its name here and the SHA-256 of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AttachmentStore:
    """A folder of files, in sub-folders by the first two signs of their names. Readable by us only."""

    folder: Path

    def keep(self, content: bytes, *, suffix: str) -> Kept:
        """Writes the content under a fresh random name and onto the disk. Raises OSError, BadName."""
        name = f"{secrets.token_hex(16)}{suffix}"
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Kept(name, hashlib.sha256(content).hexdigest())

    def open(self, name: str) -> BinaryIO:
        """The file for reading. Raises BadName, FileNotFoundError."""
        return self._path(name).open("rb")

    def discard(self, name: str) -> None:
        """Removes the file if it is there. Raises BadName."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadName(name)
        return self.folder / name[:2] / name
