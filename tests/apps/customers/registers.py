"""Short ways to put customers and homes before a test."""

import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shouwen.customers.models import Customer, Premises
from shouwen.customers.operations import (
    Act,
    NewCustomer,
    NewPremises,
    move_in,
    register_customer,
    register_premises,
)

NOW = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)  # Friday 9 October 2026, 09:12 in Shanghai
TODAY = date(2026, 10, 9)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def act(now: datetime = NOW) -> Act:
    """An act of 王敏."""
    return Act(id=uuid.uuid4(), by="1031", now=now)


def customer(
    name: str = "王文秀", *, title: str = "女士", phones: tuple[str, ...] = ()
) -> Customer:
    """A registered customer."""
    new = NewCustomer(id=uuid.uuid4(), name=name, title=title, phones=phones)
    return register_customer(act=act(), new=new)


def premises(estate: str = "青梧里", *address: str, **known: str) -> Premises:
    """Registered premises; `address` is building, unit, flat."""
    parts = dict(zip(("building", "unit", "flat"), address, strict=False))
    new = NewPremises(estate=estate, **(parts | known))
    return register_premises(act=act(), new=new, today=TODAY)


def living(name: str, home: Premises, *, phones: tuple[str, ...] = ()) -> Customer:
    """A customer who lives at `home` since 2020."""
    found = customer(name, phones=phones)
    move_in(
        act=act(),
        customer_id=found.pk,
        premises_id=home.pk,
        relation="owner",
        since=date(2020, 1, 1),
    )
    return found
