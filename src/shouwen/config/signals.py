"""Turns the signals that end a process into an event its loop can wait for."""

import signal
from threading import Event
from types import FrameType


def stopped_by_signal() -> Event:
    """An event that SIGTERM or SIGINT sets; call from the main thread."""
    stop = Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    return stop
