"""What the pages of incidents read: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import CaseClock
from shouwen.ui.parts import Action, Empty, KeyLabel, Note, Tag


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in the list: number, where, how many cases, since when, how it stands."""

    number: str
    place: str
    sub: str
    count: str
    since: str
    url: str
    state: Tag


@dataclass(frozen=True, slots=True)
class IncidentsPage:
    """Incidents under way and the last ones that have ended."""

    heading: str
    rows: tuple[IncidentRow, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One case of an incident, and how its customer was told in the end."""

    number: str
    title: str
    sub: str
    url: str
    owner: str
    reported: str
    told: Tag | None = None


@dataclass(frozen=True, slots=True)
class CrewRow:
    """Somebody sent to an incident: the order, who, how far, when planned."""

    order: str
    who: str
    state: Tag
    sub: str


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident. `says`: the words for callers; `hidden`: how many cases this person may not see."""

    number: str
    title: str
    tags: tuple[Tag, ...]
    origin: str
    rows: tuple[KeyLabel, ...]
    says: str
    actions: tuple[Action, ...]
    members: tuple[MemberRow, ...]
    summary: str
    live_url: str
    subject_id: str
    hidden: str = ""
    clocks: tuple[CaseClock, ...] = ()
    crews: tuple[CrewRow, ...] = ()
    notice: Note | None = None
