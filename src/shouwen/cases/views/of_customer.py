"""The cases of a customer, for the customer's own page."""

import base64
import binascii
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.cases.presenters.of_customer import cases_page
from shouwen.cases.queries import visible_cases
from shouwen.customers.queries import identities, seen_customers
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person

ROWS = 10


@never_cache
@require_GET
def cases_of_customer(request: HttpRequest, customer: uuid.UUID) -> HttpResponse:
    """Cases of the customer that this person may see, the newest first; a fragment for htmx."""
    staff = person(request)
    if not (can(staff, Action.SEARCH_CUSTOMERS) and can(staff, Action.LIST_CASES)):
        raise PermissionDenied
    found = seen_customers().filter(pk=customer).first()
    if found is None:
        raise Http404
    rows = visible_cases(actor=staff).filter(customer__in=identities(customer_id=customer))
    after = _after(request.GET.get("after", ""))
    if after:
        rows = rows.filter(reported_at__lt=after)
    listed = list(
        rows.select_related("customer", "premises__estate").order_by("-reported_at", "-pk")[
            : ROWS + 1
        ]
    )
    url = reverse("cases_of_customer", args=[customer])
    now = system_clock.now()
    page = cases_page(
        listed[:ROWS],
        viewer=person(request),
        now=now,
        more_url=f"{url}?after={_mark(listed[ROWS - 1])}" if len(listed) > ROWS else "",
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "cases/of_customer_rows.html", {"page": page})
    outer = shell(
        frame(request, now=now),
        title=_("工单"),
        context=found.called,
        current="customers",
        watermark=True,
    )
    return render(request, "cases/of_customer.html", {"shell": outer, "page": page})


def _mark(case: Case) -> str:
    """Where a page ended, as one word for an address."""
    return base64.urlsafe_b64encode(case.reported_at.isoformat().encode()).decode()


def _after(mark: str) -> datetime | None:
    try:
        return datetime.fromisoformat(base64.urlsafe_b64decode(mark.encode()).decode())
    except (ValueError, binascii.Error):
        return None
