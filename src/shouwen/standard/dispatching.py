"""What a company sets for the field: skills, jobs, travel, windows, who is rung. The file may be missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Words
from shouwen.core.dispatching import TravelPlan, Weights
from shouwen.core.facts import CASE_KINDS
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults

DISPATCH = "dispatch.toml"
CREW = "crew"
OrderWord = Literal[
    "alarm", "repair", "home_service", "inspection", "recheck", "ignition", "other"
]
PageChannel = Literal["app", "sms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Something that not everybody in the field can do."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPlan:
    """What a kind of case needs; with `leaves` only those of the taxonomy. `visit`: somebody comes."""

    id: str
    case_kind: str
    order: OrderWord
    leaves: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    minutes: int = 30
    urgent: bool = False
    visit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPlan:
    """A part of the day that customers are offered: local times, "HH:MM"."""

    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPlan:
    """How times are offered: `reserve_share` of the shifts stays free, nothing sooner than
    `lead_minutes`. Reminded `remind_hours` before.
    """

    reserve_share: float = 0.3
    days_ahead: int = 7
    lead_minutes: int = 120
    remind_hours: int = 20
    window: tuple[WindowPlan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """A rung of the ladder: who is rung so long after an urgent order was made."""

    after_seconds: int
    tell: tuple[str, ...]
    channels: tuple[PageChannel, ...] = ("app",)


_JOBS = (
    JobPlan(id="alarm", case_kind="alarm", order="alarm", urgent=True, minutes=60),
    JobPlan(id="repair", case_kind="repair", order="repair"),
    JobPlan(id="network", case_kind="network_fault", order="repair", minutes=60),
    JobPlan(id="home-service", case_kind="home_service", order="home_service"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchPlan:
    """Everything that stands in the file."""

    skill: tuple[Skill, ...] = ()
    job: tuple[JobPlan, ...] = _JOBS
    travel: TravelPlan = field(default_factory=TravelPlan)
    weight: Weights = field(default_factory=Weights)
    booking: BookingPlan = field(default_factory=BookingPlan)
    page: tuple[PagePlan, ...] = (PagePlan(after_seconds=0, tell=(CREW, "dispatcher")),)

    def job_for(self, *, case_kind: str, leaf: str) -> JobPlan | None:
        """What a case needs; None where nobody has to come."""
        of_kind = [each for each in self.job if each.case_kind == case_kind]
        named = next((each for each in of_kind if leaf and leaf in each.leaves), None)
        found = named or next((each for each in of_kind if not each.leaves), None)
        return found if found and found.visit else None

    def skill_title(self, skill_id: str) -> Words:
        """How a skill is called; its id for one that the pack does not name any more."""
        found = next((each.title for each in self.skill if each.id == skill_id), None)
        return found or Words(zh=skill_id, en=skill_id)


def load_dispatch(
    path: Path, *, leaves: Iterable[str] | None = None, roles: Iterable[str] | None = None
) -> DispatchPlan:
    """What the pack in a directory says of the field; the defaults without the file. Raises PackFaults.

    `leaves` and `roles`: those that are known, to check the names in the file.
    """
    plan = beside_pack(path, file=DISPATCH, of=DispatchPlan)
    faults = list(_faults(plan))
    if leaves is not None:
        named = [(f"job.{job.id}.leaves", leaf) for job in plan.job for leaf in job.leaves]
        faults += strangers(named, leaves, file=DISPATCH)
    if roles is not None:
        told = [
            (f"page.{n}.tell", name)
            for n, rung in enumerate(plan.page)
            for name in rung.tell
            if name != CREW
        ]
        faults += strangers(told, roles, file=DISPATCH)
    if faults:
        raise PackFaults(faults)
    return plan


def _faults(plan: DispatchPlan) -> Iterator[Fault]:
    kinds = [(f"job.{each.id}.case_kind", each.case_kind) for each in plan.job]
    yield from strangers(kinds, CASE_KINDS, file=DISPATCH)
    skills = [(f"job.{each.id}.skills", name) for each in plan.job for name in each.skills]
    yield from strangers(skills, [each.id for each in plan.skill], file=DISPATCH)
    if not 0 <= plan.booking.reserve_share < 1:
        said = Words(zh="预留比例要在 0 和 1 之间", en="the reserve must be between 0 and 1")
        yield Fault(DISPATCH, "booking.reserve_share", said, Words(zh="如 0.3", en="such as 0.3"))
    yield from _faults_of_windows(plan.booking)
    if any(later.after_seconds <= rung.after_seconds for rung, later in pairwise(plan.page)):
        said = Words(zh="催派各级要越来越晚", en="each rung must be later than the one before")
        yield Fault(
            DISPATCH, "page", said, Words(zh="改 after_seconds", en="change after_seconds")
        )


def _faults_of_windows(booking: BookingPlan) -> Iterator[Fault]:
    for n, window in enumerate(booking.window):
        if (
            not _is_time(window.begins)
            or not _is_time(window.ends)
            or window.ends <= window.begins
        ):
            said = Words(zh="时段不对", en="not a window of the day")
            remedy = Words(
                zh='写成 begins = "08:00"，ends 更晚', en='begins = "08:00", ends later'
            )
            yield Fault(DISPATCH, f"booking.window.{n}", said, remedy)


def _is_time(text: str) -> bool:
    hours, colon, minutes = text.partition(":")
    if colon != ":" or len(hours) != 2 or len(minutes) != 2:
        return False
    return hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60
