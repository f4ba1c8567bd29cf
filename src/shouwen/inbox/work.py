"""Jobs of the inbox: reading the mailbox every minute, erasing old letters every night."""

import logging
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from shouwen.adapters import ids
from shouwen.adapters.imap import BadMailbox, Fetched, Mailbox, MailboxAway
from shouwen.clocks.operations import also_recompute
from shouwen.clocks.queries import letters_plan
from shouwen.core.mail import read_mail
from shouwen.inbox.models import MailboxMark
from shouwen.inbox.operations import Bringing, erase_old, receive_mail
from shouwen.inbox.operations.ruling import LETTER, compare
from shouwen.inbox.queries import file_store
from shouwen.inbox.ways import own_address, own_mailbox
from shouwen.jobs.periodic import define
from shouwen.jobs.registry import OUTSIDE, Effects, errand
from shouwen.jobs.schedules import Daily, EveryMinutes

POLL = "inbox.poll"
ERASE = "inbox.erase"
MOST_BATCHES = 100  # a night
MOST_MAILS = 50  # a poll; the others come a minute later
_log = logging.getLogger(__name__)

define(POLL, schedule=EveryMinutes(1), catch_up="skip", queue=OUTSIDE)
define(ERASE, schedule=Daily(time(3, 55)), catch_up="once", queue=OUTSIDE)
also_recompute(LETTER)(compare)


@errand(POLL)
def poll_mailbox(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Reads what is new. Each mail is committed before the mailbox hears that we have it."""
    try:
        mailbox = own_mailbox()
        if mailbox is not None:
            poll(mailbox, now=now)
    except (BadMailbox, MailboxAway) as error:
        _log.warning("the mailbox cannot be read: %s", error)
        note_away(settings.SHOUWEN_IMAP_URL.rpartition("@")[2][:120], why=str(error), now=now)
    return _nothing


@errand(ERASE)
def erase_old_letters(payload: Mapping[str, Any], now: datetime) -> Effects:
    """Erases words and files of letters whose time is over, each in a short transaction.

    Raises PackFaults: while nobody can tell how long letters are kept, none is erased; the job comes again.
    """
    keep_days = letters_plan().keep_days
    for _ in range(MOST_BATCHES):
        if not erase_old(keep_days=keep_days, store=file_store(), now=now):
            break
    return _nothing


def poll(mailbox: Mailbox, *, now: datetime) -> int:
    """Brings the new mails of a mailbox in; how many. Raises MailboxAway, and then the next poll goes on."""
    brought = 0
    with mailbox.opened() as session:
        mark = MailboxMark.objects.filter(name=mailbox.name).first()
        is_same = mark is not None and mark.validity == session.validity
        last = mark.last_uid if mark and is_same else None
        for uid in session.waiting(after=last)[:MOST_MAILS]:
            fetched = session.fetch(uid)
            if fetched is not None:
                _bring(mailbox, session.validity, fetched, now=now)
                brought += 1
            session.acknowledge(uid)
    _note_read(mailbox.name, now=now)
    return brought


@transaction.atomic
def _bring(mailbox: Mailbox, validity: int, fetched: Fetched, *, now: datetime) -> None:
    """The mail and how far we have read, in one transaction."""
    receive_mail(
        mail=read_mail(fetched.raw),
        own_address=own_address(),
        by=Bringing(file_store(), fetched.arrived_at or now, now),
        letter_id=ids.uuid7(now),
    )
    mark, _ = MailboxMark.objects.select_for_update().get_or_create(name=mailbox.name)
    if mark.validity != validity:
        mark.validity, mark.last_uid = validity, 0
    mark.last_uid = max(mark.last_uid, fetched.uid)
    mark.save()


def note_away(name: str, *, why: str, now: datetime) -> None:
    """The inbox says since when its mailbox cannot be read."""
    mark, _ = MailboxMark.objects.get_or_create(name=f"@{name}")
    mark.away_since, mark.away_why = mark.away_since or now, why[:120]
    mark.save()


def _note_read(name: str, *, now: datetime) -> None:
    MailboxMark.objects.update_or_create(name=name, defaults={"read_at": now})
    MailboxMark.objects.filter(away_since__isnull=False).update(away_since=None, away_why="")


def _nothing(now: datetime) -> None:
    return None
