"""Before and after the day in a notice its customer is reminded, unless the hazard was put right meanwhile."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from shouwen.cases.operations import part_of
from shouwen.cases.operations.happenings import Act, is_done
from shouwen.fieldwork.models import Hazard, HazardNotice
from shouwen.fieldwork.operations.hazards.acting import noted
from shouwen.fieldwork.operations.hazards.messaging import message_customer
from shouwen.fieldwork.queries.hazards import catalogue
from shouwen.jobs.operations import enqueue

REMIND: Final = "fieldwork.hazard_remind"


def begin_reminding(*, notice: HazardNotice, now: datetime) -> None:
    """Asks for a job at every reminder of the pack that still lies ahead."""
    for place, each in enumerate(catalogue().plan.reminders):
        length = timedelta(days=each.days)
        at = notice.until - length if each.before else notice.until + length
        if at > now:
            enqueue(
                kind=REMIND, key=f"hazard-remind:{notice.pk}:{place}",
                payload={"notice": str(notice.pk), "place": place}, run_at=at, now=now,
            )  # fmt: skip


@transaction.atomic
def remind(*, notice_id: uuid.UUID, place: int, now: datetime) -> Hazard | None:
    """Reminds the customer of a notice once; None when nothing waits to be put right or the pack says no more."""
    reminders = catalogue().plan.reminders
    notice = HazardNotice.objects.get(pk=notice_id)
    waits = notice.hazards.filter(
        closed_at__isnull=True, rectified_at__isnull=True, removed_at__isnull=True
    )
    hazard = waits.order_by("number").first()
    if hazard is None or hazard.until != notice.until or place >= len(reminders):
        return None
    reminder = reminders[place]
    act = Act(id=part_of(notice.pk, f"remind:{place}"), by="", at=now, now=now)
    if is_done(act):
        return hazard
    params = {"days": str(reminder.days)} if reminder.before else {}
    key = f"notice:{notice.pk}:remind:{place}"
    message_customer(hazard, reminder.message, act=act, params=params, key=key)
    noted(act, "hazard.reminded", hazard, {"text": reminder.message, "channel": "sms"})
    return hazard
