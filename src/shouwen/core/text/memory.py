"""What was found out about a text before: in call after call the same lines are said, and live a call
is heard again with each new line.
"""

from typing import ClassVar, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Remembers up to `most` answers, then begins anew. Never changes what the answer is."""

    most: ClassVar[int] = 8192

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[K, V] = {}

    def of(self, asked: K) -> V | None:
        """The answer; None when it is not known any more or not yet."""
        return self._kept.get(asked)

    def keep(self, asked: K, answer: V) -> V:
        """The answer, remembered."""
        if len(self._kept) >= self.most:
            self._kept.clear()
        if self.most:
            self._kept[asked] = answer
        return answer
