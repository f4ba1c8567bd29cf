"""Two hundred calls in ten seconds, heard as an exchange tells them: how long one `hear` takes.

    SHOUWEN_TEST_DATABASE=sqlite python -m benches.telephony

Prints one line of JSON: milliseconds of one `hear` (median, 95th and 99th percentile, most), and
from the exchange's word that a telephone rings to the agent's screen, through the spool. A screen reads its
agent's state meanwhile.
"""

import json
import os
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benches.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from shouwen.access.roles import Role  # noqa: E402
from shouwen.adapters import system_clock  # noqa: E402
from shouwen.core.telephony import EventType, LineEvent  # noqa: E402
from shouwen.hotline.exchanges import pouring  # noqa: E402
from shouwen.hotline.exchanges.running import keeping  # noqa: E402
from shouwen.hotline.models import AgentState, Call  # noqa: E402
from shouwen.hotline.models import LineEvent as LineEventRow  # noqa: E402
from shouwen.hotline.operations import hear, set_status  # noqa: E402
from shouwen.people.models import Staff  # noqa: E402

CALLS, SECONDS, AGENTS = 200, 10.0, 40
LIMIT, POP_UP = 200.0, 1000.0  # ms, 99th percentiles of one hear and of the pop-up
_STEPS: tuple[tuple[EventType, float], ...] = (
    ("arrived", 0.0), ("offered", 0.4), ("answered", 1.6), ("held", 2.4), ("resumed", 3.2),
    ("hung_up", 4.4),
)  # fmt: skip


def main() -> None:
    """Plays the burst in real time and prints what it took; exit code 1 when over the limit."""
    call_command("migrate", interactive=False, verbosity=0)
    agents = _agents()
    looked: list[float] = []
    stop = threading.Event()
    screen = threading.Thread(target=_look, args=(agents[0], looked, stop))
    screen.start()
    took, popped = _burst(_told(agents))
    stop.set()
    screen.join()
    found = {
        "database": connection.vendor,
        "events": LineEventRow.objects.count(),
        "hears": len(took),
        "calls": Call.objects.count(),
        "median": _at(took, 0.5),
        "p95": _at(took, 0.95),
        "p99": _at(took, 0.99),
        "most": round(max(took), 1),
        "pop_up_p50": _at(popped, 0.5),
        "pop_up_p99": _at(popped, 0.99),
        "screen_p99": _at(looked, 0.99),
    }
    sys.stdout.write(json.dumps(found) + "\n")
    sys.exit(int(_at(took, 0.99) > LIMIT or _at(popped, 0.99) > POP_UP))


def _agents() -> list[Staff]:
    people = [
        Staff.objects.create_staff(
            staff_no=f"7{n:03d}",
            name=f"坐席{n}",
            password=None,
            department=None,
            roles={Role.AGENT},
        )
        for n in range(AGENTS)
    ]
    now = system_clock.now()
    for n, person in enumerate(people):
        act = uuid.uuid4()
        set_status(act_id=act, staff=person, status="ready", extension=f"8{n:03d}", now=now)
    return people


def _told(agents: Sequence[Staff]) -> list[tuple[float, LineEvent]]:
    """Each event with the second of the burst in which it is told."""
    began_at = system_clock.now()
    found = []
    for n in range(CALLS):
        starts = n * SECONDS / CALLS
        for type_, after in _STEPS:
            second = starts + after
            has_offer = type_ not in ("arrived", "hung_up")
            found.append(
                (
                    second,
                    LineEvent(
                        id=f"{n}:{type_}",
                        call=f"c{n}",
                        type=type_,
                        at=began_at + timedelta(seconds=second),
                        number=f"140{n:08d}",
                        offer=f"o{n}" if has_offer else "",
                        staff_no=agents[n % AGENTS].staff_no if has_offer else "",
                        by="customer" if type_ == "hung_up" else "",
                    ),
                )
            )
    return sorted(found, key=lambda each: each[0])


def _burst(told: Sequence[tuple[float, LineEvent]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each `hear`, and from the exchange's word of ringing to the agent's screen."""
    took: list[float] = []
    kept_at: dict[str, float] = {}
    popped: list[float] = []

    def timed(*, events: Sequence[LineEvent], source: str, now: datetime) -> list[Call]:
        before = time.perf_counter()
        calls = hear(events=events, source=source, now=now)
        after = time.perf_counter()
        took.append((after - before) * 1000)
        rung = [event.id for event in events if event.type == "offered"]
        transaction.on_commit(lambda: popped.extend(_since(kept_at[name]) for name in rung))
        return calls

    vars(pouring)["hear"] = timed  # a bench looks over its shoulder
    stop = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        keeps = keeping(source="bench", folder=Path(folder), stop=stop, clock=system_clock.now)
        with keeps as kept:
            start = time.perf_counter()
            for second, group in groupby(told, key=lambda each: each[0]):
                events = [event for _, event in group]
                time.sleep(max(start + second - time.perf_counter(), 0))
                kept_at |= {event.id: time.perf_counter() for event in events}
                kept.keep(events)
            while not kept.is_poured:
                time.sleep(0.01)
    return took, popped


def _at(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed."""
    return round(sorted(values)[int(len(values) * share)], 1)


def _since(moment: float) -> float:
    return (time.perf_counter() - moment) * 1000


def _look(agent: Staff, looked: list[float], stop: threading.Event) -> None:
    while not stop.wait(0.02):
        before = time.perf_counter()
        AgentState.objects.select_related("call").filter(staff=agent).first()
        looked.append((time.perf_counter() - before) * 1000)
    connection.close()


if __name__ == "__main__":
    main()
