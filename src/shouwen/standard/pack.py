"""A standard pack in memory: the organisation, its rules by id and clause, its calendar, its
digest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.core.organisation import Hearing, NamedCalendar, Organisation
from shouwen.core.text.leaning import Leanings
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.standard.calendars import load_calendar
from shouwen.standard.checks import check_rules
from shouwen.standard.digests import changed_versions, pack_digest, version_digests
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.named_calendars import faults_of_calendars, named, week_of
from shouwen.standard.reading import read_text, table_of, typed
from shouwen.standard.registry import (
    CONTENTS,
    HEARING,
    LEANINGS,
    MEANINGS,
    PACK,
    PUBLISHED,
    RULE,
    Chapter,
    Contents,
    PackFile,
    Passage,
    Published,
)
from shouwen.standard.salvage import Salvaged, salvaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A checked standard. Everything in it is immutable; `digest` names exactly this content.

    `calendar` is the organisation's; `calendars` are the further ones that rules name.
    """

    organisation: Organisation
    hearing: Hearing
    calendar: WorkingCalendar
    rules: Mapping[str, Rule]
    by_clause: Mapping[str, tuple[Rule, ...]]
    passages: tuple[Passage, ...]
    chapters: tuple[Chapter, ...]
    pause_reasons: Mapping[str, Words]
    exception_reasons: Mapping[str, Words]
    calendars: Mapping[str, WorkingCalendar]
    named_calendars: Mapping[str, NamedCalendar]
    departments: Mapping[str, Words]
    grades: Mapping[str, Words]
    published: Mapping[str, Mapping[str, str]]
    digests: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    digest: str

    @property
    def edition(self) -> str:
        """The edition that the organisation block names."""
        return self.organisation.edition

    @property
    def reasons(self) -> Mapping[str, Words]:
        """Every reason that explanations name: of pauses and of exceptions."""
        return {**self.pause_reasons, **self.exception_reasons}

    def with_calendar(self, calendar: WorkingCalendar) -> "Pack":
        """The same pack by another calendar; the further calendars follow its statutory days."""
        return replace(self, calendar=calendar, calendars=named(calendar, self.named_calendars))


# Folders of a pack that hold no rules: articles of the knowledge base.
_NO_RULES = ("knowledge/",)


@dataclass
class _Loading:
    """A pack being read; faults pile up until everything has been looked at."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    salvage: dict[str, Salvaged] = field(default_factory=dict)

    def value(self, name: str, adapter: Any, of: type, *, missing_ok: bool = False) -> Any:
        """The typed content of one of the pack's own files; None after a fault."""
        path = self.root / name
        if missing_ok and not path.exists():
            return of()
        text = read_text(path, file=name, faults=self.faults)
        if text is None:
            return None
        value, faults = _value_in(text, name, adapter, of)
        self.faults += faults
        return value

    def rules(self) -> dict[str, Rule]:
        """Every readable rule by the name of its file."""
        rules: dict[str, Rule] = {}
        for path in sorted(self.root.glob("*/**/*.toml")):
            name = str(path.relative_to(self.root))
            if name.startswith(_NO_RULES):
                continue
            rule = self.rule(path, name)
            if rule is None:
                self.unreadable.add(path.stem)
            else:
                rules[name] = rule
        return rules

    def rule(self, path: Path, name: str) -> Rule | None:
        """One rule; None after a fault."""
        text = read_text(path, file=name, faults=self.faults)
        if text is None:
            return None
        read = _rule_in(text, name)
        if read.saved is not None:
            self.salvage[name] = read.saved
        self.faults += read.faults
        return read.rule

    def calendar(self, organisation: Organisation) -> WorkingCalendar | None:
        """The organisation's calendar, worked in the organisation's hours."""
        path = self.root.parent / "calendar" / f"{organisation.calendar}.toml"
        try:
            return load_calendar(path, week=week_of(organisation.hours))
        except PackFaults as error:
            self.faults += error.faults
            return None


class _Read(NamedTuple):
    """What a file says: a rule, or faults and what is left of the rule besides them."""

    rule: Rule | None
    faults: tuple[Fault, ...] = ()
    saved: Salvaged | None = None


@lru_cache(maxsize=64)
def _value_in(text: str, name: str, adapter: Any, of: type) -> tuple[Any, tuple[Fault, ...]]:
    """Remembered like the rules: few editions differ in these files."""
    faults: list[Fault] = []
    table = table_of(text, file=name, faults=faults)
    if table is None:
        return None, tuple(faults)
    value, faults = typed(adapter, table, file=name, of=of)
    return value, tuple(faults)


