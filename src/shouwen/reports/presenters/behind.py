"""The matters behind a figure, one line each: the case, what came of it, what failed, when, whose."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clauses.queries import UNCLOCKED
from shouwen.clocks.models import Clock, Ruling
from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.reports.presenters.words import LOOKS, verdict_word
from shouwen.reports.queries import Behind
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_figures import BehindRow


@dataclass(frozen=True, slots=True)
class BehindRows:
    """Rulings of one rule with all that their lines need."""

    rulings: Sequence[Ruling]
    behind: Mapping[uuid.UUID, Behind]
    clocks: Mapping[uuid.UUID, Clock]
    names: Mapping[str, str]
    rule: Rule
    pack: Pack
    now: datetime


def behind_rows(rows: BehindRows) -> tuple[BehindRow, ...]:
    """The lines in the order of the rulings."""
    return tuple(_row(ruling, rows) for ruling in rows.rulings)


def _row(ruling: Ruling, rows: BehindRows) -> BehindRow:
    behind = rows.behind.get(ruling.pk)
    line = behind.headline if behind else None
    may_open = behind is not None and behind.may_open
    has_clock = may_open and ruling.pk in rows.clocks
    why_url = _why_url(ruling, has_clock=has_clock)
    return BehindRow(
        look=LOOKS[ruling.verdict],
        word=verdict_word(ruling.verdict),
        case=line.number if line else _without_case(ruling),
        case_url=reverse("case", args=[line.number]) if line and may_open else "",
        sub=" · ".join(part for part in (line.said, line.called, line.place) if part)
        if line
        else "",
        reason=_reason(ruling, rows),
        due=_due(ruling, now=rows.now, is_told=bool(why_url)),
        decided=wording.moment(ruling.decided_at, now=rows.now),
        who=rows.names.get(ruling.staff_no, ruling.staff_no),
        why_url=why_url,
        subject_id=str(ruling.subject_id),
    )


def _without_case(ruling: Ruling) -> str:
    """What it was about where there is no case, or none any more."""
    return {"contact": _("窗口接待"), "letter": _("来信答复")}.get(
        ruling.subject_kind, _("工单已不在")
    )


def _due(ruling: Ruling, *, now: datetime, is_told: bool) -> str:
    if ruling.due_at:
        return wording.moment(ruling.due_at, now=now)
    return _("为什么") if is_told else ""


def _why_url(ruling: Ruling, *, has_clock: bool) -> str:
    """Where its reasons are told: what no clock runs for tells them to whoever sees the figure."""
    if ruling.subject_kind in UNCLOCKED:
        return reverse("ruling_why", args=[ruling.pk])
    return reverse("why", args=[ruling.pk]) if has_clock else ""


def _reason(ruling: Ruling, rows: BehindRows) -> str:
    if ruling.failed:
        return "、".join(part_words(rows.rule, str(name)) for name in ruling.failed)
    if ruling.reason in rows.pack.pause_reasons:
        return worded(rows.pack.pause_reasons[ruling.reason])
    clock = rows.clocks.get(ruling.pk)
    if ruling.verdict == Ruling.Verdict.MISSED and clock and clock.due_at:
        return _late(clock)
    return {
        "facts": _("分类变了，不再适用"),
        "cancelled": _("已取消"),
        "exempt": _("不在此列"),
        "calendar_year_missing": _("日历还没公布"),
        "value_not_given": _("标准没给期限"),
    }.get(ruling.reason, ruling.reason)


def _late(clock: Clock) -> str:
    if clock.stopped_at is None:
        return _("还没有做到")
    if clock.due_at is None or clock.stopped_at < clock.due_at:
        return ""
    late = (clock.stopped_at - clock.due_at).total_seconds()
    # A minute begun is a minute late: nobody was late by none.
    return _("晚了 %(length)s") % {"length": wording.waited(max(late, 60))}


def part_words(rule: Rule, name: str) -> str:
    """How a part of the rule reads that was not so; its name where the rule has no words for it."""
    for version in reversed(rule.versions):
        for part in _parts(version):
            if part.id == name:
                return worded(part.title)
    return _built_in().get(name, name)


def _built_in() -> dict[str, str]:
    """Parts that a kind of rule looks at by itself."""
    return {
        "asked": _("没有问姓氏"),
        "used": _("少用了姓氏称呼"),
        "apology": _("叫错后没有致歉"),
        "customer_first": _("没有等客户先挂机"),
        "not_said": _("没有说"),
        "not_looked_at": _("没有检查"),
        "times": _("次数不够"),
        "done": _("没有做"),
        "seed": _("没有抽样种子"),
    }


def _parts(value: Any) -> Iterator[Any]:
    """Everything inside a version that has an id and a title: items, steps, lines."""
    if isinstance(value, tuple):
        for each in value:
            yield from _parts(each)
    elif is_dataclass(value):
        if hasattr(value, "id") and isinstance(getattr(value, "title", None), Words):
            yield value
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
