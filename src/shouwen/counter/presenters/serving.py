"""The customer at the counter: steps, what to say, the record, kinds, promise, where it goes on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.presenters import clock_chip
from shouwen.counter.at_counter import Served
from shouwen.counter.models import Ticket
from shouwen.counter.presenters.desk import act_url as desk_url
from shouwen.counter.presenters.desk import length
from shouwen.counter.presenters.pages import AtCounter, Promised, RunningClock
from shouwen.guiding.presenters import (
    kind_buttons,
    missing_note,
    record_fields,
    safety_lines,
)
from shouwen.guiding.promising import drafted
from shouwen.guiding.safety import safety_count
from shouwen.guiding.steps import Stepped, filled, mark, slots, spoken, stepped
from shouwen.people.models import Department
from shouwen.people.presenters import department_name
from shouwen.standard.cockpit import CallStep
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import Act, Script, StepLine
from shouwen.ui.parts import Option, Tag


def at_counter(seen: Served, *, departments: Sequence[Department], act_id: UUID) -> AtCounter:
    """The customer as values."""
    steps = stepped(seen)
    ticket, case = seen.ticket, seen.case
    business = seen.hall.business_of(ticket.business)
    customer, home = seen.customer, seen.premises
    is_called = ticket.state == Ticket.State.CALLED
    script = None if is_called else _script(seen, steps)
    return AtCounter(
        number=ticket.number,
        title=worded(business.title) if business else ticket.business,
        sub=_("等了 %(wait)s · 叫过 %(count)d 次")
        % {"wait": length(ticket.waited), "count": ticket.calls},
        tags=(Tag(_("优先"), "care"),) if ticket.needs_care else (),
        since_iso=ticket.began_at.isoformat() if ticket.began_at else "",
        time=_minutes(seen, seen.now),
        acts=_acts(seen, steps, act_id),
        is_called=is_called,
        is_alarm=seen.is_alarm,
        name=seen.called or _("还没问姓氏"),
        name_sub=customer.name if customer else _("在下面查找，或记在表里"),
        address=home.address if home else (case.place if case else ""),
        customer_url=reverse("customer", args=[customer.pk]) if customer else "",
        find_url=reverse("counter_find"),
        script=script,
        skip=_skip(seen, steps) if script and script.act else None,
        safety=safety_lines(seen, tick=lambda step, count: _tick(step, count=count))
        if seen.is_alarm
        else (),
        steps=tuple(_line(seen, each, no) for no, each in enumerate(steps, start=1)),
        kinds=kind_buttons(seen, url=act_url("kind")),
        fields=record_fields(seen, phone=case.caller_phone if case else ""),
        record=Act(_("存记录"), act_url("record"), look="primary"),
        missing=missing_note(seen),
        clocks=_clocks(seen),
        promise=_promise(seen),
        answer=Act(_("记为当场答复"), act_url("answer")),
        note=Act(_("记一句"), act_url("note")),
        pass_on=Act(_("转交部门"), act_url("pass_on"), values=(("act_id", str(act_id)),)),
        departments=tuple(Option(each.code, department_name(each)) for each in departments),
        handover=_handover(seen),
        send_on=Act(_("请到那边"), act_url("send_on")),
        places=_places(seen),
        case_number=case.number if case else "",
        case_url=reverse("case", args=[case.number]) if case else "",
    )


def _clocks(seen: Served) -> tuple[RunningClock, ...]:
    """The clocks of the case, each with its rule."""
    if seen.pack is None:
        return ()
    rules = seen.pack.rules
    return tuple(
        RunningClock(
            title=worded(rules[clock.rule_id].title) if clock.rule_id in rules else clock.rule_id,
            chip=clock_chip(clock, pack=seen.pack, now=seen.now),
        )
        for clock in seen.clocks
        if clock.due_at is not None
    )


def act_url(what: str) -> str:
    """Where an act on the customer at the counter is posted to."""
    return reverse("counter_serve", args=[what])


def _minutes(seen: Served, at: datetime) -> str:
    if seen.ticket.began_at is None:
        return ""
    seconds = max(0, int((at - seen.ticket.began_at).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _acts(seen: Served, steps: Sequence[Stepped], act_id: UUID) -> tuple[Act, ...]:
    same = (("act_id", str(act_id)),)
    if seen.ticket.state == Ticket.State.CALLED:
        found = [
            Act(_("到了，开始"), act_url("begin"), "F2", "user-check", "primary"),
            Act(_("再叫一次"), desk_url("again"), "F3", "refresh", "", same),
        ]
        if seen.ticket.calls >= seen.hall.no_show_after:
            found.append(Act(_("没来，过号"), desk_url("not_come"), "", "x", "", same))
        return tuple(found)
    alarm = Act(_("派警"), act_url("dispatch"), "F9", "flame", "danger", same)
    is_sent = any(each.step.by == "dispatch" and each.done for each in steps)
    said = (("said", "on"),)
    ends = (
        Act(_("送客，办完"), act_url("finish"), "F10", "check", "primary", said),
        Act(_("没说送客语，办完"), act_url("finish"), look="quiet"),
    )
    return ends if is_sent else (alarm, *ends)


# --- steps and what to say


def _line(seen: Served, each: Stepped, no: int) -> StepLine:
    step, title = each.step, worded(each.step.title)
    if step.by == "safety":
        said = seen.done.get(step.id)
        title = f"{title} {said.count if said else 0} / {safety_count()}"
    is_open = step.by in ("tick", "answer") and not each.done
    return StepLine(
        id=step.id,
        state=each.state,
        no=no,
        title=title,
        time=_minutes(seen, each.done.at) if each.done else "",
        mark=mark(seen, step.rule),
        act=_tick(step) if is_open else None,
        key={"dispatch": "F9", "end": "F10"}.get(step.by, "") if not each.done else "",
    )


def _tick(step: CallStep, *, count: int = 0, said: bool = True) -> Act:
    values = [("step", step.id)]
    if count:
        values.append(("count", str(count)))
    if said:
        values.append(("said", "on"))
    return Act(worded(step.title), act_url("step"), values=tuple(values))


def _script(seen: Served, steps: Sequence[Stepped]) -> Script | None:
    current = next((each for each in steps if each.state == "now"), None)
    parts = tuple(spoken(seen, current)) if current else ()
    if current is None or not parts:
        return None
    return Script(
        title=worded(current.step.title),
        parts=parts,
        mark=mark(seen, current.step.rule, "now"),
        act=_tick(current.step) if current.step.by == "tick" else None,
    )


def _skip(seen: Served, steps: Sequence[Stepped]) -> Act | None:
    """The line was left out: the record says so."""
    current = next((each for each in steps if each.state == "now"), None)
    if current is None:
        return None
    act = _tick(current.step, said=False)
    return Act(_("没说"), act.url, look="quiet", values=act.values)


def _promise(seen: Served) -> Promised | None:
    plan, case = seen.plan.promise, seen.case
    found = drafted(seen, now=seen.now)
    if found is None or seen.is_alarm:
        return None
    due_at = seen.promised.due_at if seen.promised else found.due_at
    marks = [mark(seen, rule) for rule in plan.rules[1:] or plan.rules]
    name = {**slots(seen), "due": wording.full_moment(due_at)}
    return Promised(
        parts=filled(plan.at_counter, name) if plan.at_counter else (),
        marks=tuple(each for each in marks if each),
        due=wording.full_moment(due_at),
        why=found.why,
        number=case.caller_phone if case else "",
        act=None if seen.promised else Act(_("记下承诺"), act_url("promise"), "F4"),
        made=_("已承诺，%(due)s 前答复") % {"due": wording.full_moment(due_at)}
        if seen.promised
        else "",
    )


# --- where it goes on


def _handover(seen: Served) -> str:
    offer = seen.handover
    if offer is None:
        return ""
    to = department_name(offer.to_department) if offer.to_department else str(offer.to_staff)
    states = {
        "offered": _("已提交，等 %(to)s 接收"),
        "accepted": _("%(to)s 已接收"),
        "refused": _("%(to)s 退回了"),
        "withdrawn": _("已撤回"),
    }
    text = states.get(offer.state, "")
    return text % {"to": to} if "%(to)s" in text else text


def _places(seen: Served) -> tuple[Option, ...]:
    here = seen.ticket.counter
    counters = [
        Option(f"counter:{each.id}", worded(each.title))
        for each in seen.hall.counter
        if each.id != here
    ]
    queues = [
        Option(f"business:{each.id}", _("重新排 %(title)s") % {"title": worded(each.title)})
        for each in seen.hall.business
        if each.id != seen.ticket.business and not each.is_alarm
    ]
    return (*counters, *queues)
