"""Reads one TOML file into one typed value; words every fault so that its author can mend it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from shouwen.core.clause import Words
from shouwen.standard.faults import Fault
from shouwen.standard.registry import KINDS, written

_MOST_LISTED = 20
_Error = Mapping[str, Any]


def read_toml(path: Path, *, file: str, faults: list[Fault]) -> dict[str, Any] | None:
    """The table of the file; None, and a fault, when there is none or it is not TOML."""
    text = read_text(path, file=file, faults=faults)
    return None if text is None else table_of(text, file=file, faults=faults)


def read_text(path: Path, *, file: str, faults: list[Fault]) -> str | None:
    """The text of the file; None, and a fault, when there is none or it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problem = Words(zh="没有这个文件", en="no such file")
        faults.append(Fault(file, "", problem, Words(zh="补上它", en="supply it")))
    except UnicodeDecodeError:
        problem = Words(zh="不是 UTF-8 编码", en="not UTF-8")
        faults.append(Fault(file, "", problem, Words(zh="另存为 UTF-8", en="save it as UTF-8")))
    return None


def table_of(text: str, *, file: str, faults: list[Fault]) -> dict[str, Any] | None:
    """The table that the text says; None, and a fault, when it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(_not_toml(file, str(error)))
    return None


def typed(
    adapter: TypeAdapter[Any], table: Mapping[str, Any], *, file: str, of: type | None = None
) -> tuple[Any, list[Fault]]:
    """The value of the table and no faults, or None and every fault.

    `of` is the class expected.
    """
    try:
        return adapter.validate_python(table), []
    except ValidationError as error:
        kind = KINDS.get(str(table.get("kind", "")))
        return None, _faults(error.errors(), file=file, of=of or kind, tag=table.get("kind"))


def suggestion(word: str, known: Iterable[str]) -> Words:
    """What to write instead of an unknown word: the nearest known one, else the list."""
    options = sorted(known)
    close = get_close_matches(word, options, n=1, cutoff=0.6)
    if close:
        return Words(zh=f"是不是 {close[0]}？", en=f"did you mean {close[0]}?")
    listed = ", ".join(options[:_MOST_LISTED]) + (" …" if len(options) > _MOST_LISTED else "")
    return Words(zh=f"这里可用：{listed}", en=f"known here: {listed}")


def _not_toml(file: str, message: str) -> Fault:
    if "overwrite" in message or "twice" in message or "already" in message:
        return Fault(
            file,
            "",
            Words(zh=f"同一项写了两次（{message}）", en=f"a key is there twice ({message})"),
            Words(zh="只留一个", en="keep one of them"),
        )
    return Fault(
        file,
        "",
        Words(zh=f"不是 TOML：{message}", en=f"not TOML: {message}"),
        Words(zh="改正所指的那一行", en="correct the line it points at"),
    )


def _faults(errors: Sequence[Any], *, file: str, of: type | None, tag: Any) -> list[Fault]:
    found: dict[str, Fault] = {}
    for error in errors:
        place = _place(error["loc"], of, tag)
        path = ".".join(map(str, place))
        found.setdefault(path, _fault(error, file, path, place, of))
    return list(found.values())


def _place(loc: Sequence[int | str], of: type | None, tag: Any) -> list[int | str]:
    """The path as the author sees it: without the kind and without the names of alternatives."""
    parts = list(loc[1:] if loc and loc[0] == tag and of is not None else loc)
    return [part for part in parts if isinstance(part, int) or _is_a_key(part)]


def _is_a_key(part: str) -> bool:
    return not part[:1].isupper() and "[" not in part and part not in ("str", "int", "float")


def _fault(error: _Error, file: str, path: str, place: list[int | str], of: type | None) -> Fault:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        remedy = suggestion(str(place[-1]), _keys_at(of, place[:-1]))
        return Fault(file, path, Words(zh="不认识这一项", en="unknown"), remedy)
    if kind == "missing":
        known = f"{place[-1]} = …"
        return Fault(
            file,
            path,
            Words(zh="缺少", en="missing"),
            Words(zh=f"补上 {known}", en=f"add {known}"),
        )
    if kind.startswith("union_tag"):
        given = str(context.get("tag", ""))
        return Fault(
            file,
            "kind",
            Words(zh=f"没有这种条款：{given}", en=f"no such kind: {given}"),
            suggestion(given, KINDS),
        )
    if kind == "literal_error":
        options = [
            w.strip("' ") for w in str(context["expected"]).replace(" or ", ", ").split(",")
        ]
        given = str(error.get("input"))
        return Fault(
            file,
            path,
            Words(zh=f"不能写 {given}", en=f"cannot be {given}"),
            suggestion(given, options),
        )
    return _wrong_type(file, path, error)


_WANTED = {
    "string": Words(zh="带引号的文字", en="a text in quotes"),
    "tuple": Words(zh="方括号里的列表", en="a list in square brackets"),
    "float": Words(zh="数字", en="a number"),
    "int": Words(zh="整数", en="a whole number"),
    "bool": Words(zh="true 或 false", en="true or false"),
    "dataclass": Words(zh="花括号里的表", en="a table in braces"),
    "mapping": Words(zh="表", en="a table"),
    "dict": Words(zh="表", en="a table"),
    "date": Words(zh="日期，如 2025-01-01", en="a date such as 2025-01-01"),
    "datetime": Words(
        zh="带时区的时间，如 2026-03-02T08:00:00+08:00",
        en="a time with its offset such as 2026-03-02T08:00:00+08:00",
    ),
    "time": Words(zh='时刻，如 "08:30"', en='a time of day such as "08:30"'),
}


def _wrong_type(file: str, path: str, error: _Error) -> Fault:
    wanted = _WANTED.get(str(error["type"]).split("_")[0])
    remedy = wanted or Words(zh=str(error["msg"]), en=str(error["msg"]))
    return Fault(
        file,
        path,
        Words(zh="写法不对", en="not written as it should be"),
        Words(zh=f"应为{remedy.zh}", en=f"write {remedy.en}"),
    )


def _keys_at(of: type | None, place: Sequence[int | str]) -> list[str]:
    """The keys that the table at `place` may have, found by following the types."""
    kinds: list[Any] = [of]
    for part in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    return [
        written(field.name)
        for kind in kinds
        if isinstance(kind, type) and is_dataclass(kind)
        for field in fields(kind)
    ]


def _inside(kind: Any, part: int | str) -> list[Any]:
    if isinstance(part, int):
        return [kind]
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return _plain([hint for name, hint in hints.items() if written(name) == part])
    return []


def _plain(hints: Sequence[Any]) -> list[Any]:
    """The classes inside optional, tuple and mapping annotations; indices and names pass
    through.
    """
    found: list[Any] = []
    for hint in hints:
        if get_origin(hint) in (Union, UnionType, tuple) or hasattr(hint, "__args__"):
            found += _plain(get_args(hint))
        else:
            found.append(hint)
    return found
