"""One order as a page."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.cases.shown import customer_shown
from shouwen.clocks.presenters import clause_mark, clock_chip, clock_title
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import EVENTS
from shouwen.dispatch.presenters.appointing import (
    agreed_actions,
    agreed_sub,
    agreed_text,
    window_days,
)
from shouwen.dispatch.presenters.words import has_care, place_of, skills_text, title_of
from shouwen.dispatch.queries.order import OrderStory
from shouwen.fieldwork.links import visit_url
from shouwen.fieldwork.models import ASSIGNABLE, OPEN_STATES, OrderState
from shouwen.fieldwork.queries import WindowOffer
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.pages_dispatch import OrderEvent, OrderPage, WindowDay
from shouwen.ui.parts import Action, ClauseMark, Field, Note, Option, Tag
from shouwen.ui.presenters import ClockChip

CANCEL_REASONS = ("customer_solved", "duplicate", "not_needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMaterial:
    """An order for one viewer."""

    story: OrderStory
    viewer: Staff
    now: datetime
    new_id: Callable[[], uuid.UUID]
    windows: Sequence[WindowOffer] = ()
    notice: Note | None = None


def order_page(material: OrderMaterial) -> OrderPage:
    """The page."""
    story, viewer = material.story, material.viewer
    order = story.order
    title = title_of(kind=order.kind, leaf=order.case.leaf if order.case else "")
    return OrderPage(
        heading=f"{title} {order.number}",
        state=_state(order.state),
        facts=tuple(_facts(material)),
        case_text=order.case.number if order.case else "",
        case_url=reverse("case", args=[order.case.number]) if order.case else "",
        actions=tuple(_actions(material)),
        **_agreed(material),
        history=tuple(_history(material)),
        back_url=reverse("dispatch") if can(viewer, Allowed.VIEW_DISPATCH) else "",
        notice=material.notice,
        chips=_chips(material),
    )


class _Agreed(TypedDict):
    appointment: str
    appointment_sub: str
    appointment_actions: tuple[Action, ...]
    days: tuple[WindowDay, ...]
    windows_heading: str


def _agreed(material: OrderMaterial) -> _Agreed:
    """The time agreed, and what can be offered instead."""
    story, now = material.story, material.now
    agreed = story.appointment
    can_book = bool(material.windows)
    shows = can_book or agreed is not None
    return _Agreed(
        appointment=agreed_text(agreed, now=now) if shows else "",
        appointment_sub=agreed_sub(agreed, now=now),
        appointment_actions=agreed_actions(agreed, story.order, material.new_id)
        if can_book
        else (),
        days=window_days(material.windows, story.order, material.new_id),
        windows_heading=(_("改到") if agreed else _("可以约的时段")) if can_book else "",
    )


def _state(state: str) -> Tag:
    looks = {
        OrderState.DONE: "met",
        OrderState.NO_ACCESS: "warn",
        OrderState.WAITING: "warn",
        OrderState.ON_WAY: "flame",
        OrderState.ON_SITE: "flame",
    }
    return Tag(str(OrderState(state).label), looks.get(OrderState(state), ""))


def _facts(material: OrderMaterial) -> Iterator[tuple[str, str]]:
    order, viewer, now = material.story.order, material.viewer, material.now
    yield _("地点"), place_of(order, viewer) or "—"
    if order.case:
        called = customer_shown(case=order.case, viewer=viewer).called
        yield _("客户"), called or "—"
    if has_care(order, viewer):
        yield _("特殊关怀"), _("需要照顾，派熟人，多留时间")
    yield _("要会"), skills_text(order.skills) or _("不限")
    yield _("约用"), _("%(n)d 分钟") % {"n": order.minutes}
    if order.assignee:
        yield _("派给"), f"{order.assignee.name} {order.assignee.staff_no}"
    if order.planned_from and order.planned_until:
        yield (
            _("排在"),
            f"{wording.moment(order.planned_from, now=now)}–{wording.clock_text(order.planned_until)}",
        )
    if order.is_open and not order.urgent:
        yield _("客户的链接"), visit_url(order.pk)
    if order.due_at:
        yield _("最早到期"), wording.moment(order.due_at, now=now)


def _chips(material: OrderMaterial) -> tuple[tuple[str, ClockChip, ClauseMark | None], ...]:
    pack = readable_standard()
    if pack is None:
        return ()
    return tuple(
        (
            clock_title(clock, pack=pack),
            clock_chip(clock, pack=pack, now=material.now, width=56),
            clause_mark(clock, pack=pack),
        )
        for clock in material.story.clocks
    )


def _actions(material: OrderMaterial) -> Iterator[Action]:
    order = material.story.order
    if not can(material.viewer, Allowed.DISPATCH) or order.state not in OPEN_STATES:
        return
    if order.state in ASSIGNABLE:
        yield Action(
            id="send",
            verb=_("去派") if order.assignee is None else _("改派"),
            url=f"{reverse('dispatch')}?order={order.pk}",
            is_link=True,
            icon="truck",
            look="primary",
        )
    if order.assignee and order.state in ASSIGNABLE:
        yield Action(
            id="withdraw",
            verb=_("收回"),
            url=reverse("dispatch_act", args=[order.number, "withdraw"]),
            icon="arrow-back-up",
            fields=(
                _hidden("act_id", str(material.new_id())),
                _hidden("version", str(order.version)),
            ),
        )
    if order.state in ASSIGNABLE:
        yield Action(
            id="cancel",
            verb=_("撤销"),
            url=reverse("dispatch_act", args=[order.number, "cancel"]),
            icon="ban",
            look="quiet",
            question=_("不用上门了？"),
            text=_("工单照旧在办，只是不再派人。"),
            fields=(
                _hidden("act_id", str(material.new_id())),
                Field(
                    "reason", _("原因"), kind="select",
                    options=tuple(Option(each, cancel_words(each)) for each in CANCEL_REASONS),
                ),
            ),
        )  # fmt: skip


def cancel_words(reason: str) -> str:
    """Why nobody comes any more."""
    return {
        "customer_solved": _("客户自己解决了"),
        "duplicate": _("重复的派工单"),
        "not_needed": _("查明不用上门"),
        "case_over": _("工单已办结"),
        "no_visit": _("改分类后不用上门"),
    }.get(reason, reason)


def _hidden(name: str, value: str) -> Field:
    return Field(name, "", kind="hidden", value=value)


def _history(material: OrderMaterial) -> Iterator[OrderEvent]:
    story = material.story
    names = {a.staff.staff_no: a.staff.name for a in story.assignments}
    names |= {a.by.staff_no: a.by.name for a in story.assignments}
    names |= {page.staff.staff_no: page.staff.name for page in story.pages}
    if story.order.case:
        owner = story.order.case.owner
        names[owner.staff_no] = owner.name
    refusals = {a.answered_at: a.refusal for a in story.assignments if a.refusal}
    for entry in reversed(story.entries):
        kind = EVENTS[entry.kind]
        text = kind.en if tongue() == "en" else kind.zh
        to = str(entry.data.get("to", ""))
        who = names.get(entry.actor, entry.actor)
        parts = [names.get(to, to) if entry.kind != "order.referred" else ""]
        parts += [_reason(entry.data), refusals.get(entry.happened_at, "")]
        yield OrderEvent(
            time=wording.moment(entry.happened_at, now=material.now),
            text=" ".join(part for part in (who, text) if part),
            sub=" · ".join(part for part in parts if part),
        )


def _reason(data: dict[str, object]) -> str:
    reason = str(data.get("reason", ""))
    return cancel_words(reason) if reason else ""
