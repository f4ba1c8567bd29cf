"""The queue board: who waits and how long, how today goes, what every agent is doing; a supervisor's acts."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.masks import Purpose
from shouwen.access.serializing import shown
from shouwen.cases.models import Promise
from shouwen.clocks.presenters import mark_of
from shouwen.hotline.models import AgentState, Call, Offer
from shouwen.hotline.presenters.idle import status_word
from shouwen.hotline.queries import readable_cockpit
from shouwen.hotline.queries.board import Answered, QueueBoard, waiting_since
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.languages import listed, tongue, worded
from shouwen.ui.pages_calls import AgentLine, BoardPage, Figure, LostCall, WaitingCall
from shouwen.ui.parts import Action, Empty, Field, Note, Option, Tag

Status = AgentState.Status
_SETTABLE = (Status.READY, Status.NOT_READY, Status.OFF)


@dataclass(frozen=True, slots=True)
class BoardMaterial:
    """The board for one viewer. `queues`: where a call can be sent; `is_lead`: may act."""

    board: QueueBoard
    viewer: Staff
    is_lead: bool
    queues: Sequence[str]
    new_id: Callable[[], uuid.UUID]
    is_wall: bool = False
    notice: Note | None = None


def board_page(material: BoardMaterial) -> BoardPage:
    """The page, or its body."""
    board = material.board
    free = [state for state in board.agents if state.status == Status.READY]
    wall = "?wall" if material.is_wall else ""
    return BoardPage(
        rows_url=f"{reverse('board_body')}{wall}",
        figures=_figures(board),
        waiting=tuple(_waiting(call, material) for call in board.waiting),
        waiting_more=_more(board),
        agents=tuple(_agent(state, material) for state in board.agents),
        agents_summary=_("空闲 %(free)d · 共 %(all)d 位")
        % {"free": len(free), "all": len(board.agents)},
        lost=tuple(_lost(call, material) for call in board.lost.last),
        lost_summary=_("未接 %(missed)d · 客户放弃 %(abandoned)d · 说不清 %(unknown)d")
        % {
            "missed": board.lost.missed,
            "abandoned": board.lost.abandoned,
            "unknown": board.lost.unknown,
        },
        wall_url=reverse("board") if material.is_wall else f"{reverse('board')}?wall",
        empty=Empty(_("没有人在等"), _("有来电没接起来就会出现在这里"), icon="phone"),
        note=_note(board, free, material),
        notice=material.notice,
        limits=_limits(board),
        limits_mark=mark_of(board.limits.clause) if board.limits else None,
        is_wall=material.is_wall,
    )


# --- figures


def _figures(board: QueueBoard) -> tuple[Figure, ...]:
    lost = board.lost
    return (
        Figure(_("在等"), str(board.count), _("个"), look="over" if _is_late(board) else ""),
        _longest(board),
        _share(board, _("%(rule)s，今天"), board.today),
        _share(board, _("%(rule)s，近一小时"), board.last_hour),
        Figure(
            _("今天没接上"),
            str(lost.missed + lost.abandoned + lost.unknown),
            _("未接 %(m)d · 放弃 %(a)d") % {"m": lost.missed, "a": lost.abandoned},
            look="over" if lost.missed + lost.abandoned else "",
        ),
    )


def _longest(board: QueueBoard) -> Figure:
    if not board.waiting:
        return Figure(_("等得最久"), "0:00")
    since = min(map(waiting_since, board.waiting))
    waited = (board.now - since).total_seconds()
    return Figure(
        _("等得最久"),
        wording.length(waited, ticking=True),
        look={"over": "over", "warn": "warn"}.get(look_of(waited, board), ""),
        since_iso=since.isoformat(),
        grey=board.limits.good if board.limits else 0,
        late=board.limits.late if board.limits else 0,
    )


def _share(board: QueueBoard, label: str, answered: Answered) -> Figure:
    """Count and share always together; what was not heard is said, not counted."""
    rule = board.pack.rules.get(board.limits.rule) if board.pack and board.limits else None
    label = label % {"rule": worded(rule.title) if rule else _("按时接听")}
    if board.limits is None:
        return Figure(label, "—", _("标准包里没有这一条"))
    of = _("%(kept)d / %(known)d 个") % {"kept": answered.kept, "known": answered.known}
    if answered.unknown:
        of = _("%(of)s · %(n)d 个说不清") % {"of": of, "n": answered.unknown}
    share = f"{100 * answered.kept / answered.known:.0f}%" if answered.known else "—"
    return Figure(
        label,
        share,
        of,
        mark=mark_of(board.limits.clause),
        why_url=reverse("figure", args=[rule.id]) if rule else "",
    )


def look_of(waited: float, board: QueueBoard) -> str:
    """How long a wait is by the rule on the answer: run, warn between good and late, over."""
    limits = board.limits
    if limits is None or waited <= limits.good:
        return "run"
    return "over" if waited >= limits.late else "warn"


def _is_late(board: QueueBoard) -> bool:
    waits = ((board.now - waiting_since(call)).total_seconds() for call in board.waiting)
    return any(look_of(waited, board) == "over" for waited in waits)


def _limits(board: QueueBoard) -> str:
    if board.limits is None:
        return _("标准包里没有接听时限，只计时不变红")
    return _("%(good)g 秒内合格，到 %(late)g 秒灰区，再久变红") % {
        "good": board.limits.good,
        "late": board.limits.late,
    }


def _more(board: QueueBoard) -> str:
    rest = board.count - len(board.waiting)
    return _("另有 %(n)d 个在等") % {"n": rest} if rest > 0 else ""


def _note(board: QueueBoard, free: Sequence[AgentState], material: BoardMaterial) -> Note | None:
    if board.refused:
        told = board.refused[0].told.split(" / ")
        return Note(_("改派没有做成：%(why)s") % {"why": told[-1 if _is_english() else 0]}, "over")
    if board.waiting and not free:
        text = _("没有空闲的坐席")
        if material.is_lead:
            text = _("没有空闲的坐席：把话后整理或示忙的改成空闲，或自己上线接")
        return Note(text, "warn")
    return None


def _is_english() -> bool:
    return tongue() == "en"


# --- who waits


def _waiting(call: Call, material: BoardMaterial) -> WaitingCall:
    board = material.board
    since = waiting_since(call)
    waited = (board.now - since).total_seconds()
    look = look_of(waited, board)
    ringing = [offer for offer in call.offers.all() if offer.outcome == "ringing"]
    tried = [offer for offer in call.offers.all() if offer.outcome != "ringing"]
    words = {"run": _("合格内"), "warn": _("灰区"), "over": _("超了")}
    return WaitingCall(
        id=str(call.pk),
        url=reverse("call", args=[call.pk]),
        number=_number(call, material.viewer),
        waited=wording.length(waited, ticking=True),
        since_iso=since.isoformat(),
        grey=board.limits.good if board.limits else 0,
        late=board.limits.late if board.limits else 0,
        look=look,
        word=words[look],
        where=_where(call, ringing),
        sub=" · ".join(part for part in (call.queue, _tried(tried)) if part),
        acts=(_move(call, material),) if material.is_lead else (),
    )


def _where(call: Call, ringing: Sequence[Offer]) -> str:
    who = [offer.staff.name if offer.staff else _("不认识的分机") for offer in ringing]
    if who:
        return _("%(who)s 振铃") % {"who": listed(who)}
    return _("排队，没有话机在响")


def _tried(tried: Sequence[Offer]) -> str:
    names = [offer.staff.name for offer in tried if offer.staff]
    return _("响过：%(names)s") % {"names": listed(dict.fromkeys(names))} if names else ""


def _number(call: Call, viewer: Staff) -> str:
    if not call.number:
        return _("没有号码")
    number = shown(viewer, call, Purpose.CASE).get("number")
    return number.text if number else ""


def _move(call: Call, material: BoardMaterial) -> Action:
    free = [state for state in material.board.agents if state.status == Status.READY]
    people = [
        Option(f"staff:{state.staff.staff_no}", f"{state.staff.name} {state.staff.staff_no}")
        for state in free
    ]
    queues = [
        Option(f"queue:{name}", _("排队：%(name)s") % {"name": name}) for name in material.queues
    ]
    return Action(
        id=f"move-{call.pk}",
        verb=_("改派"),
        url=reverse("board_move", args=[call.pk]),
        question=_("把这个来电改派给谁"),
        text=_("只有空闲的坐席能接；客户不用重拨。") if people else _("现在没有空闲的坐席"),
        fields=(
            _act(material),
            Field("to", _("改派给"), kind="select", options=(*people, *queues)),
        ),
    )


def _act(material: BoardMaterial) -> Field:
    return Field("act_id", "", kind="hidden", value=str(material.new_id()))


# --- agents


def _agent(state: AgentState, material: BoardMaterial) -> AgentLine:
    board = material.board
    plan = readable_cockpit()
    reasons = {each.id: worded(each.title) for each in (*plan.set_reason, *plan.reason)}
    looks = {Status.READY: "met", Status.TALKING: "flame", Status.RINGING: "warn"}
    has_call = state.call is not None and state.status in (
        Status.RINGING, Status.TALKING, Status.AFTER_CALL,
    )  # fmt: skip
    return AgentLine(
        name=state.staff.name,
        staff_no=state.staff.staff_no,
        extension=state.extension,
        status=Tag(status_word(state.status), looks.get(Status(state.status), "")),
        reason=reasons.get(state.reason, state.reason),
        since=wording.length((board.now - state.since).total_seconds(), ticking=True),
        since_iso=state.since.isoformat(),
        call=_number(state.call, material.viewer) if has_call and state.call else "",
        call_url=reverse("call", args=[state.call_id]) if has_call else "",
        acts=(_set(state, material),) if material.is_lead and _can_set(state) else (),
    )


def _can_set(state: AgentState) -> bool:
    """While a telephone rings or is spoken on, the status follows the call."""
    return state.status not in (Status.RINGING, Status.TALKING)


def _set(state: AgentState, material: BoardMaterial) -> Action:
    others = [each for each in _SETTABLE if each != state.status]
    return Action(
        id=f"set-{state.staff.staff_no}",
        verb=_("改状态"),
        url=reverse("board_status", args=[state.staff.staff_no]),
        question=_("改 %(name)s 的话务状态") % {"name": state.staff.name},
        text=_("会留痕，本人看得到。"),
        fields=(
            _act(material),
            Field(
                "status", _("改为"), kind="select",
                options=tuple(Option(each, status_word(each)) for each in others),
            ),
            Field(
                "reason", _("原因"), kind="select",
                options=tuple(
                    Option(each.id, worded(each.title)) for each in readable_cockpit().set_reason
                ),
            ),
        ),
    )  # fmt: skip


# --- who reached nobody


def _lost(call: Call, material: BoardMaterial) -> LostCall:
    promise = material.board.lost.promises.get(call.case_id) if call.case_id else None
    words = {"missed": _("未接"), "abandoned": _("客户放弃"), "unknown": _("说不清")}
    text, look = _next(call, promise)
    waited = (call.ended_at - waiting_since(call)).total_seconds() if call.ended_at else None
    return LostCall(
        time=wording.clock_text(call.rang_at),
        number=_number(call, material.viewer),
        url=reverse("call", args=[call.pk]),
        word=words.get(call.outcome, ""),
        waited=wording.length(waited, ticking=True) if waited is not None else "—",
        next=text,
        next_url=reverse("case", args=[call.case.number]) if call.case else "",
        look=look,
    )


def _next(call: Call, promise: Promise | None) -> tuple[str, str]:
    if promise is None:
        return (_("没有号码，回不了") if not call.number else _("等着建回电")), ""
    if promise.state == Promise.State.KEPT:
        return _("已回电"), "met"
    return _("%(name)s 待回电") % {"name": promise.owner.name}, "warn"
