"""Which bytes of a file a request asks for (HTTP `Range`)."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class OutOfRange(ValueError):
    """The bytes that are asked for do not exist."""


def byte_range(header: str, *, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None when the header asks for the whole, or for what we do
    not give in parts (several ranges, another unit). Raises OutOfRange.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start = int(found[1])
        end = min(int(found[2]) + 1, size) if found[2] else size
    if start >= end:
        raise OutOfRange(header)
    return start, end
