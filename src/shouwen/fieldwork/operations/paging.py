"""Urgent orders ring people until somebody has accepted: a job for each rung of the pack's ladder."""

from datetime import datetime, timedelta
from typing import Final

from shouwen.fieldwork.models import Order
from shouwen.fieldwork.queries.orders import plan
from shouwen.jobs.operations import enqueue

PAGE: Final = "fieldwork.page"


def begin_paging(*, order: Order, now: datetime) -> None:
    """Asks for a job at every rung; one that comes after somebody has accepted does nothing."""
    for step, rung in enumerate(plan().page):
        enqueue(
            kind=PAGE,
            key=f"page:{order.pk}:{step}",
            payload={"order": str(order.pk), "step": step},
            run_at=now + timedelta(seconds=rung.after_seconds),
            now=now,
        )
