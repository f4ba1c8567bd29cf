"""The guidance kind: advice shown in a situation; it helps, it does not accuse."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.events import Event
from shouwen.core.events.given import is_given
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, NotApplicable, Verdict

SHOWN = "guidance.shown"


Effect = Literal[
    "short_form",
    "second_appointment",
    "opens_alarm",
    "opens_consultation",
    "opens_complaint",
    "notice_left",
    "counts_as_attempt",
    "incident_note",
    "gift_report",
    "integrity_report",
    "result_rechecked",
    "warm_transfer",
    "visit_sent",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceVersion(Version):
    """One dated wording: the situation, what to do, what to avoid, and lines that may be said
    verbatim. `effects`: what choosing it sets going on the screen where it is shown.
    """

    situation: Words
    do: tuple[Words, ...]
    avoid: tuple[Words, ...] = ()
    says: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """Guidance begins when it is shown."""
        return (SHOWN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceRule(RuleHead):
    """A rule that advises."""

    kind: Literal["guidance"]
    versions: tuple[GuidanceVersion, ...]

    @property
    def judged(self) -> bool:
        """Guidance that was shown is counted; that it was not is never held against anybody."""
        return True


def judge_guidance(version: GuidanceVersion, matter: Matter) -> Verdict:
    """Met when the guidance was shown; not applicable otherwise.

    `used` in an event counts as positive evidence in the steps. Never missed.
    """
    shown = [event for event in matter.events if _is_about(event, matter.rule_id)]
    if not shown:
        return NotApplicable(reason="not_shown")
    at = in_utc(shown[0].at)
    steps = tuple(_step(event) for event in shown) if matter.explain else ()
    return Met(at=at, started_at=at, steps=steps)


def _is_about(event: Event, rule_id: str) -> bool:
    return event.kind == SHOWN and event.data.get("rule", rule_id) == rule_id


def _step(event: Event) -> Step:
    return Step(
        "guidance_used" if is_given(event, "used") else "guidance_shown", {"at": in_utc(event.at)}
    )
