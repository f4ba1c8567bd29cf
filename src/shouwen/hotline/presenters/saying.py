"""The words of the standard filled from the record, and the steps of a call with their state."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from shouwen.guiding.safety import safety_count
from shouwen.guiding.steps import Stepped, mark, spoken
from shouwen.hotline.desk_values import OnCall
from shouwen.standard.cockpit import CallStep
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import Act, Script, StepLine


def act_url(seen: OnCall, what: str) -> str:
    """Where an act on the call is posted to."""
    return reverse("cockpit_act", args=[seen.call.pk, what])


def step_lines(seen: OnCall, steps: Sequence[Stepped]) -> tuple[StepLine, ...]:
    """The list of steps as it is printed."""
    return tuple(_line(seen, each, no=number) for number, each in enumerate(steps, start=1))


def _line(seen: OnCall, each: Stepped, *, no: int) -> StepLine:
    step, title = each.step, worded(each.step.title)
    if step.by == "safety":
        said = seen.done.get(step.id)
        title = f"{title} {said.count if said else 0} / {safety_count()}"
    keys = {"dispatch": "F9", "kind": "F10", "pass_on": "F6"}
    return StepLine(
        id=step.id,
        state=each.state,
        no=no,
        title=title,
        time=since_answer(seen, each.done.at) if each.done else "",
        mark=mark(seen, step.rule),
        act=tick_act(seen, step) if step.by in ("tick", "answer") and not each.done else None,
        key=keys.get(step.by, "") if not each.done else "",
    )


def tick_act(seen: OnCall, step: CallStep, *, count: int = 0) -> Act:
    """Telling that a step was done."""
    values = [("step", step.id)]
    if count:
        values.append(("count", str(count)))
    return Act(worded(step.title), act_url(seen, "step"), values=tuple(values))


def since_answer(seen: OnCall, at: datetime) -> str:
    """00:21 into the call."""
    began = seen.call.answered_at or seen.call.rang_at
    seconds = max(0, int((at - began).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def script(seen: OnCall, steps: Sequence[Stepped]) -> Script | None:
    """What to say at the step that is current."""
    current = next((each for each in steps if each.state == "now"), None)
    if current is None:
        return None
    parts = tuple(spoken(seen, current))
    if not parts:
        return None
    act = tick_act(seen, current.step) if current.step.by == "tick" else None
    return Script(
        title=worded(current.step.title),
        parts=parts,
        mark=mark(seen, current.step.rule, "now"),
        act=act,
    )
