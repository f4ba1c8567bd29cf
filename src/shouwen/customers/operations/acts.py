"""What every operation on the registers does: once for each act, journalled with facts only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Customer, Premises
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done by one person.

    `id` is made by whoever asks and is the idempotency key; `by` is a staff number, empty for
    the program itself; `now` is aware UTC.
    """

    id: uuid.UUID
    by: str
    now: datetime
    workstation: str = ""
    source: str = "app"

    @property
    def is_done(self) -> bool:
        """True when this very act has been recorded before."""
        return entry_with_id(id=self.id) is not None

    def part(self, name: str) -> "Act":
        """A second event of the same act, with an id that is always the same."""
        return Act(uuid.uuid5(self.id, name), self.by, self.now, self.workstation, self.source)


def note(
    act: Act, kind: str, *, subject: Customer | Premises | Subject, data: Mapping[str, Scalar] = {}
) -> None:
    """Journals the act. `data` holds facts, never a name, a number or an address."""
    if isinstance(subject, Customer):
        subject = Subject("customer", subject.pk)
    elif isinstance(subject, Premises):
        subject = Subject("premises", subject.pk)
    record(
        id=act.id,
        kind=kind,
        subject=subject,
        happened_at=act.now,
        now=act.now,
        actor=act.by,
        data=data,
        source=act.source,
        workstation=act.workstation,
    )
