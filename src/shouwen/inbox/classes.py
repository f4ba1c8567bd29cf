"""How open each field of a letter is."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Letter": {
        INTERNAL: "id key receipt channel state arrived_at recorded_at automatic is_broken consented_at"
        " danger danger_seen_at danger_seen_by owner taken_at case thread answered_at spam_reason erased_at",
        PERSONAL: "sender_name sender phone place subject words message_id",
    },
    "LetterFile": {
        INTERNAL: "id letter ordinal media_type size sha256 refused",
        PERSONAL: "original_name",
        SENSITIVE: "stored_name",
    },
    "MailboxMark": {INTERNAL: "name validity last_uid read_at away_since away_why"},
}
MASKS: Masks = {
    "Letter": {
        "sender_name": Kind.NAME,
        "phone": Kind.PHONE,
        "place": Kind.PLACE,
        "subject": Kind.TEXT,
        "words": Kind.TEXT,
    },
    "LetterFile": {"original_name": Kind.TEXT},
}
