"""The page of a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.clocks.presenters import mark_of
from shouwen.core.events import Event
from shouwen.customers.models import CareEntry, Customer, Merge, Occupancy, Phone
from shouwen.customers.presenters import acts
from shouwen.customers.presenters.words import (
    care_tag,
    day_words,
    history,
    span_words,
    word,
)
from shouwen.customers.queries import care_rule
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.pages_customers import CareLine, CustomerPage, MergeLine, StayRow
from shouwen.ui.parts import ClauseMark, Note, Tag
from shouwen.ui.presenters import ClockChip, ClockFacts, chip

# An entry is "due soon" this long before its review.
_WARN_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CustomerMaterial:
    """All that the page of a customer is made from."""

    customer: Customer
    viewer: Staff
    events: Sequence[Event]
    names: Mapping[str, str]
    likely: Sequence[Customer]
    pack: Pack
    today: date
    now: datetime
    new_id: acts.NewId
    notice: Note | None = None


def customer_page(material: CustomerMaterial) -> CustomerPage:
    """The page as values."""
    customer, viewer = material.customer, material.viewer
    tags = [care_tag(customer.special_care)] if customer.special_care else []
    if any(entry.handles_at_home for entry in customer.care.all() if entry.until is None):
        tags.append(Tag(_("可上门办手续"), "flame", "home-check"))
    return CustomerPage(
        name=f"{customer.name} {customer.title}".strip(),
        tags=tuple(tags),
        phones=tuple(masked_phone_of(phone, viewer) for phone in customer.phones.all()),
        actions=acts.customer_actions(
            customer=customer,
            viewer=viewer,
            likely=material.likely,
            today=material.today,
            new_id=material.new_id,
        ),
        homes=tuple(_home(stay, material) for stay in customer.occupancies.all()),
        care=_care(material),
        care_clause=care_clause(material.pack),
        merges=tuple(_merge(merge, material) for merge in customer.merges.all()),
        timeline=history(material.events, names=material.names),
        cases_url=_cases_url(customer, viewer),
        notice=material.notice,
    )


def masked_phone_of(phone: Phone, viewer: Staff) -> MaskedPhone:
    """A number, masked, with the way to see it for those who serve customers."""
    may = can(viewer, Allowed.SEARCH_CUSTOMERS)
    url = reverse("customer_phone", args=[phone.customer_id, phone.pk]) if may else ""
    return MaskedPhone(text=wording.masked_phone(phone.number), reveal_url=url)


def care_clause(pack: Pack) -> ClauseMark | None:
    """The mark of the clause that asks for the register."""
    rule = care_rule(pack=pack)
    return mark_of(rule.clause) if rule else None


def review_clock(entry: CareEntry, *, pack: Pack, now: datetime) -> ClockChip:
    """The chip that runs to the end of the day of the next review; it leads to the clause that says so."""
    due = _end_of(entry.review_on, now=now)
    state = "missed" if due <= now else "running" if due - now > _WARN_BEFORE else "warned"
    facts = ClockFacts(
        state="missed" if state == "missed" else "warned" if state == "warned" else "running",
        started_at=_end_of(entry.reviewed_on - timedelta(days=1), now=now),
        due_at=due,
        warn_at=due - _WARN_BEFORE,
    )
    mark = care_clause(pack)
    return chip(facts, now=now, width=44, dense=True, why_url=mark.url if mark else "")


def _end_of(day: date, *, now: datetime) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, wording.local(now).tzinfo)


def _home(stay: Occupancy, material: CustomerMaterial) -> StayRow:
    may = can(material.viewer, Allowed.CORRECT_CUSTOMERS)
    return StayRow(
        title=stay.premises.address,
        url=reverse("premises", args=[stay.premises_id]),
        relation=word(stay.relation),
        span=span_words(stay.since, stay.until),
        is_over=stay.until is not None,
        action=acts.move_out(stay=stay, today=material.today, new_id=material.new_id)
        if may and stay.until is None
        else None,
        tags=(Tag(word(stay.premises.customer_class)),),
    )


def _care(material: CustomerMaterial) -> tuple[CareLine, ...]:
    keeps = can(material.viewer, Allowed.KEEP_REGISTERS)
    entries = [e for e in material.customer.care.all() if keeps or e.until is None]
    return tuple(_care_line(entry, material, keeps=keeps) for entry in entries)


def _care_line(entry: CareEntry, material: CustomerMaterial, *, keeps: bool) -> CareLine:
    if not keeps:
        return CareLine(word(entry.kind), _("需要的照顾由营业厅保管"), None)
    running = entry.until is None
    facts = [
        _("%(day)s 本人同意，%(how)s")
        % {"day": day_words(entry.consented_on), "how": word(entry.consent_how)},
        _("登记 %(span)s") % {"span": span_words(entry.since, entry.until)},
    ]
    if entry.contact:
        facts.append(_("紧急联系人 %(who)s") % {"who": entry.contact})
    if running:
        facts.append(_("%(day)s 前复核") % {"day": day_words(entry.review_on)})
    return CareLine(
        kind=word(entry.kind),
        text=entry.needs,
        clock=review_clock(entry, pack=material.pack, now=material.now) if running else None,
        facts=tuple(facts),
        actions=acts.care_actions(entry=entry, new_id=material.new_id) if running else (),
    )


def _merge(merge: Merge, material: CustomerMaterial) -> MergeLine:
    may = can(material.viewer, Allowed.KEEP_REGISTERS)
    moved = sum(len(rows) for rows in merge.moved.values())
    return MergeLine(
        text=_("%(name)s · %(at)s 并入，带来 %(count)s 项")
        % {
            "name": merge.merged.name,
            "at": wording.full_moment(merge.merged_at),
            "count": moved,
        },
        action=acts.unmerge(merge=merge, new_id=material.new_id) if may else None,
    )


def _cases_url(customer: Customer, viewer: Staff) -> str:
    return (
        reverse("cases_of_customer", args=[customer.pk]) if can(viewer, Allowed.LIST_CASES) else ""
    )
