"""The queue of promised calls: what is due, what can be done about each."""

import base64
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.cases.models import Promise
from shouwen.cases.presenters import reasons
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.cases.queries import standing
from shouwen.cases.shown import customer_shown
from shouwen.clocks.presenters import clause_mark, clock_chip
from shouwen.hotline.models import AgentState, Call, CallAttempt, CallBack
from shouwen.hotline.presenters.idle import status_word
from shouwen.hotline.presenters.outcomes import CLOSED_BY_ANSWER, outcome_words
from shouwen.hotline.queries import readable_callbacks
from shouwen.hotline.queries.call_backs import Due, call_back_of, standing_of_promise
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import listed
from shouwen.ui.pages_calls import CallBackRow, CallBacksPage
from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Option, Tag
from shouwen.ui.presenters import ClockChip, ClockFacts, chip

_SEEN = 2  # outcomes that stand in the row; the others are behind it


@dataclass(frozen=True, slots=True)
class DueMaterial:
    """A page of the queue for one viewer. `people`: who sits at a telephone, for who leads the calls."""

    due: Due
    viewer: Staff
    scope: str
    people: Sequence[AgentState]
    pack: Pack
    new_id: Callable[[], uuid.UUID]
    now: datetime
    after: str = ""
    has_more: bool = False
    notice: Note | None = None


def call_backs_page(material: DueMaterial) -> CallBacksPage:
    """The page, or its rows."""
    due = material.due
    rows = tuple(_row(promise, material, n) for n, promise in enumerate(due.promises))
    return CallBacksPage(
        rows_url=f"{reverse('callbacks_rows')}?{_query(material.scope, material.after)}",
        heading=_("要打的回电"),
        choices=(
            Choice(
                _("我的 %(n)d") % {"n": due.mine}, _url("mine"), is_on=material.scope == "mine"
            ),
            Choice(
                _("全组 %(n)d") % {"n": due.team}, _url("team"), is_on=material.scope == "team"
            ),
        ),
        rows=rows,
        empty=None if rows else Empty(_("没有要打的回电"), _("答应回电的、没接上的，会排在这里")),
        plan=_plan(),
        more_url=_more(material),
        notice=material.notice,
    )


def _plan() -> str:
    plan = readable_callbacks()
    if not plan.attempts:
        return _("标准包没有重拨规则：不自动安排下一次")
    return _("最多拨 %(n)d 次；没人接隔 %(wait)s 分再拨") % {
        "n": plan.attempts,
        "wait": listed(
            str(minutes)
            for each in plan.wait
            if each.after == "no_answer"
            for minutes in each.minutes
        ),
    }


# --- one row


def _row(promise: Promise, material: DueMaterial, place: int) -> CallBackRow:
    case, now = promise.case, material.now
    person = customer_shown(case=case, viewer=material.viewer)
    clock = material.due.clocks.get(promise.pk)
    row, under_way = call_back_of(promise), _under_way(promise)
    text, look = _next(promise, row, under_way, now)
    may_see = can(material.viewer, Allowed.VIEW_CASE, standing(case))
    sub = (person.called, person.short_address, case.number)
    return CallBackRow(
        id=str(promise.pk),
        clock=clock_chip(clock, pack=material.pack, now=now, width=44)
        if clock
        else _bare(promise, now),
        mark=clause_mark(clock, pack=material.pack) if clock else None,
        title=without_numbers(promise.words),
        sub=" · ".join(part for part in sub if part),
        case_url=reverse("case", args=[case.number]) if may_see else "",
        number=person.phone.text or _("没有号码"),
        owner=_owner(promise, row),
        kind=Tag(_("回电") if promise.kind == "call_back" else _("答复"), "flame"),
        tries=_tries(row),
        next=text,
        look=look,
        acts=_acts(promise, under_way, material, is_first=place == 0),
        more=_further(promise, under_way, material),
        owed=_("先说这一通打得怎样") if under_way else "",
    )


