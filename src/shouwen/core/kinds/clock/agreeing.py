"""Another time agreed with the customer, and what it does to a clock."""

from datetime import datetime

from shouwen.core.events import Event
from shouwen.core.kinds.clock.endings import Ending, Scene, ending_of, moment_of
from shouwen.core.kinds.clock.lengths import duration_of
from shouwen.core.kinds.clock.words import Agreed
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step


def after_agreements(
    said: Agreed, scene: Scene, ending: Ending
) -> tuple[Ending, bool, list[Step]]:
    """The end after the agreements made in time, whether one replaces the due time, and a step
    for each agreement. Raises YearNotPublished.
    """
    steps: list[Step] = []
    reported = ending.start
    is_agreed = False
    for event in scene.events:
        if event.kind != said.on or not reported <= event.at <= scene.until:
            continue
        if "at" not in event.data:
            continue
        at = moment_of(event.data["at"])
        refused = _refused(said, scene, event, at, reported=reported, due=ending.due_at)
        if at is None or refused is not None:
            steps += [refused] if refused else []
        elif said.replaces == "due":
            ending.due_at, is_agreed = at, True
            steps.append(Step("agreed_due", {"at": at, "reported_at": reported}))
        else:
            moved = ending_of(scene, at)
            ending = moved if isinstance(moved, Ending) else ending
            steps.append(Step("agreed_time", {"at": at, "reported_at": reported}))
    return ending, is_agreed, steps


def _refused(
    said: Agreed,
    scene: Scene,
    event: Event,
    at: datetime | None,
    *,
    reported: datetime,
    due: datetime,
) -> Step | None:
    """Why the agreement changes nothing, if so."""
    if at is None or at < reported:
        return Step("agreed_time_unusable", {"at": in_utc(event.at)})
    if event.at > due:
        return Step("agreed_time_too_late", {"at": at, "made_at": in_utc(event.at)})
    if said.within is not None:
        latest = due_at(
            start=reported,
            duration=duration_of(said.within),
            calendar=scene.calendar,
            now=reported,
        )
        if at > latest:
            limit = {"value": said.within.value, "unit": said.within.unit}
            return Step("agreed_time_too_far", {"at": at, **limit})
    return None
