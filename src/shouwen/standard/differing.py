"""What changed from one edition of a standard to another, in sentences, rule by rule.

Pure: two packs in, sentences out. The sentences for values are `value_words`'.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from shouwen.core.clause import Example, Version, Words
from shouwen.core.kinds import Rule
from shouwen.standard.pack import Pack
from shouwen.standard.registry import Passage, written
from shouwen.standard.value_words import Namer, changes_of, joined, sentence

Nature = Literal["changed", "new", "gone", "withdrawn"]
_HEAD = ("clause", "kind", "title", "wording", "stage", "source", "slot")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule that differs, or something beside the rules (`rule_id` is empty): every difference a sentence."""

    rule_id: str
    clause: str
    title: Words
    nature: Nature
    sentences: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The changes of one chapter, such as 5.3; an empty number is the organisation itself."""

    number: str
    changes: tuple[RuleChange, ...]


def differences(*, old: Pack, new: Pack) -> tuple[Chapter, ...]:
    """Every difference of two packs by chapter, in the order of the newer one's contents."""
    namer = Namer(reasons={**old.pause_reasons, **new.pause_reasons})
    changes = [
        *_of_organisation(old, new, namer),
        *_of_rules(old, new, namer),
        *_of_passages(old, new),
    ]
    grouped: dict[str, list[RuleChange]] = {}
    order = {passage.clause: i for i, passage in enumerate((*new.passages, *old.passages))}
    for change in sorted(changes, key=lambda change: order.get(change.clause, -1)):
        grouped.setdefault(chapter_of(change.clause), []).append(change)
    return tuple(Chapter(number=number, changes=tuple(of)) for number, of in grouped.items())


def chapter_of(clause: str) -> str:
    """The chapter that a clause belongs to: its first two numbers."""
    return ".".join(clause.split("-")[0].split(".")[:2])


def count(chapters: tuple[Chapter, ...]) -> int:
    """How many rules (and the like) differ."""
    return sum(len(chapter.changes) for chapter in chapters)


# --- rules


def _of_rules(old: Pack, new: Pack, namer: Namer) -> Iterator[RuleChange]:
    for rule_id in dict.fromkeys((*new.rules, *old.rules)):
        before, after = old.rules.get(rule_id), new.rules.get(rule_id)
        if before is None and after is not None:
            yield _new(after, namer)
        elif after is None and before is not None:
            yield _change(before, "gone", (sentence("rule_gone"),))
        elif before is not None and after is not None and before != after:
            yield from _changed(before, after, namer)


def _new(rule: Rule, namer: Namer) -> RuleChange:
    first = rule.versions[0]
    said = [sentence("new_rule", day=first.from_)]
    said += [change for change in changes_of(None, first, namer) if change is not None]
    return _change(rule, "new", tuple(said))


def _changed(before: Rule, after: Rule, namer: Namer) -> Iterator[RuleChange]:
    said = (
        *_of_head(before, after, namer),
        *_of_versions(before, after, namer),
        *_of_examples(before.examples, after.examples),
    )
    if not said:
        return
    ends = after.versions[-1].withdrawn and not before.versions[-1].withdrawn
    yield _change(after, "withdrawn" if ends else "changed", said)


def _change(rule: Rule, nature: Nature, said: tuple[Words, ...]) -> RuleChange:
    return RuleChange(
        rule_id=rule.id, clause=rule.clause, title=rule.title, nature=nature, sentences=said
    )


def _of_head(before: Rule, after: Rule, namer: Namer) -> Iterator[Words]:
    for name in _HEAD:
        yield from namer.change(name, getattr(before, name, ""), getattr(after, name, ""))


def _of_versions(before: Rule, after: Rule, namer: Namer) -> Iterator[Words]:
    known = {version.from_: version for version in before.versions}
    previous: Version | None = None
    for version in after.versions:
        if version.from_ not in known:
            yield from _begun(previous, version, namer)
        elif known[version.from_] != version:
            lead = sentence("edited", day=version.from_)
            yield from _led(lead, changes_of(known[version.from_], version, namer))
        previous = version
    kept = {version.from_ for version in after.versions}
    for day in (day for day in known if day not in kept):
        yield sentence("version_gone", day=day)


def _begun(previous: Version | None, version: Version, namer: Namer) -> Iterator[Words]:
    """What a version that is new says in other words than the one it follows."""
    if version.withdrawn:
        yield sentence("withdrawn_from", day=version.from_)
        return
    said = list(changes_of(previous, version, namer))
    if said:
        yield from _led(sentence("from_on", day=version.from_), said)
    else:
        yield sentence("new_version", day=version.from_)


def _led(lead: Words, said: Iterator[Words] | list[Words]) -> Iterator[Words]:
    for each in said:
        yield Words(zh=lead.zh + each.zh, en=lead.en + each.en)


def _of_examples(before: tuple[Example, ...], after: tuple[Example, ...]) -> Iterator[Words]:
    for example in after:
        if example not in before:
            yield sentence("example_added", new=example.says)
    for example in before:
        if example not in after:
            yield sentence("example_removed", old=example.says)


# --- what stands beside the rules


def _of_passages(old: Pack, new: Pack) -> Iterator[RuleChange]:
    before = {passage.clause: passage for passage in old.passages}
    for passage in new.passages:
        said = tuple(_of_passage(before.get(passage.clause), passage))
        if said:
            yield RuleChange(
                rule_id="",
                clause=passage.clause,
                title=Words(zh=passage.section, en=passage.section),
                nature="changed",
                sentences=said,
            )


def _of_passage(before: Passage | None, after: Passage) -> Iterator[Words]:
    was, now = (before.gap if before else None), after.gap
    if now is not None and was != now:
        yield sentence("gap_new", new=now)
    if was is not None and now is None:
        yield sentence("gap_closed", old=was)
    rules = before.rules if before else ()
    if before is not None and set(rules) != set(after.rules):
        yield sentence("rules_of", old=", ".join(rules) or "—", new=", ".join(after.rules) or "—")


def _of_organisation(old: Pack, new: Pack, namer: Namer) -> Iterator[RuleChange]:
    said = [
        change
        for each in fields(new.organisation)
        for change in namer.change(
            written(each.name),
            getattr(old.organisation, each.name),
            getattr(new.organisation, each.name),
        )
    ]
    said += namer.change("calendars", old.named_calendars, new.named_calendars)
    for name in ("pause_reasons", "departments", "grades"):
        said += _of_names(name, getattr(old, name), getattr(new, name), namer)
    said += _of_names("signals", old.hearing.signals, new.hearing.signals, namer)
    if said:
        title = Words(zh="公司与名称", en="The organisation and its names")
        yield RuleChange(
            rule_id="", clause="", title=title, nature="changed", sentences=tuple(said)
        )


def _of_names(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], namer: Namer
) -> Iterator[Words]:
    field = namer.field(name)
    added = [namer.value(name, new[key]) for key in new if key not in old]
    removed = [namer.value(name, old[key]) for key in old if key not in new]
    if added:
        yield sentence("added", field=field, new=joined(added))
    if removed:
        yield sentence("removed", field=field, old=joined(removed))
    for key in (key for key in new if key in old and old[key] != new[key]):
        yield sentence("reworded", field=field, name=namer.value(name, old[key]))
