"""The figures that a demo city is planned by, read from `profile.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

PROFILE = Path(__file__).with_name("profile.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateKind:
    """A kind of housing: its share of all homes and how its buildings look."""

    name: str
    share: float
    floors: tuple[int, ...]
    homes_per_floor: int
    stairs: tuple[int, ...]
    built: tuple[int, int]
    suffixes: tuple[str, ...]

    @property
    def is_village(self) -> bool:
        """Houses with numbers instead of flats in buildings."""
        return self.floors == (1,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEstate:
    """An estate that must be in the city."""

    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBusiness:
    """A place of business that must be in the city, with its contact."""

    street: str
    number: int
    name: str
    customer_class: str
    surname: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CityProfile:
    """All figures of a city. Shares are between 0 and 1."""

    stations: tuple[str, ...]
    shares: Mapping[str, float]
    care: Mapping[str, float]
    mean_homes: int
    sigma: float
    kinds: tuple[EstateKind, ...]
    business_classes: Mapping[str, float]
    named: tuple[NamedEstate, ...]
    known_homes: tuple[str, ...]
    known_businesses: tuple[NamedBusiness, ...]


def load_profile(path: Path = PROFILE) -> CityProfile:
    """The profile in a file of the layout of `profile.toml`. Raises KeyError, TOMLDecodeError."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return CityProfile(
        stations=tuple(table["stations"]),
        shares=MappingProxyType(table["shares"]),
        care=MappingProxyType(table["care"]),
        mean_homes=table["estates"]["mean_homes"],
        sigma=table["estates"]["sigma"],
        kinds=tuple(_kind(row) for row in table["kinds"]),
        business_classes=MappingProxyType(table["businesses"]),
        named=tuple(_named(row) for row in table["named"]),
        known_homes=tuple(table["known"]["homes"]),
        known_businesses=tuple(_business(row) for row in table["known"]["businesses"]),
    )


def _kind(row: Mapping[str, Any]) -> EstateKind:
    first, last = row["built"]
    return EstateKind(
        name=row["name"],
        share=row["share"],
        floors=tuple(row["floors"]),
        homes_per_floor=row["homes_per_floor"],
        stairs=tuple(row["stairs"]),
        built=(first, last),
        suffixes=tuple(row["suffixes"]),
    )


def _named(row: Mapping[str, Any]) -> NamedEstate:
    return NamedEstate(name=row["name"], kind=row["kind"], aliases=tuple(row["aliases"]))


def _business(row: Mapping[str, Any]) -> NamedBusiness:
    return NamedBusiness(
        street=row["street"],
        number=row["number"],
        name=row["name"],
        customer_class=row["class"],
        surname=row["surname"],
        title=row["title"],
    )
