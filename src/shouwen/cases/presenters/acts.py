"""The everyday buttons of a case page: answer, note, hand over, steps, promises, pauses."""

import uuid
from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case, CaseKind, Handover, Promise
from shouwen.people.models import Department, Staff
from shouwen.ui.languages import tongue
from shouwen.ui.parts import Action, Field, Option

NewId = Callable[[], uuid.UUID]
STEPS = {
    CaseKind.COMPLAINT: ("investigating",),
    CaseKind.REPAIR: ("dispatched", "arrived", "handled", "repaired", "referred"),
    CaseKind.ALARM: ("dispatched", "arrived", "handled", "repaired"),
    CaseKind.NETWORK_FAULT: ("dispatched", "arrived", "handled", "cleared"),
    CaseKind.HOME_SERVICE: ("dispatched", "arrived", "handled"),
}


def act_field(new_id: NewId) -> Field:
    """The hidden id of the act: pressed twice, it is still one act."""
    return Field(name="act_id", label="", kind="hidden", value=str(new_id()))


def step_words() -> dict[str, str]:
    """The words for each step of the work."""
    return {
        "investigating": _("开始调查"),
        "dispatched": _("已派人"),
        "arrived": _("已到场"),
        "handled": _("已动手处理"),
        "repaired": _("已修好"),
        "cleared": _("故障已排除"),
        "referred": _("已告知其它渠道"),
    }


def accept(*, offer: Handover, new_id: NewId) -> Action:
    """Taking the case over: no question asked."""
    return Action(
        id="accept",
        verb=_("接收"),
        url=reverse("accept_handover", args=[offer.pk]),
        icon="check",
        look="primary",
        fields=(act_field(new_id),),
    )


def refuse(*, offer: Handover, new_id: NewId) -> Action:
    """Sending the offer back, with a reason."""
    return Action(
        id="refuse",
        verb=_("退回"),
        url=reverse("refuse_handover", args=[offer.pk]),
        question=_("退回给%(name)s？") % {"name": offer.from_staff.name},
        text=_("责任仍在原负责人，对方会看到原因。"),
        confirm=_("退回"),
        fields=(
            Field(
                "reason",
                _("不能接收的原因"),
                kind="textarea",
                placeholder=_("例：在别处换表，17:10 才完"),
            ),
            act_field(new_id),
        ),
    )


def withdraw(*, offer: Handover, new_id: NewId) -> Action:
    """Taking one's own offer back."""
    return Action(
        id="withdraw",
        verb=_("撤回移交"),
        url=reverse("withdraw_handover", args=[offer.pk]),
        icon="arrow-back-up",
        fields=(act_field(new_id),),
    )


def keep(*, promise: Promise, new_id: NewId) -> Action:
    """The promised thing has been done."""
    words = {"call_back": _("已回电"), "answer": _("已答复"), "visit": _("已上门")}
    return Action(
        id=f"keep-{promise.pk}",
        verb=words[promise.kind],
        url=reverse("keep_promise", args=[promise.pk]),
        icon="check",
        fields=(act_field(new_id),),
    )


def visit(case: Case) -> Action:
    """Who goes there and when: the order of the case, with the windows that can be agreed."""
    return Action(
        id="visit",
        verb=_("约上门"),
        url=reverse("dispatch_of_case", args=[case.number]),
        is_link=True,
        icon="truck",
    )


def act_url(case: Case, what: str) -> str:
    """Where an act on the case is sent to."""
    return reverse("act_on_case", args=[case.number, what])


def answer(case: Case, new_id: NewId) -> Action:
    """The customer has been given an answer."""
    return Action(
        id="answer",
        verb=_("答复客户"),
        url=act_url(case, "answer"),
        icon="phone-outgoing",
        key="A",
        look="primary",
        question=_("记下对客户的答复"),
        text=_("答复的内容和方式都会留在工单里。"),
        confirm=_("记下答复"),
        fields=(
            Field(
                "channel",
                _("答复方式"),
                kind="select",
                options=(
                    Option("phone", _("电话"), selected=True),
                    Option("hall", _("当面")),
                    Option("sms", _("短信")),
                    Option("paper", _("书面")),
                ),
            ),
            Field("words", _("答复内容"), kind="textarea"),
            act_field(new_id),
        ),
    )


