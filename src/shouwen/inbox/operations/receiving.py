"""A letter comes in: kept whole, once, its files checked, danger in it found at once."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases.operations import LARGEST_BYTES, part_of
from shouwen.core.events import Scalar
from shouwen.core.mail import Mail, MailFile
from shouwen.core.media import sniff
from shouwen.guiding.reading import danger_in
from shouwen.inbox.models import Letter, LetterFile
from shouwen.inbox.queries import RECEIPT_TEXT, has_receipt, readable_letters, thread_of
from shouwen.journal.operations import record
from shouwen.messages.operations import send

MOST_FILES = 10
_RECEIPT_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
State = Letter.State


class OtherLetter(ValueError):
    """The id belongs to another letter."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """What a letter needs besides its words: where files go, when it came, when we hear of it (aware UTC)."""

    store: AttachmentStore
    arrived_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class WebLetter:
    """What somebody wrote in the form on the web. `is_trapped`: a field that nobody sees was filled in."""

    id: uuid.UUID
    name: str
    phone: str
    mail: str
    place: str
    words: str
    is_trapped: bool = False


def receive_web(*, letter: WebLetter, files: Sequence[MailFile], by: Bringing) -> Letter:
    """Keeps a form, and gives it a receipt. Sent twice it is one letter. Raises OtherLetter.

    A machine's form is kept aside, not thrown away: a person may have used a helpful browser.
    """
    row = Letter(
        id=letter.id,
        key=hashlib.sha256(letter.id.bytes).hexdigest(),
        receipt=_receipt(letter.id, by.arrived_at),
        channel=Letter.Channel.WEB,
        state=State.SET_ASIDE if letter.is_trapped else State.NEW,
        spam_reason=_trap() if letter.is_trapped else "",
        sender_name=letter.name,
        phone=letter.phone,
        sender=letter.mail,
        place=letter.place,
        words=letter.words,
        consented_at=by.now,
        danger=list(danger_in(letter.words)),
    )
    kept = _kept(row, files, by)
    if (kept.phone, kept.words) != (letter.phone, letter.words):
        raise OtherLetter(str(letter.id))
    return kept


def _trap() -> str:
    return next((each.id for each in readable_letters().spam if each.hidden), "trap")


def receive_mail(*, mail: Mail, own_address: str, by: Bringing, letter_id: uuid.UUID) -> Letter:
    """Keeps a mail; the same mail again returns the letter that is there.

    A mail that no person wrote is kept too, and never answered; others get a receipt, once a day.
    """
    is_own = bool(own_address) and mail.sender.lower() == own_address.lower()
    automatic = mail.automatic or ("own" if is_own else "")
    row = Letter(
        id=letter_id,
        key=mail.key,
        receipt=_receipt(letter_id, by.arrived_at),
        channel=Letter.Channel.MAIL,
        state=State.AUTOMATIC if automatic else State.NEW,
        sender_name=mail.sender_name,
        sender=mail.sender,
        subject=mail.subject,
        words=mail.words,
        message_id=mail.message_id,
        automatic=automatic,
        is_broken=mail.is_broken,
        thread=None if automatic else thread_of(references=mail.references, subject=mail.subject),
        danger=[] if automatic else list(danger_in(mail.subject, mail.fresh_words)),
    )
    return _kept(row, mail.files, by)


def _kept(row: Letter, files: Sequence[MailFile], by: Bringing) -> Letter:
    there = Letter.objects.filter(key=row.key).first()
    if there:
        return there
    stored = [_stored(file, place, by.store) for place, file in enumerate(files, start=1)]
    try:
        kept = _written(row, stored, by)
    except BaseException:
        _discard(stored, by.store)
        raise
    if kept.pk != row.pk:
        _discard(stored, by.store)
    return kept


def _discard(stored: Sequence[LetterFile], store: AttachmentStore) -> None:
    for file in stored:
        if file.stored_name:
            store.discard(file.stored_name)


@transaction.atomic
def _written(row: Letter, stored: Sequence[LetterFile], by: Bringing) -> Letter:
    row.arrived_at, row.recorded_at = min(by.arrived_at, by.now), by.now
    # Two readers of one mailbox may come at once: the second finds what the first wrote.
    Letter.objects.bulk_create([row], ignore_conflicts=True)
    letter = Letter.objects.get(key=row.key)
    if letter.pk != row.pk:
        return letter
    for file in stored:
        file.letter = letter
    LetterFile.objects.bulk_create(stored)
    data: dict[str, Scalar] = {
        "channel": letter.channel,
        "files": len(stored),
        "sort": letter.automatic or "person",
    }
    _note(letter, "received", "letter.received", data, by)
    if letter.danger:
        _note(letter, "alarmed", "letter.alarmed", {"words": "，".join(letter.danger[:5])}, by)
    _send_receipt(letter, now=by.now)
    return letter


def _send_receipt(letter: Letter, *, now: datetime) -> None:
    """A mail that a person wrote gets a receipt, one a day to each address."""
    is_mail = letter.channel == Letter.Channel.MAIL and letter.state == State.NEW
    if not is_mail or not letter.sender or has_receipt(sender=letter.sender, now=now):
        return
    send(
        key=f"{RECEIPT_TEXT}:{letter.pk}",
        channel="mail",
        to=letter.sender,
        text_id=RECEIPT_TEXT,
        params={"receipt": letter.receipt},
        about=letter.about,
        now=now,
        answers=letter.message_id,
    )


def _note(letter: Letter, name: str, kind: str, data: dict[str, Scalar], by: Bringing) -> None:
    record(
        id=part_of(letter.pk, name),
        kind=kind,
        subject=letter.about,
        happened_at=letter.arrived_at,
        now=by.now,
        data=data,
        source=letter.channel,
    )


def _stored(file: MailFile, place: int, store: AttachmentStore) -> LetterFile:
    """The file as it is kept: what it is its content says. What may not be kept leaves its name."""
    row = LetterFile(ordinal=place, original_name=_name(file.name), size=len(file.content))
    media = sniff(file.content)
    if place > MOST_FILES:
        row.refused = "many"
    elif len(file.content) > LARGEST_BYTES:
        row.refused = "size"
    elif media is None:
        row.refused = "kind"
    else:
        kept = store.keep(file.content, suffix=media.suffix)
        row.stored_name, row.sha256, row.media_type = kept.name, kept.sha256, media.type
    return row


def _name(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[-200:]


def _receipt(letter_id: uuid.UUID, at: datetime) -> str:
    """1124-7K3QF9XM: the day, and eight signs that nobody guesses and nobody misreads."""
    number = int.from_bytes(hashlib.blake2s(letter_id.bytes, digest_size=8).digest())
    signs = ""
    for _ in range(8):
        number, rest = divmod(number, len(_RECEIPT_SIGNS))
        signs += _RECEIPT_SIGNS[rest]
    return f"{at:%m%d}-{signs}"
