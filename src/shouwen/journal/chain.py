"""The chain: each seal covers an entry and the seal before it; a signed head vouches for all before."""

import hashlib
from datetime import UTC, datetime

START = "0" * 64
"""What stands for the seal before the first."""


def link(*, prev: str, position: int, body: bytes) -> str:
    """SHA-256(0x00 ‖ prev ‖ position as 8 bytes, big end first ‖ body), hex. `prev` is hex."""
    covered = b"\x00" + bytes.fromhex(prev) + position.to_bytes(8, "big") + body
    return hashlib.sha256(covered).hexdigest()


def head_message(*, position: int, hash_: str, made_at: datetime, key: str) -> bytes:
    """What is signed for a head. The name of the key is in it: heads of two journals do not mix."""
    moment = made_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"shouwen-head-1\n{key}\n{position}\n{hash_}\n{moment}".encode()
