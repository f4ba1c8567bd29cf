"""The ticker's turn for periodic work: instants that are behind us become jobs, each once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.jobs.models import Period
from shouwen.jobs.operations.working import enqueue
from shouwen.jobs.periodic import Definition, definitions
from shouwen.jobs.schedules import LONGEST_GAP, instants

ON_TIME = timedelta(minutes=2)
AT_ONCE = 500


def ask_for_periodic(*, now: datetime) -> int:
    """Makes jobs of what is due before or at `now` (UTC); returns how many instants were passed.

    The key of each job names definition and instant: a second ticker or a restart makes no second
    job. A definition seen for the first time begins at `now`. Looks before it takes the write lock.
    """
    last = dict(Period.objects.values_list("name", "last_at"))
    due = [each for each in definitions() if each.name not in last or _due(each, last, now)]
    return sum(_ask(each, now=now) for each in due)


@transaction.atomic
def _ask(definition: Definition, *, now: datetime) -> int:
    Period.objects.bulk_create([Period(name=definition.name, last_at=now)], ignore_conflicts=True)
    row = Period.objects.select_for_update().get(pk=definition.name)
    due = _due(definition, {row.name: row.last_at}, now)
    if not due:
        return 0
    for at in _wanted(definition, due, now):
        enqueue(
            kind=definition.name,
            key=f"cron:{definition.name}:{at.isoformat()}",
            payload={"scheduled": at.isoformat()},
            run_at=at,
            now=now,
            queue=definition.queue,
        )
    row.last_at = due[-1]
    row.save(update_fields=["last_at"])
    return len(due)


def _due(definition: Definition, last: Mapping[str, datetime], now: datetime) -> list[datetime]:
    """The instants not yet passed, oldest first, at most AT_ONCE of them when each counts."""
    after = last[definition.name]
    if definition.catch_up != "all":
        after = max(after, now - LONGEST_GAP)
    found: list[datetime] = []
    for at in instants(definition.schedule, after=after, until=now, zone=_zone()):
        if definition.catch_up == "all" and len(found) == AT_ONCE:
            break
        found.append(at)
    return found


def _wanted(definition: Definition, due: list[datetime], now: datetime) -> list[datetime]:
    """Which of the instants become jobs, by the definition's policy."""
    if definition.catch_up == "all":
        return due
    newest = due[-1]
    if definition.catch_up == "skip" and now - newest > ON_TIME:
        return []
    return [newest]


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
