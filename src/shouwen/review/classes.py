"""How open each field of the review desk is. What people write about a call may name somebody."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Draw": {
        INTERNAL: "id seed since until population plan made_by made_at pack_digest",
    },
    "Review": {
        INTERNAL: "id draw call round by_risk signs weight second reviewer begun_at sent_at got out_of",
    },
    "Decision": {
        INTERNAL: "id review rule_id number clause said decision verdict stands reason turn decided_at",
        PERSONAL: "words",
    },
    "Score": {INTERNAL: "id review item score given_at"},
    "Appeal": {
        INTERNAL: "id decision staff made_at due_at decided_by decided_at outcome reason",
        PERSONAL: "words answer",
    },
    "Coaching": {
        INTERNAL: "id staff lead rule_id clause reviews due_on made_at done_at",
        PERSONAL: "words",
    },
    "Waveform": {INTERNAL: "recording levels made_at"},
}
MASKS: Masks = {
    "Decision": {"words": Kind.TEXT},
    "Appeal": {"words": Kind.TEXT, "answer": Kind.TEXT},
    "Coaching": {"words": Kind.TEXT},
}
