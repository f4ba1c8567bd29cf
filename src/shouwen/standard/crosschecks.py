"""What is wrong beside single rules: ids twice, equal claims on a case, contradictions, lost
passages, the head.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.core.kinds.clock import ClockRule, ClockVersion
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion
from shouwen.core.kinds.script import ScriptRule
from shouwen.core.organisation import ALARM_DEPARTMENT, Hearing
from shouwen.core.text.phrases import Lexicon, normalised
from shouwen.standard.chains import faults_of_chains
from shouwen.standard.conditions import can_meet
from shouwen.standard.faults import Fault
from shouwen.standard.named_calendars import faults_of_calendars, faults_of_hours
from shouwen.standard.reading import suggestion
from shouwen.standard.registry import Contents, PackFile, Passage


def beside_each_other(
    *, files: Mapping[str, Rule], hearing: Hearing, contents: Contents, unreadable: Collection[str]
) -> list[Fault]:
    """Every fault that shows only when rules are looked at together."""
    return [
        *_twice(files),
        *_collisions(files),
        *_contradictions(files, hearing.lexicon),
        *faults_of_chains(files, unreadable),
        *_passages(files, contents, unreadable),
    ]


def of_organisation(head: PackFile) -> list[Fault]:
    """Every fault of meaning in the organisation block."""
    found = [Fault("pack.toml", *fault) for fault in _head(head)]
    return [*found, *faults_of_calendars(head.calendars)]


def _twice(files: Mapping[str, Rule]) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for file, rule in files.items():
        if rule.id in seen:
            problem = Words(
                zh=f"{rule.id} 已在 {seen[rule.id]}", en=f"{rule.id} is already in {seen[rule.id]}"
            )
            remedy = Words(zh="换一个编号", en="choose another id")
            faults.append(Fault(file, "id", problem, remedy))
        seen.setdefault(rule.id, file)
    return faults


def _collisions(files: Mapping[str, Rule]) -> list[Fault]:
    """Two rules of one slot that can apply to one case on one day with equally many conditions."""
    clocks = [
        (file, rule) for file, rule in files.items() if isinstance(rule, ClockRule) and rule.slot
    ]
    faults = []
    for (_, one), (file, other) in combinations(clocks, 2):
        if one.slot == other.slot and _collide(one, other):
            faults.append(
                Fault(
                    file,
                    "slot",
                    Words(
                        zh=f"与 {one.id} 同样具体，无法取舍（{one.slot}）",
                        en=f"as specific as {one.id}: neither wins ({one.slot})",
                    ),
                    Words(zh="给其中一条加一个条件", en="give one of them one more condition"),
                )
            )
    return faults


def _collide(one: ClockRule, other: ClockRule) -> bool:
    return any(
        len(a.when) == len(b.when) and can_meet(a.when, b.when)
        for a, until_a in _periods(one)
        for b, until_b in _periods(other)
        if (until_b is None or a.from_ < until_b) and (until_a is None or b.from_ < until_a)
    )


def _periods(rule: ClockRule) -> Iterator[tuple[ClockVersion, Any]]:
    ends = [version.from_ for version in rule.versions[1:]]
    for version, end in zip(rule.versions, [*ends, None], strict=True):
        if not version.withdrawn:
            yield version, end


def _contradictions(files: Mapping[str, Rule], lexicon: Lexicon) -> list[Fault]:
    """Wording that one rule wants and another forbids, whole or as a part of it; rules that a
    phrase rule leaves something to and that are not there.
    """
    wanted = [
        (rule.id, normalised(line), line)
        for rule in files.values()
        if isinstance(rule, PhraseRule | ScriptRule)
        for version in rule.versions
        if not isinstance(version, PhraseVersion) or version.mode != "forbidden"
        for line in version.says
    ]
    ids = {rule.id for rule in files.values()}
    phrases = [(file, rule) for file, rule in files.items() if isinstance(rule, PhraseRule)]
    return [
        Fault(file, f"version.{i}.{place}", problem, remedy)
        for file, rule in phrases
        for i, version in enumerate(rule.versions)
        for place, problem, remedy in (
            *(_forbids_wanted(version, wanted, lexicon) if version.mode == "forbidden" else ()),
            *_left_to(version, ids),
        )
    ]


def _forbids_wanted(
    version: PhraseVersion, wanted: Sequence[tuple[str, str, str]], lexicon: Lexicon
) -> Iterator[tuple[str, Words, Words]]:
    meant_otherwise = lexicon.phrases(version.not_in)
    for field in ("says", "also", "never", "grave"):
        words: tuple[str, ...] = getattr(version, field)
        for rule_id, said, line in wanted:
            phrase = lexicon.phrases(words).first_in(said)
            if phrase and not meant_otherwise.first_in(said):
                whole = phrase if normalised(phrase) == said else f"{phrase}（{line}）"
                part = phrase if normalised(phrase) == said else f"{phrase} ({line})"
                yield (
                    field,
                    Words(
                        zh=f"“{whole}”又被 {rule_id} 要求", en=f"“{part}” is wanted by {rule_id}"
                    ),
                    Words(zh="只留一处", en="keep it in one place"),
                )


def _left_to(version: PhraseVersion, ids: Collection[str]) -> Iterator[tuple[str, Words, Words]]:
    named = [("left_to", i, name) for i, name in enumerate(version.left_to)]
    named += [("provoked_by", i, name) for i, name in enumerate(version.provoked_by)]
    for field, i, name in named:
        if name not in ids:
            yield (
                f"{field}.{i}",
                Words(zh=f"没有这个规则：{name}", en=f"no such rule: {name}"),
                suggestion(name, ids),
            )


def _passages(
    files: Mapping[str, Rule], contents: Contents, unreadable: Collection[str]
) -> list[Fault]:
    file_of = {rule.id: (file, rule) for file, rule in files.items()}
    clauses = [passage.clause for passage in contents.passages]
    listed = {rule_id for passage in contents.passages for rule_id in passage.rules}
    faults = [
        Fault("contents.toml", f"passage.{i}", *words)
        for i, passage in enumerate(contents.passages)
        for words in _of_passage(i, passage, clauses, file_of, unreadable)
    ]
    for file, rule in files.items():
        if rule.clause not in clauses:
            faults.append(Fault(file, "clause", *_unknown_clause(rule.clause, clauses)))
        elif rule.id not in listed:
            problem = Words(
                zh=f"contents.toml 没有列出 {rule.id}", en=f"contents.toml does not list {rule.id}"
            )
            remedy = Words(
                zh=f"写进 {rule.clause} 的 rules", en=f"add it to the rules of {rule.clause}"
            )
            faults.append(Fault(file, "id", problem, remedy))
    return faults


def _unknown_clause(clause: str, clauses: list[str]) -> tuple[Words, Words]:
    problem = Words(zh=f"目录里没有条款 {clause}", en=f"no clause {clause} in contents.toml")
    return problem, suggestion(clause, clauses)


def _of_passage(
    i: int,
    passage: Passage,
    clauses: list[str],
    file_of: Mapping[str, tuple[str, Rule]],
    unreadable: Collection[str],
) -> Iterator[tuple[Words, Words]]:
    if passage.clause in clauses[:i]:
        yield (
            Words(zh=f"{passage.clause} 列了两次", en=f"{passage.clause} is listed twice"),
            Words(zh="合成一个", en="join them into one"),
        )
    if not passage.rules and passage.gap is None:
        yield (
            Words(
                zh=f"{passage.clause} 没有条款文件也没有说明缺口",
                en=f"{passage.clause} has neither a rule nor a stated gap",
            ),
            Words(zh="列出 rules，或写 gap 说明原因", en="list rules, or give the reason as gap"),
        )
    for rule_id in passage.rules:
        if rule_id in unreadable:
            continue
        if rule_id not in file_of:
            yield (
                Words(zh=f"没有条款文件 {rule_id}", en=f"no rule file {rule_id}"),
                suggestion(rule_id, file_of),
            )
        elif file_of[rule_id][1].clause != passage.clause:
            other = file_of[rule_id][1].clause
            yield (
                Words(zh=f"{rule_id} 属于 {other}", en=f"{rule_id} belongs to {other}"),
                Words(zh=f"移到 {other}", en=f"move it to {other}"),
            )


def _head(head: PackFile) -> Iterator[tuple[str, Words, Words]]:
    yield from faults_of_hours("organisation", head.organisation.hours)
    try:
        ZoneInfo(head.organisation.zone)
    except (KeyError, ValueError):
        yield (
            "organisation.zone",
            Words(zh=f"没有时区 {head.organisation.zone}", en=f"no zone {head.organisation.zone}"),
            Words(zh="如 Asia/Shanghai", en="such as Asia/Shanghai"),
        )
    alarms_to = head.organisation.alarm_department
    if alarms_to != ALARM_DEPARTMENT and alarms_to not in head.departments:
        yield (
            "organisation.alarm_department",
            Words(zh=f"没有这个部门：{alarms_to}", en=f"no such department: {alarms_to}"),
            suggestion(alarms_to, head.departments),
        )
