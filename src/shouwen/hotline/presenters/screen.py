"""The cockpit while a call rings, is spoken, or is finished off."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import CaseKind
from shouwen.clocks.presenters import mark_of
from shouwen.guiding.presenters import kind_buttons, safety_lines
from shouwen.guiding.reading import crew_code
from shouwen.guiding.steps import Stepped, lines_of, mark, rule_of, stepped, version_of
from shouwen.hotline.desk_values import OnCall, seconds_of
from shouwen.hotline.models import AgentState, Call
from shouwen.hotline.presenters import assisting, beside, matter, timing, ways
from shouwen.hotline.presenters.saying import (
    act_url,
    script,
    since_answer,
    step_lines,
    tick_act,
)
from shouwen.people.models import Department
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import Act, CallBar, CallScreen, Script
from shouwen.ui.parts import ClauseMark, Note, Option


@dataclass(frozen=True, slots=True)
class Around:
    """What the screen needs beside the call: people to pass on to, ids for acts, other pages."""

    people: Sequence[AgentState]
    departments: Sequence[Department]
    act_id: UUID
    crew_phone: str
    pop_url: str = ""
    knowledge_url: str = ""
    is_alarm_asked: bool = False
    notice: str = ""


def call_screen(seen: OnCall, around: Around) -> CallScreen:
    """The screen as values."""
    steps = stepped(seen)
    is_alarm = seen.is_alarm or around.is_alarm_asked
    crew = next((d for d in around.departments if d.code == crew_code()), None)
    case = seen.case
    return CallScreen(
        call=str(seen.call.pk),
        bar=_bar(seen, around, is_alarm=is_alarm),
        who=matter.who(seen, in_full=is_alarm),
        past=matter.past(seen),
        past_summary=_("近 30 天来电 %(count)d 次") % {"count": seen.calls_before},
        dials=timing.dials(seen, steps),
        script=_script(seen, steps),
        draft=timing.draft(seen, steps) if seen.call.direction == "inbound" else None,
        safety=safety_lines(seen, tick=lambda step, count: tick_act(seen, step, count=count))
        if is_alarm
        else (),
        safety_mark=_safety_mark(seen),
        steps=step_lines(seen, steps),
        steps_clock=timing.talk_dial(seen, width=70) if is_alarm else None,
        kinds=kind_buttons(seen, url=act_url(seen, "kind")),
        record=Act(_("存记录"), act_url(seen, "record"), key="Ctrl+Enter", look="primary"),
        fields=matter.record_fields(seen),
        missing=matter.missing(seen),
        record_mark=matter.record_mark(seen),
        case_number=case.number if case else "",
        case_url=reverse("case", args=[case.number]) if case else "",
        answer=Act(_("记为当场答复"), act_url(seen, "answer")),
        note=Act(_("记一句"), act_url(seen, "note"), key="N"),
        transfer=beside.transfer(
            seen, people=around.people, departments=around.departments, act_id=around.act_id
        ),
        dispatch=beside.dispatch(seen, crew=crew, act_id=around.act_id, phone=around.crew_phone),
        hints=beside.hints(seen, steps),
        hints_summary=beside.summary(steps),
        soft=beside.soft(seen),
        advice=beside.advice(seen),
        points=beside.points(seen),
        authority=beside.authority(seen),
        turns=beside.turns(seen),
        turns_summary=beside.turns_summary(seen),
        endings=tuple(Option(each.id, worded(each.title)) for each in seen.plan.ending),
        end=Act(_("结束通话"), act_url(seen, "end"), values=(("act_id", str(around.act_id)),)),
        is_alarm=is_alarm,
        is_over=seen.call.stage == Call.Stage.OVER,
        knowledge_url=around.knowledge_url,
        pop_url=around.pop_url,
        asked=ways.asked(seen),
        pass_on=ways.pass_on(seen),
        ways=ways.ways(seen, act_id=around.act_id),
        belongs=ways.belongs(seen),
        clocks=matter.running(seen),
        assist=assisting.assist(seen),
    )


def _safety_mark(seen: OnCall) -> ClauseMark | None:
    step = next((each for each in seen.plan.step if each.by == "safety"), None)
    return mark(seen, step.rule, "now") if step else None


# --- the line on top


def _bar(seen: OnCall, around: Around, *, is_alarm: bool) -> CallBar:
    call = seen.call
    is_up = call.answered_at is not None and call.stage != Call.Stage.OVER
    began = call.answered_at or (seen.offer.offered_at if seen.offer else None) or call.rang_at
    return CallBar(
        label=_label(seen, is_alarm=is_alarm),
        icon=_icon(seen, is_alarm=is_alarm),
        is_alarm=is_alarm,
        time=since_answer(seen, call.ended_at or seen.now),
        since_iso=began.isoformat() if is_up or call.stage == Call.Stage.RINGING else "",
        number=_number(call, in_full=is_alarm),
        sub=_sub(seen),
        mark=_answer_mark(seen),
        last=_last(seen),
        acts=_acts(seen, around, is_alarm=is_alarm),
        hold=_hold(seen, around),
        is_held=call.stage == Call.Stage.HELD,
        says=beside.first_line(seen, seen.plan.phrases.before_hold),
        says_mark=mark(seen, seen.plan.phrases.before_hold),
        notice=_notice(seen, around, is_alarm=is_alarm),
    )


def _label(seen: OnCall, *, is_alarm: bool) -> str:
    call = seen.call
    if is_alarm:
        return _("漏气报警")
    if call.stage == Call.Stage.RINGING:
        return _("来电") if call.direction == "inbound" else _("正在呼出")
    kind = str(dict(CaseKind.choices).get(seen.kind, ""))
    return kind or (_("通话中") if call.direction == "inbound" else _("回电"))


def _icon(seen: OnCall, *, is_alarm: bool) -> str:
    if is_alarm:
        return "alert-triangle"
    if seen.call.stage == Call.Stage.RINGING:
        return "phone-incoming"
    return matter.KIND_ICONS.get(seen.kind, "phone")


def _number(call: Call, *, in_full: bool) -> str:
    if not call.number:
        return _("没有来电号码")
    if not in_full:
        return wording.masked_phone(call.number)
    digits = call.number
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if len(digits) == 11 else digits


def _sub(seen: OnCall) -> str:
    call = seen.call
    count = _("本月第 %(n)d 次来电") % {"n": seen.calls_before + 1}
    if call.answered_at is None:
        return count
    return _("%(count)s · 响 %(rings)d 声接起") % {"count": count, "rings": call.rings or 1}


def _answer_mark(seen: OnCall) -> ClauseMark | None:
    rule_id = seen.plan.limits.answer
    rule, limit = rule_of(seen, rule_id), seconds_of(seen.pack, rule_id, seen.call.rang_at)
    if rule is None or limit is None or seen.call.direction != "inbound":
        return None
    plain, clock = mark_of(rule.clause), seen.call.agent_clock
    if seen.call.answered_at is None:
        return ClauseMark(plain.number, plain.url, "now")
    if clock is None:
        return plain
    return ClauseMark(plain.number, plain.url, "kept" if clock < limit else "broken")


def _last(seen: OnCall) -> str:
    if not seen.earlier:
        return ""
    case = seen.earlier[0]
    day = wording.day_of_month(wording.local_day(case.reported_at))
    end = _("办理中") if case.is_open else _("已办结")
    return _("上次 %(day)s：%(said)s，%(end)s") % {"day": day, "said": case.said[:14], "end": end}


def _notice(seen: OnCall, around: Around, *, is_alarm: bool) -> Note | None:
    if around.notice:
        return Note(around.notice, "warn")
    if seen.refused and seen.refused.told:
        return Note(seen.refused.told, "warn")
    if is_alarm:
        return Note(_("报警优先：先说安全，先派人，资料后补"), "over")
    if seen.call.stage == Call.Stage.OVER:
        return Note(_("通话已结束，把记录补完再接下一个"), "plain")
    return None


def _acts(seen: OnCall, around: Around, *, is_alarm: bool) -> tuple[Act, ...]:
    same = (("act_id", str(around.act_id)),)
    if seen.call.stage == Call.Stage.OVER:
        return (
            Act(
                _("办完，准备接"),
                reverse("cockpit_status"),
                icon="check",
                look="primary",
                values=(("status", "ready"), *same),
            ),
        )
    if seen.call.answered_at is None or seen.offer is None or seen.offer.outcome == "ringing":
        return (
            Act(
                _("接听"),
                act_url(seen, "pick_up"),
                key="F2",
                icon="phone",
                look="primary",
                values=same,
            ),
        )
    found = [
        _pass_on(seen, same),
        Act(_("请班长"), act_url(seen, "supervisor"), key="F8", icon="lifebuoy"),
    ]
    if not is_alarm:
        found.append(
            Act(
                _("派警"),
                act_url(seen, "dispatch"),
                key="F9",
                icon="flame",
                look="danger",
                values=same,
            )
        )
    return tuple(found)


def _pass_on(seen: OnCall, same: tuple[tuple[str, str], ...]) -> Act:
    """F6 opens the hand-over; once the colleague has accepted, it rings them."""
    if beside.is_accepted(seen):
        url = act_url(seen, "through")
        return Act(_("转过去"), url, "F6", "arrows-exchange", "primary", same)
    return Act(_("转接"), "", key="F6", icon="arrows-exchange")


def _hold(seen: OnCall, around: Around) -> Act | None:
    same = (("act_id", str(around.act_id)),)
    if seen.offer is None or seen.offer.outcome != "answered":
        return None  # it rings at this telephone still, whoever speaks with the customer
    if seen.call.stage == Call.Stage.HELD:
        return Act(_("恢复"), act_url(seen, "resume"), key="F7", icon="player-play", values=same)
    if seen.call.stage == Call.Stage.TALKING:
        return Act(_("保持"), act_url(seen, "hold"), key="F7", icon="player-pause", values=same)
    return None


# --- what to say now


def _script(seen: OnCall, steps: Sequence[Stepped]) -> Script | None:
    """An apology that is owed goes before the line of the step."""
    phrases = seen.plan.phrases
    if seen.call.stage == Call.Stage.HELD:
        return None
    if "name_wrong" in seen.done and "name_sorry" not in seen.done:
        return _owed(seen, phrases.sorry, "name_sorry", _("叫错了姓，先致歉"))
    if _is_back(seen):
        return _owed(seen, phrases.after_hold, _back_step(seen), _("客户等过了，先致歉"))
    return script(seen, steps)


def _is_back(seen: OnCall) -> bool:
    """Whether the customer waited and has not been told so yet: on hold, or until the answer."""
    limit = seconds_of(seen.pack, seen.plan.limits.answer, seen.call.rang_at)
    was_late = limit is not None and (seen.call.agent_clock or 0) >= limit
    return (bool(seen.call.holds) or was_late) and _back_step(seen) not in seen.done


def _back_step(seen: OnCall) -> str:
    return f"after_wait_{len(seen.call.holds)}"


def _owed(seen: OnCall, rule: str, step: str, title: str) -> Script | None:
    lines = lines_of(version_of(seen, rule))
    if not lines:
        return None
    return Script(
        title=title,
        parts=(SaidPart(lines[0]),),
        mark=mark(seen, rule, "now"),
        act=Act(_("说了"), act_url(seen, "said"), values=(("step", step), ("rule", rule))),
    )
