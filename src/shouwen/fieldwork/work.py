"""Orders follow their cases; the job handlers of field work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.cases.models import Case
from shouwen.cases.operations.happenings import also_follow
from shouwen.fieldwork.operations import FOLLOW, follow_case, order_for_case
from shouwen.jobs.registry import handler

also_follow(follow_case)


@handler(FOLLOW)
def follow_again(payload: Mapping[str, Any], now: datetime) -> None:
    """The order of a case could not be made with it: it is made now."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=UUID(payload["case"]))
    order_for_case(case=case, now=now)
