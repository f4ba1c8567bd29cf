"""Facts as a key of what is remembered about them."""

from collections.abc import Mapping

from shouwen.core.clause import Scalar


class WrittenFacts:
    """Facts as a key. In their written form True and 1 are not the same."""

    __slots__ = ("facts", "written")

    def __init__(self, facts: Mapping[str, Scalar]) -> None:
        self.facts = facts
        self.written = repr(facts)

    def __hash__(self) -> int:
        return hash(self.written)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WrittenFacts) and other.written == self.written
