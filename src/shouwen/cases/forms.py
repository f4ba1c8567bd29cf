"""What a person can send to a case: read once here, into values that cannot be wrong."""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import CaseKind, CaseLink, Side
from shouwen.cases.operations import (
    ABSENCES,
    LATE_REASONS,
    PURPOSES,
    REOPEN_REASONS,
    VOID_REASONS,
    Classification,
)
from shouwen.cases.operations.working import PROGRESS

_SEPARATED = re.compile(r"[\s、，,；;]+")


class ActForm(forms.Form):
    """Every act carries an id made when the page was shown: pressed twice, it is one act.

    It carries the version of the case that the page showed, too, where there is one.
    """

    act_id = forms.UUIDField()
    version = forms.IntegerField(min_value=0, required=False)

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

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            required=required,
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


class UploadForm(ActForm):
    """A file for a case; what it is, its content says."""

    file = forms.FileField(
        allow_empty_file=True,
        max_length=5000,
        error_messages={"required": _("选一个文件，不超过 10 MB")},
    )


class OtherCaseForm(ActForm):
    """Another case, by its number."""

    other = forms.CharField(max_length=16, error_messages={"required": _("写上工单号")})


class LinkForm(OtherCaseForm):
    """How the other case belongs to this one."""

    kind = forms.ChoiceField(choices=CaseLink.Kind.choices)


class MergeForm(OtherCaseForm):
    """Why two cases are one."""

    words = forms.CharField(max_length=300, required=False)


def _reason(codes: Iterable[str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(code, code) for code in codes],
        error_messages={"required": _("选一个原因"), "invalid_choice": _("选一个原因")},
    )


class VoidForm(ActForm):
    """Why a case should not be one."""

    reason = _reason(VOID_REASONS)
    words = forms.CharField(max_length=300, required=False)


class ReopenForm(ActForm):
    """Why a case is opened again."""

    reason = _reason(REOPEN_REASONS)
    words = forms.CharField(max_length=300, required=False)


class ReassignForm(OfferForm):
    """To whom a supervisor offers the case, and why its owner does not."""

    reason = _reason(ABSENCES)


class PlainWordsForm(ActForm):
    """An act with words that may be left out."""

    words = forms.CharField(max_length=300, required=False)


class PrintForm(ActForm):
    """Who keeps a print, what for, until when."""

    keeper = forms.CharField(max_length=16, error_messages={"required": _("写明谁保管")})
    purpose = _reason(PURPOSES)
    destroy_on = forms.DateField(
        error_messages={"required": _("写明销毁日期"), "invalid": _("日期写成 2026-11-09")}
    )


class ClassificationForm(forms.Form):
    """What a case is."""

    kind = forms.ChoiceField(choices=CaseKind.choices)
    leaf = forms.CharField(max_length=8, required=False)
    side = forms.ChoiceField(choices=Side.choices)
    severity = forms.ChoiceField(
        choices=[("", ""), ("ordinary", "ordinary"), ("major", "major")], required=False
    )
    department = forms.SlugField(max_length=40, required=False)

    @property
    def classification(self) -> Classification:
        """The choice as a value."""
        said = self.cleaned_data
        return Classification(
            kind=said["kind"],
            leaf=said["leaf"],
            side=said["side"],
            severity=said["severity"],
            department=said["department"],
        )


class ReclassifyForm(ClassificationForm, ActForm):
    """What a case is from now on."""


class ShiftForm(OfferForm):
    """Which cases change hands at the end of a shift."""

    case = forms.TypedMultipleChoiceField(
        coerce=uuid.UUID, error_messages={"required": _("至少选一张工单")}
    )

    def __init__(self, data: QueryDict, *, mine: Iterable[uuid.UUID]) -> None:
        super().__init__(data)
        field = self.fields["case"]
        field.choices = [(str(pk), str(pk)) for pk in mine]  # type: ignore[attr-defined]  # of a choice field
        field.error_messages["invalid_choice"] = _("有的工单已不在您名下，看一眼再交")


class LateForm(ActForm):
    """A case from paper: what the customer wants, what was done, which paper, why late."""

    kind = forms.ChoiceField(choices=CaseKind.choices)
    side = forms.ChoiceField(choices=Side.choices)
    said = forms.CharField(max_length=200, error_messages={"required": _("写下客户要什么")})
    reported_at = LocalMoment()
    first_asked = forms.CharField(max_length=16, error_messages={"required": _("写明谁受理")})
    caller_name = forms.CharField(max_length=60, required=False)
    caller_phone = forms.RegexField(
        r"^[\d +-]{3,20}$", required=False, error_messages={"invalid": _("电话只写数字")}
    )
    place = forms.CharField(max_length=120, required=False)
    department = forms.SlugField(max_length=40, required=False)
    answered_at = LocalMoment(required=False)
    channel = forms.ChoiceField(
        choices=[(name, name) for name in ("phone", "hall", "sms", "paper")], required=False
    )
    answer = forms.CharField(max_length=300, required=False)
    closed_at = LocalMoment(required=False)
    paper = forms.CharField(max_length=60, error_messages={"required": _("写明哪张纸单")})
    reason = _reason(LATE_REASONS)
    words = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, object]:
        """An answer has a time and words, or neither."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("answered_at")) != bool((said.get("answer") or "").strip()):
            self.add_error("answer", _("答复要有时间和内容，没答复就都空着"))
        return said


class AskForm(AgreeForm):
    """What a superior is asked, the answer one would give, until when the customer is to have it."""

    question = forms.CharField(
        max_length=300, error_messages={"required": _("写下客户问的是什么")}
    )
    answer = forms.CharField(max_length=300, required=False)


class DecideForm(ActForm):
    """The answer as approved and until when; empty as it was asked for."""

    answer = forms.CharField(max_length=300, required=False)
    due = LocalMoment(required=False)


class SolveForm(WordsForm):
    """The guide that helped, and what the customer said."""

    guide = forms.SlugField(max_length=40, error_messages={"required": _("选用了哪个办法")})


class ReferForm(PlainWordsForm):
    """Why it is not ours to repair, and where the customer is told to turn."""

    why = forms.SlugField(max_length=40, error_messages={"required": _("选一个原因")})
    where = forms.SlugField(max_length=40, error_messages={"required": _("选告知客户找谁")})


class JoinForm(ActForm):
    """The incident that a case belongs to."""

    incident = forms.UUIDField(error_messages={"required": _("选一个管网事件")})


class AreaForm(forms.Form):
    """Where a fault is that concerns many: an area, its estates, its pressure zone, until when."""

    place = forms.CharField(max_length=120, error_messages={"required": _("写明在哪一片")})
    estates = forms.CharField(max_length=300, required=False)
    zone = forms.CharField(max_length=60, required=False)
    until = LocalMoment(required=False)

    @property
    def names(self) -> list[str]:
        """The names of the estates."""
        return [each for each in _SEPARATED.split(self.cleaned_data["estates"]) if each]


class IncidentForm(AreaForm, ActForm):
    """An incident that a case is made into."""


class UntilForm(ActForm):
    """When supply is expected back; empty for not known."""

    until = LocalMoment(required=False)
