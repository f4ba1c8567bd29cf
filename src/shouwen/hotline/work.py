"""Job handlers of the hotline, and what `journal recompute` compares for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.clocks.operations import also_recompute
from shouwen.hotline.operations.ruling import CALL, FILL_RULINGS, compare, fill
from shouwen.jobs.registry import handler

also_recompute(CALL)(compare)


@handler(FILL_RULINGS)
def fill_rulings(payload: Mapping[str, Any], now: datetime) -> None:
    """Rules on the next calls that were judged before rulings were kept, and asks for the rest."""
    fill(now=now, after=UUID(payload["after"]) if payload["after"] else None)
