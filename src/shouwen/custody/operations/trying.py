"""Counted tries: a place is taken before the password is looked at, so nobody can outrun the count."""

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.custody.models import Tries
from shouwen.custody.policy import Limit

_KEPT_FOR = timedelta(days=1)


class Barred(Exception):
    """Too many tries. `until` says when the next one is possible (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@transaction.atomic
def reserve_try(*, key: str, limit: Limit, now: datetime) -> bool:
    """Takes one of the tries under `key`; the caller then looks whether it was right.

    The window begins with its first try. Of any number of tries at the same time at most
    `limit.most` get through. True when this was the last one. Raises Barred.
    """
    Tries.objects.filter(since__lt=now - _KEPT_FOR).delete()
    Tries.objects.bulk_create([Tries(key=key[:120], since=now)], ignore_conflicts=True)
    tries = Tries.objects.select_for_update().get(key=key[:120])
    if now >= tries.since + limit.window:
        tries.since, tries.count = now, 0
    if tries.count >= limit.most:
        raise Barred(tries.since + limit.window)
    tries.count += 1
    if tries.count == limit.most:
        tries.since = now  # the door stays shut for the whole window from the last try
    tries.save(update_fields=["since", "count"])
    return tries.count == limit.most


@transaction.atomic
def forget_tries(*, key: str) -> None:
    """The right password was given: earlier tries no longer count."""
    Tries.objects.filter(key=key[:120]).delete()
