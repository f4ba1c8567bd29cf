"""Calendar years: uploaded by an editor, put in force by an approver, kept in the data folder.

The row says what is approved, the file in the data folder is what every process reads. The file is
written as soon as the approval is committed, and again by a job if that was cut short.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from shouwen.clocks.operations import ask_to_rejudge
from shouwen.clocks.queries import active_pack, calendar_folder, look_again, pack_with
from shouwen.core.events import Subject
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import CalendarDraft, Staff
from shouwen.people.operations.staffing import Act
from shouwen.standard.calendar_years import AddedYear, added_years, year_file

INSTALL = "people.install_calendar"
MOST_CHARACTERS = 200_000


class NothingNew(ValueError):
    """Every year of the file is in force already, word for word."""


class YearIsOver(ValueError):
    """A year that lies behind cannot be changed: promises of then were judged by it. `args` are the years."""


class AlreadyDecided(ValueError):
    """The draft was published or sent back before."""


class OwnDraft(PermissionError):
    """Nobody approves the own upload."""


@transaction.atomic
def upload_calendar(
    *, text: str, file: str, by: Staff, act: Act, today: date, now: datetime
) -> CalendarDraft:
    """Keeps the new or changed years of a file as a draft; the same act again returns the same draft.

    `today` is the local day. Raises PackFaults (every fault), NothingNew, YearIsOver.
    """
    there = CalendarDraft.objects.filter(pk=act.id).first()
    if there is not None:
        return there
    new = _new_years(added_years(text, file=file))
    over = [year.year for year in new if year.year < today.year]
    if over:
        raise YearIsOver(*over)
    kept = "\n".join(year.text for year in new)
    draft = CalendarDraft.objects.create(
        id=act.id,
        years=[year.year for year in new],
        text=kept,
        digest=hashlib.sha256(kept.encode()).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    _record("calendar.uploaded", draft, act, now, key=act.id)
    return draft


@transaction.atomic
def publish_calendar(*, draft_id: UUID, by: Staff, act: Act, now: datetime) -> CalendarDraft:
    """Puts a draft in force: clocks that depend on it are judged anew by the worker.

    Raises AlreadyDecided, OwnDraft, CalendarDraft.DoesNotExist, PackFaults.
    """
    draft = _undecided(draft_id, by=by, act=act)
    if draft.state == CalendarDraft.State.PUBLISHED:
        return draft
    draft.version = pack_with(years_of(draft)).calendar.version
    _decide(draft, CalendarDraft.State.PUBLISHED, by=by, now=now)
    _record("calendar.published", draft, act, now, key=act.id, version=draft.version)
    enqueue(
        kind=INSTALL,
        key=f"calendar:install:{draft.pk}",
        payload={"draft": str(draft.pk)},
        run_at=now,
        now=now,
    )
    transaction.on_commit(lambda: write_years(years_of(draft)))
    return draft


@transaction.atomic
def refuse_calendar(*, draft_id: UUID, by: Staff, act: Act, now: datetime) -> CalendarDraft:
    """Sends a draft back; an editor may withdraw the own one. Raises AlreadyDecided."""
    draft = CalendarDraft.objects.select_for_update().get(pk=draft_id)
    if entry_with_id(id=act.id):
        return draft
    if draft.state != CalendarDraft.State.WAITING:
        raise AlreadyDecided(draft.pk)
    _decide(draft, CalendarDraft.State.REFUSED, by=by, now=now)
    _record("calendar.refused", draft, act, now, key=act.id)
    return draft


def install_calendar(*, draft_id: UUID, now: datetime) -> None:
    """The job after the approval: writes the files if they are not there, then asks for new judgements."""
    draft = CalendarDraft.objects.get(pk=draft_id)
    newer = CalendarDraft.objects.filter(
        state=CalendarDraft.State.PUBLISHED, decided_at__gt=draft.decided_at
    )
    replaced = {year for later in newer for year in later.years}
    write_years([year for year in years_of(draft) if year.year not in replaced])
    ask_to_rejudge(version=f"{active_pack().calendar.version}:{draft.pk}", now=now)


def first_moment(years: Sequence[AddedYear], *, zone: ZoneInfo) -> datetime:
    """The first instant of the earliest year: what is due before it cannot move."""
    return datetime(min(year.year for year in years), 1, 1, tzinfo=zone)


def years_of(draft: CalendarDraft) -> tuple[AddedYear, ...]:
    """The years of a draft. Raises PackFaults."""
    return added_years(draft.text, file=str(draft.pk))


def write_years(years: Sequence[AddedYear]) -> None:
    """Each year in a file of its own, whole or not at all, readable by the owner only. Raises OSError."""
    folder, name = calendar_folder(), active_pack().organisation.calendar
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for year in years:
        _write(year_file(folder, name=name, year=year.year), year.text)
    look_again()


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def _new_years(years: Sequence[AddedYear]) -> list[AddedYear]:
    in_force = active_pack().calendar.years
    new = [year for year in years if in_force.get(year.year) != year.days]
    if not new:
        raise NothingNew
    return new


def _undecided(draft_id: UUID, *, by: Staff, act: Act) -> CalendarDraft:
    draft = CalendarDraft.objects.select_for_update().get(pk=draft_id)
    if entry_with_id(id=act.id):
        return draft
    if draft.state != CalendarDraft.State.WAITING:
        raise AlreadyDecided(draft.pk)
    if draft.uploaded_by_id == by.pk:
        raise OwnDraft(by.staff_no)
    return draft


def _decide(draft: CalendarDraft, state: str, *, by: Staff, now: datetime) -> None:
    draft.state, draft.decided_by, draft.decided_at = state, by, now
    draft.save()


def _record(
    kind: str, draft: CalendarDraft, act: Act, now: datetime, *, key: UUID, **data: str
) -> None:
    record(
        id=key,
        kind=kind,
        subject=Subject("calendar", draft.pk),
        happened_at=now,
        now=now,
        actor=act.by,
        workstation=act.workstation,
        data={"digest": draft.digest, "years": list(draft.years), **data},
    )
