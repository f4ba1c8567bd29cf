"""What is pressed and typed at the ticket machine and at the counter, read once."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.people.forms import ActForm


class TicketForm(ActForm):
    """A ticket: for what, and whether somebody needs care."""

    business = forms.SlugField(max_length=20, error_messages={"required": _("选一项业务")})
    needs_care = forms.BooleanField(required=False)


class SeatForm(ActForm):
    """Which counter somebody sits down at."""

    counter = forms.SlugField(max_length=8, error_messages={"required": _("选一个窗口")})


class BackForm(ActForm):
    """Which number came back after all."""

    ticket = forms.UUIDField()


class SendOnForm(forms.Form):
    """Where the customer goes on: `counter:ID` or `business:ID`."""

    to = forms.RegexField(
        r"^(counter|business):[\w-]+$", error_messages={"required": _("选一个窗口或业务")}
    )

    @property
    def target(self) -> dict[str, str]:
        """The choice as the operation takes it."""
        sort, _sep, name = self.cleaned_data["to"].partition(":")
        return {sort: name}


class PassOnForm(ActForm):
    """Which department takes the matter on, and what it must know."""

    to = forms.SlugField(max_length=40, error_messages={"required": _("选一个部门")})
    words = forms.CharField(
        max_length=300, error_messages={"required": _("写一句交代，对方要知道是什么事")}
    )


class CustomerForm(forms.Form):
    """Who stands at the counter: `customer:premises`, from the register."""

    home = forms.RegexField(r"^[0-9a-f-]{36}:([0-9a-f-]{36})?$")

    @property
    def ids(self) -> tuple[uuid.UUID, uuid.UUID | None]:
        """The ids of customer and premises."""
        customer, _colon, premises = self.cleaned_data["home"].partition(":")
        return uuid.UUID(customer), uuid.UUID(premises) if premises else None


class FinishForm(forms.Form):
    """Whether the farewell was said."""

    said = forms.BooleanField(required=False)
