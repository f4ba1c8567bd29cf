"""The screen-pop of one call: what was found, as far as this person may see it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.access.masks import HANDLES, Kind, Purpose, Shape
from shouwen.access.permission import Action, can
from shouwen.access.serializing import Shown, masked_value, shown
from shouwen.cases.models import CaseKind
from shouwen.clocks.presenters import clock_chip, mark_of
from shouwen.customers.models import Customer
from shouwen.customers.presenters.words import METER_WORDS, word
from shouwen.customers.queries import care_rule
from shouwen.hotline.presenters.pop_parts import (
    CaseLine,
    Choosing,
    Contact,
    FactRow,
    HazardBadge,
    HomeChoice,
    OutageSaid,
    Place,
    PopPage,
    Who,
)
from shouwen.hotline.queries.popping import (
    CalledBy,
    CallSeen,
    CaseSeen,
    Home,
    Neighbour,
    Popped,
    Thing,
)
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import ClauseMark, Note, Tag
from shouwen.ui.presenters import initial

CONTACTS = 5
_GRADES = {
    "major": gettext_lazy("重大"),
    "general": gettext_lazy("一般"),
    "minor": gettext_lazy("轻微"),
}


@dataclass(frozen=True, slots=True)
class PopMaterial:
    """All that the pop-up is made from. `act_id` is for a choice made on it; without a standard
    that can be read there are no clocks."""

    popped: Popped
    viewer: Staff
    now: datetime
    act_id: uuid.UUID
    pack: Pack | None
    notice: Note | None = None

    @property
    def call(self) -> CalledBy:
        """The call itself."""
        return self.popped.call

    @property
    def purpose(self) -> Purpose:
        """Why this person looks: an alarm to handle, the call they speak on, or another's."""
        if self.call.kind == "alarm" and self.viewer.role_set & HANDLES:
            return Purpose.ALARM
        standing = self.call.standing
        is_theirs = self.viewer.staff_no == standing.agent or bool(standing.offered)
        return Purpose.OWN_CASE if is_theirs else Purpose.CASE


def pop_page(material: PopMaterial) -> PopPage:
    """The page as values."""
    popped, call = material.popped, material.call
    home = popped.home
    who = _who(home, material) if home else None
    contacts = _contacts(material)
    return PopPage(
        url=reverse("call_pop", args=[call.id]),
        live=_live(who, popped),
        times=_times(call),
        phone=phone_of(call, material.viewer, material.purpose),
        who=who,
        place=_place(home, material) if home and home.premises else None,
        choosing=_choosing(material),
        cases=tuple(_case(case, material) for case in popped.cases if case.is_open),
        contacts=contacts[:CONTACTS],
        contacts_text=_count(len(contacts)),
        billing_url=reverse("call_billing", args=[call.id]) if popped.known.account_no else "",
        notice=material.notice,
    )


def phone_of(call: CalledBy, viewer: Staff, purpose: Purpose) -> MaskedPhone:
    """The number, with the way to see it whole where that may be had."""
    number = masked_value(viewer, call.number, Kind.PHONE, purpose, ref=str(call.id))
    if not call.number:
        return MaskedPhone(text=_("没有来电号码"))
    may = number.can_reveal
    url = reverse("call_phone", args=[call.id]) if may else ""
    return MaskedPhone(text=number.text, reveal_url=url)


def _live(who: Who | None, popped: Popped) -> str:
    if who is None:
        return _("这个号码有几户，请选") if popped.homes else _("号码没有登记")
    return "，".join(part for part in (who.name, who.care.text if who.care else "") if part)


def _times(call: CalledBy) -> str:
    if call.direction != "inbound" or not call.number:
        return ""
    if call.times >= 100:
        return _("本月来电超过 100 次")
    return _("本月第 %(count)d 次来电") % {"count": call.times}


def _who(home: Home, material: PopMaterial) -> Who:
    name = _name(home.customer, material)
    known = material.popped.known
    account = masked_value(
        material.viewer, known.account_no, Kind.ACCOUNT, material.purpose, ref=""
    ).text
    number = _("户号 %(number)s") % {"number": account} if account else ""
    relation = word(home.relation) if home.relation else _("没有住址")
    tags = [Tag(word(home.premises.customer_class))] if home.premises else []
    if any(entry.at_home for entry in known.care):
        tags.append(Tag(_("可上门办手续"), "flame", "home-check"))
    care = _care(home.customer, material)
    return Who(
        initial=initial(name),
        name=name,
        sub=" · ".join(part for part in (relation, number) if part),
        tags=tuple(tags),
        care=care,
        care_words=_needs(material) if care else (),
        care_clause=_care_clause(material.pack) if care else None,
        url=reverse("customer", args=[home.customer.pk]),
    )


