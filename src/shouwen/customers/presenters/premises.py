"""The page of premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.core.events import Event
from shouwen.customers.flags import HomeFlag
from shouwen.customers.models import Appliance, Attribute, Meter, Occupancy, Premises
from shouwen.customers.presenters import acts, premises_acts
from shouwen.customers.presenters.words import (
    METER_WORDS,
    care_tag,
    day_words,
    history,
    span_words,
    word,
)
from shouwen.people.models import Staff
from shouwen.ui.pages import Facts, KeyValue
from shouwen.ui.pages_customers import PremisesPage, StayRow, ThingBox, ThingRow
from shouwen.ui.parts import Note, Tag

_DANGERS = {"major": "over"}


@dataclass(frozen=True, slots=True)
class PremisesMaterial:
    """All that the page of premises is made from."""

    premises: Premises
    viewer: Staff
    events: Sequence[Event]
    names: Mapping[str, str]
    today: date
    new_id: acts.NewId
    notice: Note | None = None
    flags: Sequence[HomeFlag] = ()

    @property
    def keeps(self) -> bool:
        """Whether the viewer keeps the registers."""
        return can(self.viewer, Allowed.KEEP_REGISTERS)


def premises_page(material: PremisesMaterial) -> PremisesPage:
    """The page as values."""
    premises = material.premises
    return PremisesPage(
        address=premises.address,
        tags=(
            Tag(word(premises.customer_class), "flame", "flame"),
            *(
                Tag(flag.text, _DANGERS.get(flag.grade, "warn"), "alert-triangle")
                for flag in material.flags
            ),
        ),
        actions=premises_acts.premises_actions(
            premises=premises,
            viewer=material.viewer,
            today=material.today,
            new_id=material.new_id,
        ),
        occupants=tuple(_occupant(stay, material) for stay in premises.occupancies.all()),
        facts=_facts(premises),
        boxes=(_attributes(material), _meters(material), _appliances(material)),
        timeline=history(material.events, names=material.names),
        notice=material.notice,
    )


def _occupant(stay: Occupancy, material: PremisesMaterial) -> StayRow:
    customer = stay.customer
    may = can(material.viewer, Allowed.CORRECT_CUSTOMERS)
    stay.premises = material.premises
    return StayRow(
        title=customer.name,
        url=reverse("customer", args=[customer.pk]),
        relation=word(stay.relation),
        span=span_words(stay.since, stay.until),
        is_over=stay.until is not None,
        action=acts.move_out(stay=stay, today=material.today, new_id=material.new_id)
        if may and stay.until is None
        else None,
        tags=(care_tag(customer.special_care),) if customer.special_care else (),
    )


def _facts(premises: Premises) -> Facts:
    points = list(premises.points.all())
    rows = [
        KeyValue(_("小区"), premises.estate.name),
        KeyValue(_("站点"), premises.estate.station or _("没有写")),
        KeyValue(_("用气类别"), word(premises.customer_class)),
    ]
    for point in points:
        text = f"{point.account_no} · {span_words(point.since, point.until)}"
        rows.append(KeyValue(_("户号"), text))
    if not points:
        rows.append(KeyValue(_("户号"), _("没有开户"), missing=True))
    return Facts(title=_("用气点"), rows=tuple(rows))


def _attributes(material: PremisesMaterial) -> ThingBox:
    rows: list[ThingRow] = []
    listed = list(material.premises.attributes.all())
    for name, of_name in groupby(listed, key=lambda attribute: attribute.name):
        rows += _values(name, list(of_name), material.today)
    return ThingBox(_("属性与历史"), tuple(rows), _("没有变更过"))


def _values(name: str, newest_first: list[Attribute], today: date) -> list[ThingRow]:
    """Each value with its days; what lies ahead says so, what is over is grey."""
    rows: list[ThingRow] = []
    until: date | None = None
    for attribute in newest_first:
        ahead = attribute.since > today
        over = until is not None and until <= today
        rows.append(
            ThingRow(
                title=word(attribute.value),
                sub=_("%(name)s · 还没到") % {"name": word(name)} if ahead else word(name),
                span=span_words(attribute.since, until),
                is_over=over,
            )
        )
        until = attribute.since
    return rows


def _meters(material: PremisesMaterial) -> ThingBox:
    rows = tuple(_meter(meter, material) for meter in material.premises.meters.all())
    return ThingBox(_("表具"), rows, _("没有登记表具"))


def _meter(meter: Meter, material: PremisesMaterial) -> ThingRow:
    return ThingRow(
        title=meter.serial,
        sub=word(METER_WORDS[meter.kind]),
        span=span_words(meter.installed_on, meter.removed_on),
        is_over=meter.removed_on is not None,
        action=premises_acts.remove_meter(
            meter=meter, today=material.today, new_id=material.new_id
        )
        if material.keeps and meter.removed_on is None
        else None,
    )


def _appliances(material: PremisesMaterial) -> ThingBox:
    rows = tuple(_appliance(each, material) for each in material.premises.appliances.all())
    return ThingBox(_("用气设备"), rows, _("没有登记设备"))


def _appliance(appliance: Appliance, material: PremisesMaterial) -> ThingRow:
    made = _("%(day)s 出厂") % {"day": day_words(appliance.made_on)} if appliance.made_on else ""
    return ThingRow(
        title=word(appliance.kind),
        sub=" · ".join(part for part in (appliance.make, made) if part),
        span=span_words(appliance.installed_on, appliance.removed_on),
        is_over=appliance.removed_on is not None,
        action=premises_acts.remove_appliance(
            appliance=appliance, today=material.today, new_id=material.new_id
        )
        if material.keeps and appliance.removed_on is None
        else None,
    )
