"""Phones, what they reported, what a person has to decide, photos, gifts."""

from shouwen.visits.models.devices import Device, Package, Pass
from shouwen.visits.models.events import Conflict, FieldEvent, SiteFacts, SiteFinding
from shouwen.visits.models.papers import GiftReport, Photo

__all__ = [
    "Conflict",
    "Device",
    "FieldEvent",
    "GiftReport",
    "Package",
    "Pass",
    "Photo",
    "SiteFacts",
    "SiteFinding",
]
