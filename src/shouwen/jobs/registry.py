"""Which function does which kind of job. Apps register theirs in their `work.py`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

DEFAULT = "default"
OUTSIDE = "outside"
"""The queue of jobs that wait for machines of others: they must not hold up clocks."""

Handler = Callable[[Mapping[str, Any], datetime], None]
"""Takes the payload and `now` (aware UTC); runs inside the transaction that marks the job done."""

Effects = Callable[[datetime], None]
"""Takes `now`; runs inside the transaction that marks the job done."""

Errand = Callable[[Mapping[str, Any], datetime], Effects]
"""Takes the payload and `now`; talks to the outside while no transaction is open, and returns what is
to be written about it. A worker that dies in between lets another one go again: whoever is outside
must know a second call for the same thing by its key."""

_handlers: dict[str, Handler] = {}
_errands: dict[str, Errand] = {}
_when_dropped: dict[str, Handler] = {}


class NoHandler(LookupError):
    """No app of this process knows the kind of job."""


class HandlerTaken(ValueError):
    """Two functions claim one kind of job."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers the decorated function for a kind of job. Raises HandlerTaken."""

    def register(function: Handler) -> Handler:
        if kind in _errands or _handlers.setdefault(kind, function) is not function:
            raise HandlerTaken(kind)
        return function

    return register


def errand(kind: str) -> Callable[[Errand], Errand]:
    """Registers the decorated errand for a kind of job. Raises HandlerTaken."""

    def register(function: Errand) -> Errand:
        if kind in _handlers or _errands.setdefault(kind, function) is not function:
            raise HandlerTaken(kind)
        return function

    return register


def when_dropped(kind: str) -> Callable[[Handler], Handler]:
    """Registers who is told, in the same transaction, when a person drops a dead job of the kind."""

    def register(function: Handler) -> Handler:
        if _when_dropped.setdefault(kind, function) is not function:
            raise HandlerTaken(kind)
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The function for a kind of job. Raises NoHandler."""
    try:
        return _handlers[kind]
    except KeyError:
        raise NoHandler(kind) from None


def errand_of(kind: str) -> Errand | None:
    """The errand for a kind of job, if it is one."""
    return _errands.get(kind)


def told_when_dropped(kind: str) -> Handler:
    """Who is told when a job of the kind is dropped; nobody by default."""
    return _when_dropped.get(kind, _tell_nobody)


def _tell_nobody(payload: Mapping[str, Any], now: datetime) -> None:
    return None
