"""What an agent's screen shows, as values: the call at the telephone, what was done on it, the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shouwen.cases.models import AnswerRequest, Case, Handover, Incident, Promise
from shouwen.clocks.models import Clock
from shouwen.core.clause import Scalar
from shouwen.core.events import Event
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.customers.models import Appliance, Customer, Premises
from shouwen.customers.queries import Match
from shouwen.guiding.steps import Done
from shouwen.hotline.models import AgentState, Call, CallAttempt, CallerChoice, LineRequest, Offer
from shouwen.hotline.operations.steering import STEP
from shouwen.people.models import Staff
from shouwen.standard.cockpit import Cockpit
from shouwen.standard.pack import Pack


@dataclass(frozen=True)
class OnCall:
    """One call at one agent's telephone, read at `now`."""

    viewer: Staff
    call: Call
    case: Case | None
    events: Sequence[Event]
    matches: Sequence[Match]
    choice: CallerChoice | None
    clocks: Sequence[Clock]
    offer: Offer | None
    handover: Handover | None
    gaps: Sequence[str]
    promised: Promise | None
    refused: LineRequest | None
    appliances: Sequence[Appliance]
    earlier: Sequence[Case]
    calls_before: int
    neighbours: Sequence[Case]
    details: Mapping[str, str]
    request: AnswerRequest | None
    incident: Incident | None
    incidents: Sequence[Incident]
    crews: Sequence[Staff]
    plan: Cockpit
    pack: Pack | None
    now: datetime

    @property
    def kind(self) -> str:
        """What the call was classified as; "" before."""
        return self.call.kind

    @property
    def began_at(self) -> datetime:
        """When it rang: the standard of that day speaks."""
        return self.call.rang_at

    @property
    def has_waited(self) -> bool:
        """An apology for a wait on a call is a line of its own, not a step."""
        return False

    @property
    def is_alarm(self) -> bool:
        """Whether it is taken as an alarm."""
        return self.kind == "alarm"

    @cached_property
    def done(self) -> Mapping[str, Done]:
        """The steps that were done, by their ids; of several sentences the last one."""
        found: dict[str, Done] = {}
        for event in self.events:
            if event.kind == STEP:
                step, count = str(event.data.get("step", "")), int(event.data.get("count", 0))
                before = found.get(step)
                if before is None or count > before.count:
                    found[step] = Done(event.at, count)
        return found

    @cached_property
    def advised(self) -> Mapping[str, bool]:
        """Advice that was looked at, and whether it was used."""
        found: dict[str, bool] = {}
        for event in self.events:
            step = str(event.data.get("step", ""))
            if step.startswith("advice:"):
                rule = step.removeprefix("advice:")
                found[rule] = found.get(rule, False) or event.data.get("said") is True
        return found

    @cached_property
    def facts(self) -> Mapping[str, Scalar]:
        """What the rules may ask about the call."""
        facts: dict[str, Scalar] = {
            "direction": self.call.direction,
            "channel": "phone",
            "staff_group": "hotline",
            "customer_known": self.customer is not None,
        }
        if self.kind:
            facts["case_kind"] = self.kind
        return facts

    @cached_property
    def homes(self) -> Sequence[tuple[Match, Premises | None]]:
        """Every customer and home that the number may mean."""
        return [(match, home) for match in self.matches for home in (match.premises or (None,))]

    @property
    def is_open_who(self) -> bool:
        """Whether the agent has to say which of several homes it is."""
        is_settled = self.choice is not None or (self.case and self.case.premises_id)
        return len(self.homes) > 1 and not is_settled

    @property
    def customer(self) -> Customer | None:
        """The customer, where there is no doubt."""
        if self.case is not None and self.case.customer:
            return self.case.customer
        if self.choice is not None:
            return self.choice.customer
        return self.homes[0][0].customer if len(self.homes) == 1 else None

    @property
    def premises(self) -> Premises | None:
        """The home, where there is no doubt."""
        if self.case is not None and self.case.premises:
            return self.case.premises
        if self.choice is not None:
            return self.choice.premises
        return self.homes[0][1] if len(self.homes) == 1 else None

    @property
    def called(self) -> str:
        """How the caller is addressed; "" when nobody knows."""
        if self.case is not None and self.case.caller_name:
            return self.case.caller_name
        customer = self.customer
        return customer.called if customer else ""

    @property
    def held_since(self) -> datetime | None:
        """Since when the customer is on hold; None when they are not."""
        last = self.call.holds[-1] if self.call.holds else None
        return datetime.fromisoformat(last[0]) if last and last[1] is None else None


@dataclass(frozen=True, slots=True)
class Today:
    """An agent's day: calls taken, those answered in time, those ended in time."""

    taken: int
    in_rings: int
    in_talk: int


@dataclass(frozen=True)
class Desk:
    """One agent's screen: their status, the call they are on, what they promised.

    `owed`: attempts to call back of which nobody has said what became of them; `due_now`: calls
    that could be made now.
    """

    viewer: Staff
    state: AgentState | None
    on_call: OnCall | None
    promises: Sequence[tuple[Promise, Clock | None]]
    promised_count: int
    today: Today
    calls: Sequence[Call]
    asked_for: Sequence[tuple[Call, datetime]]
    offers: Sequence[Handover]
    is_checked_at: datetime | None
    plan: Cockpit
    pack: Pack | None
    now: datetime
    owed: Sequence[CallAttempt] = ()
    due_now: int = 0


def seconds_of(pack: Pack | None, rule_id: str, now: datetime) -> float | None:
    """The limit of a measure of calls in seconds: the first moment that is too late for rings."""
    rule = pack.rules.get(rule_id) if pack else None
    version = rule.on(pack.calendar.day_of(now)) if rule and pack else None
    if not isinstance(version, CallMeasureVersion):
        return None
    if version.rings is not None:
        return version.rings.kept_below
    return version.kept_up_to if version.kept_up_to is not None else version.kept_below
