"""The printed work order: the case as plain data for the template, in the active language."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shouwen.adapters import typesetting
from shouwen.cases.models import Attachment, Case, Printout
from shouwen.cases.presenters import reasons
from shouwen.cases.presenters.boxes import CARE
from shouwen.cases.shown import customer_shown
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_title
from shouwen.core.media import ALLOWED
from shouwen.people.models import Staff
from shouwen.people.presenters import department_name
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue

TEMPLATE = Path(__file__).parents[1] / "templates" / "cases" / "work_order.typ"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


def download_name(attachment: Attachment) -> str:
    """The name a file is saved under: what it was called, made harmless, with the suffix of its content."""
    suffix = next(media.suffix for media in ALLOWED if media.type == attachment.media_type)
    stem = _UNSAFE.sub("_", attachment.original_name.rpartition(".")[0] or "file")
    return f"{stem.strip('. ')[:80] or 'file'}{suffix}"


def work_order_pdf(
    *, case: Case, printout: Printout, clocks: Sequence[Clock], pack: Pack
) -> bytes:
    """The work order of a case as a PDF. Raises typesetting.FontsMissing."""
    data = work_order(case=case, printout=printout, clocks=clocks, pack=pack)
    return typesetting.pdf(template=TEMPLATE, data=data)


def work_order(
    *, case: Case, printout: Printout, clocks: Sequence[Clock], pack: Pack
) -> dict[str, Any]:
    """What the template prints; every text is worded."""
    organisation = pack.organisation
    return {
        "company": organisation.name,
        "hotline": _("服务热线 %(number)s") % {"number": organisation.hotline},
        "title": _("工单"),
        "number": case.number,
        "print_number": f"{case.number}-P{printout.ordinal}",
        "said": case.said,
        "tags": [
            reasons.case_kinds()[case.kind],
            *([reasons.sides()[case.side]] if case.side != "none" else []),
            *([_("重大")] if case.severity == "major" else []),
        ],
        "rows": _rows(case, printout.printed_by),
        "clocks_title": _("到期时间"),
        "clocks": [_due(clock, pack) for clock in clocks if clock.is_open and clock.due_at],
        "promises_title": _("对客户的承诺"),
        "promises": [
            [wording.full_moment(promise.due_at), promise.words, promise.owner.name]
            for promise in case.promises.all()
            if promise.state == "open"
        ],
        "work_title": _("现场填写"),
        "work": _blanks(),
        "signatures": [_("客户签字"), _("经办人签字"), _("日期")],
        "foot": _foot(printout),
        "watermark": _watermark(printout),
        "page": _("第 {0} 页，共 {1} 页"),
        "language": tongue(),
    }


def _rows(case: Case, printer: Staff) -> list[list[str]]:
    person = customer_shown(case=case, viewer=printer)
    rows = [
        [_("称呼"), person.called or _("没问到")],
        [_("电话"), case.caller_phone or _("没问到")],
        [_("地址"), person.address or _("没问到")],
        [_("受理"), f"{wording.full_moment(case.reported_at)} · {case.first_asked}"],
        [_("承办"), department_name(case.department) or _("首问责任人")],
        [_("负责人"), str(case.owner)],
    ]
    if case.premises:
        rows.insert(3, [_("用气类别"), str(case.premises.get_customer_class_display())])
    if person.care:
        rows.insert(1, [_("特别关照"), str(CARE[person.care])])
    return rows


def _due(clock: Clock, pack: Pack) -> list[str]:
    mark = clause_mark(clock, pack=pack)
    due = wording.full_moment(clock.due_at) if clock.due_at else ""
    what = clock_title(clock, pack=pack)
    if clock.started_at is not None:
        start = wording.full_moment(clock.started_at)
        what = _("%(what)s · 从 %(start)s 起算") % {"what": what, "start": start}
    return [due, what, mark.number if mark else ""]


def _blanks() -> list[list[str]]:
    return [
        [_("到场时间"), _("离开时间")],
        [_("检漏结果"), _("表读数")],
        [_("处理情况"), ""],
        [_("更换配件"), _("费用")],
        [_("告知客户"), ""],
    ]


def _foot(printout: Printout) -> list[list[str]]:
    return [
        [_("编号"), f"{printout.case.number}-P{printout.ordinal}"],
        [_("保管人"), str(printout.keeper)],
        [_("用途"), reasons.purposes()[printout.purpose]],
        [_("销毁日期"), printout.destroy_on.isoformat()],
        [_("打印"), f"{printout.printed_by} {wording.full_moment(printout.printed_at)}"],
    ]


def _watermark(printout: Printout) -> str:
    at = f"{wording.local(printout.printed_at):%m-%d %H:%M}"
    parts = (str(printout.printed_by), at, printout.workstation)
    return " · ".join(part for part in parts if part)
