"""Beside the steps: passing on, the crew, the clauses of this call, softened wording, advice, the turns."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from shouwen.cases.models import Handover
from shouwen.clocks.presenters import clock_chip
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.guiding.reading import crew_code
from shouwen.guiding.steps import Stepped, filled, lines_of, mark, slots, version_of
from shouwen.hotline.desk_values import OnCall
from shouwen.hotline.models import AgentState
from shouwen.hotline.presenters.idle import status_word
from shouwen.hotline.presenters.saying import act_url
from shouwen.people.models import Department
from shouwen.people.presenters import department_name
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import (
    Act,
    Advised,
    Colleague,
    Hinted,
    Pointed,
    Soft,
    Transfer,
    TurnLine,
)
from shouwen.ui.pages_ways import Dispatch
from shouwen.ui.parts import KeyLabel, Option

_SHOWN_TURNS = 40


def first_line(seen: OnCall, rule_id: str) -> tuple[SaidPart, ...]:
    """The first line of a rule, filled; () where there is none."""
    lines = lines_of(version_of(seen, rule_id))
    return filled(lines[0], slots(seen)) if lines else ()


def transfer(
    seen: OnCall,
    *,
    people: Sequence[AgentState],
    departments: Sequence[Department],
    act_id: UUID,
) -> Transfer:
    """Passing on: the words, the people, the note; then whether it was accepted."""
    rule = seen.plan.phrases.transfer
    offer = _passing(seen)
    is_open = offer is not None and offer.state == Handover.State.OFFERED
    return Transfer(
        says=first_line(seen, rule),
        mark=mark(seen, rule),
        people=tuple(_colleague(state) for state in people),
        departments=tuple(
            Option(f"department:{each.code}", department_name(each)) for each in departments
        ),
        offer=Act(
            _("请对方接"),
            act_url(seen, "offer"),
            look="primary",
            values=(("act_id", str(act_id)),),
        ),
        state=_offer_text(offer) if offer else "",
        is_accepted=is_accepted(seen),
        withdraw=Act(_("撤回"), act_url(seen, "withdraw"), icon="arrow-back-up")
        if is_open
        else None,
    )


def _passing(seen: OnCall) -> Handover | None:
    """The last offer to a colleague or a department other than the crew."""
    return seen.handover if seen.handover and not _is_crew(seen.handover) else None


def is_accepted(seen: OnCall) -> bool:
    """Whether a colleague has taken the matter on, so that the call may follow."""
    offer = _passing(seen)
    is_theirs = offer is not None and offer.answered_by_id not in (None, seen.viewer.pk)
    return is_theirs and offer is not None and offer.state == Handover.State.ACCEPTED


def _is_crew(offer: Handover) -> bool:
    to = offer.to_department or (offer.to_staff.department if offer.to_staff else None)
    # A colleague of the crew's may be asked to take a call over, too: then there are words with it.
    return to is not None and to.code == crew_code() and not (offer.to_staff and offer.note)


def _offer_text(offer: Handover) -> str:
    to = department_name(offer.to_department) if offer.to_department else str(offer.to_staff.name)  # type: ignore[union-attr]  # one of the two is there
    by = offer.answered_by.name if offer.answered_by else to
    return {
        Handover.State.OFFERED: _("已请%(name)s接，等对方答应") % {"name": to},
        Handover.State.ACCEPTED: _("%(name)s已接下，可以转过去") % {"name": by},
        Handover.State.REFUSED: _("%(name)s退回：%(why)s") % {"name": by, "why": offer.refusal},
        Handover.State.WITHDRAWN: _("已撤回"),
    }[Handover.State(offer.state)]


def _colleague(state: AgentState) -> Colleague:
    staff = state.staff
    where = department_name(staff.department)
    return Colleague(
        value=f"staff:{staff.staff_no}",
        name=staff.name,
        sub=" · ".join(part for part in (status_word(state.status), where) if part),
        is_free=state.status == AgentState.Status.READY,
    )


def dispatch(seen: OnCall, *, crew: Department | None, act_id: UUID, phone: str) -> Dispatch:
    """Sending the crew: what goes out now, or that it is out."""
    offer = seen.handover if seen.handover and _is_crew(seen.handover) else None
    out = offer is not None and offer.state in (Handover.State.OFFERED, Handover.State.ACCEPTED)
    clock = next((c for c in seen.clocks if c.rule_id == seen.plan.dispatch.clock), None)
    return Dispatch(
        clock=clock_chip(clock, pack=seen.pack, now=seen.now, width=44)
        if clock and seen.pack
        else None,
        crew=department_name(crew) if crew else crew_code(),
        message=_message(seen),
        act=None
        if out
        else Act(
            _("立即派警"),
            act_url(seen, "dispatch"),
            key="F9",
            icon="urgent",
            look="alarm",
            values=(("act_id", str(act_id)),),
        ),
        sent=_sent(offer) if out and offer else "",
        phone=phone,
        people=_crew_options(seen, crew),
    )


def _crew_options(seen: OnCall, crew: Department | None) -> tuple[Option, ...]:
    """The whole crew, then who is on duty, those of the station of the home first."""
    if not seen.crews:
        return ()
    name = department_name(crew) if crew else crew_code()
    station = seen.premises.estate.station if seen.premises else ""
    people = []
    for each in seen.crews:
        near = _("就近") if station and each.station == station else ""
        parts = (each.name, each.station, near)
        people.append(Option(each.staff_no, " · ".join(part for part in parts if part)))
    return (Option("", _("%(crew)s，谁先接谁去") % {"crew": name}), *people)


def _sent(offer: Handover) -> str:
    at = wording.clock_text(offer.offered_at)
    if offer.state == Handover.State.ACCEPTED and offer.answered_by:
        return _("%(at)s 派出，%(name)s已接") % {"at": at, "name": offer.answered_by.name}
    return _("%(at)s 已派出，等抢修接") % {"at": at}


def _message(seen: OnCall) -> str:
    """What the crew reads: where, what, how to call back, who is there."""
    home, case = seen.premises, seen.case
    place = home.short_address if home else (case.place if case else "")
    customer = seen.customer
    said = case.said if case and not case.said.startswith("（") else ""
    parts = [
        place or _("地址待问"),
        said or _("漏气报警"),
        seen.called,
        _("有人需要特别关照") if customer and customer.special_care else "",
        _("电话 %(n)s") % {"n": seen.call.number} if seen.call.number else _("没有来电号码"),
    ]
    return "，".join(part for part in parts if part)


# --- the right-hand column


def hints(seen: OnCall, steps: Sequence[Stepped]) -> tuple[Hinted, ...]:
    """The clauses of this call with what they ask for; the current ones first."""
    states = {each.step.rule: each.state for each in steps}
    marks = {"done": "kept", "now": "now", "": "todo"}
    found = [(states.get(hint.rule), hint) for hint in seen.plan.hint if hint.speaks_of(seen.kind)]
    order = {"now": 0, None: 1, "": 2, "done": 3}
    found.sort(key=lambda pair: order[pair[0]])
    lines = []
    for state, hint in found:
        clause = mark(seen, hint.rule, marks[state] if state is not None else "")  # type: ignore[arg-type]  # one of the mark's states
        if clause:
            lines.append(Hinted(clause, worded(hint.says)))
    return tuple(lines[:4] if seen.is_alarm else lines[:3])


def summary(steps: Sequence[Stepped]) -> str:
    """How many steps are done and how many are being done."""
    done = sum(1 for each in steps if each.state == "done")
    now = sum(1 for each in steps if each.state == "now")
    return _("做到 %(done)d · 在做 %(now)d") % {"done": done, "now": now}


def soft(seen: OnCall) -> tuple[Soft, ...]:
    """Softened wording: instead of what was on the tongue."""
    found = []
    for rule in seen.plan.soft:
        version, clause = version_of(seen, rule), mark(seen, rule)
        if isinstance(version, PhraseVersion) and clause and version.says:
            found.append(
                Soft(
                    never="、".join(f"“{line}”" for line in version.never),
                    says=filled(version.says[0], slots(seen)),
                    mark=clause,
                    act=_advice_act(seen, rule, used=True),
                    is_used=seen.advised.get(rule, False),
                )
            )
    return tuple(found)


def advice(seen: OnCall) -> tuple[Advised, ...]:
    """What helps in a situation; shown when opened."""
    found = []
    for each in seen.plan.advice:
        version, clause = version_of(seen, each.rule), mark(seen, each.rule)
        if not each.speaks_of(seen.kind) or not isinstance(version, GuidanceVersion) or not clause:
            continue
        found.append(
            Advised(
                id=each.rule,
                situation=worded(version.situation),
                do=tuple(worded(words) for words in version.do),
                avoid=tuple(worded(words) for words in version.avoid),
                says=version.says,
                mark=clause,
                look=_advice_act(seen, each.rule, used=False),
                use=_advice_act(seen, each.rule, used=True),
                is_open=each.rule in seen.advised,
                is_used=seen.advised.get(each.rule, False),
            )
        )
    return tuple(found)


def _advice_act(seen: OnCall, rule: str, *, used: bool) -> Act:
    return Act(
        _("用上了") if used else _("看提示"),
        act_url(seen, "advice"),
        values=(("rule", rule), ("used", "1" if used else "")),
    )


def points(seen: OnCall) -> tuple[Pointed, ...]:
    """Points to handle this kind of matter by."""
    return tuple(
        Pointed(worded(point.title), tuple(worded(item) for item in point.items))
        for point in seen.plan.point
        if point.speaks_of(seen.kind)
    )


def authority(seen: OnCall) -> tuple[KeyLabel, ...]:
    """Who may answer what."""
    return tuple(KeyLabel(worded(each.title), worded(each.says)) for each in seen.plan.authority)


def turns_summary(seen: OnCall) -> str:
    """How much was said."""
    return _("%(count)d 句") % {"count": len(seen.call.turns)}


def turns(seen: OnCall) -> tuple[TurnLine, ...]:
    """What was said on the call, as far as somebody writes it down."""
    began = seen.call.answered_at or seen.call.rang_at
    lines = []
    for turn in seen.call.turns[-_SHOWN_TURNS:]:
        at = began + timedelta(seconds=float(turn.get("start", 0)))
        is_agent = turn.get("speaker") == "agent"
        lines.append(
            TurnLine(
                time=f"{int((at - began).total_seconds()) // 60:02d}:{int((at - began).total_seconds()) % 60:02d}",
                who=_("坐席") if is_agent else _("客户"),
                text=str(turn.get("text", "")),
                is_agent=is_agent,
            )
        )
    return tuple(lines)
