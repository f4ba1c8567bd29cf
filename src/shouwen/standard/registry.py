"""The typed readers of a pack's files: which shape a table must have, and every fault in it at
once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter

from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.core.organisation import Hearing, NamedCalendar, Organisation
from shouwen.core.text.leaning import Leanings

# Names that Python or English keeps us from using as they stand in the files.
_WRITTEN = {"from_": "from", "versions": "version", "examples": "example", "passages": "passage"}


def written(name: str) -> str:
    """The name of a field as it stands in the files."""
    return _WRITTEN.get(name, name)


# Built when a pack is read: many a process reads none.
_CONFIG = ConfigDict(
    extra="forbid", alias_generator=written, hide_input_in_errors=True, defer_build=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One passage of the standard: the rules that carry it, or the reason why none can."""

    clause: str
    section: str
    rules: tuple[str, ...] = ()
    gap: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of the standard: every passage whose number begins with its own, at a full part."""

    number: str
    title: Words

    def holds(self, clause: str) -> bool:
        """Whether a passage belongs here, or to a chapter inside this one."""
        return clause == self.number or clause.startswith((f"{self.number}.", f"{self.number}-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Every passage of the standard, in printed order, and the chapters that they stand in."""

    passages: tuple[Passage, ...]
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """The organisation block and the names that rules may use."""

    organisation: Organisation
    pause_reasons: Mapping[str, Words] = field(default_factory=dict)
    exception_reasons: Mapping[str, Words] = field(default_factory=dict)
    calendars: Mapping[str, NamedCalendar] = field(default_factory=dict)
    departments: Mapping[str, Words] = field(default_factory=dict)
    grades: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Digests of the rule versions that are in force; lines are only ever added."""

    digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


RULE: TypeAdapter[Any] = TypeAdapter(Annotated[Rule, Field(discriminator="kind")], config=_CONFIG)
# Pydantic takes no config beside a bare dataclass; beside a union it does, and hands it down.
CONTENTS: TypeAdapter[Any] = TypeAdapter(Contents | None, config=_CONFIG)
PACK: TypeAdapter[Any] = TypeAdapter(PackFile | None, config=_CONFIG)
HEARING: TypeAdapter[Any] = TypeAdapter(Hearing | None, config=_CONFIG)
LEANINGS: TypeAdapter[Any] = TypeAdapter(Leanings | None, config=_CONFIG)
MEANINGS: TypeAdapter[Any] = TypeAdapter(Mapping[str, tuple[str, ...]])
PUBLISHED: TypeAdapter[Any] = TypeAdapter(Published | None, config=_CONFIG)

KINDS: Mapping[str, type] = MappingProxyType(
    {get_args(get_type_hints(rule)["kind"])[0]: rule for rule in get_args(Rule)}
)
"""Every kind of rule by the name that a file gives."""
