"""The list of published editions in the data folder: what every process reads to know what is in force."""

from shouwen.clocks.queries import editions_folder, look_again
from shouwen.editions.models import Edition
from shouwen.standard.edition_files import PublishedEdition, write_list

INSTALL = "editions.install"


def install() -> None:
    """Writes the list from the rows, if it says something else. Raises OSError."""
    write_list(editions_folder(), published())
    look_again()


def published() -> list[PublishedEdition]:
    """What the list must say: every published edition, the oldest first."""
    rows = Edition.objects.filter(state=Edition.State.PUBLISHED).order_by("number")
    return [
        PublishedEdition(
            number=row.number,
            folder=row.folder,
            digest=row.digest,
            seal=row.seal,
            published_at=row.published_at,
        )
        for row in rows
        if row.number is not None and row.published_at is not None
    ]
