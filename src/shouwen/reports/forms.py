"""What was asked of a page of figures: read from its address, whatever stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

PERIODS = {"today": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
"""Days up to and with today."""
LONGEST = timedelta(days=366 * 3)
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
VERDICTS = ("missed", "met", "excepted", "not_provable", "gap", "running", "not_applicable")
STAGES = ("pre_sale", "in_sale", "after_sale", "any")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown. `since` <= day < `until`; `period` is empty for days of one's own choice."""

    since: date
    until: date
    period: str = "month"
    team: str = ""
    person: str = ""
    stage: str = ""
    sort: str = "worst"
    show: str = "counted"
    verdict: str = "missed"
    after: str = ""

    def query(self, **changed: str) -> str:
        """The same as the part of an address after the question mark, with changes."""
        told = replace(self, **{"after": "", **changed})  # type: ignore[arg-type]  # only texts are changed
        days = {"period": told.period}
        if not told.period:
            last = told.until - timedelta(days=1)
            days = {"from": told.since.isoformat(), "to": last.isoformat()}
        standard = {field.name: field.default for field in fields(Asked)}
        rest = {
            name: getattr(told, name)
            for name in ("team", "person", "stage", "sort", "show", "verdict", "after")
            if getattr(told, name) != standard[name]
        }
        return urlencode({**days, **rest})


def asked(data: Mapping[str, str], *, today: date) -> Asked:
    """What an address asks for; what makes no sense is left at what is usual."""
    since, until, period = _days(data, today=today)
    return Asked(
        since=since,
        until=until,
        period=period,
        team=data.get("team", "")[:40],
        person=data.get("person", "")[:20],
        stage=_one_of(data.get("stage", ""), STAGES, usual=""),
        sort=_one_of(data.get("sort", ""), ("worst", "clause"), usual="worst"),
        show=_one_of(data.get("show", ""), ("counted", "all"), usual="counted"),
        verdict=_one_of(data.get("verdict", ""), (*VERDICTS, "all"), usual="missed"),
        after=data.get("after", "")[:200],
    )


def _days(data: Mapping[str, str], *, today: date) -> tuple[date, date, str]:
    tomorrow = today + timedelta(days=1)
    since, last = _day(data.get("from", "")), _day(data.get("to", ""))
    if since and last and not data.get("period") and since <= last:
        until = min(last, today) + timedelta(days=1)
        since = max(min(since, today), until - LONGEST)
        return since, until, ""
    period = _one_of(data.get("period", ""), tuple(PERIODS), usual="month")
    return tomorrow - timedelta(days=PERIODS[period]), tomorrow, period


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _one_of(text: str, known: tuple[str, ...], *, usual: str) -> str:
    return text if text in known else usual
