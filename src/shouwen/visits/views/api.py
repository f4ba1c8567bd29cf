"""What phones ask and send: JSON, in the session of the person signed in, each request safe to repeat."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.pictures import MOST_BYTES, NotAPicture
from shouwen.clocks.queries import readable_standard
from shouwen.people.requests import person
from shouwen.visits import operations, queries
from shouwen.visits.forms import BadRequest, body_of, id_in, maybe_id, moment_in, sent_events
from shouwen.visits.models import Device
from shouwen.visits.operations import Lives, NotYourDevice
from shouwen.visits.operations.photos import OtherContent, SentPhoto, keep_photo

Api = Callable[[HttpRequest], dict[str, Any]]


def api(view: Api) -> Callable[[HttpRequest], HttpResponse]:
    """An answer in JSON for those who work outside; what cannot be read is said by a code."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        if not can(person(request), Action.WORK_OUTSIDE):
            return JsonResponse({"error": "not_for_you"}, status=403)
        try:
            return JsonResponse(view(request))
        except BadRequest as error:
            return JsonResponse({"error": str(error)}, status=400)
        except Device.DoesNotExist:
            return JsonResponse({"error": "no_such_device"}, status=404)
        except NotYourDevice:
            return JsonResponse({"error": "not_your_device"}, status=409)

    return never_cache(answered)


@require_GET
@api
def hello(request: HttpRequest) -> dict[str, Any]:
    """The time here, who is signed in, and the key without which nothing may be posted."""
    by, device = person(request), request.GET.get("device", "")
    found = queries.device_of(device_id=_id(device), staff=by) if device else None
    answer = {"csrf": get_token(request), "now": system_clock.now().isoformat()}
    return answer | {"staff": by.staff_no, "known": found is not None} | _told(found)


@require_POST
@api
def register(request: HttpRequest) -> dict[str, Any]:
    """A phone makes itself known."""
    body = body_of(request.body)
    device = operations.register_device(
        device_id=id_in(body, "device"), label=str(body.get("label", "")), by=person(request),
        lives=_lives(), now=system_clock.now(),
    )  # fmt: skip
    return _told(device)


@require_POST
@api
def package(request: HttpRequest) -> dict[str, Any]:
    """The day of a phone. A phone that is to be wiped gets none."""
    device = _contact(request)
    if device.wipe_asked_at:
        return _told(device)
    now, by = system_clock.now(), person(request)
    orders = queries.orders_of_day(staff=by, now=now)
    day = queries.phone_plan()
    pack = readable_standard()
    edition = pack.digest if pack else ""
    noted = operations.note_package(device=device, edition=edition, orders=orders, now=now)
    packed = queries.packed_day(orders=orders, staff=by, now=now)
    return {**_told(device), "lives_hours": day.lives_hours, "package": str(noted.pk), **packed}


@require_POST
@api
def events(request: HttpRequest) -> dict[str, Any]:
    """A batch of what happened; a receipt for each means that it is kept here for good."""
    body = body_of(request.body)
    device = _contact(request)
    told = operations.receive(
        device_id=device.pk, by=person(request), sent=sent_events(body), now=system_clock.now()
    )
    receipts = [{"id": str(each.id), "state": each.state, "reason": each.reason} for each in told]
    return {**_told(device), "receipts": receipts}


@require_POST
@api
def photos(request: HttpRequest) -> dict[str, Any]:
    """One picture."""
    given, file = request.POST, request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        raise BadRequest("file")
    sent = SentPhoto(
        id=id_in(given, "id"), content=file.read(), kind=given.get("kind", "photo"),
        order=maybe_id(given, "order"), visit=maybe_id(given, "visit"), gps=given.get("gps", ""),
        taken_at=moment_in(given, "at") if given.get("at") else None,
    )  # fmt: skip
    store = AttachmentStore(settings.SHOUWEN_ATTACHMENTS_DIR)
    try:
        kept = keep_photo(sent=sent, by=person(request), store=store, now=system_clock.now())
    except NotAPicture as error:
        raise BadRequest(str(error)) from error
    except OtherContent as error:
        raise BadRequest("other_content") from error
    return {"id": str(kept.pk), "sha256": kept.sha256}


@require_POST
@api
def wiped(request: HttpRequest) -> dict[str, Any]:
    """A phone says that it has thrown its data away."""
    body = body_of(request.body)
    operations.note_wiped(
        device_id=id_in(body, "device"), by=person(request), now=system_clock.now()
    )
    return {"now": system_clock.now().isoformat()}


def _contact(request: HttpRequest) -> Device:
    body = body_of(request.body)
    off = body.get("clock_off", 0)
    return operations.contact(
        device_id=id_in(body, "device"), by=person(request), lives=_lives(),
        clock_off=off if isinstance(off, int) else 0, now=system_clock.now(),
    )  # fmt: skip


def _lives() -> Lives:
    return Lives(queries.phone_plan().lives_hours)


def _told(device: Device | None) -> dict[str, Any]:
    """What every answer tells a phone: the time, whether to wipe, until when it may be read."""
    return {
        "now": system_clock.now().isoformat(),
        "wipe": bool(device and device.wipe_asked_at),
        "expires_at": device.expires_at.isoformat() if device else "",
    }


def _id(text: str) -> uuid.UUID:
    return id_in({"device": text}, "device")
