"""One call: what the exchange told, the two clocks, the verdicts, the recording, what was said."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.masks import Purpose
from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.access.serializing import shown
from shouwen.cases.models import CaseKind
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import Words
from shouwen.core.events import EVENTS, Event
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.presenters.sounds import (
    SoundMaterial,
    opened_query,
    sound_boxes,
    sounds_note,
)
from shouwen.hotline.queries.whole_calls import WholeCall
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import MaskedPhone, TimelineDay, TimelineEntry
from shouwen.ui.pages_calls import CallPage, Measured
from shouwen.ui.pages_cockpit import TurnLine
from shouwen.ui.parts import KeyLabel, Note, Tag

_ICONS = {
    "call.arrived": "phone-incoming",
    "call.rang": "phone-incoming",
    "call.answered": "phone",
    "call.not_taken": "phone-off",
    "call.held": "player-pause",
    "call.resumed": "player-play",
    "call.transferred": "arrows-exchange",
    "call.reassigned": "users",
    "call.ended": "phone-off",
    "call.promised_call_back": "calendar-time",
    "call.recording_there": "wave-sine",
    "call.recording_played": "eye",
    "call.recording_downloaded": "eye",
    "call.recording_removed": "ban",
    "call.fell_silent": "alert-triangle",
    "call.supervisor_asked": "lifebuoy",
    "call.supervisor_came": "user-check",
    "data.read": "eye",
}
_LOOKS = {"kept": "met", "broken": "over", "not_provable": "gap"}


@dataclass(frozen=True, slots=True)
class CallMaterial:
    """What the page of a call is made of. `opened`: the id under which this person hears a recording."""

    whole: WholeCall
    viewer: Staff
    pack: Pack | None
    sounds: SoundMaterial
    sees_case: bool
    now: datetime
    notice: Note | None = None


def call_page(material: CallMaterial) -> CallPage:
    """The page for one viewer."""
    whole, call = material.whole, material.whole.call
    may_hear = can(material.viewer, Allowed.PLAY_RECORDING, whole.standing)
    case = call.case if material.sees_case else None
    return CallPage(
        subject_id=str(call.pk),
        live_url=f"{reverse('call_body', args=[call.pk])}?{opened_query(material.sounds)}",
        title=_("%(moment)s %(direction)s")
        % {
            "moment": wording.full_moment(call.rang_at),
            "direction": _("来电") if call.direction == "inbound" else _("呼出"),
        },
        tags=tuple(_tags(call)),
        facts=tuple(_facts(call)),
        phone=_phone(material),
        case_text=f"{case.number} {case.said}" if case else "",
        case_url=reverse("case", args=[case.number]) if case else "",
        clocks=tuple(_clocks(material)),
        verdicts=tuple(_verdict(verdict, material) for verdict in whole.verdicts),
        unheard=tuple(Note(text, "warn", "help-circle") for text in unheard_words(call)),
        days=_days(material),
        sounds=sound_boxes(material.sounds, whole.recordings),
        sounds_note=sounds_note(call, whole.recordings),
        turns=_turns(call) if may_hear else (),
        turns_note=_turns_note(call, may_hear=may_hear),
        notice=material.notice,
    )


def unheard_words(call: Call) -> list[str]:
    """What nobody can prove of a call, in words."""
    words = {
        "arrival": _("什么时候打进来的，没有听到：客户等了多久说不清"),
        "ringing": _("什么时候开始振铃，没有听到：接听是否及时，无法证明"),
        "answer": _("什么时候接起来的，没有听到：无法证明"),
        "end_of_hold": _("保持到什么时候，没有听到"),
        "end": _("什么时候结束的，没有听到"),
        "who_hung_up": _("谁先挂的，交换机没有说"),
        "outcome": _("有没有人接起来，说不清，按没接通回电"),
    }
    return [words[name] for name in call.unheard if name in words]


# --- the head


def outcome_word(call: Call) -> str:
    """What became of the call, or what it is doing."""
    stages: dict[str, str] = {
        Call.Stage.WAITING: _("排队中"),
        Call.Stage.RINGING: _("振铃中"),
        Call.Stage.TALKING: _("通话中"),
        Call.Stage.HELD: _("保持中"),
    }
    outcomes: dict[str, str] = {
        Call.Outcome.ANSWERED: _("已接"),
        Call.Outcome.MISSED: _("未接"),
        Call.Outcome.ABANDONED: _("客户放弃"),
        Call.Outcome.UNKNOWN: _("说不清有没有人接"),
    }
    if call.stage != Call.Stage.OVER:
        return stages.get(call.stage, "")
    found = outcomes.get(call.outcome, "")
    return found or (_("已接") if call.answered_at else _("没有接通"))


def _tags(call: Call) -> Iterator[Tag]:
    look = {"answered": "met", "missed": "over", "abandoned": "warn"}.get(call.outcome, "line")
    yield Tag(outcome_word(call), "flame" if call.stage != Call.Stage.OVER else look)
    kind = dict(CaseKind.choices).get(call.kind)
    if kind:
        yield Tag(str(kind))
    if call.transfers:
        yield Tag(_("转接 %(n)d 次") % {"n": call.transfers}, icon="arrows-exchange")


def _facts(call: Call) -> Iterator[KeyLabel]:
    sides = {"customer": _("客户"), "agent": _("坐席"), "exchange": _("线路")}
    yield KeyLabel(_("坐席"), str(call.staff) if call.staff else _("没有人接"))
    if call.queue:
        yield KeyLabel(_("队列"), call.queue)
    if call.answered_at and call.ended_at:
        spoken = (call.ended_at - call.answered_at).total_seconds()
        yield KeyLabel(_("通话"), wording.length(spoken, ticking=True))
    if call.holds:
        yield KeyLabel(_("保持"), _("%(n)d 次") % {"n": len(call.holds)})
    if call.stage == Call.Stage.OVER:
        yield KeyLabel(_("谁先挂"), sides.get(call.ended_by, _("不知道")))
    if call.cause:
        yield KeyLabel(_("结束原因"), call.cause)


def _phone(material: CallMaterial) -> MaskedPhone:
    call, viewer = material.whole.call, material.viewer
    if not call.number:
        return MaskedPhone(text=_("没有来电号码"))
    own = viewer.staff_no in (material.whole.standing.agent, material.whole.standing.case_owner)
    number = shown(viewer, call, Purpose.OWN_CASE if own else Purpose.CASE)["number"]
    may = number.can_reveal and can(viewer, Allowed.POP_CALL, material.whole.standing)
    return MaskedPhone(number.text, reverse("call_phone", args=[call.pk]) if may else "")


# --- clocks and verdicts


def _clocks(material: CallMaterial) -> Iterator[Measured]:
    call = material.whole.call
    rule = next(
        (v for v in material.whole.verdicts if _version(v, material.pack, "answer_after")), None
    )
    if call.direction == "inbound":
        yield _agent_clock(call, rule, material)
        yield Measured(
            look="na",
            title=_("客户等的"),
            word=_("只看不判"),
            value=_seconds(call.customer_clock),
            why=_("从打进来到第一次有人接") if call.customer_clock is not None else _("说不清"),
        )


def _agent_clock(call: Call, verdict: CallVerdict | None, material: CallMaterial) -> Measured:
    title = _("坐席接听")
    if verdict:
        judged = _verdict(verdict, material)
        rings = _("第 %(n)d 声") % {"n": call.rings} if call.rings else ""
        clock = call.agent_clock if call.agent_clock is not None else verdict.measured
        value = " · ".join(part for part in (_seconds(clock), rings) if part)
        return Measured(
            judged.look, title, judged.word, value, judged.why, judged.mark, judged.why_url
        )
    if call.answered_at is None:
        return Measured("gap", title, outcome_word(call), why=_("没有人接起来，没有可判的"))
    return Measured(
        "gap", title, _("还没判"), _seconds(call.agent_clock), _("通话结束后按记录判定")
    )


def _seconds(value: float | None) -> str:
    return _("%(n)s 秒") % {"n": f"{round(value, 1):g}"} if value is not None else ""


def _verdict(verdict: CallVerdict, material: CallMaterial) -> Measured:
    pack = material.pack
    rule = pack.rules.get(verdict.rule_id) if pack else None
    words = {
        "kept": _("做到"),
        "broken": _("未做到"),
        "not_provable": _("无法证明"),
        "not_applicable": _("不适用"),
    }
    look = _LOOKS.get(verdict.verdict, "na")
    word = words.get(verdict.verdict, verdict.verdict)
    if verdict.verdict == "kept" and _is_grey(verdict, pack):
        look, word = "warn", _("做到，灰区")
    ruling = _ruling_of(verdict, material.whole)
    return Measured(
        look=look,
        title=worded(rule.title) if rule else verdict.rule_id,
        word=word,
        why=worded(Words(zh=verdict.why_zh, en=verdict.why_en)),
        mark=mark_of(verdict.clause) if verdict.clause else None,
        why_url=reverse("ruling_why", args=[ruling]) if ruling else "",
    )


def _ruling_of(verdict: CallVerdict, whole: WholeCall) -> uuid.UUID | None:
    """The ruling of a verdict, numbered among those of its rule."""
    same = [each.ordinal for each in whole.verdicts if each.rule_id == verdict.rule_id]
    number = same.index(verdict.ordinal) + 1
    pk = uuid.uuid5(whole.call.pk, f"ruling:{verdict.rule_id}:{number}")
    return pk if pk in whole.ruled else None


def _version(verdict: CallVerdict, pack: Pack | None, measure: str) -> CallMeasureVersion | None:
    rule = pack.rules.get(verdict.rule_id) if pack else None
    version = rule.on(pack.calendar.day_of(verdict.call.rang_at)) if rule and pack else None
    is_it = isinstance(version, CallMeasureVersion) and version.measure == measure
    return version if is_it and isinstance(version, CallMeasureVersion) else None


def _is_grey(verdict: CallVerdict, pack: Pack | None) -> bool:
    version = _version(verdict, pack, "answer_after")
    good = version.rings.good_up_to if version and version.rings else None
    return good is not None and verdict.measured is not None and verdict.measured > good


# --- what happened


def _days(material: CallMaterial) -> tuple[TimelineDay, ...]:
    told = [
        (event.at, _entry(event, material))
        for event in material.whole.events
        if event.kind in EVENTS
    ]
    told += [
        (each.at, _plain(each.at, _untold(each.type), "arrows-exchange"))
        for each in material.whole.untold
    ]
    told.sort(key=lambda pair: pair[0])
    by_day = groupby(told, key=lambda pair: wording.local_day(pair[0]))
    return tuple(
        TimelineDay(wording.day_text(day), tuple(entry for _at, entry in entries))
        for day, entries in by_day
    )


def _untold(type_: str) -> str:
    return _("请求转接") if type_ == "transfer_asked" else _("这段时间没有听到交换机")


def _plain(at: datetime, text: str, icon: str) -> TimelineEntry:
    return TimelineEntry(
        time=f"{wording.local(at):%H:%M:%S}", icon=icon, actor="", text=text, at_iso=at.isoformat()
    )


def _entry(event: Event, material: CallMaterial) -> TimelineEntry:
    kind = EVENTS[event.kind]
    said = worded(Words(zh=kind.zh, en=kind.en))
    detail = _detail(event, material)
    rule = material.pack.rules.get(str(event.data.get("rule", ""))) if material.pack else None
    return TimelineEntry(
        time=f"{wording.local(event.at):%H:%M:%S}",
        icon=_ICONS.get(event.kind, "info-circle"),
        # Who hung up is told beside it; the record names whose call it was.
        actor="" if event.kind == "call.ended" else material.whole.names.get(event.by, event.by),
        text=f"{said}：{worded(rule.title)}" if rule else " ".join(filter(None, (said, detail))),
        clause=mark_of(rule.clause) if rule else None,
        at_iso=event.at.isoformat(),
    )


def _detail(event: Event, material: CallMaterial) -> str:
    data, names = event.data, material.whole.names
    sides = {"customer": _("客户"), "agent": _("坐席"), "exchange": _("线路")}
    who = str(data.get("to") or data.get("by") or "")
    parts = (
        sides.get(who) or (f"{names.get(who, '')} {who}".strip() if who else ""),
        str(data.get("queue", "")),
        str(data.get("cause", "")) if event.kind == "call.ended" else "",
    )
    return " · ".join(part for part in parts if part)


# --- what was said


def _turns(call: Call) -> tuple[TurnLine, ...]:
    return tuple(_turn(turn) for turn in call.turns)


def _turn(turn: dict[str, object]) -> TurnLine:
    start = int(float(str(turn.get("start", 0))))
    is_agent = turn.get("speaker") == "agent"
    return TurnLine(
        time=f"{start // 60:02d}:{start % 60:02d}",
        who=_("坐席") if is_agent else _("客户"),
        text=without_numbers(str(turn.get("text", ""))),
        is_agent=is_agent,
    )


def _turns_note(call: Call, *, may_hear: bool) -> Note | None:
    if not may_hear:
        return Note(_("说了什么，只有质检、调度和当事人能看"), "plain", "lock")
    if not call.turns:
        return Note(_("没有文字记录；有录音就听录音"), "plain")
    return None
