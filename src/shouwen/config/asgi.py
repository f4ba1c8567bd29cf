"""One application on one port: `/live` is answered here, every other path by the pages on threads.

Django's own ASGI handler would cost several times the processor time a request, and a second port for the
stream would break the content security policy.
"""

# The parts below use models, so Django is set up before they are imported.
# ruff: noqa: E402

from shouwen.config.boot import django

django()

import threading
from contextlib import suppress
from typing import Any

from a2wsgi import WSGIMiddleware
from django.urls import get_resolver

from shouwen.clocks.queries import active_pack
from shouwen.config.live.hub import Hub
from shouwen.config.live.stream import stream
from shouwen.config.live.watch import watch
from shouwen.config.wsgi import application as pages
from shouwen.core.text.pronouncing import pronounced
from shouwen.standard.faults import PackFaults

THREADS = 10  # pages answered at a time; each thread keeps one database connection

hub = Hub(watch)
# The two projects describe the environment of a request by different types.
_pages = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI entry point: lifespan, the live stream and the pages."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["path"] == "/live":
        await stream(scope, receive, send, hub=hub)
    else:
        await _pages(scope, receive, send)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            threading.Thread(target=_look_up_once, daemon=True).start()
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _look_up_once() -> None:
    """Loads what the first page would wait for; a standard with faults is told of where it is needed."""
    get_resolver().url_patterns  # noqa: B018 - importing the views is the point
    pronounced("气")
    with suppress(PackFaults):
        active_pack()
