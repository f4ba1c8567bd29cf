"""The cockpit between calls, the strip of promises, who asks for a supervisor."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.adapters.ids import uuid7
from shouwen.cases.models import CaseKind, Handover, Promise
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.cases.shown import customer_shown
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_chip
from shouwen.hotline.desk_values import Desk, seconds_of
from shouwen.hotline.models import AgentState, Call, CallAttempt
from shouwen.hotline.presenters.outcomes import CLOSED_BY_ANSWER, outcome_words
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import (
    Act,
    Asked,
    IdleScreen,
    OwedOutcome,
    PromiseSlip,
    TakenCall,
)
from shouwen.ui.parts import KeyLabel, Note, Option, Tag
from shouwen.ui.presenters import ClockFacts, chip

Status = AgentState.Status


def status_of(desk: Desk) -> str:
    """What the agent is doing; off when nothing was said yet."""
    return desk.state.status if desk.state else Status.OFF


def status_word(status: str) -> str:
    """A status at the telephone, in words."""
    return {
        Status.OFF: _("离线"),
        Status.NOT_READY: _("示忙"),
        Status.READY: _("空闲"),
        Status.RINGING: _("振铃"),
        Status.TALKING: _("通话中"),
        Status.AFTER_CALL: _("话后整理"),
    }[Status(status)]


def status_tag(desk: Desk) -> Tag:
    """The status with its reason and how long."""
    status = status_of(desk)
    text = status_word(status)
    if desk.state and desk.state.reason:
        plan = desk.plan
        reasons = {each.id: worded(each.title) for each in (*plan.set_reason, *plan.reason)}
        text = f"{text} · {reasons.get(desk.state.reason, desk.state.reason)}"
    looks = {Status.READY: "met", Status.TALKING: "flame", Status.RINGING: "warn"}
    return Tag(text, looks.get(Status(status), ""))


def idle_screen(desk: Desk, *, act_id: UUID) -> IdleScreen:
    """What stands there while nobody calls."""
    status = status_of(desk)
    title, text = {
        Status.READY: (_("等待来电"), _("来电会自动弹出，按 F2 接听")),
        Status.NOT_READY: (_("示忙中"), _("漏气报警照样会振铃")),
        Status.AFTER_CALL: (_("话后整理"), _("整理完按“空闲”接下一个")),
    }.get(Status(status), (_("还没上线"), _("班前检查做完，按“空闲”上线")))
    if desk.state and status != Status.OFF:
        waited = wording.waited((desk.now - desk.state.since).total_seconds())
        text = _("%(text)s · 已 %(time)s") % {"text": text, "time": waited}
    return IdleScreen(
        title=title,
        text=text,
        acts=_acts(status, act_id),
        reasons=tuple(Option(each.id, worded(each.title)) for each in desk.plan.reason),
        not_ready=Act(
            _("示忙"),
            reverse("cockpit_status"),
            values=(("status", "not_ready"), ("act_id", str(act_id))),
        ),
        figures=_figures(desk),
        promises=slips(desk, limit=6, can_dial=True),
        check=_check(desk),
        check_url=reverse("shift_check"),
        is_ready=status == Status.READY,
        next_call=_next_call(desk, act_id) if desk.due_now else None,
        call_backs_url=reverse("callbacks"),
        calls=tuple(_taken(desk, call) for call in desk.calls),
    )


def _acts(status: str, act_id: UUID) -> tuple[Act, ...]:
    url, same = reverse("cockpit_status"), (("act_id", str(act_id)),)
    ready = Act(_("空闲"), url, icon="check", look="primary", values=(("status", "ready"), *same))
    off = Act(_("下线"), url, values=(("status", "off"), *same))
    if status == Status.READY:
        return (off,)
    return (ready,) if status == Status.OFF else (ready, off)


def _figures(desk: Desk) -> tuple[KeyLabel, ...]:
    today = desk.today
    whole = str(today.taken)
    of_all = _("共 %(n)s") % {"n": whole}
    return (
        KeyLabel(_("今日接"), whole, _("个")),
        KeyLabel(_title(desk, desk.plan.limits.answer), str(today.in_rings), of_all),
        KeyLabel(_title(desk, desk.plan.limits.talk), str(today.in_talk), of_all),
        KeyLabel(_("在走的承诺"), str(desk.promised_count), _("个")),
    )


def context(desk: Desk) -> str:
    """The day in a line: 今日接 41 · 三声内接听 41 · 三分钟内解决 36."""
    figures = _figures(desk)[:3]
    return " · ".join(f"{figure.label} {figure.value}" for figure in figures)


def _taken(desk: Desk, call: Call) -> TakenCall:
    rings = seconds_of(desk.pack, desk.plan.limits.answer, call.rang_at)
    talk = seconds_of(desk.pack, desk.plan.limits.talk, call.rang_at)
    spoken = (
        (call.ended_at - call.answered_at).total_seconds()
        if call.ended_at and call.answered_at
        else None
    )
    sides = {"customer": _("客户"), "agent": _("坐席"), "exchange": _("线路")}
    return TakenCall(
        time=wording.clock_text(call.rang_at),
        number=wording.masked_phone(call.number) or "—",
        kind=str(dict(CaseKind.choices).get(call.kind, "—")),
        rings=_("%(n)d 声") % {"n": call.rings} if call.rings else "—",
        is_late=rings is not None and (call.agent_clock or 0) >= rings,
        talk=wording.length(spoken, ticking=True) if spoken is not None else "—",
        is_long=talk is not None and (spoken or 0) > talk,
        ended_by=sides.get(call.ended_by, "—"),
        call_url=reverse("call", args=[call.pk]),
        case=call.case.number if call.case else "",
        url=reverse("case", args=[call.case.number]) if call.case else "",
    )


def _title(desk: Desk, rule_id: str) -> str:
    rule = desk.pack.rules.get(rule_id) if desk.pack else None
    return worded(rule.title) if rule else "—"


def _check(desk: Desk) -> Note:
    if desk.is_checked_at:
        at = wording.clock_text(desk.is_checked_at)
        return Note(_("班前检查 %(at)s 已做") % {"at": at}, "met")
    return Note(_("班前检查还没做，做完才能上线接电话"), "warn")


def slips(desk: Desk, *, limit: int = 3, can_dial: bool = False) -> tuple[PromiseSlip, ...]:
    """My promises, the first due first."""
    return tuple(
        _slip(desk, promise, clock, can_dial=can_dial) for promise, clock in desk.promises[:limit]
    )


def _slip(desk: Desk, promise: Promise, clock: Clock | None, *, can_dial: bool) -> PromiseSlip:
    case = promise.case
    person = customer_shown(case=case, viewer=desk.viewer)
    words = {"call_back": _("回电"), "answer": _("答复"), "visit": _("上门")}
    due = wording.moment(promise.due_at, now=desk.now)
    text = _("%(due)s 前%(what)s %(who)s：%(words)s") % {
        "due": due,
        "what": words.get(promise.kind, promise.kind),
        "who": person.called or case.number,
        "words": promise.words,
    }
    if clock and desk.pack:
        shown = clock_chip(clock, pack=desk.pack, now=desk.now, width=52)
        mark = clause_mark(clock, pack=desk.pack)
    else:
        facts = ClockFacts(state="running", started_at=promise.made_at, due_at=promise.due_at)
        shown, mark = chip(facts, now=desk.now, width=52), None
    dial = None
    if can_dial and promise.kind == "call_back" and case.caller_phone:
        dial = Act(
            _("拨号"),
            reverse("cockpit_dial"),
            icon="phone-outgoing",
            values=(("promise", str(promise.pk)), ("act_id", str(uuid7(desk.now)))),
        )
    return PromiseSlip(shown, mark, text, reverse("case", args=[case.number]), dial)


def _next_call(desk: Desk, act_id: UUID) -> Act:
    many = "9+" if desk.due_now > 9 else str(desk.due_now)
    return Act(
        _("打下一个回电（%(n)s）") % {"n": many},
        reverse("cockpit_next"),
        key="F4",
        icon="phone-outgoing",
        look="primary",
        values=(("act_id", str(act_id)),),
    )


def owed(desk: Desk, *, new_id: Callable[[], UUID]) -> tuple[OwedOutcome, ...]:
    """Call-backs of this person that wait for a word on what became of them."""
    return tuple(_owed(desk, attempt, act_id=new_id()) for attempt in desk.owed)


def _owed(desk: Desk, attempt: CallAttempt, *, act_id: UUID) -> OwedOutcome:
    promise, case = attempt.promise, attempt.promise.case
    person = customer_shown(case=case, viewer=desk.viewer)
    words = outcome_words()
    names = ("reached", "no_answer", "busy", "wrong_number", "asked_later")
    return OwedOutcome(
        id=str(attempt.pk),
        text=_("回电 %(who)s：%(words)s")
        % {"who": person.called or case.number, "words": without_numbers(promise.words)},
        act=Act(
            "",
            reverse("cockpit_outcome", args=[promise.pk]),
            values=(("act_id", str(act_id)), ("attempt", str(attempt.pk))),
        ),
        outcomes=tuple(Option(name, words[name]) for name in names),
        needs_words=promise.kind == "answer",
        closes=case.kind in CLOSED_BY_ANSWER,
        is_up=attempt.call is not None and attempt.call.stage != Call.Stage.OVER,
    )


def asked(desk: Desk, offers: Sequence[Handover]) -> tuple[Asked, ...]:
    """Who wants a supervisor, and who offers this person a call."""
    found = [
        Asked(
            text=_("%(name)s 请班长") % {"name": call.staff.name if call.staff else "—"},
            sub=_("已等 %(time)s")
            % {"time": wording.length((desk.now - since).total_seconds(), ticking=True)},
            act=Act(_("我来"), reverse("supervisor_came", args=[call.pk]), look="primary"),
        )
        for call, since in desk.asked_for
    ]
    found += [
        Asked(
            text=_("%(name)s 请您接：%(note)s")
            % {"name": offer.from_staff.name, "note": offer.note},
            sub=offer.case.number,
            act=Act(
                _("接下"),
                reverse("cockpit_accept", args=[offer.pk]),
                look="primary",
            ),
            url=reverse("case", args=[offer.case.number]),
        )
        for offer in offers
    ]
    return tuple(found)
