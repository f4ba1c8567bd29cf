"""A try of a draft on the past, as its pages print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds import Rule
from shouwen.core.verdict import WORDS
from shouwen.editions.models import Edition, WhatIfFlip, WhatIfRun
from shouwen.editions.presenters.changes import clause_mark
from shouwen.editions.presenters.whatif_heat import heats
from shouwen.editions.presenters.whatif_pages import (
    ClauseLine,
    FlipLine,
    ProgressBox,
    ResultBox,
    RuleLine,
)
from shouwen.standard.differing import Chapter
from shouwen.standard.explain import catalogue
from shouwen.standard.pack import Pack
from shouwen.standard.whatif import Outcome, Peak, RuleOutcome
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.parts import Action, Field, Note, Option, Tag

_LOOKS = {"met": "met", "missed": "over", "running": "line", "paused": "line"}
CALL = "call"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A try as read for its page. `old` is the pack in force, `new` the draft's, if it can be read."""

    run: WhatIfRun
    row: Edition
    old: Pack
    new: Pack
    chapters: Sequence[Chapter]
    outcome: Outcome
    examples: Sequence[WhatIfFlip]
    numbers: Mapping[UUID, str]
    teams: Mapping[str, str]
    now: datetime
    opens_calls: bool = False

    def rule(self, rule_id: str) -> Rule | None:
        """A rule of the draft, or one that it takes away."""
        return self.new.rules.get(rule_id) or self.old.rules.get(rule_id)


def question_fields(
    *, today: date, act_id: UUID, run: WhatIfRun | None, of_calls: bool = False
) -> tuple[Field, ...]:
    """What is asked: the last year, or the days asked about before; `of_calls`: last month's calls."""
    yesterday = today - timedelta(days=1)
    since, until = (run.since, run.until) if run else (today - _A_YEAR, yesterday)
    of_calls, is_set = of_calls or bool(run and run.calls_only), of_calls
    if is_set:
        until = today.replace(day=1) - timedelta(days=1)
        since = until.replace(day=1)
    return (
        Field("act_id", "", kind="hidden", value=str(act_id)),
        Field("since", _("从"), kind="date", value=since.isoformat()),
        Field("until", _("到"), kind="date", value=until.isoformat()),
        Field(
            "what",
            _("判什么"),
            kind="select",
            options=(
                Option("all", _("时限和通话"), selected=not of_calls),
                Option("calls", _("只重听通话"), selected=of_calls),
            ),
        ),
    )


def progress_box(run: WhatIfRun, *, may_cancel: bool, act_id: UUID) -> ProgressBox | None:
    """How far a try has come, or why it did not; None when it is done."""
    state = run.State(run.state)
    if state == run.State.DONE:
        return None
    if state == run.State.FAILED:
        told = _("没有试算成：%(why)s") % {"why": run.error or "—"}
        return ProgressBox(_("试算失败"), 0, note=Note(told, "warn"))
    if state == run.State.CANCELLED:
        return ProgressBox(_("上一次试算已取消"), 0)
    done = 100 * run.parts_done // run.parts if run.parts else 0
    summary = (
        _("已重判 %(count)s 个判定，%(done)s%%") % {"count": number(run.judged), "done": done}
        if run.parts
        else _("正在数有哪些事项")
    )
    cancel = Action(
        "cancel",
        _("取消试算"),
        reverse("whatif_cancel", args=[run.edition_id, run.pk]),
        fields=(Field("act_id", "", kind="hidden", value=str(act_id)),),
    )
    return ProgressBox(
        summary,
        done,
        refresh_url=reverse("whatif_progress", args=[run.edition_id, run.pk]),
        cancel=cancel if may_cancel else None,
    )


