"""How open each field of customers and premises is, and how the personal ones are masked."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Estate": {INTERNAL: "id name aliases station"},
    "Premises": {INTERNAL: "id estate customer_class", PERSONAL: "building unit flat place_name"},
    "Customer": {INTERNAL: "id title", PERSONAL: "name surname", SENSITIVE: "special_care"},
    "Occupancy": {INTERNAL: "id customer premises relation", PERSONAL: "since until"},
    "Phone": {INTERNAL: "id customer", PERSONAL: "number"},
}
MASKS: Masks = {
    "Premises": {
        "building": Kind.BUILDING,
        "unit": Kind.HOME,
        "flat": Kind.HOME,
        "place_name": Kind.HOME,
    },
    "Customer": {
        "name": Kind.NAME,
        "surname": Kind.CALLED,
        "special_care": Kind.CARE,
    },
    "Phone": {"number": Kind.PHONE},
}
