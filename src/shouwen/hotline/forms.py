"""What is typed or chosen on the pages of the hotline, parsed once."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

NOBODY = "none"


class HomeForm(forms.Form):
    """Which home is meant: `customer:premises`, or `none` of those on record."""

    act_id = forms.UUIDField()
    version = forms.IntegerField(min_value=0, max_value=30_000)
    home = forms.CharField(max_length=80)

    def clean_home(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The ids of customer and premises; neither for none of them."""
        said = str(self.cleaned_data["home"])
        if said == NOBODY:
            return None, None
        customer, _colon, premises = said.partition(":")
        try:
            return uuid.UUID(customer), uuid.UUID(premises) if premises else None
        except ValueError:
            raise forms.ValidationError(_("请从列表里选一户")) from None