def note(case: Case, new_id: NewId) -> Action:
    """One sentence for everybody who works on the case."""
    return Action(
        id="note",
        verb=_("记一笔"),
        url=act_url(case, "note"),
        icon="message-plus",
        key="N",
        question=_("记一笔"),
        confirm=_("记下"),
        fields=(Field("words", _("内容"), kind="textarea"), act_field(new_id)),
    )


def addressees(
    colleagues: Sequence[Staff], departments: Sequence[Department]
) -> tuple[Option, ...]:
    """Whom a case can be handed to: departments, then people."""
    places = (
        Option(f"department:{row.code}", row.name_en if tongue() == "en" else row.name_zh)
        for row in departments
    )
    people = (Option(f"staff:{row.staff_no}", str(row)) for row in colleagues)
    return (Option("", ""), *places, *people)


def offer(
    case: Case, colleagues: Sequence[Staff], departments: Sequence[Department], new_id: NewId
) -> Action:
    """Handing the case over."""
    return Action(
        id="offer",
        verb=_("移交"),
        url=act_url(case, "offer"),
        icon="arrows-exchange",
        question=_("移交给谁？"),
        text=_("对方接收前，责任仍在您。"),
        confirm=_("移交"),
        fields=(
            Field(
                "to",
                _("部门或同事"),
                kind="select",
                options=addressees(colleagues, departments),
            ),
            Field("words", _("交代"), kind="textarea", placeholder=_("对方要知道的事")),
            act_field(new_id),
        ),
    )


def step(case: Case, steps: Sequence[str], new_id: NewId, *, next_step: str = "") -> Action:
    """One step of the work; `next_step` is chosen already."""
    words = step_words()
    return Action(
        id="step",
        verb=_("进展"),
        url=act_url(case, "step"),
        icon="tool",
        question=_("到哪一步了？"),
        confirm=_("记下"),
        fields=(
            Field(
                "what",
                _("进展"),
                kind="select",
                options=tuple(
                    Option(name, words[name], selected=name == next_step) for name in steps
                ),
            ),
            act_field(new_id),
        ),
    )


def promise(case: Case, new_id: NewId) -> Action:
    """Something was promised to the customer."""
    return Action(
        id="promise",
        verb=_("答应客户"),
        url=act_url(case, "promise"),
        icon="calendar-time",
        key="P",
        question=_("答应了客户什么？"),
        confirm=_("记下承诺"),
        fields=(
            Field(
                "kind",
                _("承诺"),
                kind="select",
                options=(
                    Option("call_back", _("回电")),
                    Option("answer", _("答复")),
                    Option("visit", _("上门")),
                ),
            ),
            Field("due", _("最晚什么时候"), kind="datetime-local"),
            Field("words", _("原话"), kind="textarea"),
            act_field(new_id),
        ),
    )


def agree(case: Case, new_id: NewId) -> Action:
    """Another time was agreed."""
    return Action(
        id="agree",
        verb=_("另约时间"),
        url=act_url(case, "agree"),
        icon="calendar-time",
        question=_("和客户约了什么时间？"),
        text=_("原来的时间和约定的时间都会留着。"),
        confirm=_("记下约定"),
        fields=(Field("due", _("约定时间"), kind="datetime-local"), act_field(new_id)),
    )


def pause(case: Case, reasons: Sequence[Option], new_id: NewId) -> Action:
    """The clocks stand for a reason of the pack."""
    return Action(
        id="pause",
        verb=_("暂停"),
        url=act_url(case, "pause"),
        icon="player-pause",
        question=_("暂停计时？"),
        text=_("只有条款写明的原因能停钟，要有凭据。"),
        confirm=_("暂停"),
        fields=(
            Field("reason", _("原因（必选）"), kind="select", options=tuple(reasons)),
            Field("words", _("凭据"), placeholder=_("例：10:02 通话，客户说周日在家")),
            act_field(new_id),
        ),
    )


def resume(case: Case, new_id: NewId) -> Action:
    """Paused clocks run on."""
    return Action(
        id="resume",
        verb=_("恢复计时"),
        url=act_url(case, "resume"),
        icon="player-play",
        look="quiet",
        fields=(act_field(new_id),),
    )


def close(case: Case, new_id: NewId) -> Action:
    """The customer has what was wanted."""
    return Action(
        id="close",
        verb=_("办结"),
        url=act_url(case, "close"),
        icon="check",
        question=_("办结这张工单？"),
        text=_("客户要的已经有了结果。还没停的钟照样算。"),
        confirm=_("办结"),
        fields=(act_field(new_id),),
    )