def _name(customer: Customer, material: PopMaterial) -> str:
    """Surname and form of address, else the whole name, as far as it is shown."""
    values = shown(material.viewer, customer, material.purpose)
    if customer.surname and customer.title:
        return f"{values['surname'].text}{customer.title}"
    return values["name"].text


def _care(customer: Customer, material: PopMaterial) -> Tag | None:
    """That care is needed; why, only for those who see it."""
    care = _seen(customer, "special_care", material)
    if not care.text:
        return None
    if care.shape is Shape.FULL:
        kinds = [entry.kind for entry in material.popped.known.care] or [care.text]
        text = _("特别关照 · %(kind)s") % {"kind": "、".join(map(word, dict.fromkeys(kinds)))}
        return Tag(text, "care", "heart-handshake")
    return Tag(_("特别关照"), "care", "heart-handshake")


def _needs(material: PopMaterial) -> tuple[str, ...]:
    viewer, purpose = material.viewer, material.purpose
    needs = [
        masked_value(viewer, entry.needs, Kind.CARE, purpose, ref="")
        for entry in material.popped.known.care
    ]
    return tuple(each.text for each in needs if each.shape is Shape.FULL and each.text)


def _care_clause(pack: Pack | None) -> ClauseMark | None:
    rule = care_rule(pack=pack) if pack else None
    return mark_of(rule.clause) if rule else None


def _seen(customer: Customer, field: str, material: PopMaterial) -> Shown:
    return shown(material.viewer, customer, material.purpose)[field]


def _choosing(material: PopMaterial) -> Choosing | None:
    """Nothing to choose where one home is all there is and nobody said otherwise."""
    popped = material.popped
    if len(popped.homes) < 2 and not popped.call.version:
        return None
    meant = popped.home
    return Choosing(
        url=reverse("call_choose_home", args=[popped.call.id]),
        act_id=str(material.act_id),
        version=popped.call.version,
        text=_choosing_text(popped),
        homes=tuple(_choice(home, meant, material) for home in popped.homes),
        more=_("不止这些，请问清地址再查找") if popped.has_more else "",
        is_open=meant is None and not popped.is_none_of_them,
        is_none_of_them=popped.is_none_of_them,
    )


def _choosing_text(popped: Popped) -> str:
    if popped.is_none_of_them:
        return _("已选：都不是")
    if popped.home is not None:
        return _("换一户")
    return _("这个号码有 %(count)d 户，问清是哪一户") % {"count": len(popped.homes)}


def _choice(home: Home, meant: Home | None, material: PopMaterial) -> HomeChoice:
    place = str(home.premises.pk) if home.premises else ""
    care = home.customer.special_care
    return HomeChoice(
        value=f"{home.customer.pk}:{place}",
        name=_name(home.customer, material),
        address="".join(_address(home, material)) or _("没有住址"),
        sub=word(home.relation) if home.relation else "",
        is_chosen=home == meant,
        tags=(Tag(_("特别关照"), "care", "heart-handshake"),) if care else (),
    )


def _address(home: Home, material: PopMaterial) -> tuple[str, ...]:
    """The estate, and the rest of the address where it is shown."""
    premises = home.premises
    if premises is None:
        return ()
    estate = premises.estate.name
    viewer, purpose = material.viewer, material.purpose
    whole = masked_value(viewer, premises.address, Kind.HOME, purpose, ref="").text
    rest = whole.removeprefix(estate).strip()
    return (f"{estate} ", rest) if rest else (estate,)


def _place(home: Home, material: PopMaterial) -> Place:
    popped = material.popped
    pk = home.premises.pk if home.premises else ""
    return Place(
        lines=_address(home, material),
        url=reverse("premises", args=[pk]),
        rows=_rows(material),
        hazards=tuple(HazardBadge(h.grade, str(_GRADES[h.grade]), h.text) for h in popped.hazards),
        outages=tuple(
            OutageSaid(_outage(o.reason, o.until, material.now), o.words) for o in popped.outages
        ),
        neighbours=_neighbours(popped.neighbours, material),
    )


def _outage(reason: str, until: datetime | None, now: datetime) -> str:
    if until is None:
        return _("正在停气：%(reason)s") % {"reason": reason}
    end = wording.moment(until, now=now)
    return _("停气到 %(end)s：%(reason)s") % {"end": end, "reason": reason}


