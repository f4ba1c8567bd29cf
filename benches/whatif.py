"""A year of cases judged by a draft: how long a million verdicts take on two processes.

Run by `python -m benches --only whatif`; prints lines of JSON. Two drafts are tried: one that changes
one rule, as drafts do, and one that changes every clock, record and owner rule, so that nothing is
judged once only.
"""

import json
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from benches import year  # noqa: E402
from shouwen.clocks.queries import active_pack  # noqa: E402
from shouwen.editions.queries.whatif_parts import parts_of  # noqa: E402
from shouwen.editions.whatif_processes import PROCESSES, answers  # noqa: E402
from shouwen.journal.models import Entry  # noqa: E402
from shouwen.standard.locations import default_pack_path  # noqa: E402
from shouwen.standard.whatif import Question, Tally, outcome  # noqa: E402
from tests.databases import environment_of_server  # noqa: E402
from tests.migrated import migrate  # noqa: E402

_ONE = ("consultation-answered-2wd",)
_ALL = ("clock", "record", "routing")


def main(verdicts: int) -> None:
    """Writes the year, tries both drafts, prints what it took."""
    migrate(connection)
    os.environ.update(environment_of_server(connection.settings_dict, home=settings.SHOUWEN_HOME))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benches.settings"
    year.fill(pack=active_pack(), verdicts=verdicts)
    with tempfile.TemporaryDirectory() as folder:
        for name, is_changed in (("one rule", _is_one), ("every rule", _is_any)):
            draft = _draft(Path(folder, name.replace(" ", "-")), is_changed)
            _say({"name": f"whatif: {name}", **_tried(draft)})


def _tried(draft: Path) -> dict[str, object]:
    began = datetime(year.FIRST_DAY.year, 1, 1, tzinfo=UTC) - timedelta(hours=8)
    question = Question(
        draft=str(draft),
        since=began,
        until=began + timedelta(days=365),
        known_at=began + timedelta(days=500),
    )
    before = _children()
    started = time.perf_counter()
    parts = parts_of(question)
    listed = time.perf_counter() - started
    tally, flips = Tally(), 0
    for _, answer in answers(list(enumerate(parts)), question):
        tally.add(answer.tally)
        flips += len(answer.flips)
    took = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * PROCESSES
    memory += resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    total = outcome(tally).total
    return {
        "verdicts": tally.judged,
        "entries": Entry.objects.count(),
        "seconds": took,
        "listing": listed,
        "processes": PROCESSES,
        "cpu": _children() - before,
        "memory_mb": memory / 1024,
        "flips": flips,
        "added": total.added,
        "saved": total.saved,
    }


def _children() -> float:
    """Seconds of processor time of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _draft(root: Path, is_changed: Callable[[str], bool]) -> Path:
    """The installed pack with other limits, beside its calendar."""
    source = default_pack_path()
    shutil.copytree(source, root / "pack")
    shutil.copytree(source.parent / "calendar", root / "calendar")
    (root / "pack" / "published.toml").unlink(missing_ok=True)
    for path in (root / "pack").glob("*/**/*.toml"):
        text = path.read_text(encoding="utf-8")
        if is_changed(text):
            path.write_text(_changed(text), encoding="utf-8")
    return root / "pack"


def _is_one(text: str) -> bool:
    return any(f'id = "{rule}"' in text for rule in _ONE)


def _is_any(text: str) -> bool:
    return any(f'kind = "{kind}"' in text for kind in _ALL)


def _changed(text: str) -> str:
    """Half as long, whatever the rule limits; examples no longer hold and are left out."""
    text = text.split("[[example]]", 1)[0]
    return re.sub(r"(value = )(\d+)", lambda m: f"{m[1]}{max(int(m[2]) // 2, 1)}", text)


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
