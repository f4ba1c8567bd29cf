"""Running the built-in exchange: it rings agents who are ready and plays each call to its end."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

from django.db import Error, connection

from shouwen.adapters.telephony.simulator import (
    Caller,
    Ringing,
    Simulator,
    Standing,
    speaker_of,
)
from shouwen.core.calls import parse_call
from shouwen.customers.models import Phone
from shouwen.hotline.exchanges.running import keeping, say_state
from shouwen.hotline.models import AgentState, Call
from shouwen.hotline.operations.control import SIMULATOR

STEP_SECONDS = 0.2
PER_MINUTE = 2.0
_MADE_UP = ("14000000001", "14000000002", "14000000003")


def run(
    *,
    folder: Path,
    stop: Event,
    clock: Callable[[], datetime],
    per_minute: float = PER_MINUTE,
    given: Sequence[Caller] = (),
    speakers: Sequence[Caller] = (),
    on_step: Callable[[int], None] = lambda live: None,
) -> None:
    """Plays until `stop` is set, or until the given calls are over when there are some and no rate.

    Where there are `speakers`, they call instead of invented customers who say nothing.
    """
    chance = random.Random()  # noqa: S311 - invents customers, no secrets
    simulator = Simulator(
        per_minute=per_minute,
        numbers=lambda: number(chance),
        chance=chance,
        given=given,
        speakers=speakers,
    )
    with keeping(source=SIMULATOR, folder=folder, stop=stop, clock=clock) as kept:
        say_state(folder, state="up", since=clock())
        began = False
        while not stop.wait(STEP_SECONDS):
            if not kept.is_poured:
                continue  # what it said last is not known to anybody yet
            try:
                calls, ready = standings(), ready_agents()
                kept.keep(simulator.step(now=clock(), ready=ready, calls=calls))
            except Error:
                connection.close()
                continue
            on_step(len(calls))
            began = began or bool(calls)
            if given and not per_minute and began and not calls:
                break
    connection.close()


def speakers_in(path: Path) -> list[Caller]:
    """The inbound calls of a file of recorded calls, spoken again. Raises OSError, CallFaults, JSONDecodeError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    calls = [parse_call(json.loads(line)) for line in lines if line.strip()]
    return [
        speaker_of(call, number=_MADE_UP[place % len(_MADE_UP)])
        for place, call in enumerate(calls)
        if call.direction == "inbound" and call.turns
    ]


def ready_agents() -> list[str]:
    """Staff numbers of who is free, the longest free first."""
    ready = AgentState.objects.filter(status=AgentState.Status.READY)
    return list(ready.order_by("since", "staff_id").values_list("staff__staff_no", flat=True))


def standings() -> list[Standing]:
    """The simulator's calls that are under way."""
    under_way = (
        Call.objects.exclude(stage=Call.Stage.OVER)
        .filter(source=SIMULATOR)
        .prefetch_related("line_events")
        .order_by("rang_at")
    )
    return [_standing(call) for call in under_way]


def number(chance: random.Random) -> str:
    """The number of somebody in the register; made up where there is nobody."""
    count = Phone.objects.count()
    rows = Phone.objects.order_by("id").values_list("number", flat=True)
    return rows[chance.randrange(count)] if count else chance.choice(_MADE_UP)


def _standing(call: Call) -> Standing:
    events = list(call.line_events.all())
    ended = {e.offer for e in events if e.type in ("answered", "withdrawn")}
    offered = [e for e in events if e.type == "offered"]
    ringing = [e for e in offered if e.offer not in ended]
    held = [hold for hold in call.holds if hold[1] is None]
    return Standing(
        name=call.call_id.removeprefix(f"{SIMULATOR}:"),
        stage=call.stage,
        began_at=call.rang_at,
        is_outbound=call.direction == "outbound",
        answered_at=call.answered_at,
        held_at=_moments(held)[-1] if held else None,
        ringing=Ringing(ringing[0].offer, ringing[0].staff_no, ringing[0].at) if ringing else None,
        offers=len(offered),
    )


def _moments(holds: Iterable[Sequence[str]]) -> list[datetime]:
    return [datetime.fromisoformat(hold[0]) for hold in holds]
