"""The yardstick of the screen-pop: a plain view that runs the same selects and dumps JSON, without middleware."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from shouwen.hotline.queries import pop_sql
from shouwen.hotline.queries.pop_rows import among, rows

NOBODY = uuid.UUID(int=0)


def bare(request: HttpRequest, call: uuid.UUID, viewer: int) -> HttpResponse:
    """Everything that the pop-up reads, as it comes out of the database."""
    now = datetime.now(UTC)  # noqa: TID251 - a bench is an entrance
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = rows(pop_sql.CALL, {"call": call, "viewer": viewer, "month": month, "read_id": NOBODY})
    number = found[0][1]
    homes = rows(pop_sql.HOMES, {"number": number, "limit": 21})
    said: dict[str, Any] = {"number": number, "year": now - timedelta(days=365)}
    told = [found, homes]
    only = homes[0] if len(homes) == 1 else [NOBODY] * 14
    customer, premises, estate, building = only[0], only[6], only[12], only[7]
    if len(homes) == 1:
        told.append(rows(pop_sql.THINGS, {"premises": premises, "customer": customer}))
    cases = rows(pop_sql.CASES, {**said, "customer": customer, "premises": premises, "limit": 24})
    waiting = [case[0] for case in cases if case[4] == "open"][:6]
    told += [cases, rows(*among(pop_sql.CLOCKS, waiting)) if waiting else []]
    told.append(rows(pop_sql.CALLS, {**said, "call": call, "limit": 12}))
    if len(homes) == 1:
        place = {"estate": estate, "building": building, "number": number}
        lately = now - timedelta(minutes=30)
        told.append(rows(pop_sql.NEIGHBOURS, {**place, "lately": lately, "limit": 6}))
    return HttpResponse(json.dumps(told, default=str), content_type="application/json")


urlpatterns = [path("bare/<uuid:call>/<int:viewer>/", bare)]
