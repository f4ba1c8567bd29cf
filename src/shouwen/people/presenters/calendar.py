"""The working calendar, its uploads and what they would move, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.clocks.presenters import clause_mark, clock_title
from shouwen.clocks.queries import Move, Moves
from shouwen.core.timing.calendar import WorkingCalendar, YearOfDays
from shouwen.people.models import CalendarDraft, Staff
from shouwen.standard.calendar_years import line_of, line_of_syntax
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.pages_people import (
    CalendarPage,
    CalendarYear,
    DayLine,
    DraftLine,
    DraftPage,
    DraftYear,
    MoveLine,
)
from shouwen.ui.parts import Action, Empty, Field, Note, Tag

SOON = timedelta(days=60)


def calendar_page(
    *,
    viewer: Staff,
    pack: Pack,
    drafts: Sequence[CalendarDraft],
    new_id: UUID,
    now: datetime,
    faults: tuple[str, ...] = (),
) -> CalendarPage:
    """The years in force and the uploads; the upload form only for those who may."""
    calendar = pack.calendar
    today = wording.local_day(now)
    return CalendarPage(
        version=calendar.version,
        years=tuple(
            _year(calendar.years[year], today=today)
            for year in sorted(calendar.years, reverse=True)
        ),
        drafts=tuple(_draft_line(draft, now=now) for draft in drafts),
        upload_url=reverse("calendar_upload") if can(viewer, Allowed.UPLOAD_CALENDAR) else "",
        act_id=str(new_id),
        warnings=_warnings(calendar, today=today),
        faults=faults,
        fault_title=_("文件没有收下，请改正后再传：") if faults else "",
        drafts_empty=None
        if drafts
        else Empty(
            _("还没有上传过"), _("国务院办公厅发布通知后，由标准编辑上传下一年"), "calendar-time"
        ),
    )


def worded_faults(error: PackFaults, *, text: str) -> tuple[str, ...]:
    """Every fault with its line in the uploaded text, in the active language."""
    return tuple(_worded_fault(fault, text) for fault in error.faults)


def _worded_fault(fault: Fault, text: str) -> str:
    line = line_of_syntax(fault.problem.en) if not fault.path else line_of(text, fault.path)
    place = _("第 %(line)s 行") % {"line": line} if line else ""
    named = " ".join(part for part in (place, fault.path) if part)
    said, remedy = worded(fault.problem), worded(fault.remedy)
    joined = f"{said}。{remedy}" if tongue() == "zh" else f"{said}; {remedy}"
    return _("%(place)s：%(what)s") % {"place": named, "what": joined} if named else joined


def _warnings(calendar: WorkingCalendar, *, today: date) -> tuple[Note, ...]:
    if not calendar.is_published(today.year):
        text = _("%(year)s 年的日历还没有：按工作日算的期限现在都不能承诺")
        return (Note(text % {"year": today.year}, "over"),)
    following = (today + SOON).year
    if not calendar.is_published(following):
        text = _("%(year)s 年的日历还没有：跨年的期限会暂不承诺，通知一出就上传")
        return (Note(text % {"year": following}, "warn"),)
    return ()


def _year(year: YearOfDays, *, today: date) -> CalendarYear:
    summary = _("放假 %(free)s 天，调休上班 %(worked)s 天") % {
        "free": len(year.holidays),
        "worked": len(year.makeup),
    }
    tag = Tag(_("今年"), "flame") if year.year == today.year else Tag(_("已公布"), "line")
    return CalendarYear(str(year.year), year.source, summary, tag)


def _draft_line(draft: CalendarDraft, *, now: datetime) -> DraftLine:
    return DraftLine(
        url=reverse("calendar_draft", args=[draft.pk]),
        years=_listed(draft.years),
        who=draft.uploaded_by.name,
        time=wording.moment(draft.uploaded_at, now=now),
        state=_state(draft),
    )


def _state(draft: CalendarDraft) -> Tag:
    looks = {"waiting": "warn", "published": "met", "refused": ""}
    words = {"waiting": _("待审批"), "published": _("已发布"), "refused": _("已退回")}
    return Tag(words[draft.state], looks[draft.state])


def _listed(years: Iterable[int]) -> str:
    return ("、" if tongue() == "zh" else ", ").join(str(year) for year in years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An upload as read for its page; `moves` is None once it is decided."""

    row: CalendarDraft
    years: Sequence[YearOfDays]
    in_force: Mapping[int, YearOfDays]
    moves: Moves | None
    departments: Mapping[str, str]
    pack: Pack
    viewer: Staff
    new_id: UUID
    now: datetime