def result_box(tried: Tried) -> ResultBox:
    """Everything that came out, the answer first."""
    total, run = tried.outcome.total, tried.run
    flips = total.added + total.saved + total.other
    moved = [line for line in _by_clause(tried) if line[1].is_moved]
    kept = len(_by_clause(tried)) - len(moved)
    return ResultBox(
        headline=headline(tried),
        summary=_("%(since)s 至 %(until)s 开始的事项，重判 %(count)s 个判定 · %(who)s %(time)s")
        % {
            "since": run.since.isoformat(),
            "until": run.until.isoformat(),
            "count": number(total.judged),
            "who": f"{run.asked_by.name} {run.asked_by.staff_no}",
            "time": wording.moment(run.asked_at, now=tried.now),
        },
        clauses=tuple(
            () if run.calls_only else (_clause_line(tried, clause, each) for clause, each in moved)
        ),
        rules=_rule_lines(tried) if run.calls_only else (),
        unchanged=_("另有 %(count)s 条没有变化") % {"count": kept} if kept else "",
        heats=heats(tried.outcome, teams=tried.teams),
        examples=flip_lines(tried, tried.examples),
        flips_url=reverse("whatif_flips", args=[tried.row.pk, run.pk]) if flips else "",
        flips_text=_("逐件看（%(count)s）") % {"count": number(flips)},
        note=_stale(tried),
    )


def _rule_lines(tried: Tried) -> tuple[RuleLine, ...]:
    """Each rule of which calls are judged otherwise, those with most breaches more first."""
    moved = [(rule_id, each) for rule_id, each in tried.outcome.rules.items() if each.is_moved]
    moved.sort(key=lambda pair: (-pair[1].added, -pair[1].saved, pair[0]))
    return tuple(_rule_line(tried, rule_id, each) for rule_id, each in moved)


def _rule_line(tried: Tried, rule_id: str, each: RuleOutcome) -> RuleLine:
    rule = tried.rule(rule_id)
    address = reverse("whatif_flips", args=[tried.row.pk, tried.run.pk])
    return RuleLine(
        title=worded(rule.title) if rule else rule_id,
        clause=clause_mark(rule.clause if rule else ""),
        old=number(each.old_missed),
        new=number(each.new_missed),
        counts=tuple(
            (
                number(count) if count else "—",
                f"{address}?rule={rule_id}&turn={turn}" if count else "",
            )
            for turn, count in (
                ("added", each.added),
                ("saved", each.saved),
                ("other", each.other),
            )
        ),
        unchanged=number(each.unchanged),
    )


def headline(tried: Tried) -> str:
    """改成 1 个工作日：会多出 186 件超时，集中在周五下午."""
    total, of_calls = tried.outcome.total, tried.run.calls_only
    parts = []
    if total.added:
        text = _("会多判 %(count)s 处没做到") if of_calls else _("会多出 %(count)s 件超时")
        parts.append(text % {"count": number(total.added)})
    if total.saved:
        text = _("会少判 %(count)s 处没做到") if of_calls else _("会少掉 %(count)s 件超时")
        parts.append(text % {"count": number(total.saved)})
    if not parts:
        parts.append(_("没做到的一处不多、一处不少") if of_calls else _("超时一件不多、一件不少"))
    peak = tried.outcome.peak
    if peak:
        parts.append(_told(peak))
    return f"{_what(tried)}{_comma().join(parts)}{'。' if tongue() == 'zh' else '.'}"


def _what(tried: Tried) -> str:
    """What the draft changes: the new limit when that is all, else the rule, else how many rules."""
    changes = [change for chapter in tried.chapters for change in chapter.changes]
    if len(changes) != 1:
        text = _("改 %(count)s 条规则：")
        return text % {"count": len(changes)}
    limit = _new_limit(tried, changes[0].rule_id)
    if limit:
        return _("“%(rule)s”改成 %(limit)s：") % {"rule": worded(changes[0].title), "limit": limit}
    return _("改“%(rule)s”：") % {"rule": worded(changes[0].title)}


def _new_limit(tried: Tried, rule_id: str) -> str:
    """The limit of the draft's last version, in words, if the draft changes it."""
    last = [_last_limit(pack.rules.get(rule_id)) for pack in (tried.old, tried.new)]
    if last[1] is None or last[0] == last[1]:
        return ""
    units = catalogue(tongue())["units"]
    return str(units[last[1].unit].format(n=f"{last[1].value:g}"))


