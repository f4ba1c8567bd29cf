"""How open each field of customers and premises is, and how the personal ones are masked."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Estate": {INTERNAL: "id name aliases station"},
    "Premises": {
        INTERNAL: "id estate customer_class batch",
        PERSONAL: "building unit flat place_name",
    },
    "Attribute": {INTERNAL: "id premises name since", PERSONAL: "value"},
    "ServicePoint": {INTERNAL: "id premises since until", PERSONAL: "account_no"},
    "Meter": {INTERNAL: "id premises kind installed_on removed_on", PERSONAL: "serial"},
    "Appliance": {
        INTERNAL: "id premises kind make made_on installed_on removed_on",
    },
    "Customer": {
        INTERNAL: "id title merged_into batch",
        PERSONAL: "name surname",
        SENSITIVE: "special_care",
    },
    "CareEntry": {
        INTERNAL: "id customer",
        SENSITIVE: "kind needs contact handles_at_home consented_on consent_how since reviewed_on"
        " review_on until",
    },
    "Occupancy": {INTERNAL: "id customer premises relation", PERSONAL: "since until"},
    "Phone": {INTERNAL: "id customer", PERSONAL: "number"},
    "Merge": {INTERNAL: "id kept merged merged_at merged_by undone_at", PERSONAL: "moved"},
    "ImportBatch": {INTERNAL: "id digest file_name rows done_rows started_at revealed_at"},
    "BillingRow": {INTERNAL: "as_of", PERSONAL: "account_no balance reading read_on card card_at"},
    "SearchRow": {INTERNAL: "id customer premises estate batch", PERSONAL: "text"},
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
    "ServicePoint": {"account_no": Kind.ACCOUNT},
    "Meter": {"serial": Kind.ACCOUNT},
    "BillingRow": {
        "account_no": Kind.ACCOUNT,
        "balance": Kind.MONEY,
        "reading": Kind.ACCOUNT,
        "card": Kind.ACCOUNT,
    },
    "CareEntry": {"kind": Kind.CARE, "needs": Kind.CARE},
}
