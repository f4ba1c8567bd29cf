"""What `journal recompute` compares for the hall."""

from shouwen.clocks.operations import also_recompute
from shouwen.counter.operations.ruling import CONTACT, compare

also_recompute(CONTACT)(compare)
