"""Jobs of the registers."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.customers.models import Premises
from shouwen.customers.operations.equipping import CLASS_JOB, show_class
from shouwen.jobs.registry import handler


@handler(CLASS_JOB)
def class_of_today(payload: Mapping[str, Any], now: datetime) -> None:
    """A class that was told for this day comes into force."""
    premises = Premises.objects.select_for_update(of=("self",)).get(
        pk=uuid.UUID(payload["premises"])
    )
    show_class(premises, today=now.astimezone(ZoneInfo(payload["zone"])).date())
