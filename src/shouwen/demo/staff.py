"""Plans the people who work in the demo company: every role, every department, the agents of the sample calls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from shouwen.access.roles import Role
from shouwen.demo.names import People

# The agents who take the sample calls.
AGENT_NUMBERS = ("1008", "1015", "1023", "1031", "1039", "1047", "1052", "1066", "1071")
STATIONS = ("城东站", "城西站", "城南站", "城北站")
HOTLINE, HALL, REPAIR, INSPECTION, QUALITY, EMERGENCY = (
    "hotline", "hall", "repair", "inspection", "quality", "emergency",
)  # fmt: skip
DEPARTMENTS = (
    HOTLINE, HALL, EMERGENCY, "network", REPAIR, "metering", "billing", "connections", INSPECTION,
    "engineering", QUALITY, "safety",
)  # fmt: skip
_HANDLERS_EACH = 2
_SEED = 612


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlan:
    """One person. `department` is a code of the standard pack, empty outside the departments."""

    staff_no: str
    name: str
    gender: Literal["f", "m"]
    roles: frozenset[Role]
    department: str
    station: str


@dataclass(frozen=True, slots=True)
class _Post:
    """People of one role with consecutive numbers."""

    role: Role
    first: int
    count: int
    department: str = ""
    at_stations: bool = False


_POSTS = (
    _Post(Role.CLERK, 2001, 4, HALL, at_stations=True),
    _Post(Role.DISPATCHER, 3001, 3, EMERGENCY),
    _Post(Role.TECHNICIAN, 4001, 12, REPAIR, at_stations=True),
    _Post(Role.INSPECTOR, 5001, 8, INSPECTION, at_stations=True),
    _Post(Role.QA, 7001, 2, QUALITY),
    _Post(Role.TRAINER, 7101, 1, QUALITY),
    _Post(Role.STATION_MANAGER, 8001, 4, at_stations=True),
    _Post(Role.COMPANY_MANAGER, 9001, 1),
    _Post(Role.EDITOR, 9101, 1),
    _Post(Role.APPROVER, 9111, 1),
    _Post(Role.SYSTEM_ADMIN, 9201, 1),
    _Post(Role.SECURITY, 9211, 1),
    _Post(Role.AUDITOR, 9221, 1),
)
_FIRST_HANDLER = 6001


def plan_staff(
    *,
    departments: Sequence[str] = DEPARTMENTS,
    stations: Sequence[str] = STATIONS,
    agents: Sequence[str] = AGENT_NUMBERS,
    seed: int = _SEED,
) -> tuple[StaffPlan, ...]:
    """The staff by number: the `agents`, two handlers for each department, and every other role.

    Equal arguments give equal people; no two have the same name. A number of `agents` that
    another post would take stays the agent's, and the post moves on to the next free number.
    """
    # Made-up people need repeatable chance, not secrecy.
    chance = Random(seed)  # noqa: S311
    people = _DifferentPeople(People(chance=chance, compound=0.02, rare=0.03))
    handlers = (
        _Post(Role.HANDLER, _FIRST_HANDLER + 10 * place, _HANDLERS_EACH, department)
        for place, department in enumerate(departments)
    )
    taken = set(agents)
    planned = [people.in_post(number, Role.AGENT, HOTLINE, "") for number in dict.fromkeys(agents)]
    for post in (*_POSTS, *handlers):
        for place, number in enumerate(_free_numbers(post, taken)):
            station = stations[place % len(stations)] if post.at_stations and stations else ""
            planned.append(people.in_post(number, post.role, post.department, station))
    return tuple(sorted(planned, key=lambda staff: staff.staff_no))


class _DifferentPeople:
    """Draws people until each has a name of his or her own."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._names: set[str] = set()

    def in_post(self, number: str, role: Role, department: str, station: str) -> StaffPlan:
        """A new person in a post."""
        person = self._people.person()
        while person.name in self._names:
            person = self._people.person()
        self._names.add(person.name)
        return StaffPlan(
            staff_no=number,
            name=person.name,
            gender="m" if person.title == "先生" else "f",
            roles=frozenset({role}),
            department=department,
            station=station,
        )


def _free_numbers(post: _Post, taken: set[str]) -> Iterator[str]:
    number = post.first
    for _ in range(post.count):
        while str(number) in taken:
            number += 1
        taken.add(str(number))
        yield str(number)
