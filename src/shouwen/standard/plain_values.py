"""Which values of a rule version a person can change on a form, and the version they make together.

What a form cannot say (start and stop events, conditions, the parts of a script) is changed in the files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from shouwen.core.clause import Limit, Version, Words
from shouwen.standard.registry import written

Shape = Literal["limit", "number", "yes_no", "choice", "lines", "texts", "items", "pauses"]
_LINES = frozenset({"says", "also", "never", "instead", "warm_words"})
_LEFT_OUT = frozenset({"from_", "on_change", "rejudge_from", "withdrawn", "when"})
UNITS = ("seconds", "minutes", "hours", "days", "working_hours", "working_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainValue:
    """One value that can be changed. `path` is its place in the version; `value` is as in the files.

    `required`: it cannot be left out. `options`: what a choice may be.
    """

    path: tuple[str, ...]
    shape: Shape
    value: Any
    required: bool = False
    options: tuple[str, ...] = ()
    default: Any = None


def plain_values(kind: type[Version], table: Mapping[str, Any]) -> tuple[PlainValue, ...]:
    """The values of a version of this class that a form offers, as they stand in `table`."""
    return tuple(_of(kind, table, ()))


def changed(table: Mapping[str, Any], values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """The table with other values; None takes a value out."""
    fresh = dict(table)
    for path, value in values.items():
        _put(fresh, path, value)
    return fresh


def _put(table: dict[str, Any], path: Sequence[str], value: Any) -> None:
    if len(path) > 1:
        inner = dict(table.get(path[0], {}))
        _put(inner, path[1:], value)
        value = inner or None
    if value is None:
        table.pop(path[0], None)
    else:
        table[path[0]] = value


def _of(kind: type, table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[PlainValue]:
    hints = get_type_hints(kind)
    for each in fields(kind):
        if each.name in _LEFT_OUT:
            continue
        name = written(each.name)
        parts = _parts(hints[each.name])
        value = table.get(name)
        nested = next((part for part in parts if _is_plain_table(part)), None)
        if nested is not None and not above:
            if value is None and not is_dataclass(each.default):
                continue  # a table that is not there is added in the files
            yield from _of(nested, value or {}, (name,))
            continue
        shape = _shape(each.name, hints[each.name], parts)
        if shape is not None:
            yield PlainValue(
                path=(*above, name),
                shape=shape,
                value=value,
                required=_is_required(each),
                options=_options(parts),
                default=_default(each),
            )


def _shape(name: str, hint: Any, parts: Sequence[Any]) -> Shape | None:
    if Limit in parts:
        return "limit"
    if bool in parts:
        return "yes_no"
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is str and name in _LINES:
            return "lines"
        if inner is Words:
            return "texts"
        inside = fields(inner) if is_dataclass(inner) else ()
        names = {each.name for each in inside}
        if {"id", "title"} <= names:
            needed = {each.name for each in inside if _is_required(each)}
            return "items" if needed == {"id", "title"} else None
        return "pauses" if {"reason", "longest"} <= names else None
    if float in parts or int in parts:
        return "number"
    return "choice" if _options(parts) else None


def _parts(hint: Any) -> tuple[Any, ...]:
    """The alternatives of an annotation, without None."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(part for part in get_args(hint) if part is not type(None))
    return (hint,)


def _options(parts: Sequence[Any]) -> tuple[str, ...]:
    return tuple(
        str(option) for part in parts if get_origin(part) is Literal for option in get_args(part)
    )


def _is_plain_table(part: Any) -> bool:
    """A small table of choices and numbers, such as the reading of working days."""
    if not (isinstance(part, type) and is_dataclass(part)) or part in (Limit, Words):
        return False
    hints = get_type_hints(part)
    return all(
        _options(_parts(hint)) or set(_parts(hint)) & {float, int, bool} for hint in hints.values()
    )


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _default(each: Field[Any]) -> Any:
    return None if each.default is MISSING else each.default
