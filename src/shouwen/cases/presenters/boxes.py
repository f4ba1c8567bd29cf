"""The boxes beside a case: customer and address, the record, what is missing in it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.cases.models import Case
from shouwen.cases.presenters import reasons
from shouwen.cases.presenters.kinds import gap_label
from shouwen.cases.queries import leaves, readable_forms
from shouwen.cases.shown import customer_shown
from shouwen.people.models import Staff
from shouwen.people.presenters import department_name
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.pages import Facts, KeyValue
from shouwen.ui.parts import Note

CARE = {
    "elderly": gettext_lazy("老人"),
    "frail": gettext_lazy("体弱"),
    "ill": gettext_lazy("病人"),
    "disabled": gettext_lazy("残障"),
    "flag": gettext_lazy("需上门办理"),
}


def customer_box(case: Case, neighbours: Sequence[Case], *, viewer: Staff) -> Facts:
    """Who it is about, where, and what else is going on there."""
    person = customer_shown(case=case, viewer=viewer)
    rows = [
        KeyValue(_("称呼"), person.called or _("没问到"), missing=not person.called),
        KeyValue(_("地址"), person.address or _("没问到"), missing=not person.address),
    ]
    if case.premises:
        rows.append(KeyValue(_("用气类别"), str(case.premises.get_customer_class_display())))
    if person.care:
        rows.append(KeyValue(_("特别关照"), str(CARE[person.care])))
    rows.extend(
        KeyValue(
            _("同户工单"),
            f"{other.said[:14]} · {reasons.states()[other.state]}",
            link_url=reverse("case", args=[other.number]),
            link_label=other.number,
        )
        for other in neighbours[:3]
    )
    return Facts(title=_("客户与地址"), rows=tuple(rows))


def record_box(case: Case) -> Facts:
    """What the standard wants on record of taking a case."""
    rows = [
        KeyValue(_("首问"), f"{case.first_asked.name} {case.first_asked.staff_no}"),
        KeyValue(_("承办"), department_name(case.department) or _("首问责任人")),
        KeyValue(_("受理"), wording.full_moment(case.reported_at)),
    ]
    leaf = leaves().get(case.leaf)
    if leaf:
        rows.insert(0, KeyValue(_("分类"), worded(leaf.title)))
    if case.closed_at:
        rows.append(KeyValue(_("办结"), wording.full_moment(case.closed_at)))
    return Facts(title=_("受理记录"), rows=tuple(rows))


def gap_note(code: str) -> Note:
    """A gap in the record and what to do about it."""
    what, todo = gap_words(code)
    return Note(text=f"{what}。{todo}" if tongue() == "zh" else f"{what}. {todo}", look="warn")


def gap_words(code: str) -> tuple[str, str]:
    """What is missing, and what to do about it."""
    asked = gap_label(code, readable_forms())
    if asked:
        return _("没问到：%(what)s") % {"what": asked}, _("下次通话时补上")
    return {
        "name": (_("没问到姓名"), _("下次通话时问清称呼")),
        "phone": (_("没留电话"), _("没有电话就没法回话，尽快补上")),
        "address": (_("没问到地址"), _("问清小区、楼、单元、门牌")),
        "content": (_("没说清是什么事"), _("听录音或回电补上")),
        "customer": (_("号码没对上客户"), _("按姓名和地址找到客户再挂上")),
        "home": (_("一个号码多户，没选是哪一户"), _("问清是哪一户再选")),
        "staff": (_("接电话的工号没登记"), _("请管理员核对工号")),
        "department": (_("承办部门没设置"), _("先由首问责任人办，请管理员补设部门")),
        "danger": (_("话里有险情，不是按报警受理"), _("马上回电核实，是险情就按报警派人")),
        "calendar": (_("这一年的日历还没公布"), _("期限先不承诺，日历一到就补算")),
    }.get(code, (code, ""))
