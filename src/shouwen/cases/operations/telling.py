"""Sending a customer what was told on the call: the papers of a new connection, where material is."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations.happenings import Act, happened, is_done, locked, touched
from shouwen.core.events import Subject
from shouwen.messages.models import Message
from shouwen.messages.operations import send
from shouwen.people.models import Staff

PAPERS, MATERIAL = "connection-papers", "material-told"


@transaction.atomic
def send_papers(  # noqa: PLR0913 - a message has these parts
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    channel: str,
    to: str,
    papers: str,
    title: str,
    words: str,
    now: datetime,
) -> Message:
    """Asks for the message with the list `papers` (its id); the same act again is the same message.

    `channel` is sms or mail, `to` the number or address. Raises UnknownText.
    """
    return _send(
        act=Act(id=act_id, by=by.staff_no, at=now, now=now),
        case_id=case_id,
        kind="case.papers_sent",
        data={"list": papers},
        channel=channel,
        to=to,
        text_id=PAPERS,
        params={"title": title, "words": words},
    )


@transaction.atomic
def send_material(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    channel: str,
    to: str,
    what: str,
    where: str,
    now: datetime,
) -> Message:
    """Asks for the message that says where material is to be had; `what` and `where` in words."""
    return _send(
        act=Act(id=act_id, by=by.staff_no, at=now, now=now),
        case_id=case_id,
        kind="case.material_sent",
        data={},
        channel=channel,
        to=to,
        text_id=MATERIAL,
        params={"what": what, "where": where},
    )


def _send(
    *,
    act: Act,
    case_id: uuid.UUID,
    kind: str,
    data: dict[str, str],
    channel: str,
    to: str,
    text_id: str,
    params: dict[str, str],
) -> Message:
    key = f"{kind}:{act.id}"
    if is_done(act):
        return Message.objects.get(key=key)
    case: Case = locked(case_id)
    message = send(
        key=key,
        channel=channel,
        to=to,
        text_id=text_id,
        params=params,
        about=Subject("case", case.pk),
        now=act.now,
        by=act.by,
    )
    told = {**data, "channel": channel, "message": str(message.pk)}
    happened(act=act, kind=kind, case=case, data=told)
    touched(case, act=act, kind=kind)
    return message
