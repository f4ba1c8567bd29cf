"""What a company sets for its hall: what customers come for, the counters, the order of calling. The file may be missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shouwen.core.clause import Words
from shouwen.core.facts import CASE_KINDS
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults

HALL = "hall.toml"
Criterion = Literal["alarm", "care", "passed_on", "time"]
_NAME = Words(zh="营业厅", en="Service hall")
_CARE = Words(zh="需要照顾", en="Needs care")


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """Something customers come for: the letter of its tickets, and the kind of case it mostly is."""

    id: str
    letter: str
    title: Words
    kind: str = "consultation"

    @property
    def is_alarm(self) -> bool:
        """Whether gas may be escaping."""
        return self.kind == "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPlan:
    """A counter; `serves` names the business it takes, empty for all."""

    id: str
    title: Words
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Everything that stands in the file."""

    name: Words = _NAME
    order: tuple[Criterion, ...] = ("alarm", "care", "passed_on", "time")
    no_show_after: int = 3
    waited_minutes: int = 5
    last_ticket_minutes: int = 0
    calendar: str = ""
    care: Words = _CARE
    waited: str = ""
    business: tuple[Business, ...] = ()
    counter: tuple[CounterPlan, ...] = ()

    def business_of(self, business_id: str) -> Business | None:
        """What customers come for, by its id."""
        return next((each for each in self.business if each.id == business_id), None)

    def counter_of(self, counter_id: str) -> CounterPlan | None:
        """A counter by its id."""
        return next((each for each in self.counter if each.id == counter_id), None)


def load_hall(
    path: Path,
    *,
    rules: Mapping[str, object] | None = None,
    calendars: Iterable[str] | None = None,
) -> Hall:
    """The hall of the pack in a directory; an empty one without a file. Raises PackFaults.

    `rules` and `calendars`: the pack's, where they are known, to check the names in the file.
    """
    hall = beside_pack(path, file=HALL, of=Hall)
    faults = list(_faults(hall))
    if rules is not None:
        faults += strangers([("waited", hall.waited)], rules, file=HALL)
    if calendars is not None:
        faults += strangers([("calendar", hall.calendar)], calendars, file=HALL)
    if faults:
        raise PackFaults(faults)
    return hall


def _faults(hall: Hall) -> Iterator[Fault]:
    kinds = [(f"business.{each.id}.kind", each.kind) for each in hall.business]
    yield from strangers(kinds, CASE_KINDS, file=HALL)
    known = [each.id for each in hall.business]
    served = [(f"counter.{each.id}", name) for each in hall.counter for name in each.serves]
    yield from strangers(served, known, file=HALL)
    letters = [each.letter for each in hall.business]
    if len({*letters}) < len(letters) or any(len(letter) != 1 for letter in letters):
        said = Words(zh="每类业务要有自己的一个字母", en="each business needs a letter of its own")
        yield Fault(HALL, "business", said, Words(zh="改 letter", en="change letter"))
