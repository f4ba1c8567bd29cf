"""What the hotline does: takes recorded calls, turns each into a case with its promises."""

from shouwen.hotline.operations.replaying import BadLine, Replayed, replay
from shouwen.hotline.operations.taking import OtherContent, Taken, take_call

__all__ = ["BadLine", "OtherContent", "Replayed", "Taken", "replay", "take_call"]
