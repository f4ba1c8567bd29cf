"""What `journal recompute` compares for visits."""

from shouwen.clocks.operations import also_recompute
from shouwen.visits.operations.gifts import GIFT, compare_gifts
from shouwen.visits.operations.ruling import VISIT, compare

also_recompute(VISIT)(compare)
also_recompute(GIFT)(compare_gifts)
