"""Questions that the knowledge base had no answer to."""

import uuid
from datetime import datetime, timedelta

from shouwen.core.text.search_tokens import plain
from shouwen.knowledge.models import Unanswered
from shouwen.people.models import Staff

_SAME = timedelta(minutes=10)


def note_unanswered(
    *, text: str, staff: Staff, now: datetime, found: int = 0, call_id: uuid.UUID | None = None
) -> Unanswered | None:
    """Keeps the question; asked again by the same person within ten minutes, it is one. Empty: nothing."""
    asked = plain(text)[:80]
    if not asked:
        return None
    lately = Unanswered.objects.filter(staff=staff, text=asked, asked_at__gt=now - _SAME).first()
    return lately or Unanswered.objects.create(
        text=asked, asked_at=now, staff=staff, call_id=call_id, found=found
    )
