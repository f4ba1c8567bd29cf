"""`shouwen calls replay`, killed again and again without warning: nothing lost, nothing doubled, nothing half."""

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from shouwen.cases.models import Case, DayNumber
from shouwen.hotline.models import Call
from shouwen.journal.models import Entry
from tests import calls
from tests.calls import content, lines, played, spread
from tests.faults.commands import finished, started

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 20
CALLS = 48
# A Friday in a year with a calendar: everything that was promised then is over.
UNTIL = datetime(2025, 4, 11, 9, 0, tzinfo=UTC)


def test_a_replay_killed_twenty_times_takes_every_call_exactly_once_and_whole(tmp_path: Path):
    calls.take_up_posts()
    calls.move_in()
    recorded = spread(CALLS, until=UNTIL)
    undisturbed = _content_of_an_undisturbed_run(recorded)
    file = tmp_path / "calls.jsonl"
    file.write_text("".join(lines(*recorded)), encoding="utf-8")
    chance = Random(24)  # noqa: S311 - chance that can be had again

    killed = [_killed(file, tmp_path, chance) for _ in range(KILLS)]
    code, said = finished("calls", "replay", file, home=tmp_path)

    assert code == 0, said
    assert sum(killed) > KILLS // 2  # most kills hit a run in the middle of the file
    assert sorted(Call.objects.values_list("call_id", flat=True)) == [
        call["call_id"] for call in recorded
    ]
    assert content(leave_out=calls.WHEN_WE_HEARD) == undisturbed
    assert _days() == dict(DayNumber.objects.values_list("day", "last"))
    assert not _without_entries()
    code, said = finished("journal", "recompute", "--check", home=tmp_path)
    assert code == 0, said


def _content_of_an_undisturbed_run(recorded: list[calls.Line]) -> calls.Content:
    with transaction.atomic():
        played(*recorded, now=datetime.now(UTC))  # noqa: TID251 - as the command does
        found = content(leave_out=calls.WHEN_WE_HEARD)
        transaction.set_rollback(True)
    return found


def _killed(file: Path, home: Path, chance: Random) -> bool:
    """Kills a run some calls after it began, at any point of a call; whether the file was not done."""
    process = started("calls", "replay", file, home=home)
    enough = Call.objects.count() + chance.randrange(2)
    while Call.objects.count() < enough and process.poll() is None:
        time.sleep(0.005)
    # With no call to wait for it is killed while it starts.
    time.sleep(chance.uniform(0, 0.15))
    process.kill()
    process.communicate()
    return 0 < Call.objects.count() < CALLS


def _days() -> dict[object, int]:
    """How many cases each day has, by their numbers."""
    numbers = Case.objects.values_list("number", flat=True)
    days = Counter(number.partition("-")[0] for number in numbers)
    return {datetime.strptime(day, "%Y%m%d").date(): count for day, count in days.items()}  # noqa: DTZ007 - a day


def _without_entries() -> list[str]:
    """Calls without a beginning, cases without a report, in the journal."""
    rang = set(Entry.objects.filter(kind="call.rang").values_list("subject_id", flat=True))
    reported = set(Entry.objects.filter(kind="case.reported").values_list("subject_id", flat=True))
    return [
        call.call_id
        for call in Call.objects.all()
        if call.pk not in rang or call.case_id not in reported
    ]
