"""An act that is refused: a sentence on the page, and nothing that was typed is lost."""

from collections.abc import Callable
from contextlib import nullcontext

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.cases.presenters import Kept
from shouwen.cases.presenters.timeline import SENTENCES
from shouwen.cases.views.filling import NotInTheForm
from shouwen.cases.views.looking import seen_case, show_case
from shouwen.people.models import Staff
from shouwen.people.requests import person
from shouwen.ui import wording
from shouwen.ui.parts import Note


class NoSuchCase(Exception):
    """There is no case with that number, or none that this person may see."""


REFUSALS = (
    operations.AboutThem,
    operations.AlreadyAsked,
    operations.AlreadyAskedFor,
    operations.AlreadyGathered,
    operations.AlreadyLinked,
    operations.AlreadyOffered,
    operations.AlreadyTheirs,
    operations.AnswerGone,
    operations.AwaitsApproval,
    operations.CaseClosed,
    operations.ChangedMeanwhile,
    operations.HandoverGone,
    operations.IncidentOver,
    operations.NoSuchDepartment,
    operations.NotAddressed,
    operations.NotAllowed,
    operations.NotInOrder,
    operations.NotSettled,
    operations.NotTheOwner,
    operations.NothingChanged,
    operations.OwnAnswer,
    operations.OwnRequest,
    operations.PromiseGone,
    operations.SameCase,
    operations.TieGone,
    operations.TooLarge,
    operations.TooManyCases,
    operations.TooManyFiles,
    operations.VoidGone,
    NoSuchCase,
    NotInTheForm,
)


def tried(
    request: HttpRequest,
    found: Case,
    act: Callable[[], object],
    *,
    form: Form,
    what: str,
    minds_changes: bool = True,
) -> HttpResponse:
    """Does it and goes to the case; an expected refusal comes back as a sentence on the page.

    With `minds_changes` the act is refused when others changed the case after the page was shown.
    """
    version = form.cleaned_data.get("version")
    by = person(request).staff_no
    guard = (
        operations.as_shown(case_id=found.pk, version=version, by=by)
        if minds_changes and version is not None
        else nullcontext()
    )
    try:
        with guard:
            act()
    except REFUSALS as refusal:
        return refused(request, found, refusal_words(refusal), status=409, what=what)
    return redirect("case", number=found.number)


def refused(
    request: HttpRequest, found: Case, text: str, *, status: int, what: str = ""
) -> HttpResponse:
    """The page as it is now, with the reason; the form `what` stands open with what was typed."""
    fresh = seen_case(request, found.number)
    values = {name: str(value) for name, value in request.POST.items()}
    return show_case(
        request,
        fresh,
        notice=Note(text, "warn", "alert-triangle"),
        kept=Kept(what, values, text),
        status=status,
    )


def first_error(form: Form) -> str:
    """The first thing that is wrong in a form."""
    errors = [str(error) for listed in form.errors.values() for error in listed]
    return errors[0] if errors else _("没有填全")


def refusal_words(refusal: Exception) -> str:
    """An expected refusal in a sentence: what is, then what to do."""
    if isinstance(refusal, operations.ChangedMeanwhile):
        return _changed(refusal)
    if isinstance(refusal, NotInTheForm):
        return refusal.messages[0]
    of_kinds = _sentence_of_kinds(refusal)
    return (
        _sentence(refusal)
        or of_kinds
        or _sentence_of_files(refusal)
        or _("这个承诺已经有结果，没有改动。")
    )


def _sentence(refusal: Exception) -> str:
    said = {"text": str(refusal)}
    sentences: dict[type[Exception], str] = {
        operations.CaseClosed: _("工单已经办结，没有改动。要继续办，先重新打开。"),
        operations.NotTheOwner: _("现在的负责人是%(text)s，请他来做。"),
        operations.AlreadyOffered: _("这张工单已经在移交，等对方答复或先撤回。"),
        operations.HandoverGone: _("这次移交已经有结果：%(text)s。"),
        operations.NotAddressed: _("这次移交不是给您的。"),
        operations.AlreadyTheirs: _("现在的负责人就是%(text)s，另选一位。"),
        operations.AlreadyAsked: _("已经有人申请作废，等主管批准。"),
        operations.VoidGone: _("作废申请已经有结果：%(text)s。"),
        operations.OwnRequest: _("自己申请的作废要另一位主管批准。"),
        operations.NotSettled: _("工单现在是“%(text)s”，不用重新打开。"),
        operations.NothingChanged: _("分类和现在一样，没有改动。"),
        operations.NoSuchDepartment: _("部门“%(text)s”没有登记，请管理员补设。"),
        operations.AlreadyLinked: _("和 %(text)s 已经是这样关联的。"),
        operations.SameCase: _("不能和自己关联或合并，换一个工单号。"),
        operations.TieGone: _("已经撤销过了，没有改动。"),
        operations.NotInOrder: _("时间要从受理往后排，而且不能晚于现在。"),
        operations.TooManyCases: _("一次最多交 %(text)s 张，分几次交。"),
        NoSuchCase: _("没有工单 %(text)s，或者您看不到它。核对工单号再试。"),
    }
    return sentences.get(type(refusal), "") % said


def _sentence_of_kinds(refusal: Exception) -> str:
    said = {"text": str(refusal)}
    sentences: dict[type[Exception], str] = {
        operations.AboutThem: _("这件事投诉的就是%(text)s，不能交给本人，另选一位。"),
        operations.AlreadyAskedFor: _("已经请示过上级，等批复。"),
        operations.AlreadyGathered: _("这张工单已经在一个管网事件里。"),
        operations.AnswerGone: _("请示已经有结果：%(text)s。"),
        operations.AwaitsApproval: _("请示了上级还没批，批下来再答复客户。"),
        operations.IncidentOver: _("管网事件 %(text)s 已经结束，新的故障另开一张。"),
        operations.OwnAnswer: _("自己请示的要另一位上级批。"),
    }
    return sentences.get(type(refusal), "") % said


def _sentence_of_files(refusal: Exception) -> str:
    match refusal:
        case operations.NotAllowed():
            return _("这不是图片、PDF、录音或纯文本，没有添加。")
        case operations.TooLarge():
            return _("文件超过 10 MB，没有添加。压缩或拆开再传。")
        case operations.TooManyFiles():
            return _("一张工单最多 %(text)s 个附件。") % {"text": refusal}
        case _:
            return ""


def _changed(refusal: operations.ChangedMeanwhile) -> str:
    numbers = {change.by for change in refusal.changes}
    names = dict(Staff.objects.filter(staff_no__in=numbers).values_list("staff_no", "name"))
    now = system_clock.now()
    told = [
        _("%(name)s %(at)s %(what)s")
        % {
            "name": names.get(change.by, change.by),
            "at": wording.moment(change.at, now=now),
            "what": SENTENCES.get(change.kind, ("", change.kind))[1],
        }
        for change in refusal.changes[-3:]
    ]
    return _("您看着的时候工单变了：%(changes)s。没有改动，您写的还在，看一眼再定。") % {
        "changes": "；".join(told)
    }
