"""An Asterisk double with our process at its line, for tests that want both."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shouwen.adapters import system_clock
from shouwen.adapters.doubles.exchange import ExchangeDouble, running_exchange
from shouwen.hotline.exchanges import asterisk
from tests.adapters.telephony import lines

PATIENCE = 15.0


@contextmanager
def listening(double: ExchangeDouble, folder: Path) -> Iterator[ExchangeDouble]:
    """Our process listens until the block ends; what it heard is then in the database."""
    stop = threading.Event()
    with running_exchange(double):
        thread = threading.Thread(
            target=asterisk.run,
            args=(lines.account(double),),
            kwargs={"folder": folder, "stop": stop, "clock": system_clock.now},
        )
        thread.start()
        try:
            yield double
        finally:
            stop.set()
            thread.join(PATIENCE)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Waits for something that other threads bring about."""
    for _ in range(int(PATIENCE / 0.05)):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")
