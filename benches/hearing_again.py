"""A month of calls heard again by a draft with one phrase more: how long ten thousand take on two processes.

Run by `python -m benches.hearing_again 10000`; prints a line of JSON. The calls are distinct, as a recogniser hears
them, with their turns; what the exchange told of them is left out.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benches.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benches.reviewing import heard_lines  # noqa: E402
from shouwen.editions.queries.whatif_parts import parts_of  # noqa: E402
from shouwen.editions.whatif_processes import PROCESSES, answers  # noqa: E402
from shouwen.hotline.models import Call, CallVerdict  # noqa: E402
from shouwen.standard.locations import default_pack_path  # noqa: E402
from shouwen.standard.whatif import Question, Tally, outcome  # noqa: E402
from tests.databases import environment_of_server  # noqa: E402

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)
RULE = "no-use-hurrying"


def main(count: int) -> None:
    """Writes the calls, hears them by both standards, prints what it took."""
    call_command("migrate", verbosity=0)
    os.environ.update(environment_of_server(connection.settings_dict, home=settings.SHOUWEN_HOME))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benches.settings"
    _fill(count)
    with tempfile.TemporaryDirectory() as folder:
        question = Question(
            draft=str(_draft(Path(folder, "draft"))),
            since=BEGAN,
            until=BEGAN + timedelta(days=30),
            known_at=BEGAN + timedelta(days=60),
            calls_only=True,
        )
        started = time.perf_counter()
        tally = Tally()
        for _, answer in answers(list(enumerate(parts_of(question))), question):
            tally.add(answer.tally)
        took = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * PROCESSES
    memory += resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    added = outcome(tally).rules[RULE].added
    told = {"calls": count, "verdicts": tally.judged, "added": added, "seconds": took}
    line = {"name": "calls heard again", **told, "memory_mb": memory / 1024}
    sys.stdout.write(json.dumps(line) + "\n")


def _fill(count: int) -> None:
    rows = [_row(place, json.loads(line)) for place, line in enumerate(heard_lines(count))]
    Call.objects.bulk_create(rows, batch_size=500)
    CallVerdict.objects.bulk_create(
        (
            CallVerdict(call=row, rule_id=RULE, ordinal=1, clause="-", verdict="kept")
            for row in rows
        ),
        batch_size=2000,
    )


def _row(place: int, call: dict[str, object]) -> Call:
    rang_at = BEGAN + timedelta(minutes=4 * place)
    return Call(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"bench:{place}"),
        call_id=f"bench:{place}",
        direction=str(call["direction"]),
        kind=str(call["kind"]),
        rang_at=rang_at,
        answered_at=rang_at + timedelta(seconds=4),
        ended_at=rang_at + timedelta(minutes=3),
        turns=call["turns"],
    )


def _draft(folder: Path) -> Path:
    """The pack with a coming version that forbids one phrase more."""
    calendar = default_pack_path().parent / "calendar"
    shutil.copytree(calendar, folder.parent / "calendar")
    shutil.copytree(default_pack_path(), folder)
    path = next(folder.glob(f"*/**/{RULE}.toml"))
    head, rest = path.read_text(encoding="utf-8").split("[[version]]", 1)
    version, examples = rest.split("[[example]]", 1)
    new = version.replace("from = 2025-01-01", "from = 2026-12-01", 1)
    new = new.replace("also = [\n", 'also = [\n  "师傅会",\n', 1)
    text = f"{head}[[version]]{version}[[version]]{new}[[example]]{examples}"
    path.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    main(int(sys.argv[1]))
