"""Files of a case, printed work orders, and cases that come in on paper."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases.models import Attachment, Case, PaperEntry, Printout
from shouwen.cases.operations.happenings import Act, entered_late, happened, locked, touched
from shouwen.cases.operations.opening import NewCase, open_case
from shouwen.cases.operations.working import answer_customer, close_case, report
from shouwen.core.events import Scalar, Subject
from shouwen.core.media import sniff
from shouwen.journal.operations import record
from shouwen.people.models import Staff

LARGEST_BYTES = 10 * 1024 * 1024
MOST_FILES = 40
LATE_REASONS = ("system_down", "taken_outside", "power_cut", "found_later")
PURPOSES = ("visit", "check", "archive")


class NotAllowed(Exception):
    """The content is none of the kinds of file that a case may carry."""


class TooLarge(Exception):
    """The file is larger than a case may carry. The message is the size in bytes."""


class TooManyFiles(Exception):
    """The case has as many files as a case may carry. The message is the most."""


class NotInOrder(Exception):
    """What is entered late has to lie before now, each step after the one before it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it. `name` is data only."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PaperStep:
    """One thing that the paper says was done: a key of PROGRESS, "answered" or "closed"."""

    what: str
    at: datetime
    words: str = ""
    channel: str = "phone"


def attach(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    upload: Upload,
    store: AttachmentStore,
    at: datetime,
    now: datetime,
) -> Attachment:
    """Keeps a file with the case, open or closed. What it is decides its content, not its name.

    Raises NotAllowed, TooLarge, TooManyFiles. A file whose row is not written does not stay.
    """
    if len(upload.content) > LARGEST_BYTES:
        raise TooLarge(str(len(upload.content)))
    media = sniff(upload.content)
    if media is None:
        raise NotAllowed(upload.name[-20:])
    there = Attachment.objects.filter(pk=act_id).first()
    if there:
        return there
    kept = store.keep(upload.content, suffix=media.suffix)
    attachment = Attachment(
        id=act_id,
        case_id=case_id,
        stored_name=kept.name,
        original_name="".join(sign for sign in upload.name if sign.isprintable())[-200:],
        media_type=media.type,
        size=len(upload.content),
        sha256=kept.sha256,
        added_by=by,
        added_at=at,
    )
    try:
        return _attached(Act(id=act_id, by=by.staff_no, at=at, now=now), attachment, store)
    except BaseException:
        store.discard(kept.name)
        raise


@transaction.atomic
def _attached(act: Act, attachment: Attachment, store: AttachmentStore) -> Attachment:
    case = locked(attachment.case_id)
    there = Attachment.objects.filter(pk=act.id).first()
    if there:
        store.discard(attachment.stored_name)
        return there
    if case.attachments.count() >= MOST_FILES:
        raise TooManyFiles(str(MOST_FILES))
    attachment.save(force_insert=True)
    happened(
        act=act,
        kind="case.attached",
        case=case,
        data={
            "type": attachment.media_type,
            "size": attachment.size,
            "sha256": attachment.sha256,
        },
    )
    touched(case, act=act, kind="case.attached")
    return attachment


@transaction.atomic
def note_attachment_read(
    *, act_id: uuid.UUID, attachment: Attachment, by: Staff, now: datetime, workstation: str
) -> None:
    """Journals that a person took a copy of a file."""
    record(
        id=act_id,
        kind="data.read",
        subject=Subject("case", attachment.case_id),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"field": "attachment", "attachment": str(attachment.pk)},
        workstation=workstation,
    )


@transaction.atomic
def note_printed(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    keeper: Staff,
    purpose: str,
    destroy_on: date,
    now: datetime,
    workstation: str,
) -> Printout:
    """Gives a print its number and writes down who keeps it, what for and until when.

    `purpose` is one of PURPOSES. Raises ValueError for another one.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"not a purpose of a print: {purpose}")
    there = Printout.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked(case_id)
    printout = Printout.objects.create(
        id=act_id,
        case=case,
        ordinal=case.printouts.count() + 1,
        purpose=purpose,
        keeper=keeper,
        destroy_on=destroy_on,
        printed_by=by,
        printed_at=now,
        workstation=workstation,
    )
    act = Act(id=act_id, by=by.staff_no, at=now, now=now)
    data: dict[str, Scalar] = {
        "print": printout.ordinal,
        "keeper": keeper.staff_no,
        "purpose": purpose,
        "destroy_on": destroy_on.isoformat(),
    }
    happened(act=act, kind="case.printed", case=case, data=data)
    touched(case, act=act, kind="case.printed")
    return printout


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that a late entry comes from: its number or place, why it is late, a remark."""

    source: str
    reason: str
    words: str = ""


def enter_from_paper(
    *,
    new: NewCase,
    steps: Sequence[PaperStep],
    paper: Paper,
    by: Staff,
    now: datetime,
    zone: ZoneInfo,
) -> Case:
    """Enters a case that was taken on paper: each thing when it happened, all recorded `now`.

    Clocks run from what happened, and are judged once, at the end. `new.id` is the act. Raises
    NotInOrder, ValueError for a reason that is not one of LATE_REASONS.
    """
    if paper.reason not in LATE_REASONS:
        raise ValueError(f"not a reason for a late entry: {paper.reason}")
    moments = [new.reported_at, *(step.at for step in steps), now]
    if moments != sorted(moments):
        raise NotInOrder(new.said[:20])
    there = Case.objects.filter(pk=new.id).first()
    if there:
        return there
    with entered_late(now=now):
        case = open_case(new=new, now=now, zone=zone, source="paper")
        act = Act(id=new.id, by=by.staff_no, at=now, now=now, source="paper")
        PaperEntry.objects.create(
            case=case,
            paper=paper.source[:60],
            reason=paper.reason,
            words=paper.words[:200],
            entered_by=by,
            entered_at=now,
        )
        late = act.part("late")
        happened(act=late, kind="case.entered_late", case=case, data={"reason": paper.reason})
        for place, step in enumerate(steps):
            _enter(act.part(f"step:{place}").id, case, step, by=new.first_asked, now=now)
    return Case.objects.get(pk=case.pk)


def _enter(act_id: uuid.UUID, case: Case, step: PaperStep, *, by: Staff, now: datetime) -> None:
    at, paper = step.at, "paper"
    match step.what:
        case "answered":
            answer_customer(
                act_id=act_id,
                case_id=case.pk,
                by=by,
                channel=step.channel,
                content=step.words,
                at=at,
                now=now,
                source=paper,
            )
        case "closed":
            close_case(act_id=act_id, case_id=case.pk, by=by, at=at, now=now, source=paper)
        case what:
            report(act_id=act_id, case_id=case.pk, what=what, by=by, at=at, now=now, source=paper)
