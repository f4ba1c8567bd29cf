"""What a planned city consists of. Plans are values; writing them down is somebody else's work."""

from dataclasses import dataclass
from typing import Literal

CustomerClass = Literal["residential", "commercial", "industrial", "heating", "public"]
Care = Literal["elderly", "frail", "ill", "disabled"]
Relation = Literal["owner", "tenant", "contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstatePlan:
    """An estate, a village or a street. `kind`: 多层, 小高层, 高层, 平房与农村 or 街道."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    station: str
    built: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesPlan:
    """One place with one gas supply.

    `key` is the address in one spelling, unique in the city. Figures are digits without 号楼,
    单元, 室. Houses in a village and places of business have a `place_name` (`36号`, `17号 东禾饺子馆`)
    and no building.
    """

    key: str
    estate: str
    building: str = ""
    unit: str = ""
    flat: str = ""
    place_name: str = ""
    customer_class: CustomerClass = "residential"
    is_occupied: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPlan:
    """A customer with the keys of the premises he, she or it uses.

    `name` is a person's full name or the name of a business; `surname` and `title` (先生 or
    女士) are those of the person or of the contact. `special_care` is empty for most.
    """

    key: str
    name: str
    surname: str
    title: str
    phones: tuple[str, ...]
    premises: tuple[str, ...]
    relation: Relation = "owner"
    special_care: Care | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPlan:
    """A whole city. Equal arguments give equal cities."""

    estates: tuple[EstatePlan, ...]
    premises: tuple[PremisesPlan, ...]
    customers: tuple[CustomerPlan, ...]

    @property
    def homes(self) -> int:
        """How many of the premises are homes."""
        return sum(1 for place in self.premises if place.customer_class == "residential")

    @property
    def spellings(self) -> dict[str, str]:
        """Every name and alias of an estate with the estate's name."""
        own = {estate.name: estate.name for estate in self.estates}
        aliases = {alias: estate.name for estate in self.estates for alias in estate.aliases}
        return aliases | own