def _under_way(promise: Promise) -> CallAttempt | None:
    waiting: list[CallAttempt] = promise.under_way  # type: ignore[attr-defined]  # prefetched under this name
    return waiting[-1] if waiting else None


def _bare(promise: Promise, now: datetime) -> ClockChip:
    late = now > promise.due_at
    facts = ClockFacts(
        state="missed" if late else "running",
        started_at=promise.made_at,
        due_at=promise.due_at,
    )
    return chip(facts, now=now, width=44)


def _owner(promise: Promise, row: CallBack | None) -> str:
    if row and row.caller and row.caller_id != promise.owner_id:
        return _("%(owner)s · 请 %(caller)s 打") % {
            "owner": promise.owner.name,
            "caller": row.caller.name,
        }
    return promise.owner.name


def _tries(row: CallBack | None) -> str:
    most = readable_callbacks().attempts
    if row is None or not row.tries:
        return _("还没打")
    count = f"{row.tries} / {most}" if most else str(row.tries)
    last = outcome_words().get(row.last_outcome, "")
    return _("%(count)s 次 · %(last)s") % {"count": count, "last": last}


def _next(
    promise: Promise, row: CallBack | None, under_way: CallAttempt | None, now: datetime
) -> tuple[str, str]:
    if under_way and under_way.call and under_way.call.stage != Call.Stage.OVER:
        return _("%(name)s 正在打") % {"name": under_way.staff.name}, "run"
    if under_way:
        return _("%(name)s 打过，等结果") % {"name": under_way.staff.name}, "warn"
    if row and row.over_at:
        return _("拨完了没打通，已告诉班长"), "over"
    if row and row.next_at and row.next_at > now:
        return _("%(at)s 再打") % {"at": wording.moment(row.next_at, now=now)}, "gap"
    return (_("已过期，马上打"), "over") if now > promise.due_at else (_("现在可以打"), "met")


# --- what can be done


def _acts(
    promise: Promise, under_way: CallAttempt | None, material: DueMaterial, *, is_first: bool
) -> tuple[Action, ...]:
    if not _may(promise, material):
        return ()
    if under_way:
        return outcome_acts(promise, under_way, new_id=material.new_id)[:_SEEN]
    if not promise.case.caller_phone:
        return ()
    return (
        Action(
            id=f"dial-{promise.pk}",
            verb=_("拨号"),
            url=reverse("callback_dial", args=[promise.pk]),
            icon="phone-outgoing",
            look="primary" if is_first else "plain",
            key="F4" if is_first else "",
            fields=(_act(material.new_id),),
        ),
    )


def _further(
    promise: Promise, under_way: CallAttempt | None, material: DueMaterial
) -> tuple[Action, ...]:
    found: list[Action] = []
    if _may(promise, material):
        told = outcome_acts(promise, under_way, new_id=material.new_id)
        found += told[_SEEN:] if under_way else told
    if can(material.viewer, Allowed.GIVE_CALL_BACK, standing_of_promise(promise)):
        found += [_give(promise, material), _reassign(promise, material)]
    return tuple(found)


def _may(promise: Promise, material: DueMaterial) -> bool:
    return can(material.viewer, Allowed.CALL_BACK, standing_of_promise(promise))


def outcome_acts(
    promise: Promise, attempt: CallAttempt | None, *, new_id: Callable[[], uuid.UUID]
) -> tuple[Action, ...]:
    """What became of the attempt; without one, of a call that was made by hand."""
    return (
        _reached(promise, attempt, new_id),
        *(
            _plain(promise, attempt, name, new_id)
            for name in ("no_answer", "busy", "wrong_number")
        ),
        _later(promise, attempt, new_id),
    )


