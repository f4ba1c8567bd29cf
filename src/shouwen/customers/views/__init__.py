"""Pages of customers and premises, and what can be done there."""

from shouwen.customers.views.acting import (
    act_on_care,
    act_on_customer,
    move_out,
    register_customer,
    unmerge,
)
from shouwen.customers.views.equipping import (
    act_on_premises,
    register_premises,
    remove_appliance,
    remove_meter,
    set_aliases,
)
from shouwen.customers.views.looking import (
    care_register,
    customer,
    customer_phone,
    customers,
    estates,
    premises,
)

__all__ = [
    "act_on_care",
    "act_on_customer",
    "act_on_premises",
    "care_register",
    "customer",
    "customer_phone",
    "customers",
    "estates",
    "move_out",
    "premises",
    "register_customer",
    "register_premises",
    "remove_appliance",
    "remove_meter",
    "set_aliases",
    "unmerge",
]
