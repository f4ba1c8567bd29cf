"""What the dispatcher presses and types, read once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.people.forms import ActForm


class DayForm(forms.Form):
    """Which day is looked at; today where none is named."""

    day = forms.DateField(required=False)
    order = forms.UUIDField(required=False)


class AssignForm(ActForm):
    """Who is sent, by which version of the order."""

    version = forms.IntegerField(min_value=1)
    to = forms.SlugField(max_length=16, error_messages={"required": _("选一个人")})
    day = forms.DateField(required=False)


class VersionForm(ActForm):
    """Something that is decided by the version the page showed."""

    version = forms.IntegerField(min_value=1)


class CancelForm(ActForm):
    """Why nobody has to come any more."""

    reason = forms.SlugField(max_length=20, error_messages={"required": _("选一个原因")})
