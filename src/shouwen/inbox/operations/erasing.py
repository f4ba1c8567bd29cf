"""Letters whose time is over: words, names and files go; the row, its case and what was done stay."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases.operations import part_of
from shouwen.inbox.models import Letter
from shouwen.inbox.queries import due_for_erasing
from shouwen.journal.operations import record

ERASED_AT_ONCE = 200


def erase_old(*, keep_days: int, store: AttachmentStore, now: datetime) -> int:
    """Erases at most `ERASED_AT_ONCE` letters that are settled and older than `keep_days`; how many.

    0 days keeps everything. A letter that is open, or whose case is, waits.
    """
    if not keep_days:
        return 0
    due = due_for_erasing(before=now - timedelta(days=keep_days), limit=ERASED_AT_ONCE)
    for letter_id in due:
        _erase(letter_id, store=store, now=now)
    return len(due)


def _erase(letter_id: uuid.UUID, *, store: AttachmentStore, now: datetime) -> None:
    files = list(
        Letter.objects.get(pk=letter_id).files.exclude(stored_name="").values_list(
            "stored_name", flat=True
        )
    )  # fmt: skip
    # First the files: cut short here, the next night finds the letter again.
    for name in files:
        store.discard(name)
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        letter.sender_name = letter.sender = letter.phone = letter.place = ""
        letter.subject = letter.words = letter.message_id = ""
        letter.erased_at = now
        letter.save()
        letter.files.exclude(stored_name="").update(stored_name="", refused="erased")
        letter.files.update(original_name="")
        record(
            id=part_of(letter.pk, "erased"),
            kind="letter.erased",
            subject=letter.about,
            happened_at=now,
            now=now,
            data={"files": len(files)},
        )
