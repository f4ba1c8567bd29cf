"""What a person can send to the pages about people: read once here, into values that cannot be wrong."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from shouwen.access.roles import SEPARATED, TITLES, Role
from shouwen.people.models import Department, Line, Staff
from shouwen.people.operations import Particulars


class ActForm(forms.Form):
    """Every act carries an id made when the page was shown: pressed twice, it is one act."""

    act_id = forms.UUIDField()

    @property
    def act(self) -> uuid.UUID:
        """The id of the act."""
        value: uuid.UUID = self.cleaned_data["act_id"]
        return value


class ParticularsForm(ActForm):
    """What the register says about a person."""

    name = forms.CharField(max_length=40, error_messages={"required": _("写上姓名")})
    gender = forms.ChoiceField(
        choices=[("", ""), ("f", "f"), ("m", "m")],
        required=False,
    )
    department = forms.ModelChoiceField(
        Department.objects.all(), to_field_name="code", required=False
    )
    station = forms.CharField(max_length=40, required=False)
    roles = forms.MultipleChoiceField(
        choices=[(role.value, words.zh) for role, words in TITLES.items()],
        required=False,
        error_messages={"invalid_choice": _("没有这个角色")},
    )

    def clean_roles(self) -> frozenset[Role]:
        """Two of the three who watch each other are refused here, and by the database."""
        roles = frozenset(Role(value) for value in self.cleaned_data["roles"])
        if len(roles & SEPARATED) > 1:
            raise forms.ValidationError(_("系统管理员、安全管理员、审计员不能是同一人，只留一个"))
        return roles

    @property
    def particulars(self) -> Particulars:
        """The same as one value."""
        read = self.cleaned_data
        return Particulars(
            name=read["name"],
            gender=read["gender"],
            department=read["department"],
            station=read["station"],
            roles=read["roles"],
        )


class NewStaffForm(ParticularsForm):
    """A new person with a staff number."""

    staff_no = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$",
        error_messages={
            "required": _("写上工号"),
            "invalid": _("工号最多 16 位字母、数字"),
        },
    )


class PasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("写上密码")}
    )
    again = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("再写一遍密码")}
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean(self) -> dict[str, Any]:
        """The two are the same, and good enough."""
        read: dict[str, Any] = super().clean() or {}
        password = read.get("password")
        if password and read.get("again") and password != read["again"]:
            self.add_error("again", _("两遍写得不一样"))
        elif password:
            try:
                validate_password(password, self.staff)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return read


class CalendarForm(ActForm):
    """A calendar file."""

    file = forms.FileField(
        max_length=200, error_messages={"required": _("选一个文件"), "empty": _("文件是空的")}
    )


class SheetForm(ActForm):
    """A spreadsheet of shifts."""

    file = forms.FileField(
        max_length=200, error_messages={"required": _("选一个文件"), "empty": _("文件是空的")}
    )


class LocalMoment(forms.DateTimeField):
    """A moment typed in local time; the value is aware."""

    def __init__(self) -> None:
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            error_messages={"required": _("写明时间"), "invalid": _("时间写成 2026-10-09 17:30")},
        )


class ShiftForm(ActForm):
    """One shift: who, on which line, from when to when."""

    staff = forms.ModelChoiceField(
        Staff.objects.all(),
        to_field_name="staff_no",
        error_messages={"required": _("选一个人"), "invalid_choice": _("没有这个工号")},
    )
    line = forms.ModelChoiceField(
        Line.objects.all(),
        to_field_name="code",
        error_messages={"required": _("选一条班线"), "invalid_choice": _("没有这条班线")},
    )
    starts_at = LocalMoment()
    ends_at = LocalMoment()

    def clean(self) -> dict[str, Any]:
        """A shift ends after it starts, within a day."""
        read: dict[str, Any] = super().clean() or {}
        starts_at, ends_at = read.get("starts_at"), read.get("ends_at")
        if isinstance(starts_at, datetime) and isinstance(ends_at, datetime):
            if ends_at <= starts_at:
                self.add_error("ends_at", _("结束要晚于开始，夜班写第二天的时间"))
            elif (ends_at - starts_at).total_seconds() > 24 * 3600:
                self.add_error("ends_at", _("一个班最长 24 小时，拆成几个班"))
        return read
