"""Remembering what was found out about one very value that has no hash of its own: a pack, a rule."""

from typing import Generic, TypeVar

T = TypeVar("T")


class This(Generic[T]):
    """A value as a key of a cache: equal to itself only. The cache keeps it alive."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, This) and other.it is self.it
