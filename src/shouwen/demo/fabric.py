"""The buildings of an estate and the homes in them, callers' homes first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from random import Random

from shouwen.core.text.home_address import Address
from shouwen.demo.plans import EstatePlan, PremisesPlan
from shouwen.demo.profile import EstateKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fabric:
    """An estate, how it is built, how many of its homes have gas, and those that must have it."""

    estate: EstatePlan
    kind: EstateKind
    homes: int
    required: tuple[Address, ...]


def homes_of(fabric: Fabric, *, chance: Random) -> Iterator[PremisesPlan]:
    """Exactly `fabric.homes` homes: the required ones, then those of their buildings, then others.

    A building that was begun is filled from the first stair upwards; only the last one may be
    connected in part.
    """
    wanted = {address.key: address for address in fabric.required}
    others = (address for address in _addresses(fabric, chance) if address.key not in wanted)
    for address in islice((*wanted.values(), *islice(others, fabric.homes)), fabric.homes):
        yield PremisesPlan(
            key=address.key,
            estate=address.estate,
            building=address.building,
            unit=address.unit,
            flat=address.flat,
            place_name=f"{address.door}号" if address.door else "",
        )


def apportioned(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` divided by `weights` into whole numbers, largest remainders first; equal weights if all are 0."""
    if not weights:
        return {}
    whole = sum(weights.values())
    exact = {
        name: total * (weight / whole if whole else 1 / len(weights))
        for name, weight in weights.items()
    }
    parts = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (parts[name] - exact[name], name))
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def _addresses(fabric: Fabric, chance: Random) -> Iterator[Address]:
    if fabric.kind.is_village:
        for door in count(1):
            yield Address(estate=fabric.estate.name, door=str(door))
    for building in _buildings(fabric):
        yield from _flats(fabric, building, chance)


def _buildings(fabric: Fabric) -> Iterator[str]:
    first = list(dict.fromkeys(address.building for address in fabric.required))
    yield from first
    yield from (number for i in count(1) if (number := str(i)) not in first)


def _flats(fabric: Fabric, building: str, chance: Random) -> Iterator[Address]:
    kind = fabric.kind
    known = [address for address in fabric.required if address.building == building]
    stairs = max([chance.choice(kind.stairs), *(int(a.unit or 1) for a in known)])
    floors = max([chance.choice(kind.floors), *(int(a.flat[:-2] or 1) for a in known)])
    doors = max([kind.homes_per_floor, *(int(a.flat[-2:]) for a in known)])
    for unit in range(1, stairs + 1):
        for floor in range(1, floors + 1):
            for door in range(1, doors + 1):
                yield Address(
                    estate=fabric.estate.name,
                    building=building,
                    unit=str(unit),
                    flat=f"{floor}{door:02d}",
                )
