"""All rules with their figures: by stage, the worst first or chapter by chapter."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.queries.figures import Counts, total
from shouwen.core.kinds import Rule
from shouwen.core.targets import Target
from shouwen.reports.forms import STAGES
from shouwen.reports.presenters.filters import Around, filters, whose
from shouwen.reports.presenters.words import (
    EVIDENCE_ONLY,
    clause_url,
    counted,
    missed_words,
    number,
    percent,
    reaches,
    stage_word,
    takes_share,
    target_of,
    target_share,
    target_words,
    verdict_word,
    why_no_share,
)
from shouwen.standard.pack import Pack
from shouwen.ui.languages import worded
from shouwen.ui.pages_figures import FigureGroup, FigureRow, FiguresPage, StageBox
from shouwen.ui.parts import Choice, ClauseMark, Empty
from shouwen.ui.sparks import Spark, spark

Course = tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows: the course of every rule with figures, and the standard."""

    around: Around
    courses: Mapping[str, Course]
    pack: Pack


@dataclass(frozen=True, slots=True)
class _Line:
    rule: Rule
    course: Course
    counts: Counts

    @property
    def has_figures(self) -> bool:
        return bool(self.course)

    @property
    def chapter(self) -> tuple[int, ...]:
        """The first two numbers of the clause: what a chapter of the standard is."""
        return _numbers(self.rule.clause)[:2]


def overview_page(overview: Overview) -> FiguresPage:
    """The page of all figures."""
    asked, url = overview.around.asked, reverse("figures")
    lines = [_line(overview, rule) for rule in overview.pack.rules.values()]
    of_stage = [line for line in lines if asked.stage in ("", line.rule.stage)]
    with_figures = [line for line in of_stage if line.has_figures]
    shown = with_figures if asked.show == "counted" else of_stage
    groups = tuple(_groups(overview, shown))
    return FiguresPage(
        heading=_("条款做到率"),
        whose=whose(overview.around),
        filters=filters(overview.around, url=url),
        stages=tuple(_stage_box(overview, stage, lines) for stage in STAGES),
        sorts=tuple(
            Choice(label, f"{url}?{asked.query(sort=sort)}", is_on=sort == asked.sort)
            for sort, label in (("worst", _("没做到的在前")), ("clause", _("按条款")))
        ),
        shows=tuple(
            Choice(f"{label} {count}", f"{url}?{asked.query(show=show)}", is_on=show == asked.show)
            for show, label, count in (
                ("counted", _("有数的"), len(with_figures)),
                ("all", _("全部"), len(of_stage)),
            )
        ),
        groups=groups,
        empty=None
        if groups
        else Empty(
            _("这段时间还没有判定"),
            _("一有承诺到期、通话判完就会出现；也可以换一段时间"),
            icon="chart-histogram",
        ),
    )


def _line(overview: Overview, rule: Rule) -> _Line:
    course = overview.courses.get(rule.id, ())
    return _Line(rule, course, total(course))


def _groups(overview: Overview, lines: Sequence[_Line]) -> Iterable[FigureGroup]:
    if overview.around.asked.sort == "worst":
        ordered = sorted(lines, key=_worst_first)
        if ordered:
            yield FigureGroup("", "", "", tuple(_row(overview, line) for line in ordered))
        return
    ordered = sorted(lines, key=lambda line: _numbers(line.rule.clause))
    for chapter, part in groupby(ordered, key=lambda line: line.chapter):
        together = list(part)
        counts = _shared(together)
        yield FigureGroup(
            title=_("第 %(number)s 节") % {"number": ".".join(map(str, chapter))},
            share=percent(counts.share),
            counts=counted(counts) if counts.decided else "",
            rows=tuple(_row(overview, line) for line in together),
        )


def _worst_first(line: _Line) -> tuple[object, ...]:
    """By misses, then by share, then those that show evidence only, then those without figures."""
    counts = line.counts
    share = counts.share if takes_share(line.rule) and counts.share is not None else 2.0
    return (
        -counts.missed if line.rule.kind not in EVIDENCE_ONLY else 0,
        share,
        -counts.decided,
        _numbers(line.rule.clause),
    )


def _shared(lines: Iterable[_Line]) -> Counts:
    """The counts of those of which a share is taken."""
    return total(line.counts for line in lines if takes_share(line.rule))


def _stage_box(overview: Overview, stage: str, lines: Sequence[_Line]) -> StageBox:
    asked = overview.around.asked
    own = [line for line in lines if line.rule.stage == stage and takes_share(line.rule)]
    counts = total(line.counts for line in own)
    courses = [line.course for line in own if line.course]
    together = [total(part) for part in zip(*courses, strict=True)]
    is_on = stage == asked.stage
    query = asked.query(stage="" if is_on else stage)
    return StageBox(
        title=stage_word(stage),
        url=f"{reverse('figures')}?{query}",
        is_on=is_on,
        share=percent(counts.share),
        counts=counted(counts) if counts.decided else _("还没有判定"),
        missed=missed_words(counts),
        spark=_spark(together, width=120, height=36),
    )


def _row(overview: Overview, line: _Line) -> FigureRow:
    rule, counts, asked = line.rule, line.counts, overview.around.asked
    target = target_of(rule, day=asked.since)
    wanted = target_share(target)
    look, word = _look(line, target)
    has_share = takes_share(rule) and counts.share is not None
    return FigureRow(
        clause=ClauseMark(rule.clause, url=clause_url(rule)),
        title=worded(rule.title),
        url=f"{reverse('figure', args=[rule.id])}?{asked.query()}",
        look=look,
        word=word,
        share=percent(counts.share) if has_share else "",
        why_none=_why_none(line),
        decided=_or_blank(counts.decided),
        missed=_or_blank(counts.missed),
        spark=_spark(line.course, target=wanted) if takes_share(rule) else None,
        excepted=_or_blank(counts.excepted),
        unknown=_or_blank(counts.not_provable + counts.gap),
        open=_or_blank(counts.running),
        target=target_words(target),
    )


def _look(line: _Line, target: Target | None) -> tuple[str, str]:
    """Shape and word: kept, kept with misses, below its target; or why there is nothing to say."""
    counts = line.counts
    if not takes_share(line.rule):
        return ("warn" if counts.missed else "na"), why_no_share(line.rule)
    if counts.share is None:
        look = "na" if line.rule.judged else "gap"
        return look, _why_none(line)
    reached = reaches(target, counts)
    if reached is False:
        return "over", _("低于目标")
    if reached is None and counts.missed:
        return "warn", _("有没做到的")
    return "met", verdict_word("met")


def _why_none(line: _Line) -> str:
    if not takes_share(line.rule):
        return why_no_share(line.rule)
    if line.counts.share is not None:
        return ""
    return _("还没有判定") if line.rule.judged else _("还不能判定")


def _spark(
    course: Sequence[Counts], *, target: float | None = None, width: int = 110, height: int = 22
) -> Spark | None:
    shares = [counts.share for counts in course]
    told = "、".join(percent(share) or "—" for share in shares)
    label = _("走势：%(shares)s") % {"shares": told}
    return spark(shares, label=label, target=target, width=width, height=height)


def _or_blank(count: int) -> str:
    return number(count) if count else ""


def _numbers(clause: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", clause)))
