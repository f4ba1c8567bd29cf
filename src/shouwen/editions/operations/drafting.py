"""Drafts: begun from the edition in force, changed rule by rule or as a whole, checked at every save.

Each save writes a whole fresh folder and only then points the row at it: whoever reads sees the old
draft or the new one, and a process that dies in between leaves nothing but a folder nobody names.
"""

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwen.clocks.queries import editions_folder
from shouwen.editions.models import Edition, Hand
from shouwen.editions.operations.checking import Checked, checked, local_day
from shouwen.editions.operations.first import ensure_first
from shouwen.editions.operations.noting import note
from shouwen.editions.queries import edition_path, in_force
from shouwen.editions.refusals import ChangedMeanwhile, NoSuchRule, NotOpen
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff
from shouwen.people.operations import Act
from shouwen.standard.archives import as_zip
from shouwen.standard.edition_files import CALENDAR, PACK, SUMS, copy_pack
from shouwen.standard.rule_text import with_head, with_version, without_version

Change = Callable[[Path], None]
"""Changes the files in a folder of a draft that nobody reads yet."""
_LOCK = "published.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """What a rule is to say: the table of a version as in the file, with `from`.

    `instead_of`: first day of the draft's own version that it takes the place of, when that day
    changes. `head`: values above the versions that change too, such as title and wording.
    """

    rule_id: str
    version: Mapping[str, Any]
    instead_of: date | None = None
    head: Mapping[str, Any] = field(default_factory=dict)


def start_draft(*, name: str, by: Staff, act: Act, now: datetime) -> Edition:
    """A draft with the files of the edition in force; the same act again returns the same draft.

    The pack that the installation began with is registered as edition 1 first. `now` is aware
    UTC. Raises PackFaults when the standard in force cannot be read.
    """
    there = Edition.objects.filter(pk=act.id).first()
    if there is not None:
        return there
    ensure_first(now=now)
    base = in_force()
    if base is None:
        raise LookupError("no edition in force")
    folder = _fresh_folder(act.id)
    _copied(edition_path(base), folder)
    with transaction.atomic():
        row, is_new = Edition.objects.get_or_create(
            pk=act.id,
            defaults={
                "name": name,
                "base": base,
                "folder": _name_of(folder),
                "digest": base.digest,
                "editor": by,
                "started_at": now,
                "saved_at": now,
            },
        )
        if is_new:
            Hand.objects.get_or_create(edition=row, staff=by)
            note("pack.drafted", row, act, now, base=str(base.pk))
    return row


def save_rule(
    *,
    edition_id: UUID,
    revision: int,
    rule: RuleDraft,
    by: Staff,
    act: Act,
    now: datetime,
) -> Edition:
    """Puts a version into the rule of a draft: a new one, or in the place of the draft's own.

    Versions of the edition that the draft was made from are never touched: such a change is saved as
    a fault. Raises NotOpen, ChangedMeanwhile,
    NoSuchRule, rule_text.CannotPlace, Edition.DoesNotExist.
    """

    def put(folder: Path) -> None:
        path = _file_of(folder, rule.rule_id)
        text = path.read_text(encoding="utf-8")
        if rule.instead_of is not None and rule.instead_of != rule.version["from"]:
            text = without_version(text, rule.instead_of)
        text = with_version(text, rule.version)
        if rule.head:
            text = with_head(text, rule.head)
        path.write_text(text, encoding="utf-8")

    return _saved(edition_id, revision, put, by=by, act=act, now=now)


def drop_version(
    *,
    edition_id: UUID,
    revision: int,
    rule_id: str,
    day: date,
    by: Staff,
    act: Act,
    now: datetime,
) -> Edition:
    """Takes a version that a draft added out of it again. Raises as `save_rule`."""

    def take_out(folder: Path) -> None:
        path = _file_of(folder, rule_id)
        path.write_text(without_version(path.read_text(encoding="utf-8"), day), encoding="utf-8")

    return _saved(edition_id, revision, take_out, by=by, act=act, now=now)


def import_files(
    *,
    edition_id: UUID,
    revision: int,
    texts: Mapping[str, str],
    by: Staff,
    act: Act,
    now: datetime,
) -> Edition:
    """Replaces the files of a draft by those sent in (`archives`): the pack whole, calendars if there are any.

    The lock of published versions stays that of the base. Raises NotOpen, ChangedMeanwhile.
    """

    def replace(folder: Path) -> None:
        shutil.rmtree(folder / PACK)
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    return _saved(edition_id, revision, replace, by=by, act=act, now=now)


def _saved(
    edition_id: UUID,
    revision: int,
    change: Change,
    *,
    by: Staff,
    act: Act,
    now: datetime,
) -> Edition:
    """The change in a fresh folder, checked; then, in one short transaction, the row that names it."""
    row = Edition.objects.select_related("base").get(pk=edition_id)
    if entry_with_id(id=act.id):
        return row
    _refuse_late(row, revision)
    folder = _fresh_folder(edition_id)
    try:
        _copied_while_it_is_there(row, folder)
        change(folder)
        _restore_lock(folder, _base_path(row))
        found = checked(folder, base=_base_path(row), today=local_day(now))
        before = edition_path(row)
        row = _pointed(edition_id, revision, folder, found, by=by, act=act, now=now)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(before, ignore_errors=True)
    return row


@transaction.atomic
def _pointed(
    edition_id: UUID,
    revision: int,
    folder: Path,
    found: Checked,
    *,
    by: Staff,
    act: Act,
    now: datetime,
) -> Edition:
    row = Edition.objects.select_for_update().get(pk=edition_id)
    _refuse_late(row, revision)
    row.folder, row.revision, row.saved_at = _name_of(folder), revision + 1, now
    row.state, row.seal = Edition.State.DRAFT, ""
    _put_findings(row, found)
    row.save()
    Hand.objects.get_or_create(edition=row, staff=by)
    note("pack.changed", row, act, now, revision=row.revision, faults=len(row.faults))
    return row


def _put_findings(row: Edition, found: Checked) -> None:
    row.digest, row.effective_on, row.faults = found.digest, found.effective_on, found.faults


def _refuse_late(row: Edition, revision: int) -> None:
    if not row.is_open:
        raise NotOpen(row.state)
    if row.revision != revision:
        raise ChangedMeanwhile(row.revision)


def _base_path(row: Edition) -> Path:
    if row.base is None:
        raise NotOpen(row.state)
    return edition_path(row.base)


def _file_of(folder: Path, rule_id: str) -> Path:
    """The file of a rule: it bears the rule's name. Raises NoSuchRule."""
    for path in (folder / PACK).glob(f"*/**/{rule_id}.toml"):
        return path
    raise NoSuchRule(rule_id)


