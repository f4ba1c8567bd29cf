"""Filling in the form of a case's kind: what is asked beside the standard's own record."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseDetail, CaseGap, Handover
from shouwen.cases.operations.happenings import (
    Act,
    entered_late,
    happened,
    is_done,
    locked_open,
    touched,
)
from shouwen.cases.operations.promising import make_promise, withdraw_promises
from shouwen.people.models import Staff
from shouwen.standard.forms import FormField, Forms, KindForm

GAP = "form."
"""A gap of the form is called by this and the id of its field."""


@dataclass(frozen=True, slots=True)
class _Filling:
    act: Act
    case: Case
    by: Staff
    forms: Forms

    @property
    def form(self) -> KindForm:
        return self.forms.of(self.case.kind)


@transaction.atomic
def fill_form(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    forms: Forms,
    values: Mapping[str, str],
    at: datetime,
    now: datetime,
) -> Case:
    """Writes the values of the form of the case's kind by field id; "" empties one. A moment is ISO 8601.

    What the form does not ask is left alone, so that a change of kind loses nothing. Flagged fields
    that are empty become gaps. A moment that the form promises is agreed with the customer and
    promised. Raises CaseClosed.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    filling = _Filling(act, locked_open(case_id), by, forms)
    with entered_late(now=now):
        changed = _write(filling, values)
        if changed:
            data = {"fields": ",".join(each.id for each in changed)}
            happened(act=act, kind="case.details_filled", case=filling.case, data=data)
            touched(filling.case, act=act, kind="case.details_filled")
        settle_form_gaps(act=act, case=filling.case, form=filling.form)
        for field in changed:
            _follow(filling, field, values[field.id].strip())
        _tell_material(filling, {field.id for field in changed})
    return filling.case


def values_of(case: Case) -> dict[str, str]:
    """What is filled in, by field id, also what only another kind's form asks."""
    return {detail.field: detail.value for detail in case.details.all()}


def _write(filling: _Filling, values: Mapping[str, str]) -> list[FormField]:
    there = {detail.field: detail for detail in filling.case.details.all()}
    changed = []
    for field in filling.form.field:
        told, row = values.get(field.id), there.get(field.id)
        if told is None or told.strip()[:200] == (row.value if row else ""):
            continue
        _set(filling, field, told.strip()[:200])
        changed.append(field)
    return changed


def _set(filling: _Filling, field: FormField, value: str) -> None:
    rows = filling.case.details.filter(field=field.id)
    if not value:
        rows.delete()
        return
    CaseDetail.objects.update_or_create(
        case=filling.case,
        field=field.id,
        defaults={
            "value": value,
            "mask": field.mask,
            "bars": field.bars,
            "set_at": filling.act.at,
            "set_by": filling.act.by,
        },
    )


def settle_form_gaps(*, act: Act, case: Case, form: KindForm) -> None:
    """Flags what the form wants and is empty, closes what is there or is not asked any more."""
    filled = set(case.details.values_list("field", flat=True))
    wanted = {f"{GAP}{each.id}" for each in form.field if each.flagged}
    missing = {f"{GAP}{each.id}" for each in form.field if each.flagged and each.id not in filled}
    gaps = case.gaps.filter(code__startswith=GAP)
    gaps.filter(filled_at__isnull=True).exclude(code__in=missing).update(filled_at=act.at)
    known = set(gaps.values_list("code", flat=True))
    gaps.filter(code__in=missing & wanted).update(filled_at=None)
    fresh = [f"{GAP}{each.id}" for each in form.field if f"{GAP}{each.id}" in missing - known]
    CaseGap.objects.bulk_create(
        CaseGap(case=case, code=code, flagged_at=act.now) for code in fresh
    )
    for code in fresh:
        gap = act.part(f"gap:{code}")
        happened(act=gap, kind="case.gap_flagged", case=case, data={"gap": code})


def _follow(filling: _Filling, field: FormField, value: str) -> None:
    """What a value sets going: a promise, or that an offer to the person it names is taken back."""
    if field.promises:
        _promise(filling, field, value)
    if field.bars and value:
        _keep_away(filling, value)


def _promise(filling: _Filling, field: FormField, value: str) -> None:
    act, case = filling.act, filling.case
    moved = act.part(f"moved:{field.id}")
    withdraw_promises(act=moved, case=case, reason="moved", approver="", kinds=(field.promises,))
    if not value:
        return
    due_at = datetime.fromisoformat(value).astimezone(UTC)
    agreed = act.part(f"agreed:{field.id}")
    happened(act=agreed, kind="case.agreed_time", case=case, data={"at": due_at.isoformat()})
    make_promise(
        act_id=act.part(f"promised:{field.id}").id,
        case_id=case.pk,
        by=filling.by,
        kind=field.promises,
        words=field.label.zh,
        due_at=due_at,
        at=act.at,
        now=act.now,
    )
    case.refresh_from_db(fields=["version"])


def _keep_away(filling: _Filling, staff_no: str) -> None:
    case = filling.case
    offers = case.handovers.filter(state=Handover.State.OFFERED, to_staff__staff_no=staff_no)
    if offers.update(
        state=Handover.State.WITHDRAWN, answered_at=filling.act.at, answered_by=filling.by
    ):
        away = filling.act.part("kept-away")
        happened(act=away, kind="case.handover_withdrawn", case=case)


def _tell_material(filling: _Filling, changed: set[str]) -> None:
    plan = filling.forms.material
    if not changed & {plan.what, plan.where}:
        return
    there = values_of(filling.case)
    if there.get(plan.what) and there.get(plan.where):
        data = {"what": there[plan.what], "where": there[plan.where]}
        told = filling.act.part("material")
        happened(act=told, kind="case.material_told", case=filling.case, data=data)
