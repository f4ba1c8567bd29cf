"""A question about a value that does not change: answered when it is first asked, then remembered."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class asked_once(Generic[T]):  # noqa: N801 - written like a property
    """Like `functools.cached_property`, without its lock: many are asked for each call that is reviewed,
    and to answer one twice does no harm.
    """

    def __init__(self, answer: Callable[[Any], T]) -> None:
        self._answer = answer
        self._name = answer.__name__
        self.__doc__ = answer.__doc__

    @overload
    def __get__(self, asked: None, owner: type) -> "asked_once[T]": ...
    @overload
    def __get__(self, asked: object, owner: type) -> T: ...
    def __get__(self, asked: object | None, owner: type) -> "asked_once[T] | T":
        if asked is None:
            return self
        answer = asked.__dict__[self._name] = self._answer(asked)
        return answer
