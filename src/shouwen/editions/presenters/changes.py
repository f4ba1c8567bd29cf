"""Differences of two editions, faults of a draft, what happens to clocks: as the pages print them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from shouwen.editions.models import ClockMove, Edition, Passing
from shouwen.editions.operations import as_fault
from shouwen.editions.presenters.pages import (
    ChangeLine,
    ChapterBox,
    FaultLine,
    Impact,
    MoveLine,
    TeamLine,
)
from shouwen.editions.queries import TeamCount
from shouwen.standard.differing import Chapter, RuleChange, count
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.parts import Action, ClauseMark, Note, Tag


def clause_mark(clause: str) -> ClauseMark | None:
    """The mark of a clause, with its page where there is one."""
    if not clause:
        return None
    try:
        return ClauseMark(clause, reverse("clause", args=[clause]))
    except NoReverseMatch:
        return ClauseMark(clause)


def chapter_boxes(
    chapters: Sequence[Chapter], *, draft: Edition | None = None
) -> tuple[ChapterBox, ...]:
    """Every difference by chapter; those of an open draft lead to the form of the rule."""
    return tuple(
        ChapterBox(
            id=f"h-{number}",
            title=_("第 %(chapter)s 节") % {"chapter": chapter.number}
            if chapter.number
            else _("公司与名称"),
            changes=tuple(_change(change, draft) for change in chapter.changes),
        )
        for number, chapter in enumerate(chapters)
    )


def changes_summary(chapters: tuple[Chapter, ...]) -> str:
    """How many rules differ."""
    return _("%(count)s 处") % {"count": count(chapters)}


def _change(change: RuleChange, draft: Edition | None) -> ChangeLine:
    is_editable = draft is not None and draft.is_open and change.rule_id
    edit_url = ""
    if draft is not None and is_editable and change.nature != "gone":
        edit_url = reverse("draft_rule", args=[draft.pk, change.rule_id])
    return ChangeLine(
        title=worded(change.title),
        rule_id=change.rule_id,
        tag=_nature(change.nature),
        sentences=tuple(worded(said) for said in change.sentences),
        clause=clause_mark(change.clause),
        edit_url=edit_url,
    )


def _nature(nature: str) -> Tag:
    return {
        "changed": Tag(_("改"), "flame"),
        "new": Tag(_("新"), "met"),
        "gone": Tag(_("没有了"), "over"),
        "withdrawn": Tag(_("废止"), "warn"),
    }[nature]


def fault_lines(draft: Edition, *, pack: Pack | None) -> tuple[FaultLine, ...]:
    """Every fault of a draft; those in a rule that can be read lead to its form."""
    found = []
    rules = {file: rule for rule, file in pack.files.items()} if pack else {}
    for row in draft.faults:
        fault = as_fault(row)
        rule = rules.get(fault.file, "")
        found.append(
            FaultLine(
                place=" · ".join(part for part in (fault.file, fault.path) if part),
                problem=worded(fault.problem),
                remedy=worded(fault.remedy),
                url=reverse("draft_rule", args=[draft.pk, rule]) if rule else "",
            )
        )
    return tuple(found)


def impact(
    edition: Edition,
    *,
    passings: Sequence[Passing],
    teams: Sequence[TeamCount],
    departments: Mapping[str, str],
    now: datetime,
    recount: Action | None = None,
) -> Impact:
    """What an edition does to running clocks, as far as it is counted."""
    is_published = edition.state == Edition.State.PUBLISHED
    title = _("已动的时钟") if is_published else _("会动的时钟")
    if not passings:
        note = Note(_("规则都写明“不动”：在走的时钟一个也不改，新开始的按新版。"), "met")
        if recount is not None:
            note = Note(_("还没有数过：按现在的文件数一遍，看看哪些在走的时钟会动。"))
        return Impact(title=title, summary="", note=note, recount=recount)
    looked, total = _sum(passings, "looked_at"), _sum(passings, "to_look_at")
    is_done = all(passing.ended_at for passing in passings)
    address = reverse("edition_moves", args=[edition.pk])
    return Impact(
        title=title,
        summary=_progress(passings, looked=looked, total=total, is_done=is_done, now=now),
        note=_impact_note(passings, is_done=is_done),
        done=100 if is_done else min(99, looked * 100 // total if total else 0),
        teams=tuple(_team(team, departments, address) for team in teams),
        all_url=address,
        refresh_url="" if is_done else reverse("edition_impact", args=[edition.pk]),
        recount=recount if is_done else None,
    )


def _progress(
    passings: Sequence[Passing], *, looked: int, total: int, is_done: bool, now: datetime
) -> str:
    days = [passing.effective_on for passing in passings if passing.effective_on]
    waits = [day for day in days if day > wording.local_day(now)]
    if is_done:
        ended = max(passing.ended_at for passing in passings if passing.ended_at)
        return _("看过 %(looked)s 个，数于 %(time)s") % {
            "looked": looked,
            "time": wording.moment(ended, now=now),
        }
    if waits and passings[0].purpose == Passing.Purpose.MOVE and not looked:
        return _("%(day)s 起动") % {"day": wording.day_text(min(waits))}
    return _("正在数：%(looked)s / %(total)s") % {"looked": looked, "total": total}


def _impact_note(passings: Sequence[Passing], *, is_done: bool) -> Note | None:
    moved, overdue = _sum(passings, "moved"), _sum(passings, "newly_overdue")
    if not is_done and not moved:
        return None
    if is_done and not moved:
        return Note(_("没有时钟会动"), "met")
    text = _("%(moved)s 个时钟换了期限或结果") % {"moved": moved}
    if overdue:
        text += _("，其中 %(overdue)s 个立刻超时") % {"overdue": overdue}
    return Note(text, "warn" if overdue else "flame")


def _team(team: TeamCount, departments: Mapping[str, str], address: str) -> TeamLine:
    return TeamLine(
        name=departments.get(team.department, team.department) or _("没有承办部门"),
        url=f"{address}?team={team.department}",
        moved=str(team.moved),
        overdue=str(team.newly_overdue) if team.newly_overdue else "",
    )


def move_lines(
    moves: Iterable[ClockMove], *, pack: Pack, departments: Mapping[str, str], now: datetime
) -> tuple[MoveLine, ...]:
    """Clocks with their due times before and after. No word about the case: who keeps the standard sees no customers."""
    return tuple(_move(move, pack, departments, now) for move in moves)


def _move(move: ClockMove, pack: Pack, departments: Mapping[str, str], now: datetime) -> MoveLine:
    rule = pack.rules.get(move.rule_id)
    department = departments.get(move.department, move.department)
    return MoveLine(
        title=worded(rule.title) if rule else move.rule_id,
        owner=" ".join(part for part in (department, move.owner_no) if part) or "—",
        old=_standing(move.old_state, move.old_due_at, now),
        new=_standing(move.new_state, move.new_due_at, now),
        tag=_moved_tag(move),
        clause=clause_mark(rule.clause) if rule else None,
    )


def _standing(state: str, due: datetime | None, now: datetime) -> str:
    words = {
        "met": _("已兑现"),
        "missed": _("已超时"),
        "paused": _("暂停"),
        "gap": _("没有期限"),
        "no_promise": _("无法承诺"),
        "not_applicable": _("不适用"),
        "cancelled": _("已取消"),
        "excepted": _("例外"),
    }
    at = wording.moment(due, now=now) if due else ""
    return " ".join(part for part in (at, words.get(state, "")) if part) or "—"


def _moved_tag(move: ClockMove) -> Tag:
    if move.is_newly_overdue:
        return Tag(_("立刻超时"), "over")
    if move.new_due_at is None:
        return Tag(_("不再有期限"))
    if move.old_due_at is None:
        return Tag(_("得到期限"), "met")
    if move.new_due_at == move.old_due_at:
        return Tag(_("结果变了"), "warn")
    return Tag(_("提前"), "warn") if move.new_due_at < move.old_due_at else Tag(_("推后"), "met")


def _sum(passings: Sequence[Passing], name: str) -> int:
    return sum(getattr(passing, name) for passing in passings)
