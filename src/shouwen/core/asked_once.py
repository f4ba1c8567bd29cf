"""A question about a value that does not change: answered when it is first asked, then remembered.

Like `functools.cached_property`, which it is for whoever checks types, without its lock: many are asked
for each call that is reviewed, and to answer one twice does no harm.
"""

from typing import TYPE_CHECKING, Any

__all__ = ["asked_once"]

if TYPE_CHECKING:
    from functools import cached_property as asked_once
else:

    class asked_once:  # noqa: N801 - written like a property
        """The answer takes the place of the question."""

        def __init__(self, answer: Any) -> None:
            self._answer = answer
            self._name = answer.__name__
            self.__doc__ = answer.__doc__

        def __get__(self, asked: Any, owner: type) -> Any:
            if asked is None:
                return self
            answer = asked.__dict__[self._name] = self._answer(asked)
            return answer
