"""Parts of the past judged side by side in processes of their own.

Each is started fresh and opens its own connection: a copy of this process would share ours. It reads
parts from a pipe until the pipe is closed, which it is as soon as this process ends, however it ends.
"""

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from shouwen.standard.whatif import Answer, Part, Question

PROCESSES = 2
_WORTH_A_PROCESS = 8
"""Fewer parts are done before two processes have started."""

Goes = Callable[[], bool]
Answered = tuple[int, Answer]


class PartFailed(RuntimeError):
    """A process could not judge its part; the message is what went wrong there."""


def answers(
    parts: Sequence[tuple[int, Part]],
    question: Question,
    *,
    processes: int = PROCESSES,
    go_on: Goes = lambda: True,
) -> Iterator[Answered]:
    """The answer to each numbered part, as they come, until `go_on` says no. Raises PartFailed, PackFaults.

    A few parts are judged here, one after the other. What was begun when `go_on` said no is
    finished first.
    """
    if processes < 2 or len(parts) < _WORTH_A_PROCESS:
        yield from _here(parts, question, go_on)
        return
    helpers = [_Helper(question) for _ in range(processes)]
    try:
        yield from _spread(parts, helpers, go_on)
    finally:
        for helper in helpers:
            helper.dismiss()


def _here(
    parts: Sequence[tuple[int, Part]], question: Question, go_on: Goes
) -> Iterator[Answered]:
    from shouwen.editions.queries.whatif_parts import answered

    for number, part in parts:
        if not go_on():
            return
        yield number, answered(part, question)


def _spread(
    parts: Sequence[tuple[int, Part]], helpers: Sequence["_Helper"], go_on: Goes
) -> Iterator[Answered]:
    rest = iter(parts)
    busy: dict[Connection, _Helper] = {}
    for helper in helpers:
        _give(helper, rest, busy, go_on)
    while busy:
        for ready in wait(list(busy)):
            helper = next(each for each in busy.values() if each.pipe is ready)
            del busy[helper.pipe]
            found = helper.take()
            _give(helper, rest, busy, go_on)
            yield found


def _give(
    helper: "_Helper",
    rest: Iterator[tuple[int, Part]],
    busy: dict[Connection, "_Helper"],
    go_on: Goes,
) -> None:
    part = next(rest, None) if go_on() else None
    if part is not None:
        helper.pipe.send(part)
        busy[helper.pipe] = helper


class _Helper:
    """A process, and our end of the pipe to it."""

    def __init__(self, question: Question) -> None:
        fresh = get_context("spawn")
        self.pipe, theirs = fresh.Pipe()
        self.process: SpawnProcess = fresh.Process(
            target=_work, args=(theirs, question), daemon=True
        )
        self.process.start()
        theirs.close()

    def take(self) -> Answered:
        """What it found."""
        try:
            found: Answered | str = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(1)
            raise PartFailed(f"the process ended with {self.process.exitcode}") from None
        if isinstance(found, str):
            raise PartFailed(found)
        return found

    def dismiss(self) -> None:
        """Ends it, also in the middle of its work."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _work(pipe: Connection, question: Question) -> None:
    import django

    # Whoever interrupts means the process that asked, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()

    from django.db import connection

    from shouwen.editions.queries.whatif_parts import answered, trial_of

    try:
        trial_of(question)
        gc.freeze()
        gc.disable()  # nothing here hangs on itself; looking for it would cost a tenth of the time
        while True:
            number, part = pipe.recv()
            pipe.send((number, answered(part, question)))
            gc.collect()
    except EOFError:
        pass  # nobody asks any more
    except Exception as error:  # told to whoever asked; nobody would see it here
        pipe.send(f"{type(error).__name__}: {error}")
    finally:
        connection.close()
