"""What agents ask of the exchange, kept until the process at its line has done it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from shouwen.adapters.telephony.ami_control import What, Wish
from shouwen.core.events import Subject
from shouwen.hotline.models import LineRequest
from shouwen.journal.operations import record

STALE = timedelta(seconds=15)
"""After so long nobody waits for it any more: a call must not be made when its agent has gone on."""
TOO_LATE = "没有及时执行，已作废 / not done in time, dropped"


def open_requests(*, now: datetime) -> Sequence[Wish]:
    """What waits to be done, oldest first; what waited too long is dropped and said so."""
    waiting = LineRequest.objects.filter(state=LineRequest.State.ASKED).order_by("asked_at")
    for stale in waiting.filter(asked_at__lt=now - STALE):
        answer_request(request_id=stale.pk, refused=TOO_LATE, now=now)
    return [_wish(request) for request in waiting.select_related("call")]


@transaction.atomic
def answer_request(*, request_id: uuid.UUID, refused: str, now: datetime) -> None:
    """Says what came of a request; `refused` is the reason, empty when it was done."""
    state = LineRequest.State.REFUSED if refused else LineRequest.State.DONE
    asked = LineRequest.objects.filter(pk=request_id, state=LineRequest.State.ASKED)
    is_told = asked.update(state=state, told=refused[:200], answered_at=now)
    if is_told and refused:
        _note_refused(request_id, now=now)


def _note_refused(request_id: uuid.UUID, *, now: datetime) -> None:
    """A call that was to be sent on waits where it was: whoever looks at the board must see that."""
    request = LineRequest.objects.get(pk=request_id)
    if request.what == LineRequest.What.REDIRECT and request.call_id:
        record(
            id=uuid.uuid5(request_id, "not-reassigned"),
            kind="call.not_reassigned",
            subject=Subject("call", request.call_id),
            happened_at=now,
            now=now,
        )


def _wish(request: LineRequest) -> Wish:
    call = request.call
    return Wish(
        id=request.pk,
        what=cast(What, request.what),
        call=call.call_id.removeprefix(f"{call.source}:") if call else "",
        extension=request.extension,
        to=request.to,
        queue=request.queue,
    )
