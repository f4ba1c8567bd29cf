"""Refusals in sentences: who was first, when, and what to do."""

from django.utils.translation import gettext as _

from shouwen.fieldwork.models import OrderState
from shouwen.fieldwork.operations import FieldRefusal, NotAssignable, TakenMeanwhile
from shouwen.ui import wording


def said(refusal: FieldRefusal) -> str:
    """周敏 14:31 已派给孙立，您的没有生效。"""
    last, number = refusal.last, refusal.order.number
    who = f"{last.by.name} {last.by.staff_no}" if last.by else _("系统")
    values = {"who": who, "at": f"{wording.local(last.at):%H:%M:%S}", "number": number}
    if isinstance(refusal, TakenMeanwhile) and last.assignee:
        return _("%(who)s %(at)s 已把 %(number)s 派给%(to)s，您这一步没有生效") % {
            **values,
            "to": last.assignee.name,
        }
    if isinstance(refusal, TakenMeanwhile):
        state = OrderState(last.state).label
        return _("%(who)s %(at)s 先动了 %(number)s（%(state)s），您这一步没有生效") % {
            **values,
            "state": state,
        }
    if isinstance(refusal, NotAssignable) and last.assignee:
        return _("%(to)s 已经在 %(number)s 的现场，改派请先打电话") % {
            **values,
            "to": last.assignee.name,
        }
    return _("%(number)s 已经结束，不用再派") % values
