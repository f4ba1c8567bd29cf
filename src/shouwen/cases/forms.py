"""What a person can send to a case: read once here, into values that cannot be wrong."""

import uuid
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.cases.operations.working import PROGRESS


class ActForm(forms.Form):
    """Every act carries an id made when the page was shown: pressed twice, it is one act."""

    act_id = forms.UUIDField()

    @property
    def act(self) -> uuid.UUID:
        """The id of the act."""
        value: uuid.UUID = self.cleaned_data["act_id"]
        return value


class WordsForm(ActForm):
    """An act with words: a note, an answer, what was promised."""

    words = forms.CharField(max_length=300, error_messages={"required": _("写一句再记下")})


class AnswerForm(WordsForm):
    """An answer to the customer and how it was given."""

    channel = forms.ChoiceField(
        choices=[(name, name) for name in ("phone", "hall", "sms", "paper")]
    )


class OfferForm(ActForm):
    """A hand-over: `to` is `staff:NUMBER` or `department:CODE`."""

    to = forms.RegexField(
        r"^(staff|department):[\w.-]+$", error_messages={"required": _("选一个部门或同事")}
    )
    words = forms.CharField(max_length=300, error_messages={"required": _("写下对方要知道的事")})


class RefuseForm(ActForm):
    """Why an offer is sent back."""

    reason = forms.CharField(max_length=300, error_messages={"required": _("写明不能接收的原因")})


class StepForm(ActForm):
    """One step of the work."""

    what = forms.ChoiceField(choices=[(name, name) for name in PROGRESS])


class PauseForm(ActForm):
    """A pause: a reason from the pack's list, and the evidence."""

    reason = forms.CharField(max_length=40, error_messages={"required": _("选一个原因")})
    words = forms.CharField(max_length=200, error_messages={"required": _("写明凭据")})


class LocalMoment(forms.DateTimeField):
    """A moment typed in local time; the value is aware."""

    def __init__(self, *, label: str = "") -> None:
        super().__init__(
            label=label,
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            error_messages={"required": _("写明时间"), "invalid": _("时间写成 2026-10-09 17:30")},
        )


class AgreeForm(ActForm):
    """Another time agreed with the customer."""

    due = LocalMoment()

    @property
    def moment(self) -> datetime:
        """The agreed time, aware."""
        value: datetime = self.cleaned_data["due"]
        return value


class PromiseForm(AgreeForm):
    """What was promised, until when."""

    kind = forms.ChoiceField(choices=[(name, name) for name in ("call_back", "answer", "visit")])
    words = forms.CharField(max_length=200, error_messages={"required": _("写下对客户说的话")})
