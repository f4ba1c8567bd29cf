"""What is wrong in a standard's files: every fault at once, each with place and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.core.clause import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which file, at which path inside it, and what to do about it."""

    file: str
    path: str
    problem: Words
    remedy: Words


class PackFaults(Exception):
    """The files cannot be used; `faults` names everything that is wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "\n".join(
                f"{fault.file}: {fault.path}: {fault.problem.en}; {fault.remedy.en}"
                for fault in self.faults
            )
        )
