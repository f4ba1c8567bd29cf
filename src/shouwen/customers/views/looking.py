"""Looking: the search, a customer, premises, the register of special care, estates."""

import base64
import binascii
import uuid
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_pack
from shouwen.core.events import Event, Subject
from shouwen.customers import operations, queries
from shouwen.customers.flags import flags_of
from shouwen.customers.models import CareEntry, Customer, Phone, Premises
from shouwen.customers.presenters import (
    CustomerMaterial,
    PremisesMaterial,
    care_page,
    customer_page,
    estates_page,
    masked_phone_of,
    premises_page,
    search_page,
)
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui import wording
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import Note, Shell

ROWS = 20
# How many identifying parts a query needs: one household, not a list of people.
NEEDED = 2


@never_cache
@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The search; `?q=` looks, `&after=` goes on where the last page ended."""
    return show_search(request)


def show_search(
    request: HttpRequest, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    """The search page, with a notice when something could not be registered."""
    allow(request, Action.SEARCH_CUSTOMERS)
    staff, now = person(request), system_clock.now()
    text = request.GET.get("q", "")
    after = int(request.GET["after"]) if request.GET.get("after", "").isdigit() else 0
    needs = 1 if can(staff, Action.SEARCH_WIDELY) else NEEDED
    found = queries.search(text=text, needs=needs, after=min(after, 2**62))
    homes = [] if found.is_too_little or after else queries.free_homes(text=text)
    if text and not found.is_too_little:
        operations.note_search(
            act=act_of(request, ids.uuid7(now), now=now),
            parts=found.lookup.identifies,
            found=len(found.rows),
        )
    page = search_page(
        text=text,
        found=found,
        homes=homes,
        viewer=staff,
        today=wording.local_day(now),
        new_id=lambda: ids.uuid7(now),
        notice=notice,
    )
    outer = outer_of(request, now=now, title=_("客户"))
    context = {"shell": outer, "page": page}
    return render(request, "customers/customers.html", context, status=status)


@never_cache
@require_GET
def customer(request: HttpRequest, customer: uuid.UUID) -> HttpResponse:
    """The page of a customer; that it was opened is journalled."""
    found = seen_customer(request, customer)
    return show_customer(request, found, is_read=True)


def show_customer(
    request: HttpRequest,
    found: Customer,
    *,
    notice: Note | None = None,
    status: int = 200,
    is_read: bool = False,
) -> HttpResponse:
    """The whole page, with a notice when an act was refused."""
    now = system_clock.now()
    if is_read:
        _note(request, found, "customer", now=now)
    events = events_of(subject=Subject("customer", found.pk))
    keeps = can(person(request), Action.KEEP_REGISTERS)
    page = customer_page(
        CustomerMaterial(
            customer=found,
            viewer=person(request),
            events=[event for event in events if event.kind != "data.read"],
            names=_names(events),
            likely=queries.likely_same(customer=found) if keeps else (),
            pack=active_pack(),
            today=wording.local_day(now),
            now=now,
            new_id=lambda: ids.uuid7(now),
            notice=notice,
        )
    )
    outer = outer_of(request, now=now, title=_("客户"), context=found.called)
    context = {"shell": outer, "page": page}
    return render(request, "customers/customer.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def customer_phone(request: HttpRequest, customer: uuid.UUID, phone: int) -> HttpResponse:
    """A number masked (GET) or in full (POST); the latter is journalled."""
    found = seen_customer(request, customer)
    number = get_object_or_404(Phone, pk=phone, customer=found)
    if request.method == "GET":
        shown = masked_phone_of(number, person(request))
    else:
        _note(request, found, "phone", now=system_clock.now())
        shown = MaskedPhone(
            text=number.number, note=_("已留痕，30 秒后隐藏"), hide_url=request.path
        )
    return render(request, "customers/phone.html", {"phone": shown})


@never_cache
@require_GET
def premises(request: HttpRequest, premises: uuid.UUID) -> HttpResponse:
    """The page of premises; that it was opened is journalled."""
    return show_premises(request, seen_premises(request, premises), is_read=True)


def show_premises(
    request: HttpRequest,
    found: Premises,
    *,
    notice: Note | None = None,
    status: int = 200,
    is_read: bool = False,
) -> HttpResponse:
    """The whole page, with a notice when an act was refused."""
    now = system_clock.now()
    if is_read:
        _note(request, found, "premises", now=now)
    events = events_of(subject=Subject("premises", found.pk))
    page = premises_page(
        PremisesMaterial(
            premises=found,
            viewer=person(request),
            events=[event for event in events if event.kind != "data.read"],
            names=_names(events),
            today=wording.local_day(now),
            new_id=lambda: ids.uuid7(now),
            notice=notice,
            flags=flags_of(found.pk),
        )
    )
    outer = outer_of(request, now=now, title=_("用气地址"), context=found.short_address)
    context = {"shell": outer, "page": page}
    return render(request, "customers/premises.html", context, status=status)


@never_cache
@require_GET
def care_register(request: HttpRequest) -> HttpResponse:
    """The register of special care by the day of the next review."""
    allow(request, Action.KEEP_REGISTERS)
    now = system_clock.now()
    entries = queries.care_due(after=_care_after(request.GET.get("after", "")), limit=ROWS + 1)
    more = _care_mark(entries[ROWS - 1]) if len(entries) > ROWS else ""
    url = reverse("care_register")
    page = care_page(
        entries=entries[:ROWS],
        viewer=person(request),
        pack=active_pack(),
        now=now,
        more_url=f"{url}?{urlencode({'after': more})}" if more else "",
    )
    outer = outer_of(request, now=now, title=_("客户"), context=_("特别关照"))
    return render(request, "customers/care.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def estates(request: HttpRequest) -> HttpResponse:
    """Estates and the other names they go by."""
    return show_estates(request)


def show_estates(
    request: HttpRequest, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    """The list of estates, with a notice when a name was refused."""
    allow(request, Action.KEEP_REGISTERS)
    now = system_clock.now()
    found = queries.estates_page(after=request.GET.get("after", "")[:60], limit=ROWS + 1)
    more = urlencode({"after": found[ROWS - 1].name}) if len(found) > ROWS else ""
    page = estates_page(
        estates=found[:ROWS],
        viewer=person(request),
        new_id=lambda: ids.uuid7(now),
        more_url=f"{reverse('estates')}?{more}" if more else "",
        notice=notice,
    )
    outer = outer_of(request, now=now, title=_("客户"), context=_("小区别名"))
    context = {"shell": outer, "page": page}
    return render(request, "customers/estates.html", context, status=status)


def allow(request: HttpRequest, action: Action) -> Staff:
    """The person, who may do this; raises PermissionDenied."""
    if not can(person(request), action):
        raise PermissionDenied
    return person(request)


def seen_customer(request: HttpRequest, pk: uuid.UUID) -> Customer:
    """The customer, if this person may look; else 403, or 404 when there is none."""
    allow(request, Action.SEARCH_CUSTOMERS)
    found = queries.whole_customer(customer_id=pk)
    if found is None:
        raise Http404(_("没有这位客户，或档案已并入另一份"))
    return found


def seen_premises(request: HttpRequest, pk: uuid.UUID) -> Premises:
    """The premises, if this person may look; else 403, or 404 when there are none."""
    allow(request, Action.SEARCH_CUSTOMERS)
    found = queries.whole_premises(premises_id=pk)
    if found is None:
        raise Http404(_("没有这个用气地址"))
    return found


def act_of(request: HttpRequest, act_id: uuid.UUID, *, now: datetime) -> operations.Act:
    """The act of this request."""
    return operations.Act(
        id=act_id, by=person(request).staff_no, now=now, workstation=workstation(request)
    )


def outer_of(request: HttpRequest, *, now: datetime, title: str, context: str = "") -> Shell:
    """The frame of a page with personal data."""
    return shell(
        frame(request, now=now), title=title, context=context, current="customers", watermark=True
    )


def _note(request: HttpRequest, found: Customer | Premises, field: str, *, now: datetime) -> None:
    operations.note_read(act=act_of(request, ids.uuid7(now), now=now), of=found, field=field)


def _names(events: list[Event]) -> dict[str, str]:
    numbers = {event.by for event in events if event.by}
    if not numbers:
        return {}
    return dict(Staff.objects.filter(staff_no__in=numbers).values_list("staff_no", "name"))


def _care_mark(entry: CareEntry) -> str:
    text = f"{entry.review_on.isoformat()} {entry.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _care_after(mark: str) -> queries.CareAfter | None:
    try:
        day, pk = base64.urlsafe_b64decode(mark.encode()).decode().split(" ")
        return queries.CareAfter(date.fromisoformat(day), uuid.UUID(pk))
    except (ValueError, binascii.Error):
        return None