def _fresh_folder(edition_id: UUID) -> Path:
    return editions_folder() / str(edition_id) / secrets.token_hex(6)


def _name_of(folder: Path) -> str:
    return folder.relative_to(editions_folder()).as_posix()


def _copied(source: Path, folder: Path) -> None:
    """Pack and calendars without the seal; what was read-only can be written again."""
    copy_pack(pack=source / PACK, into=folder)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (folder / SUMS).unlink(missing_ok=True)


def _copied_while_it_is_there(row: Edition, folder: Path) -> None:
    """Somebody who saves at this moment takes the old folder away: then the draft has changed."""
    try:
        _copied(edition_path(row), folder)
    except (FileNotFoundError, shutil.Error) as error:
        if Edition.objects.filter(pk=row.pk, revision=row.revision).exists():
            raise
        raise ChangedMeanwhile(row.revision) from error


def _restore_lock(folder: Path, base: Path) -> None:
    """What is published is said by the base alone, whatever was sent in."""
    (folder / CALENDAR).mkdir(exist_ok=True)
    shutil.copyfile(base / PACK / _LOCK, folder / PACK / _LOCK)


def discard(*, edition_id: UUID, act: Act, now: datetime) -> Edition:
    """Gives a draft up; its row stays. The same act again changes nothing. Raises NotOpen."""
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition_id)
        if entry_with_id(id=act.id):
            return row
        if not row.is_open:
            raise NotOpen(row.state)
        row.state = Edition.State.DISCARDED
        row.save(update_fields=["state"])
        note("pack.discarded", row, act, now)
    return row


@transaction.atomic
def take_files(*, edition: Edition, act: Act, now: datetime) -> bytes:
    """The files of an edition as a zip archive; that somebody took them is put on record."""
    content = as_zip(edition_path(edition))
    note("data.read", edition, act, now, field="files", purpose="download")
    return content
