"""Pages of those who steer: what phones and office disagree about, gifts, phones; and who is at my door."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.fieldwork.models import OrderState
from shouwen.fieldwork.shown import where_shown
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.visits.models import Conflict, Device, FieldEvent, GiftReport, Pass
from shouwen.visits.presenters.phone_words import phone_words

_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One difference with both sides, in words."""

    id: str
    act_id: str
    reason: str
    place: str
    order_url: str
    who: str
    when: str
    site: tuple[str, ...]
    office: tuple[str, ...]
    can_release: bool
    url: str


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One report, and what was decided."""

    act_id: str
    kind: str
    who: str
    offered: str
    reported: str
    what: str
    circumstances: str
    refused: str
    decision: str
    decided: str
    url: str


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """One phone."""

    who: str
    label: str
    seen: str
    clock: str
    waiting: int
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class VisitorPage:
    """Who shows this code; empty where nobody does."""

    name: str = ""
    number: str = ""
    purpose: str = ""
    company: str = ""
    hotline: str = ""
    asked: bool = False
    fault: str = ""


def conflict_rows(
    conflicts: Iterable[Conflict], *, viewer: Staff, act_id: uuid.UUID, now: datetime
) -> list[ConflictRow]:
    """The oldest first; places as far as `viewer` sees homes."""
    return [_conflict(conflict, viewer, act_id, now) for conflict in conflicts]


def _conflict(conflict: Conflict, viewer: Staff, act_id: uuid.UUID, now: datetime) -> ConflictRow:
    reports = list(conflict.reports.all())
    order = conflict.order
    words = where_shown(premises=None, words=order.place, viewer=viewer) if order else ""
    return ConflictRow(
        id=str(conflict.pk),
        act_id=str(uuid.uuid5(act_id, str(conflict.pk))),
        reason=str(conflict.get_reason_display()),
        place=f"{order.number} {words}".strip() if order else _("没有派工单"),
        order_url=reverse("dispatch_order", args=[order.number]) if order else "",
        who=f"{conflict.staff.name} {conflict.staff.staff_no}",
        when=wording.moment(conflict.opened_at, now=now),
        site=tuple(_report(event, now) for event in reports[:_MOST_LINES]),
        office=tuple(_office(conflict, now)),
        can_release=conflict.reason == Conflict.Reason.WAITING,
        url=reverse("field_decide", args=[conflict.pk]),
    )


def _report(event: FieldEvent, now: datetime) -> str:
    """What the phone says: when, what, and the phone's own time where it is doubted."""
    text = f"{wording.moment(event.at, now=now)} {phone_words().get(f'kind_{event.kind}', event.kind)}"
    if event.doubt:
        text += _("（手机上 %(at)s）") % {"at": wording.full_moment(event.device_at)}
    said = event.data.get("words") or event.data.get("danger") or event.data.get("reason")
    return f"{text}：{said}" if said else text


def _office(conflict: Conflict, now: datetime) -> Iterable[str]:
    told = conflict.office
    if not told:
        yield _("站里没有这张单子")
        return
    state = dict(OrderState.choices).get(str(told.get("state", "")), "")
    yield str(state)
    if told.get("assignee"):
        yield _("派给 %(name)s") % {"name": told["assignee"]}
    if told.get("by"):
        at = wording.moment(datetime.fromisoformat(str(told["at"])), now=now)
        yield _("%(name)s %(at)s 定的") % {"name": told["by"], "at": at}
    if told.get("finding"):
        yield _("%(name)s 先前记为 %(danger)s") % {
            "name": told.get("found_by", ""), "danger": told["finding"],
        }  # fmt: skip


def gift_rows(
    reports: Iterable[GiftReport],
    *,
    viewer: Staff,
    act_id: uuid.UUID,
    may_decide: bool,
    now: datetime,
) -> list[GiftRow]:
    """Those that wait first. Nobody decides about the own report."""
    return [
        GiftRow(
            act_id=str(uuid.uuid5(act_id, str(report.pk))),
            kind=str(report.get_kind_display()),
            who=f"{report.staff.name} {report.staff.staff_no}",
            offered=wording.moment(report.offered_at, now=now),
            reported=wording.moment(report.reported_at, now=now),
            what=report.what or _("没写"),
            circumstances=report.circumstances or _("没写"),
            refused=_("谢绝了") if report.refused else _("没推掉"),
            decision=str(report.get_decision_display()) if report.decision else "",
            decided=f"{report.decided_by.name if report.decided_by else ''} {report.remark}".strip(),
            url=reverse("field_gift_decide", args=[report.pk])
            if may_decide and not report.decision and report.staff_id != viewer.pk
            else "",
        )
        for report in reports
    ]


def phone_rows(devices: Iterable[Device], *, now: datetime) -> list[PhoneRow]:
    """The one seen last first."""
    return [
        PhoneRow(
            who=f"{device.staff.name} {device.staff.staff_no}",
            label=device.label,
            seen=wording.moment(device.seen_at, now=now),
            clock=_("差 %(n)s 秒") % {"n": device.clock_off} if abs(device.clock_off) > 60 else "",
            waiting=getattr(device, "waiting", 0),
            state=_state(device, now),
            url="" if device.wipe_asked_at else reverse("field_wipe", args=[device.pk]),
        )
        for device in devices
    ]


def _state(device: Device, now: datetime) -> str:
    if device.wiped_at:
        return _("已清除")
    if device.wipe_asked_at:
        return _("等它连上就清除")
    return _("已过期，打不开") if device.expires_at < now else _("在用")


def visitor_page(
    found: Pass | None, *, company: str, hotline: str, asked: bool, fault: str = ""
) -> VisitorPage:
    """Name, number and what for; no picture, no address, nothing about the home."""
    if found is None:
        return VisitorPage(company=company, hotline=hotline, asked=asked, fault=fault)
    return VisitorPage(
        name=found.staff.name, number=found.staff.staff_no,
        purpose=str(found.order.get_kind_display()), company=company, hotline=hotline, asked=True,
    )  # fmt: skip
