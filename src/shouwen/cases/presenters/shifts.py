"""Handing over at the end of a shift, and taking a shift over."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case, Handover, ShiftHandover
from shouwen.cases.presenters import acts
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.cases.queries import open_offer
from shouwen.cases.shown import summary_of
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clock_chip
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages_casework import (
    ShiftCard,
    ShiftOfferPage,
    ShiftOfferRow,
    ShiftPage,
    ShiftRow,
)
from shouwen.ui.parts import Action, Empty, Field, Note
from shouwen.ui.presenters import ClockChip

Clocks = Mapping[uuid.UUID, Clock]


@dataclass(frozen=True, slots=True)
class Shift:
    """What the hand-over of a shift is chosen from; `values` and `chosen` are what a refused form had."""

    viewer: Staff
    cases: Sequence[Case]
    clocks: Clocks
    colleagues: Sequence[Staff]
    departments: Sequence[Department]
    values: Mapping[str, str]
    chosen: frozenset[str] | None
    pack: Pack
    new_id: acts.NewId
    now: datetime


def shift_page(shift: Shift, *, notice: Note | None = None) -> ShiftPage:
    """My open cases to choose from, to whom they go, and the note."""
    rows = tuple(_shift_row(case, shift) for case in shift.cases)
    wanted = shift.values.get("to")
    to = tuple(
        replace(each, selected=each.value == wanted)
        for each in acts.addressees(shift.colleagues, shift.departments)
    )
    return ShiftPage(
        url=reverse("hand_over_shift"),
        rows=rows,
        fields=(
            Field("to", _("交给谁"), kind="select", options=to),
            Field(
                "words",
                _("交代"),
                kind="textarea",
                value=shift.values.get("words", ""),
                placeholder=_("例：三户等配件，都答应了 18:00 前回电"),
            ),
            acts.act_field(shift.new_id),
        ),
        submit=_("交班"),
        notice=notice,
        empty=None
        if rows
        else Empty(_("您手上没有办理中的工单"), _("可以放心下班"), icon="mood-smile"),
    )


def _shift_row(case: Case, shift: Shift) -> ShiftRow:
    viewer, chosen = shift.viewer, shift.chosen
    waits = open_offer(case) is not None
    return ShiftRow(
        case_id=str(case.pk),
        number=case.number,
        title=case.said,
        sub=summary_of(case, viewer),
        url=reverse("case", args=[case.number]),
        clock=_chip(case, shift.clocks, pack=shift.pack, now=shift.now),
        is_chosen=not waits and (chosen is None or str(case.pk) in chosen),
        hint=_("已在移交，等对方答复") if waits else "",
    )


def shift_card(
    shift: ShiftHandover, *, waiting: int, new_id: acts.NewId, now: datetime
) -> ShiftCard:
    """The card on the start page of whoever should take the shift over."""
    return ShiftCard(
        title=_("%(from)s 交班给%(to)s：%(count)s 张工单")
        % {"from": shift.from_staff.name, "to": _to(shift), "count": waiting},
        waited_text=_waited(shift, now),
        note=without_numbers(shift.note),
        url=reverse("shift_offer", args=[shift.pk]),
        accept_all=_accept_all(shift, new_id),
    )


def shift_offer_page(
    shift: ShiftHandover,
    *,
    viewer: Staff,
    clocks: Clocks,
    may_answer: bool,
    pack: Pack,
    new_id: acts.NewId,
    now: datetime,
    notice: Note | None = None,
) -> ShiftOfferPage:
    """A shift as it was handed over: what still waits can be taken one by one or all at once."""
    rows = tuple(
        _offer_row(
            offer,
            clocks,
            viewer=viewer,
            may_answer=may_answer,
            pack=pack,
            new_id=new_id,
            now=now,
        )
        for offer in shift.handovers.all()
    )
    waits = any(row.accept for row in rows)
    return ShiftOfferPage(
        title=_("%(from)s 交班给%(to)s") % {"from": shift.from_staff.name, "to": _to(shift)},
        waited_text=_waited(shift, now),
        note=without_numbers(shift.note),
        rows=rows,
        accept_all=_accept_all(shift, new_id) if waits else None,
        notice=notice,
    )


def _offer_row(
    offer: Handover,
    clocks: Clocks,
    *,
    viewer: Staff,
    may_answer: bool,
    pack: Pack,
    new_id: acts.NewId,
    now: datetime,
) -> ShiftOfferRow:
    waits = offer.state == Handover.State.OFFERED
    who = offer.answered_by.name if offer.answered_by else ""
    outcomes = {
        "offered": _("待接收"),
        "accepted": _("%(name)s 已接收") % {"name": who},
        "refused": _("%(name)s 已退回") % {"name": who},
        "withdrawn": _("已撤回"),
    }
    return ShiftOfferRow(
        number=offer.case.number,
        title=offer.case.said,
        sub=summary_of(offer.case, viewer),
        url=reverse("case", args=[offer.case.number]),
        clock=_chip(offer.case, clocks, pack=pack, now=now),
        accept=_accept_one(offer, new_id) if waits and may_answer else None,
        outcome=outcomes[offer.state],
    )


def _accept_one(offer: Handover, new_id: acts.NewId) -> Action:
    one = acts.accept(offer=offer, new_id=new_id)
    return Action(
        id=f"accept-{offer.pk}", verb=one.verb, url=one.url, icon=one.icon, fields=one.fields
    )


def _accept_all(shift: ShiftHandover, new_id: acts.NewId) -> Action:
    return Action(
        id=f"accept-all-{shift.pk}",
        verb=_("全部接收"),
        url=reverse("accept_shift", args=[shift.pk]),
        icon="check",
        look="primary",
        fields=(acts.act_field(new_id),),
    )


def _to(shift: ShiftHandover) -> str:
    return shift.to_staff.name if shift.to_staff else department_name(shift.to_department)


def _waited(shift: ShiftHandover, now: datetime) -> str:
    seconds = (now - shift.offered_at).total_seconds()
    return _("已等 %(time)s") % {"time": wording.waited(seconds)}


def _chip(case: Case, clocks: Clocks, *, pack: Pack, now: datetime) -> ClockChip | None:
    clock = clocks.get(case.pk)
    return clock_chip(clock, pack=pack, now=now, width=44, dense=True) if clock else None
