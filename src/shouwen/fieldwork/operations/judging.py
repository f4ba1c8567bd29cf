"""What happens to a time agreed with a customer, and its clocks."""

from collections.abc import Mapping

from shouwen.cases.operations.happenings import Act
from shouwen.clocks.operations import Answering, set_owner, start_clocks
from shouwen.core.events import Scalar
from shouwen.fieldwork.models import Appointment, Order
from shouwen.fieldwork.queries.orders import order_facts
from shouwen.journal.operations import record
from shouwen.people.models import Staff


def judge_appointment(
    *,
    act: Act,
    kind: str,
    appointment: Appointment,
    order: Order,
    answers: Staff | None,
    data: Mapping[str, Scalar] | None = None,
) -> None:
    """Writes an event of the promise to come, and judges its clocks anew."""
    record(
        id=act.id,
        kind=kind,
        subject=appointment.subject,
        happened_at=act.at,
        now=act.now,
        actor=act.by,
        data=data,
        source=act.source,
    )
    answering = Answering(
        answers.staff_no if answers else "", answers.department_code if answers else ""
    )
    # Whoever answers now answers for what this event decides.
    set_owner(
        subject=appointment.subject, owner_no=answering.owner_no, department=answering.department
    )
    facts = {**order_facts(order), "appointed": True}
    start_clocks(subject=appointment.subject, facts=facts, now=act.now, answering=answering)
