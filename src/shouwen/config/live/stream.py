"""Answers `/live`: server-sent events for signed-in staff, without a thread or a connection a stream.

A stream says which subjects changed: ids and kinds of events, never content. Whoever may see a subject
fetches it anew, and the page that answers decides with `can()` what is shown.
"""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from shouwen.adapters.system_clock import now
from shouwen.config.live.hub import Change, Hub, Subscriber
from shouwen.custody.entrance import Standing, admission

HEARTBEAT = 15.0  # seconds: a silent stream would be cut by proxies
RECHECK = 30.0  # seconds: how long a stream may outlive its session
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_sign_in_checks = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live-session")


async def stream(
    scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable, *, hub: Hub
) -> None:
    """Serve one stream until its reader leaves, its session ends, it falls behind or the server stops."""
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    cookie = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    if not await _is_signed_in(cookie.decode("latin-1")):
        await _refuse(send, 401)
        return
    await send(_start(200, _HEADERS))
    with hub.subscription() as subscriber:
        await _until_first(
            _feed(send, subscriber, cookie.decode("latin-1")),
            _disconnected(receive),
            subscriber.ended.wait(),
        )
    with suppress(TimeoutError):
        await asyncio.wait_for(send(_body(b"", more=False)), timeout=0.2)


async def _feed(send: ASGISendCallable, subscriber: Subscriber, cookie: str) -> None:
    await send(_body(b"retry: 2000\nevent: ready\ndata: {}\n\n"))
    check_at = time.monotonic() + RECHECK
    while True:
        try:
            change = await asyncio.wait_for(subscriber.changes.get(), timeout=HEARTBEAT)
            text = _event(change)
        except TimeoutError:
            # A comment would keep the connection too, but the page could not tell that it heard it.
            text = b"event: ping\ndata: {}\n\n"
        if time.monotonic() >= check_at:
            if not await _is_signed_in(cookie):
                return
            check_at = time.monotonic() + RECHECK
        await send(_body(text))


def _event(change: Change) -> bytes:
    data = {"subjects": sorted(change.subjects), "kinds": sorted(change.kinds)}
    return f"event: changed\ndata: {json.dumps(data)}\n\n".encode()


async def _disconnected(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _until_first(*waits: Any) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _is_signed_in(cookie: str) -> bool:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_sign_in_checks, is_signed_in, cookie)


def is_signed_in(cookie: str) -> bool:
    """Whether the Cookie header belongs to a sign-in that pages would let in. Reads the database."""
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookie)
    close_old_connections()
    try:
        request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request.user = get_user(request)
        if not request.user.is_authenticated:
            return False
        return admission(request, now=now()).standing is Standing.IN
    finally:
        close_old_connections()


async def _refuse(send: ASGISendCallable, status: int) -> None:
    await send(_start(status, [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]))
    await send(_body(str(status).encode(), more=False))


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Any:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _body(text: bytes, *, more: bool = True) -> Any:
    return {"type": "http.response.body", "body": text, "more_body": more}
