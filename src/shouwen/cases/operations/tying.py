"""Linking two cases, merging one into another, and taking both back."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseLink, CaseState, Merge
from shouwen.cases.operations.handing_over import owns_promises
from shouwen.cases.operations.happenings import (
    Act,
    CaseClosed,
    happened,
    is_done,
    locked,
    touched,
)
from shouwen.cases.operations.working import drop_what_waits
from shouwen.people.models import Staff


class SameCase(Exception):
    """A case is neither linked to itself nor merged into itself."""


class AlreadyLinked(Exception):
    """The two cases are linked like that already."""


class TieGone(Exception):
    """The link or the merge has been taken back already."""


@transaction.atomic
def link_cases(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    other_id: uuid.UUID,
    kind: str,
    by: Staff,
    at: datetime,
    now: datetime,
) -> CaseLink:
    """Notes that two cases belong together; a duplicate says that `other_id` is the one to keep.

    Open or closed does not matter. Raises SameCase, AlreadyLinked, ValueError for an unknown kind.
    """
    if kind not in CaseLink.Kind.values:
        raise ValueError(f"not a kind of link: {kind}")
    there = CaseLink.objects.filter(pk=act_id).first()
    if there:
        return there
    case, other = _both(case_id, other_id)
    if kind != CaseLink.Kind.DUPLICATE and other.number < case.number:
        case, other = other, case
    if CaseLink.objects.filter(case=case, other=other, kind=kind, removed_at=None).exists():
        raise AlreadyLinked(other.number)
    link = CaseLink.objects.create(
        id=act_id, case=case, other=other, kind=kind, made_by=by, made_at=at
    )
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    _tell_both(act, "case.linked", case, other, kind=kind)
    return link


@transaction.atomic
def unlink_cases(
    *, act_id: uuid.UUID, link_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> CaseLink:
    """Takes a link back; that it stood remains on record. Raises TieGone."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    link = CaseLink.objects.get(pk=link_id)
    if is_done(act):
        return link
    case, other = _both(link.case_id, link.other_id)
    link.refresh_from_db()
    if link.removed_at is not None:
        raise TieGone(other.number)
    link.removed_at = at
    link.save(update_fields=["removed_at"])
    _tell_both(act, "case.unlinked", case, other, kind=link.kind)
    return link


@transaction.atomic
def merge_cases(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    into_id: uuid.UUID,
    by: Staff,
    note: str,
    at: datetime,
    now: datetime,
) -> Merge:
    """Merges the case into another one, which goes on for both.

    What the customer gets there stops the clocks of both; promises and clocks of both stay
    judged, and the owner of the surviving case answers for them. Raises SameCase, CaseClosed.
    """
    there = Merge.objects.filter(pk=act_id).first()
    if there:
        return there
    case, into = _both(case_id, into_id)
    for each in (case, into):
        if not each.is_open:
            raise CaseClosed(each.number)
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    merge = Merge.objects.create(id=act_id, case=case, into=into, made_by=by, made_at=at)
    drop_what_waits(act=act, case=case, by=by)
    case.state, case.closed_at, case.merged_into = CaseState.MERGED, at, into
    touched(case, "state", "closed_at", "merged_into", act=act, kind="case.merged")
    happened(act=act, kind="case.merged", case=case, data={"into": into.number}, words=note)
    told = act.part("absorbed")
    happened(act=told, kind="case.absorbed", case=into, data={"other": case.number})
    touched(into, act=act, kind="case.absorbed")
    owns_promises(into, into.owner)
    return merge


@transaction.atomic
def undo_merge(
    *, act_id: uuid.UUID, merge_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> Merge:
    """Makes the merged case one of its own again, with the owner it had. Raises TieGone.

    What the customer got meanwhile was given for both and stays so.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    merge = Merge.objects.get(pk=merge_id)
    if is_done(act):
        return merge
    case, into = _both(merge.case_id, merge.into_id)
    merge.refresh_from_db()
    if merge.undone_at is not None:
        raise TieGone(into.number)
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    case.state, case.closed_at, case.merged_into = CaseState.OPEN, None, None
    touched(case, "state", "closed_at", "merged_into", act=act, kind="case.unmerged")
    happened(act=act, kind="case.unmerged", case=case, data={"other": into.number})
    owns_promises(case, case.owner)
    told = act.part("other")
    happened(act=told, kind="case.unmerged", case=into, data={"other": case.number})
    touched(into, act=act, kind="case.unmerged")
    return merge


def _both(case_id: uuid.UUID, other_id: uuid.UUID) -> tuple[Case, Case]:
    """Both cases, held in the order of their ids: two people tying the same two never wait crosswise."""
    if case_id == other_id:
        raise SameCase(str(case_id))
    held = {each: locked(each) for each in sorted((case_id, other_id))}
    return held[case_id], held[other_id]


def _tell_both(act: Act, event: str, case: Case, other: Case, *, kind: str) -> None:
    happened(act=act, kind=event, case=case, data={"kind": kind, "other": other.number})
    told = act.part("other")
    happened(act=told, kind=event, case=other, data={"kind": kind, "other": case.number})
    touched(case, act=act, kind=event)
    touched(other, act=act, kind=event)
