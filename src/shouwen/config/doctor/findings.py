"""What a check says: one finding, in both languages, with the remedy."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Words

Level = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found. `remedy` says what to do; None when all is well."""

    check: str
    level: Level
    what: Words
    remedy: Words | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """The installation looked at: its data folder, the folder of signed heads, the instant (UTC)."""

    home: Path
    heads_dir: Path
    now: datetime


Check = Callable[[Site], Iterable[Finding]]


def ok(check: str, zh: str, en: str) -> Finding:
    """All is well."""
    return Finding(check=check, level="ok", what=Words(zh=zh, en=en))


def warning(check: str, what: Words, remedy: Words) -> Finding:
    """Works, and should be seen to."""
    return Finding(check=check, level="warning", what=what, remedy=remedy)


def wrong(check: str, what: Words, remedy: Words) -> Finding:
    """Does not work, or is not safe."""
    return Finding(check=check, level="wrong", what=what, remedy=remedy)
