"""Reading letters: the list, one letter, danger that nobody has seen, what a stranger may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases.models import Case, CaseState
from shouwen.clocks.queries import letters_plan
from shouwen.core.mail import case_numbers_in
from shouwen.inbox.models import Letter, MailboxMark
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.letters import Letters

State = Letter.State
OPEN = (State.NEW, State.TAKEN)
RECEIPT_TEXT = "letter-received"


def readable_letters() -> Letters:
    """What the company set for letters; the defaults when it cannot be read."""
    try:
        return letters_plan()
    except PackFaults:
        return Letters()


def file_store() -> AttachmentStore:
    """Where files of letters lie: with those of cases, under names made here."""
    return AttachmentStore(settings.SHOUWEN_ATTACHMENTS_DIR)


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ended: the next one goes on with older letters."""

    recorded_at: datetime
    id: UUID


def newest_letters(
    *, box: str, viewer: Staff, limit: int, after: After | None = None
) -> list[Letter]:
    """Letters of a box, the newest first: open, mine, done, aside or "" for all."""
    rows = _box(box, viewer).select_related("owner", "case", "danger_seen_by")
    if after:
        older = Q(recorded_at__lt=after.recorded_at)
        rows = rows.filter(older | Q(recorded_at=after.recorded_at, pk__lt=after.id))
    return list(rows.order_by("-recorded_at", "-id")[:limit])


def _box(box: str, viewer: Staff) -> QuerySet[Letter]:
    match box:
        case "open":
            return Letter.objects.filter(state__in=OPEN)
        case "mine":
            return Letter.objects.filter(owner=viewer, state=State.TAKEN)
        case "done":
            return Letter.objects.filter(state__in=[State.IN_CASE, State.ANSWERED])
        case "aside":
            return Letter.objects.filter(state__in=[State.SET_ASIDE, State.AUTOMATIC])
        case _:
            return Letter.objects.all()


def new_count() -> int:
    """How many letters nobody has taken."""
    return Letter.objects.filter(state=State.NEW).count()


def answers_told() -> QuerySet[Entry]:
    """The entries of answers to letters, letter by letter, in order."""
    rows = Entry.objects.filter(kind="letter.answered")
    return rows.order_by("subject_id", "happened_at", "recorded_at", "id")


def answer_behind(*, letter_id: UUID, rule_id: str, ordinal: int) -> Entry | None:
    """The entry of the answer in which a rule was decided for the `ordinal`th time."""
    told = answers_told().filter(subject_id=letter_id)
    decided = [
        entry
        for entry in told
        if rule_id in f"{entry.data.get('kept', '')},{entry.data.get('broken', '')}".split(",")
    ]
    return decided[ordinal - 1] if len(decided) >= ordinal else None


def words_of_answer(*, entry: Entry) -> str:
    """What an answer said, as long as the outbox keeps it; "" after."""
    message = Message.objects.filter(key=f"letter:{entry.pk}").first()
    return str(message.params.get("answer", "")) if message else ""


def letter_with_case(*, letter_id: UUID) -> Letter | None:
    """A letter with the case that it became, and its people."""
    people = ("case__first_asked", "case__owner", "case__department", "case__customer")
    return Letter.objects.select_related(*people).filter(pk=letter_id).first()


def due_for_erasing(*, before: datetime, limit: int) -> list[UUID]:
    """Letters that came before an instant, are settled, and whose words are still there, the oldest first."""
    rows = Letter.objects.filter(recorded_at__lt=before, erased_at__isnull=True)
    settled = rows.exclude(state__in=OPEN).exclude(case__state=CaseState.OPEN)
    return list(settled.order_by("recorded_at").values_list("pk", flat=True)[:limit])


def whole_letter(*, receipt: str) -> Letter | None:
    """A letter by its receipt with all that its page shows."""
    people = ("owner", "danger_seen_by", "case__owner", "thread__owner")
    return (
        Letter.objects.select_related(*people)
        .prefetch_related("files")
        .filter(receipt=receipt)
        .first()
    )


def in_danger() -> list[Letter]:
    """Letters that speak of danger and that nobody has looked at, the oldest first."""
    rows = Letter.objects.filter(danger_seen_at__isnull=True).exclude(danger=[])
    return list(rows.exclude(state=State.SET_ASIDE).order_by("recorded_at")[:3])


def letter_asked_for(*, receipt: str, phone_tail: str) -> Letter | None:
    """The letter of somebody who knows its receipt and the last four figures of the telephone."""
    found = Letter.objects.select_related("case").filter(receipt=receipt.upper()).first()
    is_theirs = found is not None and len(phone_tail) == 4 and found.phone.endswith(phone_tail)
    return found if is_theirs else None


def thread_of(*, references: Sequence[str], subject: str) -> Case | None:
    """The case that a mail goes on with: by the mails that it answers, else by a number in its subject."""
    if references:
        letter = Letter.objects.select_related("case").filter(
            message_id__in=references, case__isnull=False
        )
        known = letter.order_by("-recorded_at").first()
        if known:
            return known.case
        ours = Message.objects.filter(provider_id__in=references).exclude(provider_id="").first()
        if ours:
            return _case_about(ours)
    numbers = case_numbers_in(subject)
    return Case.objects.filter(number__in=numbers).first() if numbers else None


def _case_about(message: Message) -> Case | None:
    if message.about_kind == "case":
        return Case.objects.filter(pk=message.about_id).first()
    letter = Letter.objects.select_related("case").filter(pk=message.about_id).first()
    return letter.case if letter else None


def has_receipt(*, sender: str, now: datetime) -> bool:
    """Whether this address got a receipt within a day: machines that answer each other stop here."""
    sent = Message.objects.filter(channel="mail", recipient=sender, text_id=RECEIPT_TEXT)
    return sent.filter(asked_at__gt=now - timedelta(days=1)).exists()


def mailbox_away() -> MailboxMark | None:
    """A mailbox that cannot be read now."""
    return MailboxMark.objects.filter(away_since__isnull=False).first()
