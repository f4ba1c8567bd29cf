"""What a clock belongs to that no case has: a hazard, a time agreed with a customer."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from shouwen.fieldwork.models import Appointment, Hazard


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """The page that tells of it, by the name of its route, and the number it is known by."""

    route: Literal["hazard", "dispatch_order"]
    number: str


def field_places(*, subjects: Collection[tuple[str, uuid.UUID]]) -> Mapping[uuid.UUID, FieldPlace]:
    """For each subject of field work, by kind and id, where it is told. One query for each kind there is."""
    found: dict[uuid.UUID, FieldPlace] = {}
    hazards = [pk for kind, pk in subjects if kind == "hazard"]
    if hazards:
        rows = Hazard.objects.filter(pk__in=hazards).values_list("pk", "number")
        found |= {pk: FieldPlace("hazard", number) for pk, number in rows}
    promises = [pk for kind, pk in subjects if kind == "appointment"]
    if promises:
        times = Appointment.objects.filter(promise__in=promises)
        agreed = times.values_list("promise", "order__number")
        found |= {pk: FieldPlace("dispatch_order", number) for pk, number in agreed}
    return found
