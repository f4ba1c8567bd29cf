"""Which function does which kind of job. Apps register theirs in their `work.py`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Handler = Callable[[Mapping[str, Any], datetime], None]
"""Takes the payload and `now` (aware UTC); runs inside the transaction that marks the job done."""

_handlers: dict[str, Handler] = {}


class NoHandler(LookupError):
    """No app of this process knows the kind of job."""


class HandlerTaken(ValueError):
    """Two functions claim one kind of job."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers the decorated function for a kind of job. Raises HandlerTaken."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise HandlerTaken(kind)
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The function for a kind of job. Raises NoHandler."""
    try:
        return _handlers[kind]
    except KeyError:
        raise NoHandler(kind) from None
