"""The form of a kind of matter: as fields to fill in, and as facts to read."""

from collections.abc import Mapping, Set
from datetime import datetime

from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.cases.operations.filling import GAP
from shouwen.cases.shown import detail_shown
from shouwen.people.models import Staff
from shouwen.standard.forms import FormField, Forms, IncidentPlan, KindForm
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import Facts, KeyValue
from shouwen.ui.pages_casework import options
from shouwen.ui.parts import Field, Note

PREFIX = "f-"


def form_fields(*, form: KindForm, values: Mapping[str, str], gaps: Set[str]) -> tuple[Field, ...]:
    """What is asked, with what is known; a flagged one that is missing says so."""
    return tuple(
        _field(field, values.get(field.id, ""), is_missing=f"{GAP}{field.id}" in gaps)
        for field in form.field
        if field.type != "ticks"
    )


def _field(field: FormField, value: str, *, is_missing: bool) -> Field:
    kinds = {"choice": "select", "yes_no": "select", "moment": "datetime-local"}
    local = _local(value) if field.type == "moment" and value else value
    return Field(
        name=f"{PREFIX}{field.id}",
        label=worded(field.label),
        kind=kinds.get(field.type, "text"),
        value=local,
        options=options([("", _("没问")), *_choices(field)], chosen=value),
        required=False,
        hint=_("缺") if is_missing and not value else "",
        placeholder=_("工号") if field.type == "staff" else "",
    )


def _choices(field: FormField) -> list[tuple[str, str]]:
    if field.type == "yes_no":
        return [("yes", _("有／是")), ("no", _("没有／否"))]
    return [(each.id, worded(each.title)) for each in field.choices]


def _local(value: str) -> str:
    return f"{wording.local(datetime.fromisoformat(value)):%Y-%m-%dT%H:%M}"


def words_of(field: FormField, value: str) -> str:
    """A value in words."""
    if field.type == "moment":
        return wording.full_moment(datetime.fromisoformat(value))
    if field.type == "ticks":
        return _("%(count)d 项") % {"count": len([each for each in value.split(",") if each])}
    return dict(_choices(field)).get(value, value)


def form_box(case: Case, *, forms: Forms, viewer: Staff) -> Facts | None:
    """What was asked for this kind and what was said; what only another kind's form asks comes last."""
    form = forms.of(case.kind)
    details = {detail.field: detail for detail in case.details.all()}
    rows = []
    for field in form.field:
        detail = details.pop(field.id, None)
        if detail is None:
            if field.flagged and field.type != "ticks":
                rows.append(KeyValue(worded(field.label), _("没问到"), missing=True))
            continue
        text = words_of(field, detail.value)
        shown = detail_shown(detail=detail, case=case, viewer=viewer, text=text)
        rows.append(KeyValue(worded(field.label), shown))
    for detail in details.values():
        other = forms.field_of(detail.field)
        if other:
            text = words_of(other, detail.value)
            shown = detail_shown(detail=detail, case=case, viewer=viewer, text=text)
            rows.append(
                KeyValue(worded(other.label), _("%(said)s（改分类前记的）") % {"said": shown})
            )
    if not rows:
        return None
    note = Note(worded(form.note), "plain") if form.note else None
    return Facts(title=_("业务表单"), rows=tuple(rows), note=note)


def gap_label(code: str, forms: Forms) -> str:
    """What a gap of a form lacks, in words; "" when it is no such gap."""
    field = forms.field_of(code.removeprefix(GAP)) if code.startswith(GAP) else None
    return worded(field.label) if field else ""


def incident_words(
    plan: IncidentPlan, *, place: str, until: datetime | None, now: datetime
) -> str:
    """What callers from the area of an incident are told, as far as it is known."""
    told = until_words(plan, until, now=now)
    return plan.says.replace("{place}", place).replace("{until}", told)


def until_words(plan: IncidentPlan, until: datetime | None, *, now: datetime) -> str:
    """Until when supply is expected back, as callers are told in their language."""
    if until is None:
        return plan.unknown
    at = wording.local(until)
    is_today = wording.local_day(until) == wording.local_day(now)
    text = f"{at:%H:%M}" if is_today else f"{at.month}月{at.day}日{at:%H:%M}"
    return plan.expected.replace("{at}", text)
