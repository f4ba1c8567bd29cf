"""What every operation on a hazard does: hold it, write what happened, judge its clocks anew."""

import uuid
from collections.abc import Mapping

from shouwen.cases.operations.happenings import Act
from shouwen.clocks.operations import Answering, start_clocks
from shouwen.core.events import Scalar
from shouwen.fieldwork.models import Hazard
from shouwen.fieldwork.queries.hazards import facts_of_hazard
from shouwen.journal.operations import record


def held_hazard(hazard_id: uuid.UUID) -> Hazard:
    """The hazard, held for the rest of the transaction. Raises Hazard.DoesNotExist."""
    return Hazard.objects.select_for_update(of=("self",)).get(pk=hazard_id)


def noted(act: Act, kind: str, hazard: Hazard, data: Mapping[str, Scalar] | None = None) -> None:
    """Writes the event of the act about the hazard and judges its clocks."""
    record(
        id=act.id, kind=kind, subject=hazard.subject, happened_at=act.at, now=act.now,
        actor=act.by, data=data, source=act.source,
    )  # fmt: skip
    department = hazard.department.code if hazard.department else ""
    start_clocks(
        subject=hazard.subject, facts=facts_of_hazard(hazard), now=act.now,
        answering=Answering(hazard.owner.staff_no, department),
    )  # fmt: skip


def changed(hazard: Hazard, *fields: str) -> None:
    """Saves the fields and counts the version up, so that an older page is found out."""
    hazard.version += 1
    hazard.save(update_fields=[*fields, "version"])
