"""The buttons on the page of premises."""

import uuid
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.customers.forms import VALUES
from shouwen.customers.models import Appliance, ApplianceKind, Meter, MeterKind, Premises
from shouwen.customers.presenters.acts import (
    NewId,
    act_field,
    day_field,
    register_customer,
    select,
)
from shouwen.customers.presenters.words import METER_WORDS, word
from shouwen.people.models import Staff
from shouwen.ui.parts import Action, Field, Option


def premises_actions(
    *, premises: Premises, viewer: Staff, today: date, new_id: NewId
) -> tuple[Action, ...]:
    """What this person may do to premises."""
    found: list[Action] = []
    if can(viewer, Allowed.CORRECT_CUSTOMERS):
        found.append(register_customer(today=today, new_id=new_id, premises=premises))
    if can(viewer, Allowed.KEEP_REGISTERS):
        found += [
            _attribute(premises, today, new_id),
            _meter(premises, today, new_id),
            _appliance(premises, today, new_id),
        ]
        if not any(point.until is None for point in premises.points.all()):
            found.append(_point(premises, today, new_id))
    return tuple(found)


def remove_meter(*, meter: Meter, today: date, new_id: NewId) -> Action:
    """Taking a meter away."""
    return _remove("remove_meter", meter.pk, today, new_id)


def remove_appliance(*, appliance: Appliance, today: date, new_id: NewId) -> Action:
    """Taking an appliance away."""
    return _remove("remove_appliance", appliance.pk, today, new_id)


def _remove(name: str, pk: uuid.UUID, today: date, new_id: NewId) -> Action:
    return Action(
        id=f"remove-{pk}",
        verb=_("拆除"),
        url=reverse(name, args=[pk]),
        look="quiet",
        question=_("哪天拆的？"),
        confirm=_("拆除"),
        fields=(day_field(_("日期"), today), act_field(new_id)),
    )


def _attribute(premises: Premises, today: date, new_id: NewId) -> Action:
    listed = tuple(
        Option(f"{name}:{value}", f"{word(name)} · {word(value)}")
        for name, values in VALUES.items()
        for value in values
    )
    return Action(
        id="attribute",
        verb=_("变更属性"),
        url=_premises_url(premises, "attribute"),
        icon="adjustments-horizontal",
        question=_("从哪天起是什么？"),
        text=_("改动从那一天起算，之前的照旧。"),
        confirm=_("保存"),
        fields=(
            Field("value", _("属性"), kind="select", options=listed),
            day_field(_("从哪天起"), today),
            act_field(new_id),
        ),
    )


def _point(premises: Premises, today: date, new_id: NewId) -> Action:
    return Action(
        id="point",
        verb=_("开户"),
        url=_premises_url(premises, "point"),
        icon="file-text",
        question=_("开户"),
        confirm=_("开户"),
        fields=(
            Field("account_no", _("户号")),
            day_field(_("从哪天起"), today),
            act_field(new_id),
        ),
    )


def _meter(premises: Premises, today: date, new_id: NewId) -> Action:
    kinds = tuple(Option(kind, word(METER_WORDS[kind])) for kind in MeterKind.values)
    return Action(
        id="meter",
        verb=_("装表"),
        url=_premises_url(premises, "meter"),
        icon="tool",
        question=_("装表"),
        confirm=_("装表"),
        fields=(
            Field("serial", _("表号")),
            Field("kind", _("表型"), kind="select", options=kinds),
            day_field(_("哪天装的"), today),
            act_field(new_id),
        ),
    )


def _appliance(premises: Premises, today: date, new_id: NewId) -> Action:
    return Action(
        id="appliance",
        verb=_("登记设备"),
        url=_premises_url(premises, "appliance"),
        icon="flame",
        question=_("登记用气设备"),
        confirm=_("登记"),
        fields=(
            select("kind", _("设备"), ApplianceKind.values),
            Field("make", _("品牌型号"), required=False),
            day_field(_("哪天装的"), today),
            Field("made_on", _("出厂日期"), kind="date", required=False),
            act_field(new_id),
        ),
    )


def _premises_url(premises: Premises, what: str) -> str:
    return reverse("act_on_premises", args=[premises.pk, what])
