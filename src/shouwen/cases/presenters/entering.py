"""The page that enters a case from paper."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.presenters import acts, reasons
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.ui.pages_casework import FieldGroup, LatePage, options
from shouwen.ui.parts import Field, Note


def late_page(
    *,
    staff: Sequence[Staff],
    departments: Sequence[Department],
    values: Mapping[str, str],
    errors: Mapping[str, str],
    new_id: acts.NewId,
    notice: Note | None = None,
) -> LatePage:
    """The form, with what was typed before and what was wrong with it."""
    groups = (
        FieldGroup(_("客户要什么"), _matter(values, departments)),
        FieldGroup(_("纸单上办了什么"), _done(values)),
        FieldGroup(_("哪张纸单，为什么补录"), _paper(values, staff)),
    )
    return LatePage(
        url=reverse("enter_late"),
        groups=tuple(
            FieldGroup(group.title, tuple(_with(group.fields, values, errors))) for group in groups
        ),
        hidden=(acts.act_field(new_id),),
        submit=_("补录"),
        notice=notice,
    )


def _matter(values: Mapping[str, str], departments: Sequence[Department]) -> tuple[Field, ...]:
    places = [("", _("首问责任人")), *((row.code, department_name(row)) for row in departments)]
    kinds = list(reasons.case_kinds().items())
    sides = list(reasons.sides().items())
    return (
        Field(
            "kind",
            _("类别"),
            kind="select",
            options=options(kinds, chosen=values.get("kind", "repair")),
        ),
        Field("said", _("客户说了什么"), kind="textarea"),
        Field("reported_at", _("什么时候受理的"), kind="datetime-local"),
        Field(
            "side",
            _("责任侧"),
            kind="select",
            options=options(sides, chosen=values.get("side", "unknown")),
        ),
        Field("caller_name", _("称呼"), required=False),
        Field("caller_phone", _("电话"), required=False),
        Field("place", _("地址"), required=False),
        Field(
            "department",
            _("承办"),
            kind="select",
            required=False,
            options=options(places, chosen=values.get("department", "")),
        ),
    )


def _done(values: Mapping[str, str]) -> tuple[Field, ...]:
    channels = [
        ("phone", _("电话")),
        ("hall", _("当面")),
        ("sms", _("短信")),
        ("paper", _("书面")),
    ]
    return (
        Field("answered_at", _("什么时候答复客户的"), kind="datetime-local", required=False),
        Field(
            "channel",
            _("答复方式"),
            kind="select",
            required=False,
            options=options(channels, chosen=values.get("channel", "phone")),
        ),
        Field("answer", _("答复内容"), kind="textarea", required=False),
        Field("closed_at", _("什么时候办结的"), kind="datetime-local", required=False),
    )


def _paper(values: Mapping[str, str], staff: Sequence[Staff]) -> tuple[Field, ...]:
    people = [("", ""), *((row.staff_no, str(row)) for row in staff)]
    why = [("", ""), *reasons.late_reasons().items()]
    return (
        Field("paper", _("纸单编号或出处"), placeholder=_("例：登记本 3 第 12 页")),
        Field(
            "first_asked",
            _("当时谁受理"),
            kind="select",
            options=options(people, chosen=values.get("first_asked", "")),
        ),
        Field(
            "reason",
            _("为什么补录（必选）"),
            kind="select",
            options=options(why, chosen=values.get("reason", "")),
        ),
        Field("words", _("说明"), kind="textarea", required=False),
    )


def _with(
    fields: Iterable[Field], values: Mapping[str, str], errors: Mapping[str, str]
) -> Iterable[Field]:
    for field in fields:
        yield Field(
            name=field.name,
            label=field.label,
            kind=field.kind,
            value=values.get(field.name, field.value),
            options=field.options,
            required=field.required,
            placeholder=field.placeholder,
            error=errors.get(field.name, ""),
        )
