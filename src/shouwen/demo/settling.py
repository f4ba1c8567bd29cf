"""Puts made-up people into the homes and businesses of a planned city."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import cast

from shouwen.demo.callers import SampleCaller
from shouwen.demo.fabric import apportioned
from shouwen.demo.names import STREETS, People, Person, Phones, business_name
from shouwen.demo.plans import (
    Care,
    CustomerClass,
    CustomerPlan,
    EstatePlan,
    PremisesPlan,
    Relation,
)
from shouwen.demo.profile import CityProfile

_LARGEST_HOLDING = 3
_NEARBY = 200


class Settling:
    """Puts people into homes and businesses; holds the chance and the numbers given out."""

    def __init__(self, *, profile: CityProfile, chance: Random, taken_phones: set[str]) -> None:
        shares = profile.shares
        self._profile = profile
        self._chance = chance
        self._count = 0
        self._phones = Phones(chance=chance, taken=taken_phones)
        self._people = People(
            chance=chance, compound=shares["compound_surname"], rare=shares["rare_surname"]
        )

    def households(
        self, *, homes: Sequence[PremisesPlan], callers: Mapping[str, Sequence[SampleCaller]]
    ) -> tuple[list[CustomerPlan], list[PremisesPlan]]:
        """A customer for every home; about one in a hundred has several homes on one number.

        `callers` by the key of their homes. The homes come back with those that stand empty marked.
        """
        customers: list[CustomerPlan] = []
        settled: list[PremisesPlan] = []
        lately: list[int] = []
        for home in homes:
            living_there = callers.get(home.key, ())
            customers += [self._caller(caller, home) for caller in living_there]
            if not living_there and not self._goes_to_a_neighbour(home, customers, lately):
                home = self._perhaps_empty(home)
                lately.append(len(customers))
                customers.append(self._household(home))
            settled.append(home)
        return customers, settled

    def businesses(self, *, count: int) -> tuple[list[PremisesPlan], list[CustomerPlan]]:
        """Places of business with their contacts; those that must exist come first."""
        rows = list(self._business_rows(count))
        premises = [premises for premises, _ in rows]
        return premises, [self._trader(premises, person) for premises, person in rows]

    def _goes_to_a_neighbour(
        self, home: PremisesPlan, customers: list[CustomerPlan], lately: list[int]
    ) -> bool:
        """Whether the home becomes the second or third one of somebody nearby."""
        if not lately or self._chance.random() >= self._profile.shares["several_homes"]:
            return False
        del lately[:-_NEARBY]
        place = self._chance.choice(lately)
        owner = customers[place]
        customers[place] = replace(owner, premises=(*owner.premises, home.key), relation="owner")
        if len(customers[place].premises) >= _LARGEST_HOLDING:
            lately.remove(place)
        return True

    def _business_rows(self, count: int) -> Iterator[tuple[PremisesPlan, Person]]:
        taken: set[str] = set()
        numbers = {street.name: 0 for street in streets_of(self._profile)}
        for known in self._profile.known_businesses[:count]:
            taken.add(known.name)
            numbers[known.street] = max(numbers[known.street], known.number)
            person = self._people.person(surname=known.surname, title=known.title)
            place = _place(known.street, known.number, known.name, known.customer_class)
            yield place, person
        for customer_class in self._classes(count):
            street = self._chance.choice(tuple(numbers))
            numbers[street] += self._chance.randint(1, 4)
            name = business_name(customer_class=customer_class, taken=taken, chance=self._chance)
            yield _place(street, numbers[street], name, customer_class), self._people.person()

    def _classes(self, count: int) -> Iterator[str]:
        """The classes of the businesses that are not known beforehand, in the shares of the profile."""
        wanted = apportioned(count, self._profile.business_classes)
        for known in self._profile.known_businesses[:count]:
            wanted[known.customer_class] -= 1
        surplus = -sum(min(0, number) for number in wanted.values())
        for customer_class, number in wanted.items():
            spared = min(max(0, number), surplus)
            surplus -= spared
            yield from [customer_class] * (number - spared)

    def _caller(self, caller: SampleCaller, home: PremisesPlan) -> CustomerPlan:
        person = self._people.person(surname=caller.surname, title=caller.title)
        return self._customer(person, (caller.phone,), home)

    def _household(self, home: PremisesPlan) -> CustomerPlan:
        shares = self._profile.shares
        phones = [self._phones.number()]
        if self._chance.random() < shares["second_phone"]:
            phones.append(self._phones.number())
        is_let = home.is_occupied and self._chance.random() < shares["let"]
        planned = self._customer(self._people.person(), tuple(phones), home)
        relation: Relation = "tenant" if is_let else "owner"
        return replace(planned, relation=relation, special_care=self._care())

    def _trader(self, premises: PremisesPlan, person: Person) -> CustomerPlan:
        planned = self._customer(person, (self._phones.number(),), premises)
        return replace(planned, name=premises.place_name.partition(" ")[2], relation="contact")

    def _customer(
        self, person: Person, phones: tuple[str, ...], home: PremisesPlan
    ) -> CustomerPlan:
        self._count += 1
        return CustomerPlan(
            key=f"C{self._count:07d}",
            name=person.name,
            surname=person.surname,
            title=person.title,
            phones=phones,
            premises=(home.key,),
        )

    def _perhaps_empty(self, home: PremisesPlan) -> PremisesPlan:
        is_empty = self._chance.random() < self._profile.shares["empty"]
        return replace(home, is_occupied=False) if is_empty else home

    def _care(self) -> Care | None:
        if self._chance.random() >= self._profile.shares["special_care"]:
            return None
        kinds = tuple(self._profile.care)
        weights = [self._profile.care[kind] for kind in kinds]
        return cast(Care, self._chance.choices(kinds, weights=weights)[0])


def streets_of(profile: CityProfile) -> list[EstatePlan]:
    """The streets of the businesses; a street that is the name of an estate too is left to the estate."""
    housing = {named.name for named in profile.named}
    names = dict.fromkeys([*STREETS, *(known.street for known in profile.known_businesses)])
    return [
        EstatePlan(
            name=name,
            aliases=(),
            kind="街道",
            station=profile.stations[place % len(profile.stations)],
            built=1990,
        )
        for place, name in enumerate(name for name in names if name not in housing)
    ]


def _place(street: str, number: int, name: str, customer_class: str) -> PremisesPlan:
    return PremisesPlan(
        key=f"{street}/@{number}/{name}",
        estate=street,
        place_name=f"{number}号 {name}",
        customer_class=cast(CustomerClass, customer_class),
    )
