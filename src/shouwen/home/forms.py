"""What is typed at the doors: signing in, codes, passwords, desks, alarms; and language and theme."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Staff number and password."""

    staff_no = forms.CharField(max_length=16, label=_("工号"))
    password = forms.CharField(max_length=200, strip=False, label=_("密码"))


class CodeForm(forms.Form):
    """A code of an authenticator app or of the paper."""

    code = forms.CharField(max_length=20, label=_("验证码"))


class PasswordForm(forms.Form):
    """The person's own password, asked again."""

    password = forms.CharField(max_length=200, strip=False, label=_("密码"))


class NewPasswordForm(PasswordForm):
    """The old password and a new one, typed twice."""

    new = forms.CharField(max_length=200, strip=False, label=_("新密码"))
    again = forms.CharField(max_length=200, strip=False, label=_("再输一次新密码"))


class DeskForm(forms.Form):
    """A workstation."""

    name = forms.CharField(max_length=40, label=_("名称"))
    place = forms.CharField(max_length=60, label=_("位置"))


class AlarmForm(forms.Form):
    """All that is known of an alarm; nothing has to be."""

    act_id = forms.UUIDField(required=False)
    place = forms.CharField(required=False)
    phone = forms.CharField(required=False)
    what = forms.CharField(required=False)


class PreferencesForm(forms.Form):
    """Language and theme of the person's own browser."""

    language = forms.ChoiceField(choices=[("zh-hans", "中文"), ("en", "English")], required=False)
    theme = forms.ChoiceField(choices=[("light", "light"), ("dark", "dark")], required=False)
    next = forms.CharField(max_length=400, required=False)


class GiveUpForm(forms.Form):
    """Why a job is dropped for good."""

    reason = forms.CharField(max_length=200, error_messages={"required": _("写明放弃的原因")})
