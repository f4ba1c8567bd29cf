"""`shouwen standard diff PACK PACK`: what changed from one edition to another, in sentences."""

from collections.abc import Iterator
from typing import Any

from shouwen.core.clause import Words
from shouwen.standard.differing import Chapter, RuleChange, count

NATURES = {
    "changed": Words(zh="改", en="changed"),
    "new": Words(zh="新", en="new"),
    "gone": Words(zh="没有了", en="gone"),
    "withdrawn": Words(zh="废止", en="withdrawn"),
}


def as_lines(chapters: tuple[Chapter, ...]) -> Iterator[str]:
    """The changes for a terminal, Chinese before English."""
    if not chapters:
        yield "没有差别 · no difference"
        return
    for chapter in chapters:
        yield f"\n[{chapter.number or '公司 organisation'}]"
        for change in chapter.changes:
            yield from _lines(change)
    n = count(chapters)
    yield f"\n共 {n} 处 · {n} in all"


def as_table(chapters: tuple[Chapter, ...]) -> list[dict[str, Any]]:
    """The same as plain values, one for each rule."""
    return [
        {
            "chapter": chapter.number,
            "clause": change.clause,
            "rule": change.rule_id,
            "nature": change.nature,
            "title": {"zh": change.title.zh, "en": change.title.en},
            "changes": [{"zh": said.zh, "en": said.en} for said in change.sentences],
        }
        for chapter in chapters
        for change in chapter.changes
    ]


def _lines(change: RuleChange) -> Iterator[str]:
    nature = NATURES[change.nature]
    named = " ".join(part for part in (change.clause, change.rule_id) if part)
    yield f"{named} · {nature.zh} {nature.en} · {change.title.zh} / {change.title.en}".strip(" ·")
    for said in change.sentences:
        yield f"  {said.zh}"
        yield f"    {said.en}"
