"""How open each field of the messages is."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes

CLASSES: Classes = {
    "Message": {
        INTERNAL: "id key channel text_id language is_urgent is_written state reason attempts round provider_id"
        " asked_at due_at sent_at delivered_at erased_at about_kind about_id asked_by",
        PERSONAL: "recipient params title body detail answers",
    },
    "OptOut": {
        INTERNAL: "id channel since ended_at noted_by",
        PERSONAL: "address",
    },
}
