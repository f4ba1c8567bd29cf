"""The clauses by chapter: the tree beside a clause and the list of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clauses.presenters.pages import Tree, TreeChapter, TreeRow
from shouwen.clauses.presenters.standing import count_text, mark, share_text, total
from shouwen.clocks.queries.figures import Counts
from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.standard.field_words import kind_words
from shouwen.standard.pack import Pack
from shouwen.standard.registry import Chapter, Passage
from shouwen.ui.languages import listed, worded
from shouwen.ui.parts import Empty

_WORST = ("over", "warn", "run", "met", "gap", "na")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the lists of clauses are made of: the standard, how it is kept, what is looked for."""

    pack: Pack
    kept: Mapping[str, Counts]
    search: str = ""
    current: str = ""
    is_wide: bool = False


def tree(shelf: Shelf) -> Tree:
    """The chapters with the clauses that were looked for, and the gaps as a group of their own."""
    rows = [
        (passage, _row(passage, shelf))
        for passage in shelf.pack.passages
        if _found(passage, shelf)
    ]
    gaps = tuple(row for passage, row in rows if passage.gap is not None)
    return Tree(
        chapters=tuple(_chapters(rows, shelf)),
        gaps=gaps,
        search=shelf.search,
        search_url=reverse("clauses"),
        found=_("找到 %(count)s 条") % {"count": len(rows)} if shelf.search else "",
        empty=None if rows else Empty(_("没有找到"), _("换个词，或按编号找，如 5.2"), "search"),
    )


def rules_of(passage: Passage, pack: Pack) -> list[Rule]:
    """The rules that carry a passage."""
    return [pack.rules[rule_id] for rule_id in passage.rules]


def title_of(passage: Passage, pack: Pack) -> str:
    """What a clause is called: the title of its first rule."""
    rules = rules_of(passage, pack)
    return worded(rules[0].title) if rules else passage.section


def clause_url(number: str) -> str:
    """The page of a clause."""
    return reverse("clause", args=[number])


def chapter_of(clause: str, pack: Pack) -> Chapter:
    """The chapter with the longest number that holds a clause; one without words where none does."""
    holding = [chapter for chapter in pack.chapters if chapter.holds(clause)]
    if holding:
        return max(holding, key=lambda chapter: len(chapter.number))
    number = ".".join(clause.split(".")[:2])
    return Chapter(number=number, title=Words(zh="", en=""))


def _chapters(rows: Sequence[tuple[Passage, TreeRow]], shelf: Shelf) -> list[TreeChapter]:
    grouped: dict[str, list[TreeRow]] = {}
    titles: dict[str, str] = {}
    for passage, row in rows:
        chapter = chapter_of(passage.clause, shelf.pack)
        titles[chapter.number] = worded(chapter.title)
        grouped.setdefault(chapter.number, []).append(row)
    return [_chapter(number, titles[number], inside, shelf) for number, inside in grouped.items()]


def _chapter(number: str, title: str, rows: list[TreeRow], shelf: Shelf) -> TreeChapter:
    worst = min(rows, key=lambda row: _WORST.index(row.look))
    return TreeChapter(
        number,
        title,
        tuple(rows),
        is_open=bool(shelf.search) or any(row.is_current for row in rows),
        look=worst.look,
        word=worst.word,
    )


def _row(passage: Passage, shelf: Shelf) -> TreeRow:
    rules = rules_of(passage, shelf.pack)
    kept = total(shelf.kept.get(rule.id, Counts()) for rule in rules)
    look, word = mark(kept, rules=rules, is_gap=passage.gap is not None)
    share = share_text(kept)
    return TreeRow(
        number=passage.clause,
        title=title_of(passage, shelf.pack),
        url=clause_url(passage.clause),
        look=look,
        word=word,
        share=f"{share}%" if share else "",
        count=count_text(kept) if share else "",
        wording=worded(rules[0].wording) if rules and shelf.is_wide else "",
        kind=listed(dict.fromkeys(worded(kind_words(rule.kind)) for rule in rules)),
        is_current=passage.clause == shelf.current,
    )


def _found(passage: Passage, shelf: Shelf) -> bool:
    words = shelf.search.lower().split()
    return all(word in _text(passage, shelf.pack) for word in words) if words else True


def _text(passage: Passage, pack: Pack) -> str:
    """Everything that a clause can be found by: numbers, titles, our wording, lines said word for word."""
    told = [passage.clause, passage.section]
    for rule in rules_of(passage, pack):
        told += [rule.title.zh, rule.title.en, rule.wording.zh, rule.wording.en, rule.source.text]
        for version in rule.versions:
            told += [*getattr(version, "says", ()), *getattr(version, "instead", ())]
            for step in getattr(version, "steps", ()):
                told += getattr(step, "says", ())
    return "\n".join(told).lower()
