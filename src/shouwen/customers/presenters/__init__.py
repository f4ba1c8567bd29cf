"""Customers and premises as the pages print them."""

from shouwen.customers.presenters.customer import CustomerMaterial, customer_page, masked_phone_of
from shouwen.customers.presenters.lists import care_page, estates_page, search_page
from shouwen.customers.presenters.premises import PremisesMaterial, premises_page

__all__ = [
    "CustomerMaterial",
    "PremisesMaterial",
    "care_page",
    "customer_page",
    "estates_page",
    "masked_phone_of",
    "premises_page",
    "search_page",
]