@lru_cache(maxsize=2048)
def _rule_in(text: str, name: str) -> _Read:
    """Remembered: editions and drafts of a standard differ in a few files."""
    faults: list[Fault] = []
    table = table_of(text, file=name, faults=faults)
    if table is None:
        return _Read(None, tuple(faults))
    rule, faults = typed(RULE, table, file=name)
    saved = salvaged(table, faults, file=name) if faults else None
    return _Read(rule, tuple(faults), saved)


def load_pack(path: Path) -> Pack:
    """Read and check the pack in a directory; its examples are run by `checking.check_pack`.

    Raises PackFaults with every fault of every file.
    """
    pack, faults = read_pack(path)
    if pack is None or faults:
        raise PackFaults(faults)
    return pack


def read_pack(path: Path) -> tuple[Pack | None, list[Fault]]:
    """The pack in a directory as far as it can be read, for whoever mends it, and every fault.

    None when a file cannot be read at all; a pack with faults decides nothing.
    """
    loading = _Loading(path)
    head: PackFile | None = loading.value("pack.toml", PACK, PackFile)
    contents: Contents | None = loading.value("contents.toml", CONTENTS, Contents)
    hearing: Hearing | None = loading.value("hearing.toml", HEARING, Hearing, missing_ok=True)
    leanings: Leanings | None = loading.value("leanings.toml", LEANINGS, Leanings, missing_ok=True)
    meanings: Mapping[str, tuple[str, ...]] | None = loading.value(
        "meanings.toml", MEANINGS, dict, missing_ok=True
    )
    published: Published | None = loading.value(
        "published.toml", PUBLISHED, Published, missing_ok=True
    )
    files = loading.rules()
    if head is None or contents is None or hearing is None or published is None:
        return None, loading.faults
    if leanings is None or meanings is None:
        return None, loading.faults
    hearing = replace(hearing, leanings=replace(leanings, meanings=meanings))
    calendar = loading.calendar(head.organisation)
    loading.faults += check_rules(
        files=files,
        head=head,
        hearing=hearing,
        contents=contents,
        unreadable=loading.unreadable,
        salvage=loading.salvage,
    )
    digests = version_digests(files.values())
    # A rule that cannot be read is a fault already: that its versions are missing is not said again.
    readable = {
        rule_id: versions
        for rule_id, versions in published.digests.items()
        if rule_id not in loading.unreadable
    }
    loading.faults += changed_versions(digests=digests, published=readable, files=files)
    no_hours = any(faults_of_calendars({name: each}) for name, each in head.calendars.items())
    if calendar is None or loading.unreadable or no_hours:
        return None, loading.faults
    pack = _assembled(head, contents, hearing, published, calendar, files, digests)
    return pack, loading.faults


def _assembled(
    head: PackFile,
    contents: Contents,
    hearing: Hearing,
    published: Published,
    calendar: WorkingCalendar,
    files: Mapping[str, Rule],
    digests: Mapping[str, Mapping[str, str]],
) -> Pack:
    rules = {rule.id: rule for rule in files.values()}
    said = {"organisation": head.organisation, "hearing": hearing, "rules": digests}
    if head.calendars:
        said["calendars"] = head.calendars
    return Pack(
        organisation=head.organisation,
        hearing=hearing,
        calendar=calendar,
        rules=MappingProxyType(rules),
        by_clause=MappingProxyType(_by_clause(rules.values())),
        passages=tuple(_with_gap(passage, rules) for passage in contents.passages),
        chapters=contents.chapters,
        pause_reasons=head.pause_reasons,
        exception_reasons=head.exception_reasons,
        calendars=named(calendar, head.calendars),
        named_calendars=head.calendars,
        departments=head.departments,
        grades=head.grades,
        published=published.digests,
        digests=digests,
        files={rule.id: name for name, rule in files.items()},
        digest=pack_digest(said),
    )


def _with_gap(passage: Passage, rules: Mapping[str, Rule]) -> Passage:
    """The passage with the gap that its rules leave open, where it names none itself."""
    if passage.gap is not None:
        return passage
    known = (rules[name] for name in passage.rules if name in rules and rules[name].versions)
    left = (getattr(rule.versions[-1], "gap", None) for rule in known)
    return replace(passage, gap=next((gap for gap in left if gap is not None), None))


def _by_clause(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    grouped: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        grouped[rule.clause] = (*grouped.get(rule.clause, ()), rule)
    return grouped
