"""The list of messages as plain values: recipients masked, states and reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.messages.addresses import masked
from shouwen.messages.models import Message
from shouwen.messages.texts import Texts, sms_parts
from shouwen.ui.languages import tongue
from shouwen.ui.parts import Action, Choice, Empty, Note, Tag
from shouwen.ui.wording import moment

State = Message.State
STATES = ("", *State.values)
_LOOKS = {
    State.QUEUED: "",
    State.SENDING: "flame",
    State.SENT: "flame",
    State.DELIVERED: "met",
    State.FAILED: "over",
    State.SUPPRESSED: "line",
}


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message: asked when, to whom (masked), what, how it stands and why."""

    asked_text: str
    recipient: str
    channel: str
    title: str
    sub: str
    state: Tag
    why: str
    retry: Action | None = None


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """The list, newest first. `rows_url` GET returns the rows alone; `more_url` is "" at the end."""

    heading: str
    choices: tuple[Choice, ...]
    rows: tuple[MessageRow, ...]
    rows_url: str
    empty: Empty | None = None
    notice: Note | None = None
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows: messages, whether there are more, the chosen state, who may mend."""

    messages: Sequence[Message]
    has_more: bool
    state: str
    texts: Texts
    now: datetime
    may_retry: bool
    notice: Note | None = None


def messages_page(found: Found) -> MessagesPage:
    """The list, or one page of it."""
    rows = tuple(_row(message, found) for message in found.messages)
    last = found.messages[-1].pk if found.has_more else None
    return MessagesPage(
        heading=_("发给人的消息"),
        choices=_choices(found.state),
        rows=rows,
        rows_url=_url("message_rows", state=found.state),
        empty=None if rows else _empty(found.state),
        notice=found.notice,
        more_url=_url("messages", state=found.state, before=str(last)) if last else "",
        more_label=_("更早的"),
    )


def state_words(state: str) -> str:
    """A state in the active language."""
    return {
        "": _("全部"),
        State.QUEUED: _("待发"),
        State.SENDING: _("发送中"),
        State.SENT: _("已发出"),
        State.DELIVERED: _("已送达"),
        State.FAILED: _("发送失败"),
        State.SUPPRESSED: _("不发"),
    }[state]


def reason_words(reason: str) -> str:
    """Why a message does not go or did not arrive, in the active language."""
    return {
        "": "",
        "bad_address": _("号码或地址不能用"),
        "opted_out": _("对方谢绝通知"),
        "too_many": _("短时间内已发太多"),
        "erased": _("收件人已清除"),
        "no_answer": _("对方系统没有应答"),
        "refused": _("对方系统拒收"),
        "undelivered": _("网关回执：没有送达"),
        "dropped": _("发送任务已放弃"),
    }[reason]


def _row(message: Message, found: Found) -> MessageRow:
    text = found.texts.by_id.get(message.text_id)
    name = (
        message.text_id if text is None else (text.name.en if tongue() == "en" else text.name.zh)
    )
    return MessageRow(
        asked_text=moment(message.asked_at, now=found.now),
        recipient=_recipient(message),
        channel={"sms": _("短信"), "mail": _("邮件"), "file": _("文件")}[message.channel],
        title=name,
        sub=_sub(message),
        state=Tag(state_words(message.state), _LOOKS[State(message.state)]),
        why=_why(message, now=found.now),
        retry=_retry(message, found),
    )


def _recipient(message: Message) -> str:
    if message.erased_at:
        return _("已清除")
    return masked(message.recipient, channel=message.channel) or "—"


def _sub(message: Message) -> str:
    said = []
    if message.asked_by:
        said.append(_("工号 %(number)s") % {"number": message.asked_by})
    if message.channel == "sms" and sms_parts(message.body) > 1:
        said.append(_("拆成 %(count)d 条") % {"count": sms_parts(message.body)})
    if message.is_urgent:
        said.append(_("险情，不分昼夜"))
    return " · ".join(said)


def _why(message: Message, *, now: datetime) -> str:
    said = [reason_words(message.reason)]
    if message.detail:
        said.append(message.detail)
    if message.state == State.QUEUED and message.due_at > now:
        said.append(_("%(time)s 发") % {"time": moment(message.due_at, now=now)})
    if message.attempts > 1:
        said.append(_("试过 %(count)d 次") % {"count": message.attempts})
    if message.delivered_at:
        said.append(_("%(time)s 送达") % {"time": moment(message.delivered_at, now=now)})
    elif message.state == State.SENT and message.sent_at:
        said.append(_("%(time)s 发出") % {"time": moment(message.sent_at, now=now)})
    return " · ".join(part for part in said if part)


def _retry(message: Message, found: Found) -> Action | None:
    if not found.may_retry or message.state != State.FAILED or not message.recipient:
        return None
    return Action(
        id=f"retry-{message.pk}",
        verb=_("重发"),
        url=_url("retry_message", message.pk, state=found.state),
        icon="refresh",
    )


def _choices(chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(state_words(state), _url("messages", state=state), is_on=state == chosen)
        for state in STATES
    )


def _empty(state: str) -> Empty:
    if state == State.FAILED:
        return Empty(_("没有失败的消息"), _("发不出去的会出现在这里"))
    return Empty(_("没有消息"), _("答复、停气通知和催办发出后会出现在这里"), icon="messages")


def _url(name: str, *args: object, **query: str) -> str:
    given = urlencode({key: value for key, value in query.items() if value})
    address = reverse(name, args=args)
    return f"{address}?{given}" if given else address
