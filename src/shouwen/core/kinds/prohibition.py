"""The prohibition kind: something must not be done at all, or not at certain times of day.

Beside the kinds of the founding design: forbidden windows and forbidden actions fit none of them.
"""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from shouwen.core.clause import RuleHead, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenWindow:
    """From `opens` up to but not including `closes`, local time of day, on these days of the week
    (mon … sun; empty: every day). A window that closes at or before its opening ends next day.
    """

    opens: time
    closes: time
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProhibitionVersion(Version):
    """One dated wording: `action` may not happen, within `windows` where there are any.

    `unless`: events before the action that allow it, such as an approval.
    """

    action: tuple[str, ...]
    windows: tuple[ForbiddenWindow, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProhibitionRule(RuleHead):
    """A rule about what must not be done."""

    kind: Literal["prohibition"]
    versions: tuple[ProhibitionVersion, ...]
