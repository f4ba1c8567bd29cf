"""The page of one clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.figures import FiguresScope
from shouwen.clauses.presenters.pages import (
    BreachLine,
    ClausePage,
    Coming,
    EvidenceLine,
    FigureBox,
    Neighbour,
    RuleFigure,
    StuckLine,
)
from shouwen.clauses.presenters.places import address, event_text
from shouwen.clauses.presenters.reasons import failed_text
from shouwen.clauses.presenters.rules import Shown, kind_tag, rule_section
from shouwen.clauses.presenters.standing import (
    count_lines,
    count_text,
    scope_text,
    share_text,
    total,
)
from shouwen.clauses.presenters.tree import Shelf, clause_url, rules_of, title_of, tree
from shouwen.clauses.presenters.versions import version_text
from shouwen.clauses.queries import MOST_BREACHES, Breach, stuck
from shouwen.clocks.presenters import clock_chip
from shouwen.clocks.queries.figures import Counts
from shouwen.core.kinds import Rule
from shouwen.editions.models import Edition
from shouwen.standard.coverage import WITHOUT_PERCENTAGE
from shouwen.standard.registry import Passage
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.parts import Note
from shouwen.ui.sparks import Spark, spark

_BAR = 150
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ClauseMaterial:
    """Everything that the page of a clause is made of.

    `may_look_behind`: the matters behind a figure are shown, not their number alone.
    """

    passage: Passage
    shown: Shown
    shelf: Shelf
    scope: FiguresScope | None
    course: Mapping[str, Sequence[Counts]]
    breaches: Sequence[Breach]
    due_soon: int
    may_look_behind: bool
    waiting: Sequence[Edition]
    now: datetime


def clause_page(material: ClauseMaterial) -> ClausePage:
    """The clause with everything about it."""
    pack, passage = material.shown.pack, material.passage
    rules = rules_of(passage, pack)
    previous, following = _neighbours(passage, material)
    verbatim = "\n".join(dict.fromkeys(r.source.text for r in rules if r.source.text))
    return ClausePage(
        number=passage.clause,
        printed=_printed(passage),
        title=title_of(passage, pack),
        tags=tuple(kind_tag(kind) for kind in dict.fromkeys(rule.kind for rule in rules)),
        version_text=version_text(rules[0], today=material.shown.today) if len(rules) == 1 else "",
        wording="\n".join(worded(rule.wording) for rule in rules),
        text=verbatim,
        text_hint=""
        if verbatim
        else _("上面是我们的写法；原文可由公司填进标准包，填了就显示在这里"),
        gap=Note(worded(passage.gap), "plain", "flag") if passage.gap else None,
        coming=tuple(_coming(edition) for edition in material.waiting),
        rules=tuple(rule_section(rule, material.shown) for rule in rules),
        tree=tree(material.shelf),
        figure=_figure(rules, material),
        evidence=_evidence(rules),
        breaches=_breaches(material),
        breaches_text=_breaches_text(material),
        stuck=_stuck(material.breaches),
        stuck_text=_of_how_many(material.breaches),
        previous=previous,
        next=following,
        is_several=len(rules) > 1,
        has_breaches=material.may_look_behind,
    )


def _coming(edition: Edition) -> Coming:
    day = edition.effective_on.isoformat() if edition.effective_on else ""
    words = (
        _("《%(name)s》改这一条，待审批，%(day)s 起用")
        if day
        else _("《%(name)s》改这一条，待审批")
    )
    return Coming(
        words % {"name": edition.name, "day": day}, reverse("edition", args=[edition.pk])
    )


def _printed(passage: Passage) -> str:
    if passage.section == passage.clause:
        return ""
    return _("原文印作 %(section)s") % {"section": passage.section}


def _neighbours(
    passage: Passage, material: ClauseMaterial
) -> tuple[Neighbour | None, Neighbour | None]:
    passages = material.shown.pack.passages
    at = passages.index(passage)
    before = passages[at - 1] if at else None
    after = passages[at + 1] if at + 1 < len(passages) else None
    return _neighbour(before, material), _neighbour(after, material)


def _neighbour(passage: Passage | None, material: ClauseMaterial) -> Neighbour | None:
    if passage is None:
        return None
    title = title_of(passage, material.shown.pack)
    return Neighbour(passage.clause, title, clause_url(passage.clause))


def _measured(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.judged and rule.kind not in WITHOUT_PERCENTAGE]


def _figure(rules: Sequence[Rule], material: ClauseMaterial) -> FigureBox | None:
    """How well the clause is kept this month; None for aims and scope, for what is
    not judged, and for whom no figures are shown."""
    measured = _measured(rules)
    if not measured or material.scope is None:
        return None
    kept = total(material.shelf.kept.get(rule.id, Counts()) for rule in measured)
    courses = [material.course[rule.id] for rule in measured if rule.id in material.course]
    course = [total(month) for month in zip(*courses, strict=True)]
    share = share_text(kept)
    return FigureBox(
        title=_("本月做到"),
        period=f"{scope_text(material.scope)} · {_period(material.now)}",
        share=share,
        count=count_text(kept) if share else "",
        spark=_spark(course),
        lines=count_lines(kept, due_soon=material.due_soon),
        rules=tuple(_of_rule(rule, material) for rule in measured) if len(measured) > 1 else (),
        url=address("rule_figures", measured[0].id) if len(measured) == 1 else address("figures"),
        empty="" if share else _("本月还没有判定过"),
    )


def _spark(course: Sequence[Counts]) -> Spark | None:
    if sum(month.share is not None for month in course) < 2:
        return None
    told = ", ".join(f"{share_text(month)}%" for month in course if month.share is not None)
    label = _("近 12 个月做到率：%(shares)s") % {"shares": told}
    return spark([month.share for month in course], label=label, width=150, height=44)


def _of_rule(rule: Rule, material: ClauseMaterial) -> RuleFigure:
    kept = material.shelf.kept.get(rule.id, Counts())
    share = share_text(kept)
    return RuleFigure(
        worded(rule.title),
        f"{share}%" if share else "—",
        count_text(kept) if share else "",
        address("rule_figures", rule.id),
    )


def _period(now: datetime) -> str:
    """10月1日—9日."""
    today = wording.local_day(now)
    first = wording.day_of_month(today.replace(day=1))
    if today.day == 1:
        return first
    return _("%(first)s 至 %(last)s") % {"first": first, "last": wording.day_of_month(today)}


def _evidence(rules: Sequence[Rule]) -> tuple[EvidenceLine, ...]:
    return tuple(
        EvidenceLine(worded(each.title))
        for rule in rules
        for each in getattr(rule.versions[-1], "evidence", ())
    )


def _breaches(material: ClauseMaterial) -> tuple[BreachLine, ...]:
    shown = material.breaches[:_SHOWN] if material.may_look_behind else ()
    return tuple(_breach(breach, material) for breach in shown)


def _breach(breach: Breach, material: ClauseMaterial) -> BreachLine:
    ruling, clock, pack = breach.ruling, breach.clock, material.shown.pack
    found, rule = breach.headline, pack.rules.get(ruling.rule_id)
    chip = clock_chip(clock, pack=pack, now=material.now, width=0, dense=True) if clock else None
    return BreachLine(
        clock=chip,
        failed="" if chip or rule is None else _failed(rule, ruling.failed),
        why_url=reverse("ruling_why", args=[ruling.pk]),
        when=_when(breach, material.now),
        text=" · ".join(part for part in (found.said, found.place) if part) if found else "",
        url=reverse("case", args=[found.number]) if found else "",
        stuck=_stuck_text(breach),
        rule=worded(rule.title) if rule and len(material.passage.rules) > 1 else "",
    )


def _failed(rule: Rule, names: Sequence[object]) -> str:
    return _("没有的：%(parts)s") % {"parts": failed_text(rule, names)} if names else ""


def _when(breach: Breach, now: datetime) -> str:
    clock = breach.clock
    if clock is None:
        return wording.moment(breach.ruling.decided_at, now=now)
    at = clock.stopped_at or clock.due_at or breach.ruling.decided_at
    word = _("做完") if clock.stopped_at else _("到期，还没做")
    return f"{wording.moment(at, now=now)} {word}"


def _of_how_many(found: Sequence[Breach]) -> str:
    """近 12 个月, or how many of the latest were looked at."""
    if len(found) < MOST_BREACHES:
        return _("近 12 个月")
    return _("最近 %(n)s 次") % {"n": len(found)}


def _stuck_text(breach: Breach) -> str:
    if not breach.stuck_on:
        return ""
    return _("卡在：“%(step)s”之后等了 %(time)s") % {
        "step": event_text(breach.stuck_on),
        "time": wording.waited(max(breach.stuck_for, timedelta(0)).total_seconds()),
    }


def _breaches_text(material: ClauseMaterial) -> str:
    if not material.breaches:
        return ""
    count = len(material.breaches)
    words = _("近 12 个月 %(count)s 件") if count < MOST_BREACHES else _("最近 %(count)s 件")
    return words % {"count": count}


def _stuck(found: Sequence[Breach]) -> tuple[StuckLine, ...]:
    counted = stuck(found)
    whole = sum(n for _event, n in counted) or 1
    return tuple(
        StuckLine(
            _("“%(step)s”之后") % {"step": event_text(event)},
            str(n),
            round(_BAR * n / whole, 1),
            f"{n / whole:.0%}",
        )
        for event, n in counted[:5]
    )
