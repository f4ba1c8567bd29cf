"""One rule of a clause: how the software carries it out, its examples, versions and places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from shouwen.clauses.presenters.pages import ExampleLine, PartLine, RuleLine, RuleSection
from shouwen.clauses.presenters.places import address, event_text, places
from shouwen.clauses.presenters.versions import version_text, versions
from shouwen.core.clause import Example, Version, Words
from shouwen.core.kinds import Rule
from shouwen.core.verdict import WORDS
from shouwen.standard.checking import faults_of_example
from shouwen.standard.coverage import WITHOUT_PERCENTAGE
from shouwen.standard.describing import Line, Part, described
from shouwen.standard.field_words import kind_words
from shouwen.standard.needs import Emitters, not_recorded
from shouwen.standard.pack import Pack
from shouwen.ui.languages import listed, tongue, worded
from shouwen.ui.parts import Note, Tag

MOST_PHRASES = 8
_LOOKS = {
    "met": "met",
    "kept": "met",
    "missed": "over",
    "broken": "over",
    "running": "run",
    "paused": "pause",
    "gap": "gap",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the sections of rules are made of."""

    pack: Pack
    recorded: Emitters
    today: date
    may_draft: bool = False
    confirmed: Mapping[str, str] = field(default_factory=dict)
    """By rule, how often people confirm what is heard of it."""


def rule_section(rule: Rule, shown: Shown) -> RuleSection:
    """A rule from what it does to where it lives."""
    version = rule.on(shown.today) or rule.versions[-1]
    examples = tuple(_example(rule, each, shown.pack) for each in rule.examples)
    url = (
        ""
        if rule.kind in WITHOUT_PERCENTAGE or not rule.judged
        else address("rule_figures", rule.id)
    )
    return RuleSection(
        id=rule.id,
        title=worded(rule.title),
        wording=worded(rule.wording),
        tags=_tags(rule),
        version_text=version_text(rule, today=shown.today),
        lines=rule_lines(version, pack=shown.pack),
        examples=examples,
        examples_tag=_examples_tag(examples),
        versions=versions(rule, pack=shown.pack, today=shown.today),
        places=places(rule, recorded=shown.recorded, figure_url=url),
        waits_for=_waits_for(rule, shown.recorded),
        draft_url=address("draft_clause", rule.clause) if shown.may_draft else "",
        confirmed=shown.confirmed.get(rule.id, ""),
    )


def rule_lines(version: Version, *, pack: Pack) -> tuple[RuleLine, ...]:
    """How the software carries a version out, line by line, in the active language."""
    return tuple(_line(each) for each in described(version, pack=pack, most_phrases=MOST_PHRASES))


def kind_tag(kind: str) -> Tag:
    """The kind of a rule."""
    return Tag(worded(kind_words(kind)), "flame")


def _tags(rule: Rule) -> tuple[Tag, ...]:
    stages = {
        "pre_sale": _("售前"),
        "in_sale": _("售中"),
        "after_sale": _("售后"),
        "any": _("各阶段"),
    }
    return (kind_tag(rule.kind), Tag(stages[rule.stage], "line"))


def _line(line: Line) -> RuleLine:
    note = worded(line.note) if line.note else ""
    return RuleLine(
        worded(line.label),
        worded(line.text),
        note,
        tuple(_part(part) for part in line.parts),
        line.lines,
    )


def _part(part: Part) -> PartLine:
    return PartLine(worded(part.text), _sentence(part.details), part.lines)


def _sentence(words: Iterable[Words]) -> str:
    return ("；" if tongue() == "zh" else "; ").join(worded(each) for each in words)


def _example(rule: Rule, example: Example, pack: Pack) -> ExampleLine:
    """An example as it comes out when it is run now."""
    faults = faults_of_example(pack, rule, example)
    zh, en = WORDS[example.expect]
    problem = "" if not faults else worded(faults[0][1])
    look = "over" if faults else _LOOKS.get(example.expect, "na")
    return ExampleLine(example.says, worded(Words(zh=zh, en=en)), look, problem)


def _examples_tag(examples: tuple[ExampleLine, ...]) -> Tag | None:
    if not examples:
        return None
    wrong = sum(1 for example in examples if example.fault)
    if wrong:
        return Tag(_("%(count)s 个样例不符") % {"count": wrong}, "over")
    return Tag(_("%(count)s 个样例通过") % {"count": len(examples)}, "met", "check")


def _waits_for(rule: Rule, recorded: Emitters) -> Note | None:
    missing = not_recorded(rule, emitters=recorded)
    if not missing:
        return None
    told = listed(event_text(event) for event in missing)
    return Note(_("还没有哪一步会记下：%(events)s") % {"events": told}, "plain", "hourglass")
