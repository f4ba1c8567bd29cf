"""One rule: its figure, its course, the teams and people behind it, and the cases."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries.figures import Counts, DayCounts, step_days, total
from shouwen.core.kinds import Rule
from shouwen.reports.forms import VERDICTS
from shouwen.reports.presenters.behind import BehindRows, behind_rows
from shouwen.reports.presenters.filters import Around, filters, whose
from shouwen.reports.presenters.words import (
    LOOKS,
    clause_url,
    counted,
    counts_only_breaches,
    days_words,
    missed_words,
    number,
    percent,
    stage_word,
    takes_share,
    target_of,
    target_share,
    target_words,
    verdict_word,
    why_no_share,
)
from shouwen.reports.queries import Behind
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_figures import CountLine, RuleFiguresPage, ShareLine, ShareList
from shouwen.ui.parts import ClauseMark, Empty, Note
from shouwen.ui.sparks import Columns, Spark, columns, spark

_COLUMNS = 60
_SPARK = 12
# No list of people is longer on the page.
_MOST_LINES = 40
_OF = {
    "met": lambda counts: counts.met,
    "missed": lambda counts: counts.missed,
    "excepted": lambda counts: counts.excepted,
    "not_provable": lambda counts: counts.not_provable,
    "gap": lambda counts: counts.gap,
    "running": lambda counts: counts.running,
    "not_applicable": lambda counts: counts.not_applicable,
}


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What the page shows. `teams` and `people` are empty where the viewer sees but one.

    `clocks` are those behind rulings that tell the viewer why, `names` the people by staff number.
    """

    around: Around
    rule: Rule
    days: Sequence[DayCounts]
    teams: Mapping[str, Counts]
    people: Mapping[tuple[str, str], Counts]
    rulings: Sequence[Ruling]
    behind: Mapping[uuid.UUID, Behind]
    clocks: Mapping[uuid.UUID, Clock]
    names: Mapping[str, str]
    pack: Pack
    now: datetime
    after: str = ""


def rule_page(figures: RuleFigures) -> RuleFiguresPage:
    """The page of one rule."""
    rule, asked = figures.rule, figures.around.asked
    url = reverse("figure", args=[rule.id])
    counts = total(day.counts for day in figures.days)
    has_share = takes_share(rule) and counts.share is not None
    target = target_of(rule, day=asked.since)
    rows = behind_rows(
        BehindRows(
            figures.rulings, figures.behind, figures.clocks, figures.names, rule, figures.pack,
            figures.now,
        )
    )  # fmt: skip
    return RuleFiguresPage(
        clause=ClauseMark(rule.clause, url=clause_url(rule)),
        title=worded(rule.title),
        wording=(SaidPart(worded(rule.wording)),),
        facts=" · ".join((stage_word(rule.stage), days_words(asked))),
        whose=whose(figures.around),
        filters=filters(figures.around, url=url),
        share=percent(counts.share) if has_share else "",
        why_none=_why_none(rule, counts),
        counts=counted(counts) if counts.decided else "",
        target=target_words(target),
        spark=_spark(figures.days, target_share(target)) if takes_share(rule) else None,
        columns=_columns(figures.days),
        lines=_lines(figures, counts, url),
        lists=tuple(_lists(figures, url)),
        figure_title=_("做到率")
        if takes_share(rule)
        else (_("次数") if counts_only_breaches(rule) else _("证据")),
        behind_title=_behind_title(asked.verdict) if figures.around.seen.behind else "",
        behind=rows,
        back_url=f"{reverse('figures')}?{asked.query()}",
        note=None if rule.judged else Note(_("这条规则还不能判定，所以没有数字")),
        empty=None if rows else _empty(asked.verdict),
        more_url=f"{url}?{asked.query(after=figures.after)}" if figures.after else "",
    )


def _why_none(rule: Rule, counts: Counts) -> str:
    if not takes_share(rule):
        return why_no_share(rule)
    return "" if counts.share is not None else _("还没有判定")


def _parts(days: Sequence[DayCounts], most: int) -> list[tuple[date, date, Counts]]:
    """The days put together into at most `most` parts: first day, last day, counts."""
    since, until = days[0].day, days[-1].day + timedelta(days=1)
    length = step_days(since=since, until=until, steps=most)
    return [
        (part[0].day, part[-1].day, total(day.counts for day in part))
        for part in (days[start : start + length] for start in range(0, len(days), length))
    ]


