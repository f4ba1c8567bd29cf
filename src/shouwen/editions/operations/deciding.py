"""Submitting a draft, publishing it, sending it back. Nobody approves what they had a hand in."""

import secrets
import shutil
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from shouwen.access.permission import Action, can
from shouwen.clocks.queries import editions_folder
from shouwen.editions.models import Edition, Hand
from shouwen.editions.operations.checking import checked, local_day, too_late
from shouwen.editions.operations.installing import INSTALL, install
from shouwen.editions.operations.noting import note
from shouwen.editions.operations.passing import ask_for_preview, ask_to_move
from shouwen.editions.queries.editions import edition_path, edition_with, in_force, loaded
from shouwen.editions.refusals import (
    AlreadyDecided,
    BaseMoved,
    ChangedMeanwhile,
    FilesTampered,
    HasFaults,
    NothingChanged,
    NotOpen,
    OwnEdition,
    TooLate,
)
from shouwen.jobs.operations import enqueue
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff
from shouwen.people.operations import Act
from shouwen.standard.differing import differences
from shouwen.standard.digests import lock
from shouwen.standard.edition_files import PACK, copy_pack, seal, tampering
from shouwen.standard.pack import load_pack

State = Edition.State


def submit(*, edition_id: UUID, revision: int, by: Staff, act: Act, now: datetime) -> Edition:
    """Seals the files of a draft for approval: its new versions join the lock, nothing changes any more.

    The clocks that it would move are counted by the worker. Raises NotOpen,
    ChangedMeanwhile, HasFaults, NothingChanged, BaseMoved, Edition.DoesNotExist.
    """
    row = edition_with(id=edition_id)
    if entry_with_id(id=act.id):
        return row
    _refuse_late(row, revision)
    _refuse_other_base(row)
    _refuse_faults(row, today=local_day(now))
    clauses = _changed_clauses(row)
    folder = editions_folder() / str(edition_id) / secrets.token_hex(6)
    try:
        sealed = _sealed(edition_path(row), folder)
        with transaction.atomic():
            row = Edition.objects.select_for_update().get(pk=edition_id)
            _refuse_late(row, revision)
            row.folder, row.seal, row.clauses = f"{edition_id}/{folder.name}", sealed, clauses
            row.state, row.submitted_by, row.submitted_at = State.SUBMITTED, by, now
            row.decided_by, row.decided_at, row.reason = None, None, ""
            row.save()
            Hand.objects.get_or_create(edition=row, staff=by)
            note("pack.submitted", row, act, now, seal=sealed)
            ask_for_preview(edition=row, now=now)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return row


def approve(*, edition_id: UUID, by: Staff, act: Act, now: datetime) -> Edition:
    """Publishes a submitted edition: in force at once, its versions from their own first days on.

    What was approved is what was submitted, to the byte. The same act again returns the edition.
    Clocks move on those days where the rules say so. Raises AlreadyDecided, OwnEdition, BaseMoved,
    TooLate, FilesTampered, PackFaults, Edition.DoesNotExist.
    """
    row = edition_with(id=edition_id)
    if entry_with_id(id=act.id):
        return row
    _refuse_files(row, today=local_day(now))
    try:
        with transaction.atomic():
            _refuse_decided(edition_id, by)
            _refuse_other_base(row)
            _publish(row, by=by, act=act, now=now)
    except IntegrityError as error:  # the next number went to another edition this very moment
        raise BaseMoved(row.pk) from error
    return row


def refuse(*, edition_id: UUID, reason: str, by: Staff, act: Act, now: datetime) -> Edition:
    """Sends a submitted edition back with a reason; an editor may take the own one back.

    It can be changed and submitted again. Raises AlreadyDecided.
    """
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition_id)
        if entry_with_id(id=act.id):
            return row
        if row.state != State.SUBMITTED:
            raise AlreadyDecided(row.state)
        row.state, row.seal, row.reason = State.REFUSED, "", reason
        row.decided_by, row.decided_at = by, now
        row.save()
        note("pack.refused", row, act, now)
    return row


def _publish(row: Edition, *, by: Staff, act: Act, now: datetime) -> None:
    if row.base is None or row.base.number is None:
        raise BaseMoved(row.pk)
    row.state, row.number = State.PUBLISHED, row.base.number + 1
    row.decided_by, row.decided_at, row.published_at, row.reason = by, now, now, ""
    row.save()
    note("pack.approved", row, act, now, seal=row.seal)
    published = Act(id=uuid5(act.id, "pack.published"), by=act.by, workstation=act.workstation)
    note(
        "pack.published",
        row,
        published,
        now,
        number=row.number,
        digest=row.digest,
        seal=row.seal,
    )
    ask_to_move(edition=row, now=now)
    enqueue(
        kind=INSTALL,
        key=f"edition:install:{row.pk}",
        payload={"edition": str(row.pk)},
        run_at=now,
        now=now,
    )
    transaction.on_commit(install)


def _sealed(source: Path, folder: Path) -> str:
    """The files of a draft, with its new versions in the lock, and their seal."""
    copy_pack(pack=source / PACK, into=folder)
    pack = load_pack(folder / PACK)
    lock(path=folder / PACK / "published.toml", digests=pack.digests, published=pack.published)
    return seal(folder)


def _refuse_late(row: Edition, revision: int) -> None:
    if not row.is_open:
        raise NotOpen(row.state)
    if row.revision != revision:
        raise ChangedMeanwhile(row.revision)


def _refuse_other_base(row: Edition) -> None:
    newest = in_force()
    if newest is None or row.base_id != newest.pk:
        raise BaseMoved(row.pk)


def _refuse_faults(row: Edition, *, today: date) -> None:
    if row.base is None:
        raise NotOpen(row.state)
    found = checked(edition_path(row), base=edition_path(row.base), today=today)
    if found.faults:
        Edition.objects.filter(pk=row.pk, revision=row.revision).update(faults=found.faults)
        raise HasFaults(len(found.faults))


def _changed_clauses(row: Edition) -> list[str]:
    """The clauses that differ, in the order of the standard; an empty one is the organisation."""
    if row.base is None:
        raise NotOpen(row.state)
    chapters = differences(old=loaded(row.base), new=loaded(row))
    if not chapters:
        raise NothingChanged(row.pk)
    return list(dict.fromkeys(each.clause for of in chapters for each in of.changes))


def _refuse_files(row: Edition, *, today: date) -> None:
    """Files that are not what was submitted, or that promise for days gone by."""
    if row.state != State.SUBMITTED or row.base is None:
        raise AlreadyDecided(row.state)
    faults = tampering(edition_path(row), seal=row.seal)
    if faults:
        raise FilesTampered(*(fault.file for fault in faults))
    late = too_late(base=loaded(row.base), pack=loaded(row), today=today)
    if late:
        raise TooLate(*late)


def _refuse_decided(edition_id: UUID, by: Staff) -> None:
    row = Edition.objects.select_for_update().get(pk=edition_id)
    if row.state != State.SUBMITTED:
        raise AlreadyDecided(row.state)
    if not can(by, Action.DECIDE_EDITION, row.standing):
        raise OwnEdition(by.staff_no)
