"""Filling in what was not said when a case was opened: who, where, what; flagged gaps close."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseGap
from shouwen.cases.operations.happenings import Act, happened, is_done, locked_open, touched
from shouwen.customers.models import Customer, Premises
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known now; None leaves a field as it is, "" empties it."""

    said: str | None = None
    leaf: str | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    place: str | None = None
    customer: Customer | None = None
    premises: Premises | None = None


@transaction.atomic
def complete_record(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    details: Details,
    required: Sequence[str],
    at: datetime,
    now: datetime,
) -> Case:
    """Writes the fields that were said by now; `required` are those that the standard wants.

    What is there closes its gap, what is missing is flagged; the record rules hear what is missing
    still. Raises CaseClosed.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    changed = _write(case, details)
    missing = missing_fields(case, required)
    touched(case, *changed, act=act, kind="case.recorded")
    happened(act=act, kind="case.recorded", case=case, data={"missing": ",".join(missing)})
    _settle_gaps(case, act, required=required, missing=missing)
    return case


def missing_fields(case: Case, required: Sequence[str]) -> tuple[str, ...]:
    """Those of the required fields that nobody has said."""
    there = {
        "name": bool(case.customer_id or case.caller_name),
        "phone": bool(case.caller_phone),
        "address": bool(case.premises_id or case.place),
        "content": bool(case.said),
    }
    return tuple(field for field in required if not there.get(field, True))


_LONGEST = {"said": 200, "leaf": 8, "caller_name": 60, "caller_phone": 20, "place": 120}


def _write(case: Case, details: Details) -> list[str]:
    changed = []
    for name, longest in _LONGEST.items():
        told = getattr(details, name)
        if told is not None and told[:longest] != getattr(case, name):
            setattr(case, name, told[:longest])
            changed.append(name)
    for name in ("customer", "premises"):
        known = getattr(details, name)
        if known is not None and known.pk != getattr(case, f"{name}_id"):
            setattr(case, name, known)
            changed.append(name)
    return changed


def _settle_gaps(case: Case, act: Act, *, required: Sequence[str], missing: Sequence[str]) -> None:
    settled = {"customer": bool(case.customer_id), "home": bool(case.premises_id)}
    there = [code for code in required if code not in missing]
    there += [code for code, is_known in settled.items() if is_known]
    case.gaps.filter(code__in=there, filled_at__isnull=True).update(filled_at=act.at)
    known = set(case.gaps.values_list("code", flat=True))
    fresh = [code for code in missing if code not in known]
    case.gaps.filter(code__in=missing).exclude(filled_at__isnull=True).update(filled_at=None)
    CaseGap.objects.bulk_create(
        CaseGap(case=case, code=code, flagged_at=act.now) for code in fresh
    )
    for code in fresh:
        happened(
            act=act.part(f"gap:{code}"), kind="case.gap_flagged", case=case, data={"gap": code}
        )
