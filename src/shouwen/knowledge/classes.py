"""How open each field of the knowledge base is. What somebody typed into a search may name a person."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Article": {
        INTERNAL: "id slug title kind audience keywords steps stop source certainty local version"
        " digest loaded_at withdrawn_at"
    },
    "Unanswered": {INTERNAL: "id asked_at staff call_id found", PERSONAL: "text"},
}
MASKS: Masks = {"Unanswered": {"text": Kind.TEXT}}
