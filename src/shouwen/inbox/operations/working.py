"""Working on letters: whoever takes one owns it and is the first asked. The same act id again changes nothing."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases import operations as cases
from shouwen.cases.models import Case
from shouwen.cases.operations import Details, TooManyFiles, Upload, part_of
from shouwen.core.events import Scalar
from shouwen.core.mail import without_quotes
from shouwen.guiding import operations as guiding
from shouwen.guiding.operations import Contact
from shouwen.guiding.reading import NOTHING_SAID
from shouwen.hotline.queries import find_customer
from shouwen.inbox.checking import findings_on
from shouwen.inbox.models import Letter
from shouwen.inbox.operations.ruling import rule_on_answers, told_in_journal
from shouwen.journal.operations import record_once
from shouwen.journal.queries import entry_with_id
from shouwen.messages.operations import send
from shouwen.people.models import Staff

State = Letter.State
_LONGEST_NOTE = 300  # the whole stands in the letter and in the outbox


class NotOpen(Exception):
    """The letter is dealt with already, or set aside."""


class Taken(Exception):
    """Somebody else has taken it. The message is who."""


class NotAnswerable(Exception):
    """Nobody wrote it, or there is no address to write to."""


@transaction.atomic
def take_letter(*, act_id: uuid.UUID, letter_id: uuid.UUID, by: Staff, now: datetime) -> Letter:
    """The letter is mine from now on. Raises NotOpen, Taken."""
    letter = _locked(letter_id)
    if entry_with_id(id=act_id) or (letter.state == State.TAKEN and letter.owner_id == by.pk):
        return letter
    return _taken(letter, act_id, by=by, now=now)


def _taken(letter: Letter, act_id: uuid.UUID, *, by: Staff, now: datetime) -> Letter:
    if letter.state == State.TAKEN and letter.owner_id == by.pk:
        return letter
    if letter.state == State.TAKEN and letter.owner:
        raise Taken(letter.owner.name)
    if letter.state != State.NEW:
        raise NotOpen
    letter.state, letter.owner, letter.taken_at = State.TAKEN, by, now
    letter.save(update_fields=["state", "owner", "taken_at"])
    _note(letter, act_id, "letter.taken", by=by, now=now)
    return letter


@transaction.atomic
def make_case(
    *,
    act_id: uuid.UUID,
    letter_id: uuid.UUID,
    kind: str,
    by: Staff,
    store: AttachmentStore,
    now: datetime,
    leaf: str = "",
) -> Case:
    """A case of the letter: whoever takes the letter is the first asked, the clocks run from its arrival.

    Raises NotOpen, Taken, CaseClosed.
    """
    letter = _locked(letter_id)
    if letter.case_id and entry_with_id(id=act_id):
        return Case.objects.get(pk=letter.case_id)
    if letter.state != State.ANSWERED:
        letter = _taken(letter, part_of(act_id, "taken"), by=by, now=now)
    contact = contact_of(letter, kind=kind, by=by, now=now)
    case = guiding.open_for(contact, kind=kind, known=_known(letter))
    case = guiding.classify(contact, case, kind=kind, leaf=leaf, is_new=not leaf)
    _put_into(letter, case, act_id, "letter.made_case", by=by, store=store, now=now)
    return case


def contact_of(letter: Letter, *, kind: str, by: Staff, now: datetime) -> Contact:
    """The letter as a contact like others; whose number it is, is not guessed."""
    customer, premises = find_customer(number=letter.phone) if letter.phone else (None, None)
    return Contact(
        id=letter.pk,
        channel=letter.channel,
        began_at=letter.arrived_at,
        by=by,
        now=now,
        kind=kind,
        customer=customer,
        premises=premises,
        phone=letter.phone,
    )


def _known(letter: Letter) -> Details:
    words = " ".join(f"{letter.subject} {without_quotes(letter.words)}".split())
    return Details(
        said=words[:200] or NOTHING_SAID,
        caller_name=letter.sender_name or None,
        caller_phone=letter.phone or None,
        place=letter.place or None,
    )


@transaction.atomic
def tie_to_case(
    *,
    act_id: uuid.UUID,
    letter_id: uuid.UUID,
    case: Case,
    by: Staff,
    store: AttachmentStore,
    now: datetime,
) -> Case:
    """The letter belongs to a matter that is under way: its words are noted there. Raises NotOpen, Taken, CaseClosed."""
    letter = _locked(letter_id)
    if letter.case_id and entry_with_id(id=act_id):
        return Case.objects.get(pk=letter.case_id)
    letter = _taken(letter, part_of(act_id, "taken"), by=by, now=now)
    words = without_quotes(letter.words) or letter.subject or NOTHING_SAID
    case = cases.note_progress(
        act_id=part_of(act_id, "noted"),
        case_id=case.pk,
        by=by,
        note=words[:_LONGEST_NOTE],
        at=now,
        now=now,
    )
    _put_into(letter, case, act_id, "letter.tied", by=by, store=store, now=now)
    return case


def _put_into(
    letter: Letter,
    case: Case,
    act_id: uuid.UUID,
    kind: str,
    *,
    by: Staff,
    store: AttachmentStore,
    now: datetime,
) -> None:
    letter.state, letter.case = State.IN_CASE, case
    letter.save(update_fields=["state", "case"])
    for file in letter.files.exclude(stored_name=""):
        with store.open(file.stored_name) as opened:
            upload = Upload(file.original_name, opened.read())
        try:
            cases.attach(
                act_id=part_of(letter.pk, f"file:{file.ordinal}"),
                case_id=case.pk,
                by=by,
                upload=upload,
                store=store,
                at=now,
                now=now,
            )
        except TooManyFiles:
            break  # the others stay with the letter
    _note(letter, act_id, kind, by=by, now=now, data={"case": case.number})


def must_be_answerable(*, letter: Letter, by: Staff) -> None:
    """Raises NotAnswerable, NotOpen, Taken where this person cannot answer the letter now."""
    if letter.automatic or not letter.sender:
        raise NotAnswerable
    if letter.state == State.TAKEN and letter.owner and letter.owner_id != by.pk:
        raise Taken(letter.owner.name)
    if not letter.is_open and letter.state not in (State.IN_CASE, State.ANSWERED):
        raise NotOpen


@transaction.atomic
def answer_letter(
    *,
    act_id: uuid.UUID,
    letter_id: uuid.UUID,
    words: str,
    template: str,
    by: Staff,
    now: datetime,
) -> Letter:
    """Answers by mail, through the outbox; a case of the letter then has its answer too.

    What the standard says of the words is stored; whether they go is for a person to judge, beforehand.

    Raises NotAnswerable, NotOpen, Taken, CaseClosed, ValueError without words.
    """
    letter = _locked(letter_id)
    if entry_with_id(id=act_id):
        return letter
    if not words.strip():
        raise ValueError("an answer needs words")
    must_be_answerable(letter=letter, by=by)
    if letter.is_open:
        letter = _taken(letter, part_of(act_id, "taken"), by=by, now=now)
    case = letter.case
    send(
        key=f"letter:{act_id}",
        channel="mail",
        to=letter.sender,
        text_id="letter-answered",
        params={"number": case.number if case else letter.receipt, "answer": words.strip()},
        about=letter.about,
        now=now,
        by=by.staff_no,
        answers=letter.message_id,
    )
    if case is not None:
        cases.answer_customer(
            act_id=part_of(act_id, "answered"),
            case_id=case.pk,
            by=by,
            channel="mail",
            content=words.strip()[:_LONGEST_NOTE],
            at=now,
            now=now,
        )
    letter.answered_at = now
    letter.state = letter.state if case else State.ANSWERED
    letter.save(update_fields=["answered_at", "state"])
    findings = findings_on(letter=letter, words=words, at=now)
    data: dict[str, Scalar] = {
        "channel": "mail",
        "template": template,
        **told_in_journal(findings),
    }
    _note(letter, act_id, "letter.answered", by=by, now=now, data=data)
    rule_on_answers(letter_id=letter.pk)
    return letter


@transaction.atomic
def set_aside(
    *, act_id: uuid.UUID, letter_id: uuid.UUID, reason: str, by: Staff, now: datetime
) -> Letter:
    """The letter is spam. It stays, with the reason, and nobody is told. Raises NotOpen, Taken."""
    letter = _locked(letter_id)
    if entry_with_id(id=act_id):
        return letter
    letter = _taken(letter, part_of(act_id, "taken"), by=by, now=now)
    letter.state, letter.spam_reason = State.SET_ASIDE, reason
    letter.save(update_fields=["state", "spam_reason"])
    _note(letter, act_id, "letter.set_aside", by=by, now=now, data={"reason": reason})
    return letter


@transaction.atomic
def take_back(*, act_id: uuid.UUID, letter_id: uuid.UUID, by: Staff, now: datetime) -> Letter:
    """No spam after all, or written by a person after all: the letter is open again. Raises NotOpen."""
    letter = _locked(letter_id)
    if entry_with_id(id=act_id):
        return letter
    if letter.state not in (State.SET_ASIDE, State.AUTOMATIC):
        raise NotOpen
    letter.state, letter.spam_reason, letter.owner = State.NEW, "", None
    letter.save(update_fields=["state", "spam_reason", "owner"])
    _note(letter, act_id, "letter.taken_back", by=by, now=now)
    return letter


@transaction.atomic
def note_danger_seen(*, act_id: uuid.UUID, letter_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """Somebody has read it and it is no alarm: it leaves the screens."""
    _seen(_locked(letter_id), act_id, by=by, now=now)


def _seen(letter: Letter, act_id: uuid.UUID, *, by: Staff, now: datetime) -> None:
    if letter.danger_seen_at:
        return
    letter.danger_seen_at, letter.danger_seen_by = now, by
    letter.save(update_fields=["danger_seen_at", "danger_seen_by"])
    _note(letter, act_id, "letter.alarm_seen", by=by, now=now)


@transaction.atomic
def send_crew(
    *,
    act_id: uuid.UUID,
    letter_id: uuid.UUID,
    by: Staff,
    store: AttachmentStore,
    now: datetime,
) -> Case:
    """Gas may be escaping: an alarm, offered to the emergency crew at once, whatever is known of it.

    Nothing stands in its way, not even that somebody else has taken the letter. Raises CaseClosed.
    """
    letter = _locked(letter_id)
    contact = contact_of(letter, kind="alarm", by=by, now=now)
    if letter.case is None:
        case = guiding.open_for(contact, kind="alarm", known=_known(letter))
        letter.owner, letter.taken_at = letter.owner or by, letter.taken_at or now
        letter.save(update_fields=["owner", "taken_at"])
        part = part_of(letter.pk, "alarm")
        _put_into(letter, case, part, "letter.made_case", by=by, store=store, now=now)
    else:
        case = letter.case
    case = guiding.classify(contact, case, kind="alarm")
    guiding.offer_to_crew(contact, case, act_id=part_of(act_id, "crew"))
    _seen(letter, part_of(act_id, "seen"), by=by, now=now)
    return case


@transaction.atomic
def note_phone_read(*, letter: Letter, act_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """Journals that a person saw the whole number."""
    _note(letter, act_id, "data.read", by=by, now=now, data={"field": "phone"})


@transaction.atomic
def note_file_read(
    *, letter: Letter, ordinal: int, act_id: uuid.UUID, by: Staff, now: datetime
) -> None:
    """Journals that a person took a copy of a file."""
    data: dict[str, Scalar] = {"field": "attachment", "attachment": f"{letter.receipt}/{ordinal}"}
    _note(letter, act_id, "data.read", by=by, now=now, data=data)


def _locked(letter_id: uuid.UUID) -> Letter:
    rows = Letter.objects.select_related("owner", "case__customer")
    return rows.select_for_update(of=("self",)).get(pk=letter_id)


def _note(
    letter: Letter,
    act_id: uuid.UUID,
    kind: str,
    *,
    by: Staff,
    now: datetime,
    data: dict[str, Scalar] | None = None,
) -> None:
    record_once(id=act_id, kind=kind, subject=letter.about, now=now, actor=by.staff_no, data=data)
