"""A sealer as a process of its own, for tests that kill it: prints a line when it is ready."""

import signal
import sys
from threading import Event

from shouwen.config import boot

boot.django()

from shouwen.adapters.system_clock import now  # noqa: E402
from shouwen.journal.sealer import seal_forever  # noqa: E402

stop = Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
sys.stdout.write("ready\n")
sys.stdout.flush()
seal_forever(stop, now)
