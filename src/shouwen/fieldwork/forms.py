"""What a person can send to a hazard: read once here, into values that cannot be wrong."""

import uuid
from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.ui import wording


class HazardActForm(forms.Form):
    """Every act carries an id made when the page was shown, and the version that it showed."""

    act_id = forms.UUIDField()
    version = forms.IntegerField(min_value=0, required=False)

    @property
    def act(self) -> uuid.UUID:
        """The id of the act."""
        value: uuid.UUID = self.cleaned_data["act_id"]
        return value


class FindForm(HazardActForm):
    """A hazard that was told to the office or found on paper."""

    code = forms.CharField(max_length=8, error_messages={"required": _("选一种隐患")})
    account = forms.CharField(max_length=30, required=False)
    place = forms.CharField(max_length=120, required=False)
    where = forms.CharField(max_length=60, required=False)
    remark = forms.CharField(max_length=300, required=False)
    contact = forms.CharField(max_length=20, required=False)
    grade = forms.ChoiceField(choices=[("", ""), ("major", "major")], required=False)

    def clean(self) -> dict[str, object]:
        """Somewhere it must be."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not cleaned.get("account") and not str(cleaned.get("place") or "").strip():
            raise forms.ValidationError(_("写户号或地址"))
        return cleaned


class StopForm(HazardActForm):
    """Gas is stopped, with the number of the seal."""

    stop = forms.ChoiceField(
        choices=Hazard.Stop.choices, error_messages={"required": _("选停到哪里")}
    )
    seal = forms.CharField(max_length=30, required=False)


class ReadingForm(HazardActForm):
    """A step with an optional reading."""

    reading = forms.CharField(max_length=40, required=False)
    value = forms.CharField(max_length=20, required=False)
    instrument = forms.CharField(max_length=30, required=False)


class RecheckForm(ReadingForm):
    """Whether the re-check passed."""

    passed = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class RemovedForm(HazardActForm):
    """What is gone for good, and how one knows."""

    words = forms.CharField(
        max_length=120, error_messages={"required": _("写明拆除了什么、凭什么知道")}
    )


class NoticeForm(HazardActForm):
    """A written notice: by which day, what is asked, with which instrument it was measured."""

    until = forms.DateField(error_messages={"required": _("写整改期限")})
    requirement = forms.CharField(max_length=300, required=False)
    instrument = forms.CharField(max_length=30, required=False)

    @property
    def until_at(self) -> datetime:
        """The end of that day."""
        day = self.cleaned_data["until"] + timedelta(days=1)
        return datetime.combine(day, time(), tzinfo=wording.ZONE)


class GiveForm(HazardActForm):
    """How a notice was given."""

    how = forms.ChoiceField(
        choices=HazardNotice.How.choices, error_messages={"required": _("选送达方式")}
    )
    signer = forms.CharField(max_length=60, required=False)
    witness = forms.CharField(max_length=60, required=False)
    words = forms.CharField(max_length=200, required=False)


class PhotoForm(HazardActForm):
    """One photo."""

    photo = forms.FileField(error_messages={"required": _("选一张照片")})
