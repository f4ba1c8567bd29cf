"""What strangers write in the form on the web, and what agents do with letters: read once, here."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.cases.forms import WordsForm
from shouwen.cases.models import CaseKind
from shouwen.people.forms import ActForm

LONGEST_ANSWER = 4000


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ContactForm(ActForm):
    """The form on the web. `website` is seen by nobody: machines fill it in."""

    name = forms.CharField(max_length=60, error_messages={"required": _("请写姓名")})
    phone = forms.CharField(
        max_length=20, error_messages={"required": _("请写电话，查进度要用后四位")}
    )
    mail = forms.EmailField(
        max_length=254, required=False, error_messages={"invalid": _("邮箱地址有误")}
    )
    place = forms.CharField(max_length=120, required=False)
    words = forms.CharField(max_length=4000, error_messages={"required": _("请写什么事")})
    consent = forms.BooleanField(
        error_messages={"required": _("要先同意，我们才能用这些资料办事")}
    )
    website = forms.CharField(max_length=200, required=False)

    def clean_phone(self) -> str:
        """Figures only, as numbers are stored."""
        said = re.sub(r"[\s()（）-]", "", str(self.cleaned_data["phone"]))
        if not re.fullmatch(r"\+?\d{5,19}", said):
            raise forms.ValidationError(_("电话只写数字，例如 13800001234"))
        return said


class StatusForm(forms.Form):
    """The receipt and the last four figures of the telephone."""

    receipt = forms.RegexField(
        r"^\s*\d{4}-[A-Za-z0-9]{8}\s*$",
        error_messages={"required": _("写上回执编号"), "invalid": _("编号像 1124-7K3QF9XM")},
    )
    tail = forms.RegexField(
        r"^\d{4}$",
        error_messages={"required": _("写电话后四位"), "invalid": _("写电话后四位")},
    )


class CaseForm(ActForm):
    """What the letter is about."""

    kind = forms.ChoiceField(choices=CaseKind.choices)
    leaf = forms.CharField(max_length=8, required=False)


class TieForm(ActForm):
    """The case that the letter belongs to."""

    number = forms.CharField(max_length=16, error_messages={"required": _("写上工单号")})


class AnswerForm(WordsForm):
    """An answer, the template that it began with, and the faults that are sent all the same."""

    words = forms.CharField(
        max_length=LONGEST_ANSWER, error_messages={"required": _("写下答复再发")}
    )
    template = forms.SlugField(max_length=40, required=False)
    as_is = forms.CharField(max_length=2000, required=False)

    def clean_as_is(self) -> frozenset[str]:
        """The rules whose faults were shown and are sent all the same."""
        return frozenset(filter(None, str(self.cleaned_data["as_is"]).split(",")))


class SpamForm(ActForm):
    """Why a letter is none."""

    reason = forms.SlugField(max_length=20, error_messages={"required": _("选一个原因")})
