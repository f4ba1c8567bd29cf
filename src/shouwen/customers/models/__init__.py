"""Customers, the places where they use gas, and everything that is kept about both."""

from shouwen.customers.models.billing import BillingRow
from shouwen.customers.models.care import CareEntry, CareKind, ConsentHow
from shouwen.customers.models.importing import ImportBatch
from shouwen.customers.models.people import Customer, Merge, Occupancy, Phone, Relation
from shouwen.customers.models.places import (
    Attribute,
    AttributeName,
    CustomerClass,
    Estate,
    Premises,
)
from shouwen.customers.models.searching import SearchRow
from shouwen.customers.models.supply import (
    Appliance,
    ApplianceKind,
    Meter,
    MeterKind,
    ServicePoint,
)

__all__ = [
    "Appliance",
    "ApplianceKind",
    "Attribute",
    "AttributeName",
    "BillingRow",
    "CareEntry",
    "CareKind",
    "ConsentHow",
    "Customer",
    "CustomerClass",
    "Estate",
    "ImportBatch",
    "Merge",
    "Meter",
    "MeterKind",
    "Occupancy",
    "Phone",
    "Premises",
    "Relation",
    "SearchRow",
    "ServicePoint",
]
