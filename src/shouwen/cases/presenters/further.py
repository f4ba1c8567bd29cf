"""The rarer buttons of a case page: files, links, merging, voiding, reopening, reassigning, printing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case, CaseLink, Merge, VoidRequest
from shouwen.cases.presenters import reasons
from shouwen.cases.presenters.acts import NewId, act_field, act_url, addressees
from shouwen.people.models import Department, Staff
from shouwen.ui.parts import Action, Field, Option


def attach(case: Case, new_id: NewId) -> Action:
    """A file goes with the case."""
    return Action(
        id="attach",
        verb=_("添附件"),
        url=act_url(case, "attach"),
        icon="file-text",
        question=_("添加附件"),
        text=_("图片、PDF、录音或文本，一个不超过 10 MB。"),
        confirm=_("添加"),
        fields=(Field("file", _("文件"), kind="file"), act_field(new_id)),
    )


def reclassify(case: Case) -> Action:
    """The way to the page that shows which clocks move."""
    return Action(
        id="reclassify",
        verb=_("改分类"),
        url=reverse("reclassify", args=[case.number]),
        is_link=True,
        icon="adjustments-horizontal",
        divides=True,
    )


def link(case: Case, near: Sequence[Case], new_id: NewId) -> Action:
    """Another case belongs to this one."""
    kinds = tuple(Option(value, label) for value, label in reasons.link_kinds().items())
    return Action(
        id="link",
        verb=_("关联"),
        url=act_url(case, "link"),
        icon="route",
        question=_("和哪张工单有关？"),
        confirm=_("关联"),
        fields=(
            _number_field(near),
            Field("kind", _("关系"), kind="select", options=kinds),
            act_field(new_id),
        ),
    )


def merge(case: Case, near: Sequence[Case], new_id: NewId) -> Action:
    """Another case goes on for both."""
    return Action(
        id="merge",
        verb=_("并入"),
        url=act_url(case, "merge"),
        icon="git-merge",
        question=_("并入哪张工单？"),
        text=_("以后只在那张上办，两张的承诺都照样算。可以撤销。"),
        confirm=_("并入"),
        fields=(
            _number_field(near),
            Field("words", _("为什么"), kind="textarea", required=False),
            act_field(new_id),
        ),
    )


def void(case: Case, new_id: NewId, *, needs_approval: bool) -> Action:
    """The case should not be one."""
    text = _("没有要兑现的承诺，立刻作废。")
    if needs_approval:
        text = _("有承诺在走或已超时，要另一位主管批准。")
    return Action(
        id="void",
        verb=_("作废"),
        url=act_url(case, "void"),
        icon="ban",
        question=_("作废这张工单？"),
        text=text,
        confirm=_("申请作废") if needs_approval else _("作废"),
        fields=(
            _choice("reason", _("原因（必选）"), reasons.void_reasons()),
            Field("words", _("说明"), kind="textarea", required=False),
            act_field(new_id),
        ),
    )


def reopen(case: Case, new_id: NewId) -> Action:
    """The matter was not settled after all."""
    return Action(
        id="reopen",
        verb=_("重新打开"),
        url=act_url(case, "reopen"),
        icon="refresh",
        look="primary",
        question=_("重新打开这张工单？"),
        text=_("新的答复时限从现在起算，原来的结果不变。"),
        confirm=_("重新打开"),
        fields=(
            _choice("reason", _("原因（必选）"), reasons.reopen_reasons()),
            Field("words", _("客户怎么说"), kind="textarea", required=False),
            act_field(new_id),
        ),
    )


def reassign(
    case: Case, colleagues: Sequence[Staff], departments: Sequence[Department], new_id: NewId
) -> Action:
    """The owner is absent; a supervisor offers the case to somebody else."""
    return Action(
        id="reassign",
        verb=_("改派"),
        url=act_url(case, "reassign"),
        icon="users",
        question=_("替%(name)s改派给谁？") % {"name": case.owner.name},
        text=_("对方接收前，责任仍在原负责人。责任链上会写明是改派。"),
        confirm=_("改派"),
        fields=(
            Field(
                "to",
                _("部门或同事"),
                kind="select",
                options=addressees(colleagues, departments),
            ),
            _choice("reason", _("原因（必选）"), reasons.absences()),
            Field("words", _("交代"), kind="textarea", placeholder=_("对方要知道的事")),
            act_field(new_id),
        ),
    )


def print_order(
    case: Case, colleagues: Sequence[Staff], viewer: Staff, until: date, new_id: NewId
) -> Action:
    """A work order on paper, with its keeper and its end."""
    keepers = [(viewer.staff_no, str(viewer)), *((row.staff_no, str(row)) for row in colleagues)]
    return Action(
        id="print",
        verb=_("打印工单"),
        url=reverse("print_order", args=[case.number]),
        icon="note",
        question=_("打印工单"),
        text=_("纸上有客户的地址和电话：写明谁保管、用途、何时销毁。"),
        confirm=_("生成 PDF"),
        fields=(
            Field(
                "keeper",
                _("保管人"),
                kind="select",
                options=tuple(Option(value, label) for value, label in keepers),
            ),
            _choice("purpose", _("用途"), reasons.purposes(), blank=False),
            Field("destroy_on", _("销毁日期"), kind="date", value=until.isoformat()),
            act_field(new_id),
        ),
    )


def approve_void(request: VoidRequest, new_id: NewId) -> Action:
    """The case is void as asked."""
    return Action(
        id="approve-void",
        verb=_("批准作废"),
        url=reverse("approve_void", args=[request.pk]),
        icon="rubber-stamp",
        look="primary",
        question=_("批准作废？"),
        text=_("在走的钟取消，没兑现的承诺撤回，单独统计。"),
        confirm=_("批准"),
        fields=(act_field(new_id),),
    )


def refuse_void(request: VoidRequest, new_id: NewId) -> Action:
    """The case stays as it is."""
    return Action(
        id="refuse-void",
        verb=_("不批准"),
        url=reverse("refuse_void", args=[request.pk]),
        question=_("不批准作废？"),
        confirm=_("不批准"),
        fields=(
            Field("words", _("为什么"), kind="textarea", required=False),
            act_field(new_id),
        ),
    )


def undo_merge(merge: Merge, new_id: NewId) -> Action:
    """The merged case is one of its own again."""
    return Action(
        id="undo-merge",
        verb=_("撤销合并"),
        url=reverse("undo_merge", args=[merge.pk]),
        icon="arrow-back-up",
        fields=(act_field(new_id),),
    )


def unlink(tie: CaseLink, new_id: NewId) -> Action:
    """The link does not hold."""
    return Action(
        id=f"unlink-{tie.pk}",
        verb=_("解除"),
        url=reverse("unlink", args=[tie.pk]),
        look="quiet",
        fields=(act_field(new_id),),
    )


def _number_field(near: Sequence[Case]) -> Field:
    known = "；".join(f"{case.number} {case.said[:12]}" for case in near[:3])
    return Field(
        "other",
        _("工单号"),
        placeholder="20261009-0031",
        hint=_("同户工单：%(known)s") % {"known": known} if known else "",
    )


def _choice(name: str, label: str, choices: Mapping[str, str], *, blank: bool = True) -> Field:
    listed = tuple(Option(value, text) for value, text in choices.items())
    return Field(
        name, label, kind="select", options=(Option("", ""), *listed) if blank else listed
    )