def _reached(
    promise: Promise, attempt: CallAttempt | None, new_id: Callable[[], uuid.UUID]
) -> Action:
    needs_words = promise.kind == "answer"
    closes = promise.case.kind in CLOSED_BY_ANSWER
    return Action(
        id=f"reached-{promise.pk}",
        verb=_("接通了"),
        url=reverse("callback_outcome", args=[promise.pk]),
        icon="check",
        look="primary" if attempt else "plain",
        question=_("接通了：答了什么"),
        text=_("承诺按接通的时刻算兑现，答复记进工单。"),
        fields=(
            *_hidden(attempt, "reached", new_id),
            Field("words", _("答复"), kind="textarea", required=needs_words),
            Field(
                "closes",
                _("工单"),
                kind="select",
                required=False,
                options=(
                    Option("1", _("没有别的事了，办结"), selected=closes),
                    Option("", _("还要办，先不办结"), selected=not closes),
                ),
            ),
        ),
    )


def _later(
    promise: Promise, attempt: CallAttempt | None, new_id: Callable[[], uuid.UUID]
) -> Action:
    return Action(
        id=f"later-{promise.pk}",
        verb=_("约别的时间"),
        url=reverse("callback_outcome", args=[promise.pk]),
        question=_("客户约什么时候再打"),
        fields=(
            *_hidden(attempt, "asked_later", new_id),
            Field("asked_for", _("时间"), kind="datetime-local"),
        ),
    )


def _plain(
    promise: Promise, attempt: CallAttempt | None, outcome: str, new_id: Callable[[], uuid.UUID]
) -> Action:
    return Action(
        id=f"{outcome}-{promise.pk}",
        verb=outcome_words()[outcome],
        url=reverse("callback_outcome", args=[promise.pk]),
        fields=_hidden(attempt, outcome, new_id),
    )


def _hidden(
    attempt: CallAttempt | None, outcome: str, new_id: Callable[[], uuid.UUID]
) -> tuple[Field, ...]:
    told = Field("outcome", "", kind="hidden", value=outcome)
    which = Field("attempt", "", kind="hidden", value=str(attempt.pk) if attempt else "")
    return (_act(new_id), told, which)


def _give(promise: Promise, material: DueMaterial) -> Action:
    return Action(
        id=f"give-{promise.pk}",
        verb=_("请人打"),
        url=reverse("callback_give", args=[promise.pk]),
        question=_("请谁打这个回电"),
        text=_("承诺还是 %(name)s 的，只请这位打这一通。") % {"name": promise.owner.name},
        fields=(_act(material.new_id), _people(material)),
        divides=True,
    )


def _reassign(promise: Promise, material: DueMaterial) -> Action:
    return Action(
        id=f"reassign-{promise.pk}",
        verb=_("改派负责人"),
        url=reverse("callback_reassign", args=[promise.pk]),
        question=_("替%(name)s改派给谁？") % {"name": promise.owner.name},
        text=_("对方接收前，责任仍在原负责人。责任链上会写明是改派。"),
        fields=(
            _act(material.new_id),
            _people(material),
            Field(
                "reason", _("原因（必选）"), kind="select",
                options=tuple(Option(code, str(text)) for code, text in reasons.absences().items()),
            ),
            Field("words", _("交代"), kind="textarea", placeholder=_("对方要知道的事")),
        ),
    )  # fmt: skip


def _people(material: DueMaterial) -> Field:
    options = tuple(
        Option(
            state.staff.staff_no,
            f"{state.staff.name} {state.staff.staff_no} · {status_word(state.status)}",
        )
        for state in material.people
    )
    return Field("to", _("谁"), kind="select", options=options)


def _act(new_id: Callable[[], uuid.UUID]) -> Field:
    return Field("act_id", "", kind="hidden", value=str(new_id()))


# --- addresses


def _query(scope: str, after: str) -> str:
    return urlencode({"scope": scope} | ({"after": after} if after else {}))


def _url(scope: str) -> str:
    return f"{reverse('callbacks')}?scope={scope}"


def _more(material: DueMaterial) -> str:
    if not material.has_more or not material.due.promises:
        return ""
    last = material.due.promises[-1]
    mark = base64.urlsafe_b64encode(f"{last.due_at.isoformat()} {last.pk}".encode()).decode()
    return f"{reverse('callbacks')}?{_query(material.scope, mark)}"
