"""Plans a made-up city: estates, homes, businesses and the people in them, the same for the same seed."""

import math
from collections.abc import Collection, Mapping, Sequence
from random import Random

from shouwen.core.text.home_address import Address, parse_address
from shouwen.demo.callers import SampleCaller
from shouwen.demo.fabric import Fabric, apportioned, homes_of
from shouwen.demo.names import estate_names
from shouwen.demo.plans import CityPlan, EstatePlan
from shouwen.demo.profile import CityProfile, load_profile
from shouwen.demo.settling import Settling, streets_of

DEFAULT_SEED = 20260301


class CityTooSmall(ValueError):
    """The city has fewer homes than there are callers to house."""

    def __init__(self, *, homes: int, needed: int) -> None:
        self.homes = homes
        self.needed = needed
        super().__init__(f"{homes} homes are too few: the callers alone live in {needed}")


def plan_city(
    *,
    homes: int = 5000,
    businesses: int = 120,
    seed: int = DEFAULT_SEED,
    callers: Sequence[SampleCaller] = (),
    taken_phones: Collection[str] = (),
    profile: CityProfile | None = None,
) -> CityPlan:
    """A city with exactly `homes` homes and `businesses` places of business.

    `callers` live at the addresses of their records and have the numbers of their records; one
    whose record names no flat or house is left out. Nobody else gets a number of
    `taken_phones`. Raises CityTooSmall, ValueError for a negative number.
    """
    if homes < 0 or businesses < 0:
        raise ValueError("a city has no fewer than 0 homes and businesses")
    # Made-up data needs repeatable chance, not secrecy.
    chance = Random(seed)  # noqa: S311
    profile = profile or load_profile()
    housed = _housed(profile, callers)
    fabrics = _fabrics(profile, homes, tuple(housed), chance)
    streets = streets_of(profile) if businesses else []
    premises = [home for fabric in fabrics for home in homes_of(fabric, chance=chance)]
    settling = Settling(
        profile=profile,
        chance=chance,
        taken_phones={caller.phone for caller in callers} | set(taken_phones),
    )
    by_key = {address.key: living_there for address, living_there in housed.items()}
    customers, premises = settling.households(homes=premises, callers=by_key)
    trade, traders = settling.businesses(count=businesses)
    return CityPlan(
        estates=(*(fabric.estate for fabric in fabrics), *streets),
        premises=(*premises, *trade),
        customers=(*customers, *traders),
    )


def _housed(
    profile: CityProfile, callers: Sequence[SampleCaller]
) -> dict[Address, list[SampleCaller]]:
    """The homes that must exist with the callers in them."""
    spellings = {alias: named.name for named in profile.named for alias in named.aliases}
    spellings |= {named.name: named.name for named in profile.named}
    housed: dict[Address, list[SampleCaller]] = {}
    for text in profile.known_homes:
        home = parse_address(text, estates=spellings)
        if home is not None:
            housed[home] = []
    for caller in callers:
        home = parse_address(caller.address, estates=spellings)
        if home is not None and home.is_complete:
            housed.setdefault(home, []).append(caller)
    return housed


def _fabrics(
    profile: CityProfile, homes: int, known: Sequence[Address], chance: Random
) -> list[Fabric]:
    """The estates with the number of homes each gets: shares by kind, sizes log-normal within a kind."""
    if homes < len(known):
        raise CityTooSmall(homes=homes, needed=len(known))
    estates = _estates(profile, homes, known, chance)
    kinds = {kind.name: kind for kind in profile.kinds}
    required = {
        estate.name: tuple(address for address in known if address.estate == estate.name)
        for estate in estates
    }
    need = {name: len(addresses) for name, addresses in required.items()}
    quotas = _quotas(profile, homes, estates, need, chance)
    return [
        Fabric(
            estate=estate,
            kind=kinds[estate.kind],
            homes=quotas[estate.name],
            required=required[estate.name],
        )
        for estate in estates
    ]


def _estates(
    profile: CityProfile, homes: int, known: Sequence[Address], chance: Random
) -> list[EstatePlan]:
    names = _names_by_kind(profile, homes, known, chance)
    rows = [
        (kind, name, aliases)
        for kind in profile.kinds
        for name, aliases in names[kind.name].items()
    ]
    return [
        EstatePlan(
            name=name,
            aliases=aliases,
            kind=kind.name,
            station=profile.stations[place % len(profile.stations)],
            built=chance.randint(*kind.built),
        )
        for place, (kind, name, aliases) in enumerate(rows)
    ]


def _names_by_kind(
    profile: CityProfile, homes: int, known: Sequence[Address], chance: Random
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Names with aliases: the named estates, those of callers, and as many more as the size asks for."""
    names: dict[str, dict[str, tuple[str, ...]]] = {kind.name: {} for kind in profile.kinds}
    for named in profile.named:
        names[named.kind][named.name] = named.aliases
    taken = {name for of_kind in names.values() for name in of_kind}
    for address in known:
        if address.estate not in taken:
            names[profile.kinds[0].name][address.estate] = ()
            taken.add(address.estate)
    taken |= {alias for named in profile.named for alias in named.aliases}
    for kind in profile.kinds:
        wanted = math.ceil(homes * kind.share / profile.mean_homes) - len(names[kind.name])
        more = estate_names(
            suffixes=kind.suffixes, count=max(0, wanted), taken=taken, chance=chance
        )
        names[kind.name] |= dict.fromkeys(more, ())
    return names


def _quotas(
    profile: CityProfile,
    homes: int,
    estates: Sequence[EstatePlan],
    need: Mapping[str, int],
    chance: Random,
) -> dict[str, int]:
    """Homes of each estate; together exactly `homes`, and never fewer than the callers need."""
    weights = {estate.name: chance.lognormvariate(0.0, profile.sigma) for estate in estates}
    of_kind: dict[str, list[str]] = {}
    for estate in estates:
        of_kind.setdefault(estate.kind, []).append(estate.name)
    short = {
        kind.name: max(0.0, homes * kind.share - sum(need[name] for name in of_kind[kind.name]))
        for kind in profile.kinds
        if kind.name in of_kind
    }
    quotas = dict(need)
    for kind, count in apportioned(homes - sum(need.values()), short).items():
        shares = apportioned(count, {name: weights[name] for name in of_kind[kind]})
        quotas |= {name: need[name] + share for name, share in shares.items()}
    return quotas
