"""Finding customers and premises, and reading what is kept about them."""

from shouwen.customers.queries.attributes import attribute_on, attributes_of, class_on
from shouwen.customers.queries.numbers import Match, customers_by_number, home_at
from shouwen.customers.queries.registers import (
    CareAfter,
    care_due,
    care_rule,
    identities,
    likely_same,
    review_months,
    whole_customer,
    whole_premises,
)
from shouwen.customers.queries.searching import (
    SHOWN,
    Found,
    estates_page,
    free_homes,
    homes_at,
    search,
)
from shouwen.customers.queries.seen import seen_customers, seen_premises

__all__ = [
    "SHOWN",
    "CareAfter",
    "Found",
    "Match",
    "attribute_on",
    "attributes_of",
    "care_due",
    "care_rule",
    "class_on",
    "customers_by_number",
    "estates_page",
    "free_homes",
    "home_at",
    "homes_at",
    "identities",
    "likely_same",
    "review_months",
    "search",
    "seen_customers",
    "seen_premises",
    "whole_customer",
    "whole_premises",
]
