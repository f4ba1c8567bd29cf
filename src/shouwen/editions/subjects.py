"""What the journal calls an edition."""

from uuid import UUID

from shouwen.core.events import Subject


def edition_subject(edition_id: UUID) -> Subject:
    """What the journal calls an edition of the standard."""
    return Subject("pack", edition_id)
