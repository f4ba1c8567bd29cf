"""Listening to the double of an exchange, as tests do it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from shouwen.adapters import system_clock
from shouwen.adapters.doubles.exchange import ExchangeDouble
from shouwen.adapters.telephony.ami import Account, AmiClient, Heard
from tests.loops import ran

TRACES = Path(__file__).parents[2] / "data" / "telephony"
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
SECRET = "a secret of the tests"
PATIENCE = 10.0


def account(double: ExchangeDouble, **more: object) -> Account:
    quick = {"ping_seconds": 0.2, "timeout": 1.0, "shortest_pause": 0.02, "longest_pause": 0.05}
    return Account(
        host="127.0.0.1",
        user="shouwen",
        secret=SECRET,
        port=double.port,
        trunks=frozenset({"trunk"}),
        **{**quick, **more},  # type: ignore[arg-type]  # the fields are the test's
    )


def heard(
    double: ExchangeDouble,
    *,
    until: Callable[[list[Heard]], bool],
    pause: float = 0.0,
    **more: object,
) -> list[Heard]:
    """What a client hears until it has heard enough; `pause` seconds between two messages."""
    found: list[Heard] = []

    async def listen() -> None:
        client = AmiClient(account(double, **more), now=system_clock.now)
        async for each in client.listen():
            found.append(each)
            await asyncio.sleep(pause)
            if until(found):
                client.stop()

    ran(asyncio.wait_for(listen(), PATIENCE))
    return found
