"""The list of editions and drafts; one edition with everything about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.editions.models import Edition
from shouwen.editions.presenters.changes import changes_summary, chapter_boxes, fault_lines
from shouwen.editions.presenters.pages import (
    DraftLine,
    EditionLine,
    EditionPage,
    FactLine,
    HistoryPage,
    Impact,
    NoDraftPage,
)
from shouwen.people.models import Staff
from shouwen.standard.differing import Chapter
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.parts import Action, Empty, Field, Note, Option, Tag

State = Edition.State
_SHOWN_CLAUSES = 4


def history_page(
    *,
    viewer: Staff,
    rows: Sequence[Edition],
    drafts: Sequence[Edition],
    has_more: bool,
    new_id: UUID,
    now: datetime,
    notice: Note | None = None,
) -> HistoryPage:
    """Every published edition, the newest first, and the drafts; a new draft only for editors."""
    more = f"{reverse('editions')}?before={rows[-1].number}" if has_more and rows else ""
    in_force = rows[0].number if rows else None
    return HistoryPage(
        rows=tuple(_edition_line(row, in_force=row.number == in_force, now=now) for row in rows),
        drafts=tuple(_draft_line(draft, now=now) for draft in drafts),
        start=start_action(new_id) if can(viewer, Allowed.DRAFT_EDITION) else None,
        more_url=more,
        empty=None
        if rows
        else Empty(
            _("还没有发布过新版"),
            _("现在按安装时的标准包办事；起第一份草案时，它登记为第 1 版"),
            "book-2",
        ),
        drafts_empty=None if drafts else Empty(_("没有草案"), "", "flask"),
        notice=notice,
    )


def start_action(new_id: UUID, *, clause: str = "") -> Action:
    """The button that starts a draft, asking what it is called."""
    fields = [
        Field("act_id", "", kind="hidden", value=str(new_id)),
        Field("name", _("叫什么"), placeholder=_("如：2027 年修订")),
    ]
    if clause:
        fields.append(Field("clause", "", kind="hidden", value=clause))
    return Action(
        "start",
        _("起一份草案"),
        reverse("draft_start"),
        icon="flask",
        look="primary",
        question=_("从现行版起一份草案？"),
        text=_("草案是整套标准的一份副本，改它不影响现行版。"),
        confirm=_("起草"),
        fields=tuple(fields),
    )


def no_draft_page(*, viewer: Staff, clause: str, new_id: UUID, back_url: str) -> NoDraftPage:
    """What stands in the place of a rule's form while there is no draft."""
    may = can(viewer, Allowed.DRAFT_EDITION)
    return NoDraftPage(
        heading=_("试改 %(clause)s") % {"clause": clause},
        text=_("还没有草案。改标准先起一份草案，改好送审，由另一位审批人发布。")
        if may
        else _("还没有草案；草案由标准编辑起。"),
        start=start_action(new_id, clause=clause) if may else None,
        back_url=back_url,
    )


def state_tag(row: Edition, *, in_force: bool = False) -> Tag:
    """The state of an edition."""
    if row.state == State.PUBLISHED:
        return Tag(_("现行"), "flame") if in_force else Tag(_("已发布"), "line")
    return {
        State.DRAFT: Tag(_("草案")),
        State.SUBMITTED: Tag(_("待审批"), "warn"),
        State.REFUSED: Tag(_("已退回"), "over"),
        State.DISCARDED: Tag(_("已作废")),
    }[State(row.state)]


def heading(row: Edition) -> str:
    """第 3 版 2027 年修订, or the name of a draft."""
    if row.number is None:
        return row.name
    return _("第 %(number)s 版 %(name)s") % {"number": row.number, "name": row.name}


def _edition_line(row: Edition, *, in_force: bool, now: datetime) -> EditionLine:
    return EditionLine(
        number=str(row.number),
        name=row.name,
        url=reverse("edition", args=[row.pk]),
        effective=row.effective_on.isoformat() if row.effective_on else "—",
        editor=_who(row.editor) or _("安装时"),
        approver=_who(row.decided_by) or "—",
        published=wording.moment(row.published_at, now=now) if row.published_at else "",
        digest=row.digest[:12],
        changes=_clauses(row),
        diff_url=reverse("edition_diff", args=[row.pk]) if row.base_id else "",
        zip_url=reverse("edition_zip", args=[row.pk]),
        tag=state_tag(row, in_force=in_force) if in_force else None,
    )


