"""Urgent orders ring people until somebody has accepted: a job for each rung of the pack's ladder.

The last rung is climbed again and again. What cannot be sent is passed over: ringing never fails.
"""

import logging
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from shouwen.access.roles import Role
from shouwen.cases.operations import part_of
from shouwen.fieldwork.models import Order, OrderState, Page, TechnicianProfile
from shouwen.fieldwork.queries.orders import plan
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record
from shouwen.messages.operations import send
from shouwen.people.models import Shift, Staff
from shouwen.people.queries import holders_of
from shouwen.standard.dispatching import CREW, PagePlan

PAGE: Final = "fieldwork.page"
TEXT: Final = "danger-to-crew"
_RUNG = (OrderState.WAITING, OrderState.NO_ACCESS, OrderState.OFFERED)
_MOST_STEPS = 200
_log = logging.getLogger(__name__)


def begin_paging(*, order: Order, now: datetime) -> None:
    """Asks for a job at every rung; one that comes after somebody has accepted does nothing."""
    for step, rung in enumerate(plan().page):
        _ask(order.pk, step, at=now + timedelta(seconds=rung.after_seconds), now=now)


def page_assigned(*, order: Order, act_id: uuid.UUID, now: datetime) -> None:
    """Rings whoever was just sent, at once, whatever rung the ladder is at."""
    enqueue(
        kind=PAGE,
        key=f"page:{order.pk}:{act_id}",
        payload={"order": str(order.pk), "step": -1},
        run_at=now,
        now=now,
    )


@transaction.atomic
def page(*, order_id: uuid.UUID, step: int, now: datetime) -> Sequence[Page]:
    """Rings whom the rung names, unless somebody has accepted. `step` -1 rings whoever was just sent.

    After the last rung that one is asked for again.
    """
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    rungs = plan().page
    if not order.urgent or order.state not in _RUNG or not rungs:
        return ()
    rung = rungs[max(0, min(step, len(rungs) - 1))]
    tell = (CREW,) if step < 0 else rung.tell
    number = order.pages.count() if step < 0 else step
    rung_now = [
        Page(
            id=part_of(order.pk, f"page:{number}:{person.pk}:{channel}"),
            order=order,
            step=number,
            staff=person,
            channel=channel,
            told_at=now,
        )
        for person in _people(order, tell, now)
        for channel in rung.channels
    ]
    Page.objects.bulk_create(rung_now, ignore_conflicts=True)
    _note(order, rung_now, step=number, now=now)
    _send(order, [p.staff for p in rung_now if p.channel == "sms"], step=number, now=now)
    if step >= len(rungs) - 1 and step < _MOST_STEPS:
        _ask(order.pk, step + 1, at=now + _again_after(rungs), now=now)
    return rung_now


def _again_after(rungs: Sequence[PagePlan]) -> timedelta:
    """As long again as between the last two rungs, at least a minute."""
    between = rungs[-1].after_seconds - rungs[-2].after_seconds if len(rungs) > 1 else 0
    return timedelta(seconds=max(60, between))


def _ask(order_id: uuid.UUID, step: int, *, at: datetime, now: datetime) -> None:
    enqueue(
        kind=PAGE,
        key=f"page:{order_id}:{step}",
        payload={"order": str(order_id), "step": step},
        run_at=at,
        now=now,
    )


def _people(order: Order, tell: Collection[str], now: datetime) -> list[Staff]:
    """Whom these words name, each once: those on duty of them, else all."""
    found: dict[int, Staff] = {}
    for name in tell:
        named = _crew(order, now) if name == CREW else _holders(name, now)
        found |= {person.pk: person for person in named}
    return list(found.values())


def _crew(order: Order, now: datetime) -> list[Staff]:
    """Whoever was sent; while nobody is, everybody on duty who can do it."""
    if order.assignee:
        return [order.assignee]
    profiles = TechnicianProfile.objects.filter(staff__is_active=True).select_related("staff")
    able = [each.staff for each in profiles if set(order.skills) <= set(each.skills)]
    on_duty = _on_duty([person.pk for person in able], now)
    return [person for person in able if person.pk in on_duty]


def _holders(name: str, now: datetime) -> list[Staff]:
    if name not in set(Role):
        return []
    everybody = list(holders_of(roles={Role(name)}))
    on_duty = _on_duty([person.pk for person in everybody], now)
    return [person for person in everybody if person.pk in on_duty] or everybody


def _on_duty(people: Collection[int], now: datetime) -> set[int]:
    running = Shift.objects.filter(staff__in=people, starts_at__lte=now, ends_at__gt=now)
    return set(running.values_list("staff_id", flat=True))


def _note(order: Order, pages: Sequence[Page], *, step: int, now: datetime) -> None:
    people = sorted({page.staff.staff_no for page in pages})
    channels = sorted({page.channel for page in pages})
    record(
        id=part_of(order.pk, f"paged:{step}"),
        kind="order.paged",
        subject=order.subject,
        happened_at=now,
        now=now,
        data={"to": ",".join(people), "step": step, "channel": ",".join(channels)},
    )


def _send(order: Order, people: Sequence[Staff], *, step: int, now: datetime) -> None:
    """To the service telephones. A text or an address that fails is logged: the page in the app stands."""
    for person, number in _numbers(people):
        try:
            with transaction.atomic():
                send(
                    key=f"page:{order.pk}:{step}:{person.staff_no}",
                    channel="sms",
                    to=number,
                    text_id=TEXT,
                    params={"number": order.number, "place": _place(order)},
                    about=order.subject,
                    now=now,
                )
        except Exception:
            _log.exception("Page %s of order %s could not be sent", step, order.number)


def _numbers(people: Sequence[Staff]) -> Iterator[tuple[Staff, str]]:
    profiles = TechnicianProfile.objects.filter(staff__in=people).select_related("staff")
    yield from ((each.staff, each.phone) for each in profiles if each.phone)


def _place(order: Order) -> str:
    """Where to go: whoever is rung for an alarm sees that at once."""
    if order.premises:
        return order.premises.short_address
    return order.place or "—"
