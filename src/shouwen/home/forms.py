"""Signing in, and choosing language and theme."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Staff number and password."""

    staff_no = forms.CharField(max_length=16, label=_("工号"))
    password = forms.CharField(max_length=200, strip=False, label=_("密码"))


class PreferencesForm(forms.Form):
    """Language and theme of the person's own browser."""

    language = forms.ChoiceField(choices=[("zh-hans", "中文"), ("en", "English")], required=False)
    theme = forms.ChoiceField(choices=[("light", "light"), ("dark", "dark")], required=False)
    next = forms.CharField(max_length=400, required=False)


class GiveUpForm(forms.Form):
    """Why a job is dropped for good."""

    reason = forms.CharField(max_length=200, error_messages={"required": _("写明放弃的原因")})
