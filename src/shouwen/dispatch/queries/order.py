"""One order with everything that happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwen.clocks.models import Clock
from shouwen.fieldwork.models import Appointment, Assignment, Order, Page, Visit
from shouwen.fieldwork.queries import field_rules
from shouwen.journal.models import Entry


@dataclass(frozen=True, slots=True)
class OrderStory:
    """An order; who was asked, what was agreed, who was rung, who came; the entries of the journal."""

    order: Order
    assignments: Sequence[Assignment]
    appointments: Sequence[Appointment]
    pages: Sequence[Page]
    visits: Sequence[Visit]
    entries: Sequence[Entry]
    clocks: Sequence[Clock]

    @property
    def appointment(self) -> Appointment | None:
        """The time that holds now."""
        return next((a for a in self.appointments if a.state == Appointment.State.OPEN), None)


def order_story(*, number: str) -> OrderStory | None:
    """Everything about the order with this number; None for none."""
    order = (
        Order.objects.select_related(
            "case__customer",
            "case__premises__estate",
            "case__owner",
            "case__premises__estate",
            "premises__estate",
            "assignee",
            "changed_by",
        )
        .filter(number=number)
        .first()
    )
    if order is None:
        return None
    clocks = Clock.objects.filter(
        subject_kind="case", subject_id__in=[order.case_id], rule_id__in=field_rules()
    )
    return OrderStory(
        order=order,
        assignments=list(order.assignments.select_related("staff", "by")),
        appointments=list(order.appointments.select_related("by")),
        pages=list(order.pages.select_related("staff")),
        visits=list(order.visits.select_related("staff")),
        entries=list(
            Entry.objects.filter(subject_kind="order", subject_id=order.pk).order_by(
                "happened_at", "recorded_at"
            )
        ),
        clocks=list(clocks.order_by("-is_open", "urgency_at")) if order.case_id else [],
    )
