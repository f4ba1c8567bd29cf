"""Puts a new version into the text of a rule file and leaves every other line as it stands."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

_HEADER = re.compile(r"^\[{1,2}([A-Za-z_][\w.-]*)\]{1,2}\s*(#.*)?$")
_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_WIDTH = 110


class CannotPlace(ValueError):
    """The text is laid out in a way that this program does not change; a person edits the file instead."""


def with_version(text: str, version: Mapping[str, Any]) -> str:
    """The rule file with this version: in the place of the one of the same first day, or as a new one.

    Raises CannotPlace; the result is read back and says exactly what was asked.
    """
    table = tomllib.loads(text)
    versions: list[dict[str, Any]] = table.get("version", [])
    days = [each.get("from") for each in versions]
    block = f"[[version]]\n{written(version)}"
    spans = _spans(text)
    if len(spans) != len(versions) or not spans:
        raise CannotPlace("version")
    lines = text.splitlines(keepends=True)
    if version["from"] in days:
        at = days.index(version["from"])
        wanted = [*versions[:at], dict(version), *versions[at + 1 :]]
        first, last = spans[at]
        fresh = [*lines[:first], block, "\n", *lines[last:]]
    else:
        at = sum(day < version["from"] for day in days)
        wanted = [*versions[:at], dict(version), *versions[at:]]
        place = spans[at - 1][1] if at else spans[0][0]
        fresh = [*_ended(lines[:place]), block, "\n", *lines[place:]]
    return _read_back("".join(fresh), {**table, "version": wanted})


def without_version(text: str, day: date) -> str:
    """The rule file without the version that begins on `day`. Raises CannotPlace."""
    table = tomllib.loads(text)
    versions = table.get("version", [])
    spans = _spans(text)
    days = [each.get("from") for each in versions]
    if len(spans) != len(versions) or day not in days:
        raise CannotPlace("version")
    first, last = spans[days.index(day)]
    lines = text.splitlines(keepends=True)
    wanted = [each for each in versions if each.get("from") != day]
    return _read_back("".join([*lines[:first], *lines[last:]]), {**table, "version": wanted})


def with_head(text: str, head: Mapping[str, Any]) -> str:
    """The rule file with other values above its first table, such as title and wording. Raises CannotPlace."""
    wanted = {**tomllib.loads(text), **head}
    lines = text.splitlines(keepends=True)
    top = next((n for n, line in enumerate(lines) if _HEADER.match(line)), len(lines))
    for key, value in head.items():
        at = next((n for n in range(top) if re.match(rf"{re.escape(key)}\s*=", lines[n])), None)
        if at is None:
            raise CannotPlace(key)
        lines[at] = written({key: value})
    return _read_back("".join(lines), wanted)


def written(table: Mapping[str, Any]) -> str:
    """The keys of a table as lines of TOML."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _spans(text: str) -> list[tuple[int, int]]:
    """First line and the line behind each version, comments before the next header included."""
    found: list[list[int]] = []
    inside = False
    lines = text.splitlines()
    for number, line in enumerate(lines):
        header = _HEADER.match(line)
        if header is None:
            continue
        name = header[1]
        if name == "version" and line.startswith("[["):
            if inside:
                found[-1].append(number)
            found.append([number])
            inside = True
        elif inside and not name.startswith("version."):
            found[-1].append(number)
            inside = False
    if inside:
        found[-1].append(len(lines))
    return [(first, last) for first, last in found]


def _ended(lines: Sequence[str]) -> list[str]:
    """The lines with an empty one at their end."""
    text = "".join(lines).rstrip("\n")
    return [f"{text}\n\n"] if text else []


def _read_back(text: str, wanted: Mapping[str, Any]) -> str:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotPlace(str(error)) from None
    if found != wanted:
        raise CannotPlace("version")
    return text


def _value(value: Any) -> str:
    short = _inline(value)
    if isinstance(value, list | tuple) and value and len(short) > _WIDTH:
        return "\n".join(["[", *(f"  {_inline(each)}," for each in value), "]"])
    return short


def _inline(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case float():
            return repr(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            parts = ", ".join(f"{_key(key)} = {_inline(each)}" for key, each in value.items())
            return f"{{ {parts} }}" if parts else "{}"
        case list() | tuple():
            return f"[{', '.join(_inline(each) for each in value)}]"
        case _:
            # A basic string of TOML escapes as JSON does, save for the delete character.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.match(key) else json.dumps(key, ensure_ascii=False)
