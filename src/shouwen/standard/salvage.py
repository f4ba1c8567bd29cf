"""What is still readable of a rule with mistakes in it, so that all its faults are told at once."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.core.kinds import Rule
from shouwen.standard.faults import Fault
from shouwen.standard.reading import typed
from shouwen.standard.registry import RULE

_MOST_ROUNDS = 6
_WORDS = {"zh": "-", "en": "-"}
_STAND_INS: Mapping[str, Any] = {
    "id": "-",
    "clause": "-",
    "title": _WORDS,
    "wording": _WORDS,
    "stage": "any",
    "source": {"document": "-", "section": "-"},
    "from": date(1, 1, 1),
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A rule without its unreadable parts, and the places in its file where they stood."""

    rule: Rule
    lost: tuple[str, ...]

    def is_told(self, path: str) -> bool:
        """Whether a fault at the path only says that something unreadable is not there."""
        return any(f"{place}.".startswith(f"{path}.") for place in self.lost)


def salvaged(table: Mapping[str, Any], faults: Sequence[Fault], *, file: str) -> Salvaged | None:
    """The rule without what is at fault; None when too much of it is."""
    rest = deepcopy(dict(table))
    lost: list[str] = []
    for _ in range(_MOST_ROUNDS):
        for path in {fault.path for fault in faults}:
            lost.append(path)
            if not _taken_out(rest, path.split(".")):
                return None
        rule, faults = typed(RULE, rest, file=file)
        if rule is not None:
            return Salvaged(rule, tuple(lost))
    return None


def _taken_out(table: dict[str, Any], keys: Sequence[str]) -> bool:
    """Takes out what stands at the path, or the table around it that cannot do without it.

    What every rule must have gets a stand-in. Of a list nothing is taken out, so that places in
    it stay what they are, but the list itself; versions stay.
    """
    for holder, key in reversed(_tables_on(table, keys)):
        if key in _STAND_INS and (holder is table or key == "from"):
            holder[key] = _STAND_INS[key]
            return True
        if key in holder and key not in ("kind", "version"):
            del holder[key]
            return True
    return False


def _tables_on(table: dict[str, Any], keys: Sequence[str]) -> list[tuple[dict[str, Any], str]]:
    """The tables that the path goes through, each with the key it takes."""
    tables: list[tuple[dict[str, Any], str]] = []
    inner: Any = table
    for key in keys:
        if isinstance(inner, dict):
            tables.append((inner, key))
            inner = inner.get(key)
        elif isinstance(inner, list):
            inner = inner[int(key)] if key.isdigit() and int(key) < len(inner) else None
    return tables
