"""What the check at the start of a shift reads: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages_cockpit import Act
from shouwen.ui.parts import ClauseMark, Note, Option


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at; ticked when in order."""

    name: str
    title: str
    variant: str = ""
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class CheckList:
    """One rule's list."""

    title: str
    mark: ClauseMark
    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class ShiftCheckPage:
    """The check before the first call: the desk's lists, then how one looks."""

    lists: tuple[CheckList, ...]
    more: tuple[CheckList, ...]
    more_title: str
    act: Act
    variants: tuple[Option, ...]
    done: Note | None
    extension: str
    notice: Note | None = None