def _last_limit(rule: Rule | None) -> Limit | None:
    limit = getattr(rule.versions[-1], "limit", None) if rule else None
    return limit if isinstance(limit, Limit) else None


def _comma() -> str:
    return "，" if tongue() == "zh" else ", "


def _told(peak: Peak) -> str:
    day = wording.weekday(date(2024, 1, 1 + peak.weekday))
    part = {
        "night": _("凌晨"),
        "morning": _("上午"),
        "afternoon": _("下午"),
        "evening": _("晚上"),
    }[peak.part]
    return _("集中在%(day)s%(part)s受理的") % {"day": day, "part": part}


def _stale(tried: Tried) -> Note | None:
    if tried.row.revision == tried.run.revision:
        return None
    return Note(_("试算之后草案又保存过，下面是旧稿的结果；要看新稿请再试一次。"), "warn")


def _by_clause(tried: Tried) -> list[tuple[str, RuleOutcome]]:
    """The rules of each clause together, in the order of the contents."""
    found: dict[str, RuleOutcome] = {}
    for rule_id, each in tried.outcome.rules.items():
        rule = tried.rule(rule_id)
        clause = rule.clause if rule else ""
        found[clause] = found.get(clause, RuleOutcome()) + each
    order = {passage.clause: place for place, passage in enumerate(tried.new.passages)}
    return sorted(found.items(), key=lambda item: order.get(item[0], len(order)))


def _clause_line(tried: Tried, clause: str, each: RuleOutcome) -> ClauseLine:
    titles = [
        worded(rule.title)
        for rule_id, result in tried.outcome.rules.items()
        if result.is_moved and (rule := tried.rule(rule_id)) and rule.clause == clause
    ]
    old, new = each.old_share, each.new_share
    return ClauseLine(
        title=("、" if tongue() == "zh" else ", ").join(titles) or clause,
        old=percent(old),
        new=percent(new),
        change="" if old is None or new is None else f"{100 * (new - old):+.1f}",
        added=number(each.added) if each.added else "—",
        saved=number(each.saved) if each.saved else "—",
        other=number(each.other) if each.other else "—",
        url=f"{reverse('whatif_flips', args=[tried.row.pk, tried.run.pk])}?clause={clause}",
        clause=clause_mark(clause),
        worse=old is not None and new is not None and new < old,
    )


def flip_lines(tried: Tried, flips: Sequence[WhatIfFlip]) -> tuple[FlipLine, ...]:
    """Changes of verdict, each with the case it is about."""
    return tuple(_flip_line(tried, flip) for flip in flips)


def _flip_line(tried: Tried, flip: WhatIfFlip) -> FlipLine:
    rule = tried.rule(flip.rule_id)
    case = tried.numbers.get(flip.subject_id, "")
    return FlipLine(
        title=worded(rule.title) if rule else flip.rule_id,
        case=case or _("没有工单"),
        case_url=reverse("case", args=[case]) if case else "",
        call=_("听这通") if flip.subject_kind == CALL else "",
        call_url=reverse("call", args=[flip.subject_id])
        if flip.subject_kind == CALL and tried.opens_calls
        else "",
        team=tried.teams.get(flip.department, flip.department) or "—",
        began=_moment(flip.began_at, tried.now),
        ended=_moment(flip.ended_at, tried.now),
        old=verdict_tag(flip.old),
        new=verdict_tag(flip.new),
        old_due=_moment(flip.old_due_at, tried.now),
        new_due=_moment(flip.new_due_at, tried.now),
        clause=clause_mark(rule.clause if rule else ""),
    )


def verdict_tag(word: str) -> Tag:
    """A verdict in one word."""
    zh, en = WORDS[word]
    return Tag(worded(Words(zh=zh, en=en)), _LOOKS.get(word, ""))


def number(count: int) -> str:
    """1,204."""
    return f"{count:,}"


def percent(share: float | None) -> str:
    """94.3%, or a dash."""
    return "—" if share is None else f"{100 * share:.1f}%"


def _moment(at: datetime | None, now: datetime) -> str:
    return wording.moment(at, now=now) if at else "—"
