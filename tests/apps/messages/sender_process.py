"""A worker as a process of its own, as installed, for tests that kill it: prints a line when it is ready."""

import signal
import sys
from threading import Event

from shouwen.config import boot

boot.django()

from shouwen.adapters.system_clock import now  # noqa: E402
from shouwen.jobs.worker import work_on_all  # noqa: E402

stop = Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
sys.stdout.write("ready\n")
sys.stdout.flush()
work_on_all(stop, now, lease_seconds=1)
