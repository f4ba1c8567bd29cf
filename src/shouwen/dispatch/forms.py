"""What the dispatcher presses and types, read once."""

from datetime import datetime

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


class WindowForm(ActForm):
    """A window as it was offered: two instants with a slash between."""

    window = forms.CharField(max_length=80, error_messages={"required": _("选一段时间")})

    def clean_window(self) -> tuple[datetime, datetime]:
        """Begin and end, aware."""
        begins, _slash, ends = str(self.cleaned_data["window"]).partition("/")
        try:
            found = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
        except ValueError:
            raise forms.ValidationError(_("选一段时间")) from None
        if any(each.utcoffset() is None for each in found) or found[1] <= found[0]:
            raise forms.ValidationError(_("选一段时间"))
        return found


class CustomerVisitForm(WindowForm):
    """The customer confirms, or chooses another window."""

    window = forms.CharField(max_length=80, required=False)

    def clean_window(self) -> tuple[datetime, datetime] | None:  # type: ignore[override]
        """The window chosen; None to confirm the one there is."""
        return super().clean_window() if self.cleaned_data["window"] else None


class CancelForm(ActForm):
    """Why nobody has to come any more."""

    reason = forms.SlugField(max_length=20, error_messages={"required": _("选一个原因")})
