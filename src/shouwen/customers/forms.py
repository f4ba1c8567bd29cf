"""What a person can send about customers and premises: read once here, into values that hold."""

import re
import uuid
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models import (
    ApplianceKind,
    AttributeName,
    CareKind,
    ConsentHow,
    Customer,
    CustomerClass,
    MeterKind,
    Relation,
)

# What each attribute of premises may be; the words are in presenters.
VALUES = {
    AttributeName.CUSTOMER_CLASS: tuple(str(value) for value in CustomerClass.values),
    AttributeName.ZONE: ("urban", "rural", "remote"),
    AttributeName.SUPPLY: ("on", "off", "sealed"),
    AttributeName.METER_PLACE: ("indoors", "outdoors"),
}


class ActForm(forms.Form):
    """Every act carries an id made when the page was shown: pressed twice, it is one act."""

    act_id = forms.UUIDField()


class DayForm(ActForm):
    """An act that counts from a day."""

    on = forms.DateField(
        error_messages={"required": _("写明日期"), "invalid": _("日期写成 2026-10-09")}
    )

    @property
    def day(self) -> date:
        """The day."""
        value: date = self.cleaned_data["on"]
        return value


def _phones() -> forms.CharField:
    return forms.CharField(max_length=120, required=False)


class CustomerForm(ActForm):
    """A customer's name, form of address and numbers, parted by blanks or commas."""

    name = forms.CharField(max_length=60, error_messages={"required": _("写下姓名或单位名")})
    surname = forms.CharField(max_length=8, required=False)
    title = forms.ChoiceField(choices=Customer.Title.choices, required=False)
    phones = _phones()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers one by one."""
        parts = re.split(r"[/、,，;；\s]+", self.cleaned_data["phones"])
        return tuple(part for part in parts if part)


class NewCustomerForm(CustomerForm):
    """A new customer, who may move in at once."""

    premises = forms.UUIDField(required=False)
    relation = forms.ChoiceField(choices=Relation.choices, required=False)
    on = forms.DateField(required=False)


class MoveInForm(DayForm):
    """Moving in: the address in any spelling."""

    address = forms.CharField(max_length=120, error_messages={"required": _("写下地址")})
    relation = forms.ChoiceField(choices=Relation.choices)


class CareForm(ActForm):
    """An entry of the special-care register."""

    kind = forms.ChoiceField(choices=CareKind.choices)
    needs = forms.CharField(max_length=200, error_messages={"required": _("写明需要的照顾")})
    contact = forms.CharField(max_length=80, required=False)
    consented_on = forms.DateField(
        error_messages={"required": _("没有本人同意不能登记：写明哪天同意的")}
    )
    how = forms.ChoiceField(choices=ConsentHow.choices)
    at_home = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class MergeForm(ActForm):
    """The other record: chosen from the likely ones, or the address of its page."""

    chosen = forms.CharField(max_length=40, required=False)
    pasted = forms.CharField(max_length=200, required=False)

    @property
    def other(self) -> uuid.UUID | None:
        """The id of the other record; None when nothing names one."""
        said = self.cleaned_data["pasted"] or self.cleaned_data["chosen"]
        found = re.search(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", said)
        return uuid.UUID(found[0]) if found else None


class PremisesForm(ActForm):
    """A new address: in one line, or a place of business with its name."""

    address = forms.CharField(max_length=120, error_messages={"required": _("写下地址")})
    place_name = forms.CharField(max_length=60, required=False)
    customer_class = forms.ChoiceField(choices=CustomerClass.choices)


class AttributeForm(DayForm):
    """An attribute and its value, written NAME:VALUE, from a day on."""

    value = forms.ChoiceField(
        choices=[(f"{name}:{value}", value) for name, values in VALUES.items() for value in values]
    )


class PointForm(DayForm):
    """The account under which gas is supplied."""

    account_no = forms.RegexField(
        r"^[0-9A-Za-z-]{4,24}$",
        error_messages={
            "required": _("写下户号"),
            "invalid": _("户号是 4–24 位数字、字母或短横"),
        },
    )


class MeterForm(DayForm):
    """A meter that is installed."""

    serial = forms.CharField(max_length=40, error_messages={"required": _("写下表号")})
    kind = forms.ChoiceField(choices=MeterKind.choices)


class ApplianceForm(DayForm):
    """An appliance that is there."""

    kind = forms.ChoiceField(choices=ApplianceKind.choices)
    make = forms.CharField(max_length=60, required=False)
    made_on = forms.DateField(required=False)


class AliasesForm(ActForm):
    """The other names of an estate, parted by blanks or commas."""

    aliases = forms.CharField(max_length=300, required=False)

    @property
    def names(self) -> list[str]:
        """The names one by one."""
        parts = re.split(r"[/、,，;；\s]+", self.cleaned_data["aliases"])
        return [part for part in parts if part]
