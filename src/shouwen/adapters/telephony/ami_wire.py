"""The wire format of Asterisk's manager interface: blocks of `Name: value` lines, an empty line after each.

Nothing that comes down the line can make the reader grow or fail: what is not a block is counted
and dropped.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

MOST_LINE = 32 * 1024  # bytes
MOST_LINES = 400
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

Block = Mapping[str, str]
"""One message: names in lower case, the first value of a name that comes twice."""


@dataclass
class Blocks:
    """Cuts what arrives into messages. `dropped` counts lines and messages that were none."""

    dropped: int = 0
    _rest: bytes = b""
    _lines: list[tuple[str, str]] = field(default_factory=list)
    _is_skipping_line: bool = False
    _is_skipping_block: bool = False

    def feed(self, data: bytes) -> Iterator[Block]:
        """The messages that are complete with these bytes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if self._is_skipping_line:
                self._is_skipping_line = False
                continue
            yield from self._take(line.rstrip(b"\r"))
        if len(self._rest) > MOST_LINE:
            self.dropped += not self._is_skipping_line
            self._rest, self._is_skipping_line = b"", True

    def _take(self, line: bytes) -> Iterator[Block]:
        if not line:
            if self._lines and not self._is_skipping_block:
                yield MappingProxyType(dict(reversed(self._lines)))
            self._lines, self._is_skipping_block = [], False
            return
        name, colon, value = line.partition(b":")
        if not colon or len(self._lines) >= MOST_LINES or len(line) > MOST_LINE:
            self.dropped += 1
            self._is_skipping_block |= bool(colon)
            return
        self._lines.append((_text(name).lower(), _text(value)))


def written(action: str, fields: Mapping[str, str], variables: Mapping[str, str] = {}) -> bytes:
    """An action as it goes on the line. Raises ValueError for a value that would break the line."""
    named = [("Variable", f"{name}={value}") for name, value in variables.items()]
    lines = []
    for name, value in chain([("Action", action)], fields.items(), named):
        if _UNPRINTABLE.search(f"{name}{value}") or "\r" in value:
            raise ValueError(f"{name}: a line break or control sign")
        lines.append(f"{name}: {value}\r\n")
    return ("".join(lines) + "\r\n").encode()


def answer_to(challenge: str, *, secret: str) -> str:
    """What proves the secret without sending it."""
    proof = f"{challenge}{secret}".encode()
    return hashlib.md5(proof, usedforsecurity=False).hexdigest()  # the protocol knows no other


def _text(value: bytes) -> str:
    return _UNPRINTABLE.sub("\ufffd", value.decode(errors="replace")).strip()