def _rows(material: PopMaterial) -> tuple[FactRow, ...]:
    known = material.popped.known
    rows = [FactRow(_("联系电话"), "", phone_of(material.call, material.viewer, material.purpose))]
    rows += [FactRow(_("表"), _meter(meter, material)) for meter in known.meters]
    if not known.meters:
        rows.append(FactRow(_("表"), _("没有登记表具")))
    hoses = [each for each in known.appliances if each.kind == "hose"]
    others = [each for each in known.appliances if each.kind != "hose"]
    rows.append(FactRow(_("用气设备"), "、".join(map(_appliance, others)) or _("没有登记设备")))
    if hoses:
        rows.append(FactRow(_("连接软管"), "、".join(map(_appliance, hoses))))
    return tuple(rows)


def _meter(meter: Thing, material: PopMaterial) -> str:
    serial = masked_value(material.viewer, meter.text, Kind.ACCOUNT, material.purpose, ref="").text
    since = f"{meter.installed_on:%Y-%m}" if meter.installed_on else ""
    installed = _("%(month)s 装") % {"month": since} if since else ""
    return " · ".join(part for part in (word(METER_WORDS[meter.kind]), serial, installed) if part)


def _appliance(thing: Thing) -> str:
    what = thing.text or word(thing.kind)
    if thing.made_on:
        return _("%(what)s（%(month)s 出厂）") % {"what": what, "month": f"{thing.made_on:%Y-%m}"}
    return what


def _neighbours(found: Sequence[Neighbour], material: PopMaterial) -> Note | None:
    if not found:
        return None
    count = _("同楼 30 分钟内 %(count)d 个来电") % {"count": len(found)}
    told = "；".join(_neighbour(each, material) for each in found[:3])
    smells = any(each.kind == "alarm" for each in found)
    return Note(f"{count}：{told}", "warn" if smells else "flame", "users")


def _neighbour(each: Neighbour, material: PopMaterial) -> str:
    unit = _("%(unit)s 单元") % {"unit": each.unit} if each.unit else ""
    at = f"{unit} {each.flat}".strip()
    place = masked_value(material.viewer, at, Kind.HOME, material.purpose, ref="").text
    kind = str(CaseKind(each.kind).label) if each.kind in CaseKind.values else ""
    return " ".join(part for part in (place, each.said or kind or _("还没问清")) if part)


def _case(case: CaseSeen, material: PopMaterial) -> CaseLine:
    may = can(material.viewer, Action.VIEW_CASE, case.standing)
    zh, en = case.department
    clock = (
        clock_chip(case.clock, pack=material.pack, now=material.now, width=0, is_told=not may)
        if case.clock and material.pack
        else None
    )
    elsewhere = (en if tongue() == "en" else zh) or _("别的同事")
    return CaseLine(
        number=case.number,
        url=reverse("case", args=[case.number]) if may else "",
        kind=str(CaseKind(case.kind).label),
        text=case.said if may else _("%(department)s在办") % {"department": elsewhere},
        clock=clock,
    )


def _contacts(material: PopMaterial) -> tuple[Contact, ...]:
    """Closed cases, and the calls that became none of the cases listed, the newest first."""
    popped = material.popped
    listed = {case.id for case in popped.cases}
    found = [
        (case.reported_at, _closed(case, material)) for case in popped.cases if not case.is_open
    ]
    found += [(call.rang_at, _call(call)) for call in popped.calls if call.case_id not in listed]
    return tuple(row for _at, row in sorted(found, key=lambda each: each[0], reverse=True))


def _closed(case: CaseSeen, material: PopMaterial) -> Contact:
    may = can(material.viewer, Action.VIEW_CASE, case.standing)
    kind = str(CaseKind(case.kind).label)
    return Contact(
        day=f"{wording.local(case.reported_at):%m-%d}",
        text=f"{kind}：{case.said}" if may else kind,
        state=_("已办结"),
        url=reverse("case", args=[case.number]) if may else "",
    )


def _call(call: CallSeen) -> Contact:
    what = _("我们去电") if call.direction == "outbound" else _("来电")
    kind = str(CaseKind(call.kind).label) if call.kind in CaseKind.values else ""
    return Contact(
        day=f"{wording.local(call.rang_at):%m-%d}",
        text=" · ".join(part for part in (what, kind, call.staff) if part),
        state=_("已接") if call.is_answered else _("没接通"),
    )


def _count(found: int) -> str:
    if not found:
        return _("近 12 个月没有往来")
    return _("近 12 个月 %(count)d 件") % {"count": found}
