"""An order chosen: where it would stand in each day, whom to send, and why."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.dispatching import Offer
from shouwen.dispatch.presenters.lanes import place_css
from shouwen.dispatch.presenters.words import (
    minutes_text,
    place_of,
    reason_text,
    title_of,
)
from shouwen.dispatch.queries.board import Day
from shouwen.dispatch.queries.suggesting import Suggestion
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.languages import listed, tongue
from shouwen.ui.pages_dispatch import Ghost, ReasonLine, SuggestionPart

_REASONS_SHOWN = 8


def suggestion_part(
    found: Suggestion, *, day: Day, viewer: Staff, can_send: bool, new_id: uuid.UUID
) -> SuggestionPart:
    """The foot of the lanes, the ghosts in them, the reasons behind."""
    order = found.order
    best = next((each for each in found.offers if each.fit != "no"), None)
    late = next((each for each in found.offers if each.arrives), None)
    chosen = best or late
    lane = found.lanes[chosen.id] if chosen else None
    leaf = order.case.leaf if order.case else ""
    title = title_of(kind=order.kind, leaf=leaf)
    return SuggestionPart(
        order_id=str(order.pk),
        title=f"{title} {place_of(order, viewer)}".strip(),
        act_url=reverse("dispatch_assign", args=[order.pk]),
        act_id=str(new_id),
        version=order.version,
        day=day.day.isoformat(),
        to=chosen.id if chosen else "",
        name=lane.staff.name if lane else "",
        says=_says(chosen) if chosen else _("现在没有人能去：看理由，或去“排班”加人"),
        ghosts=tuple(_ghost(each, found, day) for each in found.offers),
        reasons=tuple(_reason_line(each, found) for each in found.offers[:_REASONS_SHOWN]),
        can_send=can_send,
    )


def _ghost(offer: Offer, found: Suggestion, day: Day) -> Ghost:
    name = found.lanes[offer.id].staff.name
    if offer.arrives is None or offer.ends is None:
        text = listed(reason_text(reason) for reason in offer.reasons)
        return Ghost(offer.id, name, "", "", "", text, can_go=False)
    ends = max(offer.ends, offer.arrives + timedelta(minutes=90))
    css = place_css(day, offer.arrives, ends)
    first, second = _lines(offer)
    looks = {"ok": "sw-blk--ok", "cost": "sw-blk--ok2", "no": "sw-blk--no"}
    return Ghost(
        staff_no=offer.id,
        name=name,
        css=f"sw-blk {css} {looks[offer.fit]}" if css else "",
        first=first,
        second=second,
        says=_says(offer),
        can_go=True,
    )


def _lines(offer: Offer) -> tuple[str, str]:
    at = wording.clock_text(offer.arrives) if offer.arrives else ""
    if offer.fit == "ok":
        return _("这里可以"), _("%(at)s 到") % {"at": at}
    if offer.fit == "cost":
        return _("要推 %(n)d 户") % {"n": offer.delays}, _("%(at)s 到") % {"at": at}
    if offer.spare is not None and offer.spare < 0:
        late = wording.length(-60 * offer.spare)
        return _("晚 %(late)s") % {"late": late}, _("守不住")
    return _("会误约"), _("%(at)s 到") % {"at": at}


def _says(offer: Offer) -> str:
    """路上 14 分，14:46 到，早 26 分；不推迟任何约定"""
    if offer.arrives is None:
        return listed(reason_text(reason) for reason in offer.reasons)
    parts = [
        _("路上 %(minutes)s") % {"minutes": minutes_text(offer.travel)},
        _("%(at)s 到") % {"at": wording.clock_text(offer.arrives)},
    ]
    by_code = {reason.code: reason for reason in offer.reasons}
    parts += [reason_text(by_code[code]) for code in ("early", "late") if code in by_code]
    costs = [
        reason_text(by_code[code])
        for code in ("breaks", "delays", "delays_nothing", "long_day")
        if code in by_code
    ]
    comma = ", " if tongue() == "en" else "，"
    return _("%(way)s；%(cost)s") % {"way": comma.join(parts), "cost": comma.join(costs)}


def _reason_line(offer: Offer, found: Suggestion) -> ReasonLine:
    staff = found.lanes[offer.id].staff
    words = {"ok": _("可派"), "cost": _("可派，要推"), "no": _("派不了")}
    looks = {"ok": "met", "cost": "warn", "no": "over"}
    word = _("会晚") if offer.fit == "no" and offer.arrives else words[offer.fit]
    return ReasonLine(
        name=staff.name,
        staff_no=staff.staff_no,
        fit=word,
        fit_look=looks[offer.fit],
        arrives=wording.clock_text(offer.arrives) if offer.arrives else "—",
        reasons=" · ".join(reason_text(reason) for reason in offer.reasons),
    )