def _clauses(row: Edition) -> str:
    listed = [clause or _("公司与名称") for clause in row.clauses]
    if not listed:
        return _("安装时的标准") if row.base_id is None else "—"
    shown = (
        "、".join(listed[:_SHOWN_CLAUSES])
        if tongue() == "zh"
        else ", ".join(listed[:_SHOWN_CLAUSES])
    )
    rest = len(listed) - _SHOWN_CLAUSES
    return (
        _("%(shown)s 等 %(all)s 条") % {"shown": shown, "all": len(listed)} if rest > 0 else shown
    )


def _draft_line(draft: Edition, *, now: datetime) -> DraftLine:
    faults = len(draft.faults)
    return DraftLine(
        name=draft.name,
        url=reverse("edition", args=[draft.pk]),
        who=_who(draft.editor),
        time=wording.moment(draft.saved_at, now=now),
        state=state_tag(draft),
        faults=_("%(count)s 处问题") % {"count": faults} if faults else "",
    )


def _who(person: Staff | None) -> str:
    return f"{person.name} {person.staff_no}" if person else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An edition as read for its page. `pack` is None when its files cannot be read."""

    row: Edition
    viewer: Staff
    pack: Pack | None
    chapters: tuple[Chapter, ...]
    impact: Impact | None
    in_force: bool
    is_behind: bool
    new_id: UUID
    now: datetime


def edition_page(shown: Shown, *, notice: Note | None = None) -> EditionPage:
    """One edition with what differs, what it does to clocks, what is wrong, and what can be done to it."""
    row = shown.row
    is_editable = row.is_open and can(shown.viewer, Allowed.DRAFT_EDITION)
    return EditionPage(
        heading=heading(row),
        state=state_tag(row, in_force=shown.in_force),
        facts=tuple(_facts(shown)),
        back_url=reverse("editions"),
        actions=tuple(_actions(shown)),
        approval=_approval(shown),
        decisions=tuple(_decisions(shown)),
        chapters=chapter_boxes(shown.chapters, draft=row if is_editable else None),
        changes_summary=changes_summary(shown.chapters),
        impact=shown.impact,
        faults=fault_lines(row, pack=shown.pack if is_editable else None) if row.is_open else (),
        faults_title=_("有 %(count)s 处问题，改好才能送审：") % {"count": len(row.faults)},
        rules=_rule_field(shown.pack) if is_editable and shown.pack else (),
        rules_url=reverse("draft_choose", args=[row.pk]),
        upload_url=reverse("edition_upload", args=[row.pk]) if is_editable else "",
        act_id=str(shown.new_id),
        revision=row.revision,
        changes_empty=_no_changes(shown),
        notice=notice or _standing_note(shown),
    )


def _no_changes(shown: Shown) -> Empty | None:
    if shown.chapters:
        return None
    if shown.row.base_id is None:
        return Empty(_("安装时的标准，前面没有别的版本"), "", "book-2")
    if shown.pack is None:
        return Empty(_("文件读不出，比不了"), _("先按上面的问题改好文件"), "alert-triangle")
    return Empty(_("和现行版一样"), _("从右边选一条规则来改，或上传整套文件"), "flask")


def _standing_note(shown: Shown) -> Note | None:
    row = shown.row
    if row.state == State.REFUSED:
        return Note(_("退回原因：%(reason)s") % {"reason": row.reason}, "warn")
    if shown.is_behind and row.state in (State.DRAFT, State.SUBMITTED):
        text = _(
            "起草之后又发布了别的版本：这份草案不能发布。请下载它的文件，从现行版另起草案再上传。"
        )
        return Note(text, "warn")
    return None


def _facts(shown: Shown) -> list[FactLine]:
    row, now = shown.row, shown.now
    facts = [
        FactLine(_("编辑"), _who(row.editor) or _("安装时")),
        FactLine(_("起草"), wording.moment(row.started_at, now=now)),
    ]
    if row.is_open:
        facts.append(
            FactLine(
                _("上次保存"),
                _("%(time)s · 第 %(revision)s 稿")
                % {"time": wording.moment(row.saved_at, now=now), "revision": row.revision},
            )
        )
    if row.base is not None:
        facts.append(
            FactLine(_("改自"), heading(row.base), reverse("edition", args=[row.base.pk]))
        )
    if row.submitted_by and row.submitted_at and not row.is_open:
        facts.append(
            FactLine(
                _("送审"), f"{_who(row.submitted_by)} {wording.moment(row.submitted_at, now=now)}"
            )
        )
    if row.decided_by and row.decided_at:
        label = _("批准") if row.state == State.PUBLISHED else _("退回")
        facts.append(
            FactLine(label, f"{_who(row.decided_by)} {wording.moment(row.decided_at, now=now)}")
        )
    if row.effective_on:
        facts.append(FactLine(_("最早起始日"), row.effective_on.isoformat()))
    for label, value in ((_("内容摘要"), row.digest), (_("文件封签"), row.seal)):
        if value:
            facts.append(FactLine(label, value[:16]))
    return facts


def _approval(shown: Shown) -> str:
    """What approving means, for whoever may."""
    row = shown.row
    if row.state != State.SUBMITTED:
        return ""
    number = (row.base.number or 0) + 1 if row.base else 1
    return _("发布第 %(number)s 版，改 %(count)s 条；发布后不能再改。") % {
        "number": number,
        "count": len(row.clauses),
    }


def _decisions(shown: Shown) -> list[Action]:
    row = shown.row
    if row.state != State.SUBMITTED:
        return []
    found = []
    if can(shown.viewer, Allowed.DECIDE_EDITION, row.standing):
        found.append(_approve(shown))
        found.append(_refuse(shown, _("退回")))
    elif shown.viewer.staff_no in row.standing.editors and can(
        shown.viewer, Allowed.DRAFT_EDITION
    ):
        found.append(_refuse(shown, _("撤回")))
    return found


def _approve(shown: Shown) -> Action:
    return Action(
        "approve",
        _("批准并发布"),
        reverse("edition_approve", args=[shown.row.pk]),
        icon="rubber-stamp",
        look="primary",
        question=_("发布“%(name)s”？") % {"name": shown.row.name},
        text=_("几秒内所有进程改用新版；各条从自己的起始日起生效，在走的时钟按各条写明的办。"),
        confirm=_("发布"),
        fields=(_act(shown),),
    )


def _refuse(shown: Shown, verb: str) -> Action:
    return Action(
        "refuse",
        verb,
        reverse("edition_refuse", args=[shown.row.pk]),
        icon="arrow-back-up",
        question=_("退回给编辑？"),
        text=_("退回后可以接着改，再送审。"),
        confirm=verb,
        fields=(_act(shown), Field("reason", _("原因"), kind="textarea")),
    )


def _actions(shown: Shown) -> list[Action]:
    row = shown.row
    found = []
    if row.is_open and can(shown.viewer, Allowed.DRAFT_EDITION):
        if not row.faults and shown.chapters and not shown.is_behind:
            found.append(_submit(shown))
        found.append(_discard(shown))
    if row.base_id:
        found.append(
            Action("diff", _("比版本"), reverse("edition_diff", args=[row.pk]), is_link=True,
                   icon="arrows-exchange")
        )  # fmt: skip
    if row.base_id and row.digest:
        found.append(
            Action("whatif", _("试算过去"), reverse("whatif", args=[row.pk]), is_link=True,
                   icon="clock-hour-4")
        )  # fmt: skip
    found.append(
        Action("zip", _("下载"), reverse("edition_zip", args=[row.pk]), is_link=True,
               icon="package")
    )  # fmt: skip
    return found


def _submit(shown: Shown) -> Action:
    return Action(
        "submit",
        _("送审"),
        reverse("edition_submit", args=[shown.row.pk]),
        icon="send",
        look="primary",
        question=_("送审“%(name)s”？") % {"name": shown.row.name},
        text=_("送审后文件封签，不能再改；由另一位审批人发布或退回。"),
        confirm=_("送审"),
        fields=(_act(shown), _revision(shown)),
    )


def _discard(shown: Shown) -> Action:
    return Action(
        "discard",
        _("作废草案"),
        reverse("edition_discard", args=[shown.row.pk]),
        icon="ban",
        look="quiet",
        question=_("作废“%(name)s”？") % {"name": shown.row.name},
        text=_("草案从列表里拿掉，改动不再能用；日志里留有记录。"),
        confirm=_("作废草案"),
        fields=(_act(shown),),
    )


def _act(shown: Shown) -> Field:
    return Field("act_id", "", kind="hidden", value=str(shown.new_id))


def _revision(shown: Shown) -> Field:
    return Field("revision", "", kind="hidden", value=str(shown.row.revision))


def _rule_field(pack: Pack) -> tuple[Field, ...]:
    order = {passage.clause: number for number, passage in enumerate(pack.passages)}
    rules = sorted(pack.rules.values(), key=lambda rule: (order.get(rule.clause, -1), rule.id))
    options = tuple(Option(rule.id, f"{rule.clause} {worded(rule.title)}") for rule in rules)
    return (Field("rule", _("改哪一条"), kind="select", options=options),)
