"""An exchange that a test plays by hand: it tells what happens, in real time, as the simulator's."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shouwen.adapters import system_clock
from shouwen.core.telephony import EventType, LineEvent
from shouwen.hotline.models import Call
from shouwen.hotline.operations import hear, set_status
from shouwen.hotline.operations.duty import check_in
from shouwen.people.models import Staff


def seated(staff: Staff, *, extension: str = "1001", checked: bool = True) -> Staff:
    """An agent who has looked through the lists and is free."""
    now = system_clock.now()
    if checked:
        check_in(
            act_id=uuid.uuid4(), staff=staff, rules=["start-of-shift-check"], failed=[],
            variant="women", began_at=now, now=now,
        )  # fmt: skip
    set_status(act_id=uuid.uuid4(), staff=staff, status="ready", extension=extension, now=now)
    return staff


@dataclass
class PlayedCall:
    """One call, told event by event. `ago` moves an event into the past."""

    agent: Staff
    number: str = "14077002093"
    name: str = field(default_factory=lambda: uuid.uuid4().hex[:12])

    def tell(
        self, type_: EventType, *, ago: float = 0, at: datetime | None = None, **more: Any
    ) -> Call:
        """Tells one event; gives back the call as it stands."""
        now = system_clock.now()
        event = LineEvent(
            id=f"{self.name}:{type_}:{uuid.uuid4().hex[:6]}", call=self.name, type=type_,
            at=at or now - timedelta(seconds=ago), **more,
        )  # fmt: skip
        return hear(events=[event], source="simulator", now=now)[0]

    def rings(self, *, ago: float = 0) -> Call:
        """Arrives and rings at the agent."""
        self.tell("arrived", ago=ago + 1, number=self.number, direction="inbound", queue="8619612")
        return self.tell("offered", ago=ago, offer=f"{self.name}:1", staff_no=self.agent.staff_no)

    def is_answered(self, *, ago: float = 0) -> Call:
        """The agent takes it."""
        return self.tell("answered", ago=ago, offer=f"{self.name}:1", staff_no=self.agent.staff_no)

    def is_said(self, by: str, text: str, *, ago: float = 0.5, seconds: float = 0.4) -> Call:
        """Somebody has said something, as a recogniser tells it."""
        until = system_clock.now() - timedelta(seconds=ago - seconds)
        return self.tell("utterance", ago=ago, by=by, text=text, until=until)

    def is_hung_up(self, *, by: str = "customer", unanswered: bool = False) -> Call:
        """Somebody hangs up."""
        return self.tell("hung_up", by=by, unanswered=unanswered)


def answered(desk: Any, call: PlayedCall) -> Any:
    """The telephone rings and she takes the call with F2."""
    call.rings(ago=4)
    desk.locator("[data-key=F2]").wait_for()
    desk.keyboard.press("F2")
    desk.locator("[data-key=F7]").wait_for()
    return desk
