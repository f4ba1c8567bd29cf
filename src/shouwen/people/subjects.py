"""What the journal calls a person."""

import uuid

from shouwen.core.events import Subject

_STAFF_SPACE = uuid.UUID("6f1c2f0e-54f2-5d0a-9d0c-2d1c4a9b7e10")


def staff_subject(staff_no: str) -> Subject:
    """What the journal calls a person: always the same id for the same staff number."""
    return Subject("staff", uuid.uuid5(_STAFF_SPACE, staff_no))
