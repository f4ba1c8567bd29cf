"""Folds changes into the figures without end, as a process of its own that tests kill."""

import sys

from shouwen.config import boot

boot.django()

from shouwen.clocks.operations import fold  # noqa: E402

sys.stdout.write("ready\n")
sys.stdout.flush()
while True:
    fold(limit=3)
