"""The steps of a hazard after it was found: made safe, told, put right, re-checked, gas back, closed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.operations.happenings import Act, is_done
from shouwen.clocks.models import Clock
from shouwen.core.events import Scalar
from shouwen.core.hazards import Step, StepRefused, after
from shouwen.fieldwork.models import OPEN_STATES, Hazard, HazardState
from shouwen.fieldwork.operations.hazards.acting import changed, held_hazard, noted
from shouwen.fieldwork.operations.hazards.finding import Read, add_readings
from shouwen.fieldwork.operations.hazards.messaging import message_customer
from shouwen.fieldwork.operations.making import NewOrder, make_order
from shouwen.fieldwork.queries.hazards import chain_of
from shouwen.people.models import Staff

RECHECK_SKILLS = ("inspection",)
PASSED = "hazard-passed"


class HazardRefusal(Exception):
    """A step that cannot be taken now; `lacks` are the codes of what has to come first."""

    def __init__(self, hazard: Hazard, step: Step, lacks: Sequence[str]) -> None:
        self.hazard, self.step, self.lacks = hazard, step, tuple(lacks)
        super().__init__(f"{hazard.number}: {step}: {', '.join(lacks)}")


class HazardMoved(Exception):
    """Somebody else did something about the hazard since the page showed it. The message is its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does what about which hazard, and when. `version`: of the page that showed it; None from the phone."""

    act_id: uuid.UUID
    hazard_id: uuid.UUID
    by: Staff
    at: datetime
    now: datetime
    version: int | None = None
    source: str = "app"

    @property
    def act(self) -> Act:
        """The act for the journal."""
        return Act(self.act_id, self.by.staff_no, self.at, self.now, self.source)


@transaction.atomic
def make_safe(*, doing: Doing, stop: str, seal: str = "") -> Hazard:
    """Gas is stopped: at the appliance, the house valve or the riser; `seal`: the number of the seal or tag.

    Stopped again after a re-check the mending begins anew. Raises HazardRefusal, HazardMoved.
    """
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    if stop not in Hazard.Stop.values:
        raise ValueError(f"not a stop: {stop}")
    hazard.stop, hazard.stopped_at, hazard.seal = stop, doing.at, seal[:30]
    hazard.gas_back_at = hazard.removed_at = hazard.rectified_at = hazard.passed_at = None
    fields = (
        "stop", "stopped_at", "seal", "gas_back_at", "removed_at", "rectified_at", "passed_at",
    )  # fmt: skip
    data = {"stop": stop, "seal": seal}
    return _take(doing, hazard, Step.STOPPED, "hazard.made_safe", fields, data)


@transaction.atomic
def tell(*, doing: Doing) -> Hazard:
    """The customer was told by word of mouth. Raises HazardRefusal, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard.told_at = hazard.told_at or doing.at
    return _take(doing, hazard, Step.TOLD, "hazard.told", ("told_at",))


@transaction.atomic
def note_rectified(
    *, doing: Doing, who: str = "USER", channel: str = "phone", recheck: bool = True
) -> Hazard:
    """Somebody says that it is put right; an order to re-check it is made, unless one waits already.

    Raises HazardRefusal, HazardMoved.
    """
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard.rectified_at, hazard.passed_at = doing.at, None
    data = {"by": who, "channel": channel}
    fields = ("rectified_at", "passed_at")
    _take(doing, hazard, Step.RECTIFIED, "hazard.rectified", fields, data)
    if recheck:
        _order_recheck(doing, hazard)
    return hazard


