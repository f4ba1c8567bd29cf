"""What an exchange reports of its calls over HTTP, signed; no session, nothing readable."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shouwen.adapters import system_clock
from shouwen.adapters.telephony.hook import (
    MOST_BYTES,
    BadBody,
    BadKey,
    HookFault,
    Unsigned,
    checked_key,
    events_in,
    must_be_signed,
)
from shouwen.core.clause import Words
from shouwen.hotline.operations import hear_whole


@csrf_exempt
@login_not_required
@require_POST
def calls_hook(request: HttpRequest) -> HttpResponse:
    """Takes the events of one body, all of them or none.

    200 with how many were new; 404 when this installation has no key for it, 413 too long, 401 not
    signed or not now, 400 with every fault, 503 when the database is busy: then send it again.
    """
    try:
        key = hook_key()
    except BadKey as error:
        return JsonResponse({"error": str(error)}, status=404)
    if len(request.body) > MOST_BYTES:
        return _refused(413, Words(zh=f"正文超过 {MOST_BYTES} 字节，分几次发",
                                   en=f"more than {MOST_BYTES} bytes: send it in parts"))  # fmt: skip
    now = system_clock.now()
    try:
        must_be_signed(
            key=key,
            timestamp=request.headers.get("X-Timestamp", ""),
            body=request.body,
            given=request.headers.get("X-Signature", ""),
            now=now,
        )
        events = events_in(request.body)
        taken = hear_whole(events=events, source="hook", now=now)
    except Unsigned as error:
        return _refused(401, error.said)
    except BadBody as error:
        return JsonResponse({"faults": [_told(fault) for fault in error.faults]}, status=400)
    except OperationalError:
        busy = Words(zh="数据库忙，请原样重发", en="the database is busy: send the same again")
        return _refused(503, busy)
    return JsonResponse({"taken": taken, "known": len(events) - taken})


def hook_key() -> bytes:
    """The key that exchange and we sign with. Raises BadKey."""
    path = settings.SHOUWEN_TELEPHONY_KEY_FILE
    try:
        return checked_key(Path(path).read_bytes().strip() if path else b"")
    except OSError as error:
        raise BadKey(
            f"SHOUWEN_TELEPHONY_KEY_FILE={path}: 读不出来 / cannot be read ({error.strerror})"
        ) from None


def _refused(status: int, said: Words) -> JsonResponse:
    return JsonResponse({"error": {"zh": said.zh, "en": said.en}}, status=status)


def _told(fault: HookFault) -> dict[str, object]:
    problem, remedy = fault.problem, fault.remedy
    return {
        "path": fault.path,
        "problem": {"zh": problem.zh, "en": problem.en},
        "remedy": {"zh": remedy.zh, "en": remedy.en},
    }