def _spark(days: Sequence[DayCounts], target: float | None) -> Spark | None:
    shares = [counts.share for _first, _last, counts in _parts(days, _SPARK)]
    told = "、".join(percent(share) or "—" for share in shares)
    label = _("走势：%(shares)s") % {"shares": told}
    return spark(shares, label=label, target=target, width=150, height=40)


def _columns(days: Sequence[DayCounts]) -> Columns | None:
    parts = _parts(days, _COLUMNS)
    met = total(counts for _first, _last, counts in parts)
    label = _("逐日：共 %(met)s 件做到，%(missed)s 件没做到") % {
        "met": number(met.met),
        "missed": number(met.missed),
    }
    drawn = [
        (counts.met, counts.missed, _column_title(*part)) for part in parts for counts in part[2:]
    ]
    ends = (wording.day_of_month(parts[0][0]), wording.day_of_month(parts[-1][1]))
    return columns(drawn, ends=ends, label=label)


def _column_title(first: date, last: date, counts: Counts) -> str:
    day = wording.day_of_month(first)
    if last != first:
        day = _("%(first)s 到 %(last)s") % {"first": day, "last": wording.day_of_month(last)}
    return _("%(day)s：做到 %(met)s，没做到 %(missed)s") % {
        "day": day,
        "met": number(counts.met),
        "missed": number(counts.missed),
    }


def _lines(figures: RuleFigures, counts: Counts, url: str) -> tuple[CountLine, ...]:
    asked, may_look = figures.around.asked, figures.around.seen.behind
    return tuple(
        CountLine(
            look=LOOKS[verdict],
            label=verdict_word(verdict),
            count=number(_OF[verdict](counts)),
            url=f"{url}?{asked.query(verdict=verdict)}#behind" if may_look else "",
            is_on=may_look and verdict == asked.verdict,
        )
        for verdict in VERDICTS
    )


def _lists(figures: RuleFigures, url: str) -> list[ShareList]:
    asked, around = figures.around.asked, figures.around
    found = []
    if figures.teams:
        lines = [
            _share_line(
                around.team_name(team),
                f"{url}?{asked.query(team=team)}" if team else "",
                counts,
                rule=figures.rule,
            )
            for team, counts in _worst_first(figures.teams)
        ]
        found.append(ShareList(_("按部门"), tuple(lines)))
    if figures.people:
        lines = [
            _share_line(
                figures.names.get(person, person) or _("没有负责人"),
                f"{url}?{asked.query(person=person)}" if person else "",
                counts,
                rule=figures.rule,
            )
            for person, counts in _worst_first(_by_number(figures.people))
        ]
        found.append(ShareList(_("按人员"), tuple(lines[:_MOST_LINES])))
    return found


def _by_number(people: Mapping[tuple[str, str], Counts]) -> Mapping[str, Counts]:
    """A person who changed teams is one person."""
    found: dict[str, Counts] = {}
    for (_team, person), counts in people.items():
        found[person] = found.get(person, Counts()) + counts
    return found


def _worst_first(counts: Mapping[str, Counts]) -> list[tuple[str, Counts]]:
    def key(item: tuple[str, Counts]) -> tuple[object, ...]:
        share = item[1].share
        return (-item[1].missed, 2.0 if share is None else share, item[0])

    return sorted(counts.items(), key=key)


def _share_line(name: str, url: str, counts: Counts, *, rule: Rule) -> ShareLine:
    has_share = takes_share(rule) and counts.share is not None
    return ShareLine(
        name=name,
        url=url,
        share=percent(counts.share) if has_share else "",
        width=round(100 * (counts.share or 0), 1) if has_share else 0,
        counts=counted(counts) if counts.decided else _running(counts),
        missed=missed_words(counts),
    )


def _running(counts: Counts) -> str:
    return _("进行中 %(count)s") % {"count": number(counts.running)} if counts.running else ""


def _behind_title(verdict: str) -> str:
    if verdict == "all":
        return _("全部工单")
    return _("%(verdict)s的工单") % {"verdict": verdict_word(verdict)}


def _empty(verdict: str) -> Empty:
    if verdict == "missed":
        return Empty(_("这段时间没有没做到的"), _("换一段时间，或看做到的"))
    return Empty(_("这段时间没有这样的工单"), _("换一段时间或别的结果"), icon="file-text")
