"""Files of a company's own settings that may lie beside its rules: read, checked, or left out."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter

from shouwen.core.clause import Words
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import read_toml, suggestion, typed

T = TypeVar("T")
_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)


def beside_pack(path: Path, *, file: str, of: type[T]) -> T:
    """The settings in a file of a pack's directory; the defaults of the class without one. Raises PackFaults."""
    if not (path / file).exists():
        return of()
    faults: list[Fault] = []
    table = read_toml(path / file, file=file, faults=faults)
    value = None
    if table is not None:
        value, found = typed(_adapter(cast(Any, of)), table, file=file, of=of)
        faults += found
    if faults or not isinstance(value, of):
        raise PackFaults(faults)
    return value


def strangers(named: Iterable[tuple[str, str]], known: Iterable[str], *, file: str) -> list[Fault]:
    """A fault for each name (place, name) that is not among those known; an empty one names nothing."""
    names = set(known)
    return [
        Fault(
            file,
            place,
            Words(zh=f"没有 {name}", en=f"there is no {name}"),
            suggestion(name, names),
        )
        for place, name in named
        if name and name not in names
    ]


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    # Pydantic takes no config beside a bare dataclass; beside a union it does, and hands it down.
    return TypeAdapter(of | None, config=_CONFIG)
