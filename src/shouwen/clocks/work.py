"""Job handlers of the clocks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.clocks.operations import MILESTONE, bring_up_to_date
from shouwen.core.events import Subject
from shouwen.jobs.registry import handler


@handler(MILESTONE)
def pass_milestone(payload: Mapping[str, Any], now: datetime) -> None:
    """Judges the subject's clocks anew; that records what was warned of or missed.

    The ticker has seen the milestone pass. A worker whose own clock is behind must not judge
    before it, or nobody would look again. Raises PackFaults: the job comes again.
    """
    passed = datetime.fromisoformat(payload["at"]) + timedelta(microseconds=1)
    subject = Subject(payload["subject_kind"], UUID(payload["subject_id"]))
    bring_up_to_date(subject=subject, now=max(now, passed))