@transaction.atomic
def note_rechecked(
    *,
    doing: Doing,
    passed: bool,
    readings: Sequence[Read] = (),
    visit_id: uuid.UUID | None = None,
) -> Hazard:
    """Somebody looked again: it is in order, or it is not. Raises HazardRefusal, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    data = {"visit": str(visit_id or "")}
    if passed:
        hazard.passed_at = doing.at
        _take(doing, hazard, Step.PASSED, "hazard.recheck_passed", ("passed_at",), data)
        if hazard.stopped_at is None and hazard.needs_notice:
            message_customer(hazard, PASSED, act=doing.act)
    else:
        hazard.rectified_at = hazard.passed_at = None
        fields = ("rectified_at", "passed_at")
        _take(doing, hazard, Step.FAILED, "hazard.recheck_failed", fields, data)
    add_readings(doing.act, hazard, readings, by=doing.by)
    return hazard


@transaction.atomic
def fixed_on_the_spot(*, doing: Doing, readings: Sequence[Read] = ()) -> Hazard:
    """Put right and found in order while somebody was there. Raises HazardRefusal, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard = note_rectified(doing=doing, who="COMPANY", channel="field", recheck=False)
    again = Doing(
        act_id=doing.act.part("passed").id, hazard_id=doing.hazard_id, by=doing.by, at=doing.at,
        now=doing.now, source=doing.source,
    )  # fmt: skip
    return note_rechecked(doing=again, passed=True, readings=readings)


@transaction.atomic
def give_gas_back(*, doing: Doing) -> Hazard:
    """The seal is off and gas is on again: only after a passed re-check. Raises HazardRefusal, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard.gas_back_at = doing.at
    _take(doing, hazard, Step.GAS_BACK, "hazard.gas_back", ("gas_back_at",))
    message_customer(hazard, PASSED, act=doing.act)
    return hazard


@transaction.atomic
def note_removed(*, doing: Doing, words: str) -> Hazard:
    """What was dangerous is gone for good; `words` say what and how one knows. Raises HazardRefusal, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard.removed_at, hazard.removal = doing.at, words.strip()[:120]
    fields = ("removed_at", "removal")
    return _take(doing, hazard, Step.REMOVED, "hazard.removed", fields, {"reason": "removed"})


@transaction.atomic
def close_hazard(*, doing: Doing) -> Hazard:
    """Nothing is left to do. Raises HazardRefusal with everything that is, HazardMoved."""
    hazard = _held(doing)
    if is_done(doing.act):
        return hazard
    hazard.closed_at, hazard.closed_by = doing.at, doing.by
    return _take(doing, hazard, Step.CLOSED, "hazard.closed", ("closed_at", "closed_by"))


def _held(doing: Doing) -> Hazard:
    hazard = held_hazard(doing.hazard_id)
    if doing.version is not None and doing.version < hazard.version and not is_done(doing.act):
        raise HazardMoved(hazard.number)
    return hazard


def _take(
    doing: Doing,
    hazard: Hazard,
    step: Step,
    kind: str,
    fields: Sequence[str],
    data: Mapping[str, Scalar] | None = None,
) -> Hazard:
    """Takes a step if the chain allows it: asked of the row as it is stored, not as it is about to be."""
    stored = Hazard.objects.get(pk=hazard.pk)
    try:
        after(chain_of(stored), step)
    except StepRefused as refusal:
        raise HazardRefusal(stored, step, refusal.lacks) from None
    hazard.state = state_of(hazard)
    changed(hazard, *fields, "state")
    noted(doing.act, kind, hazard, data)
    return hazard


def state_of(hazard: Hazard) -> HazardState:
    """How far it has come, in one word."""
    if hazard.closed_at:
        return HazardState.CLOSED
    if hazard.passed_at or hazard.removed_at:
        return HazardState.PASSED
    if hazard.rectified_at:
        return HazardState.RECTIFIED
    return HazardState.TOLD if hazard.told_at or hazard.notified_at else HazardState.FOUND


def _order_recheck(doing: Doing, hazard: Hazard) -> None:
    if hazard.recheck is not None and hazard.recheck.state in OPEN_STATES:
        return
    act = doing.act.part("recheck")
    clocks = Clock.objects.filter(
        subject_kind="hazard", subject_id=hazard.pk, is_open=True, due_at__isnull=False
    )
    order = make_order(
        new=NewOrder(
            id=act.id, kind="recheck", premises=hazard.premises, place=hazard.place,
            skills=RECHECK_SKILLS, minutes=30,
            due_at=clocks.order_by("due_at").values_list("due_at", flat=True).first(),
        ),
        by=doing.by,
        now=doing.now,
    )  # fmt: skip
    hazard.recheck = order
    changed(hazard, "recheck")
    noted(act.part("ordered"), "hazard.recheck_ordered", hazard, {"order": order.number})