def draft_page(draft: Draft, *, notice: Note | None = None) -> DraftPage:
    """One upload with what it would move."""
    row, moves = draft.row, draft.moves
    facts = _("%(who)s 上传于 %(time)s · 摘要 %(digest)s") % {
        "who": f"{row.uploaded_by.name} {row.uploaded_by.staff_no}",
        "time": wording.moment(row.uploaded_at, now=draft.now),
        "digest": row.digest[:12],
    }
    if row.decided_by and row.decided_at:
        facts += _(" · %(who)s 于 %(time)s 决定") % {
            "who": f"{row.decided_by.name} {row.decided_by.staff_no}",
            "time": wording.moment(row.decided_at, now=draft.now),
        }
    lines = tuple(_move(move, draft) for move in moves.rows) if moves else ()
    url = reverse("calendar_draft", args=[row.pk])
    return DraftPage(
        heading=_("%(years)s 年日历") % {"years": _listed(row.years)},
        facts=facts,
        state=_state(row),
        years=tuple(_draft_year(year, draft) for year in draft.years),
        back_url=reverse("calendar"),
        moves_summary=_summary(moves) if moves else "",
        moves=lines,
        actions=_actions(draft),
        more_url=f"{url}?after={moves.after}" if moves and moves.after else "",
        moves_empty=_no_moves(moves) if not lines else None,
        notice=notice,
    )


def _no_moves(moves: Moves | None) -> Empty:
    if moves is None:
        return Empty(_("已经决定，不再预览"), "", "circle-check")
    return Empty(_("没有时钟会动"), _("在走的期限都不受这几年影响"), "circle-check")


def _summary(moves: Moves) -> str:
    gained = sum(move.old_due_at is None for move in moves.rows)
    later = sum(_is_later(move) for move in moves.rows)
    counts = {
        "gained": gained,
        "later": later,
        "earlier": len(moves.rows) - gained - later,
        "looked": moves.looked_at,
        "all": moves.could_move,
    }
    return (
        _(
            "得到期限 %(gained)s · 推后 %(later)s · 提前 %(earlier)s（核对了 %(looked)s / %(all)s 个在走的时钟）"
        )
        % counts
    )


def _is_later(move: Move) -> bool:
    if move.old_due_at is None:
        return False
    return move.new_due_at is None or move.new_due_at > move.old_due_at


def _move(move: Move, draft: Draft) -> MoveLine:
    tag = Tag(_("提前"), "over")
    if move.old_due_at is None:
        tag = Tag(_("得到期限"), "met")
    elif _is_later(move):
        tag = Tag(_("推后"), "warn")
    # No word about the case: those who keep the calendar see no customers.
    department = draft.departments.get(move.clock.department, move.clock.department)
    owner = " ".join(part for part in (department, move.clock.owner_no) if part)
    mark = clause_mark(move.clock, pack=draft.pack)
    return MoveLine(
        title=clock_title(move.clock, pack=draft.pack),
        owner=owner,
        old=_due(move.old_due_at, draft.now),
        new=_due(move.new_due_at, draft.now),
        tag=tag,
        url=mark.url if mark else "",
    )


def _due(at: datetime | None, now: datetime) -> str:
    return wording.moment(at, now=now) if at else _("无法承诺")


def _draft_year(year: YearOfDays, draft: Draft) -> DraftYear:
    replaces = year.year in draft.in_force and draft.row.state == CalendarDraft.State.WAITING
    tag = Tag(_("替换在用的一年"), "warn") if replaces else Tag(_("新的一年"), "flame")
    return DraftYear(str(year.year), year.source, tag, tuple(_breaks(year)))


def _breaks(year: YearOfDays) -> Iterable[DayLine]:
    worked: dict[str, list[date]] = {}
    for day, name in year.makeup.items():
        worked.setdefault(name, []).append(day)
    for name, days in groupby(sorted(year.holidays), key=lambda day: year.holidays[day]):
        listed = list(days)
        first, last = wording.day_text(listed[0]), wording.day_text(listed[-1])
        makeup = ("、" if tongue() == "zh" else ", ").join(
            wording.day_text(day) for day in sorted(worked.pop(name, []))
        )
        yield DayLine(name, first if len(listed) == 1 else f"{first} – {last}", makeup)


def _actions(draft: Draft) -> tuple[Action, ...]:
    row = draft.row
    if row.state != CalendarDraft.State.WAITING:
        return ()
    hidden = (Field("act_id", "", kind="hidden", value=str(draft.new_id)),)
    is_own = row.uploaded_by_id == draft.viewer.pk
    found: list[Action] = []
    if can(draft.viewer, Allowed.PUBLISH_CALENDAR) and not is_own:
        found.append(
            Action(
                "publish",
                _("批准并发布"),
                reverse("calendar_publish", args=[row.pk]),
                icon="rubber-stamp",
                look="primary",
                question=_("发布 %(years)s 年日历？") % {"years": _listed(row.years)},
                text=_("所有进程几秒内改用新日历，受影响的时钟由系统重算，并记入日志。"),
                confirm=_("发布"),
                fields=hidden,
            )
        )
    if is_own or can(draft.viewer, Allowed.PUBLISH_CALENDAR):
        verb = _("撤回") if is_own else _("退回")
        found.append(
            Action("refuse", verb, reverse("calendar_refuse", args=[row.pk]), icon="arrow-back-up",
                   fields=hidden)
        )  # fmt: skip
    return tuple(found)
