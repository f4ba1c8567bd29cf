"""What people send to the review desk, read once into values that cannot be wrong."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.people.forms import ActForm

LONGEST_PERIOD = timedelta(days=92)


class DrawForm(ActForm):
    """A draw: whole days, both included, and a seed for whoever wants the same draw again."""

    since = forms.DateField(error_messages={"required": _("写从哪天")})
    until = forms.DateField(error_messages={"required": _("写到哪天")})
    seed = forms.CharField(max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """The period has a beginning before its end, and no more than a quarter in it."""
        read = super().clean() or {}
        since, until = read.get("since"), read.get("until")
        if since and until and not since <= until < since + LONGEST_PERIOD:
            raise forms.ValidationError(_("日期要先后有序，一次最多抽三个月"))
        return read


class FindingForm(ActForm):
    """A finding: the rule and its number among those of the rule."""

    rule = forms.SlugField(max_length=80)
    number = forms.IntegerField(min_value=1, max_value=999)


class RefuseForm(FindingForm):
    """Why it is not so."""

    reason = forms.CharField(max_length=40)
    words = forms.CharField(max_length=300, required=False)


class AddForm(ActForm):
    """A breach that was not heard; the turn is empty where it is about the whole call."""

    rule = forms.SlugField(max_length=80)
    turn = forms.IntegerField(min_value=0, required=False)
    words = forms.CharField(max_length=300)


class ScoreForm(ActForm):
    """What a person gives for an item."""

    item = forms.SlugField(max_length=40)
    given = forms.IntegerField(min_value=0, max_value=100)


class AppealForm(FindingForm):
    """What speaks against a finding."""

    words = forms.CharField(max_length=300)


class AppealDecisionForm(FindingForm):
    """What becomes of an appeal: no reason upholds it."""

    reason = forms.CharField(max_length=40, required=False)
    answer = forms.CharField(max_length=300)


class CoachingForm(ActForm):
    """What is to be gone through."""

    rule = forms.SlugField(max_length=80)
    words = forms.CharField(max_length=300)
