"""`make bench`: every line ours, limit, ratio, measured in the same run.

Each database is measured in a process of its own on scratch databases. What is compared is timed in
turn, call by call, so that whatever else the machine does slows both alike.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SMALL, LARGE = 100_000, 1_000_000
ROWS = 100_000
SLOWEST = 150.0  # ms, 95th percentile of a search
TIMES = 3.0  # a search may take so many times an empty page and the bare index query together
GROWTH = 1.2  # a list among 1,000,000 may cost so many times what it costs among 100,000
BISECT, NUMPY = 0.3, 0.5  # shares of the bare search that a deadline must reach
DAY_LOOP = 5.0  # times as fast as a peer's arithmetic
CASES = 1_000_000  # random due times compared with the scalar path and a day walk
VERDICTS = 1_000_000  # of the year that a draft is tried on
WHATIF, WHATIF_MEMORY = 60.0, 1024.0  # seconds and MB, on two cores
IMPORT = 60.0  # seconds
TRANSACTION = 200.0  # ms
ALARM = 1000.0  # ms
RULINGS = 1_000_000  # of one year
FIGURES = 300.0  # ms, a page of figures

POP_TIMES = 10.0  # a pop-up may take so many times the processor of a bare view
POP_SLOWEST = 50.0  # ms, 99th percentile of a pop-up
CALLS = 5_000  # reviewed
NO_LIMIT = float("inf")
CALLS_A_SECOND, REVIEW_MEMORY = 2_000.0, 500.0  # on one core; MB
SPOKEN = 100  # calls of sixty turns, spoken one by one
ADVISED = 50.0  # ms, 99th percentile of taking one utterance in
ARTICLES = 20_000
TECHNICIANS, ORDERS = 200, 2_000
BOARD, MOVED = 1000.0, 300.0  # ms: the dispatcher's board, what changed of it
FOUND = 100.0  # ms, 95th percentile of looking an article up

SECTIONS = (
    "deadlines",
    "whatif",
    "searching",
    "importing",
    "figures",
    "popping",
    "knowing",
    "reviewing",
    "dispatching",
)

Found = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    database: str
    what: str
    ours: float
    limit: float
    unit: str = "ms"

    @property
    def text(self) -> str:
        """The line as it is printed."""
        has_ratio = self.limit and self.limit < NO_LIMIT
        ratio = f"{self.ours / self.limit:.2f}" if has_ratio else ""
        mark = "" if self.ours <= self.limit else "  OVER"
        ours, limit = (f"{each:.{self.places}f}" for each in (self.ours, self.limit))
        return (
            f"{self.database:<11}{self.what:<58}{ours:>9}{limit:>9} {self.unit:<3}{ratio:>7}{mark}"
        )

    @property
    def places(self) -> int:
        """How exactly it is told."""
        return {"us": 3, "": 0}.get(self.unit, 1)


def main() -> None:
    """Measures and prints; exit code 1 when a line is over its limit."""
    asked = argparse.ArgumentParser(description="benchmarks")
    asked.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    asked.add_argument("--small", type=int, default=SMALL)
    asked.add_argument("--large", type=int, default=LARGE)
    asked.add_argument("--rows", type=int, default=ROWS, help="rows of the imported file")
    asked.add_argument("--only", nargs="*", choices=SECTIONS, default=SECTIONS)
    asked.add_argument("--verdicts", type=int, default=VERDICTS, help="judged by a draft")
    asked.add_argument("--cases", type=int, default=CASES, help="due times compared")
    asked.add_argument("--rulings", type=int, default=RULINGS, help="rulings of a year")
    given = asked.parse_args()
    _say(f"{'database':<11}{'what':<58}{'ours':>9}{'limit':>9} {'':<3}{'ratio':>7}")
    over = False
    for line in _measured(given):
        _say(line.text)
        over = over or line.ours > line.limit
    sys.exit(1 if over else 0)


def _measured(given: argparse.Namespace) -> Iterator[Line]:
    if "deadlines" in given.only:
        yield from _deadlines(_run("benches.deadlines", "sqlite", given.cases))
    if "reviewing" in given.only:
        yield from _reviewing(_run("benches.reviewing", "sqlite", CALLS))
        yield from _assisting(_run("benches.assisting", "sqlite", SPOKEN))
    for database in given.databases:
        for section in given.only:
            if section in _OF_A_DATABASE:
                yield from _OF_A_DATABASE[section](database, given)


def _whatifs(database: str, given: argparse.Namespace) -> Iterator[Line]:
    yield from _whatif(database, _run("benches.whatif", database, given.verdicts))


def _searching(database: str, given: argparse.Namespace) -> Iterator[Line]:
    searched = _run("benches.searching", database, given.small, given.large)
    yield from _searches(database, searched)
    yield from _lists(database, searched)


def _importing(database: str, given: argparse.Namespace) -> Iterator[Line]:
    imported = _run("benches.importing", database, given.rows)
    yield from _imports(database, imported["import"], given.rows)


def _counted(database: str, given: argparse.Namespace) -> Iterator[Line]:
    yield from _figures(_run("benches.figures", database, given.rulings), database)


def _popping(database: str, given: argparse.Namespace) -> Iterator[Line]:
    yield from _pops(database, _run("benches.popping", database, given.large))


def _knowing(database: str, _given: argparse.Namespace) -> Iterator[Line]:
    for name, line in _run("benches.knowing", database, ARTICLES).items():
        yield Line(database, f"{name}, p95", line["ours"][1], FOUND)


def _dispatching(database: str, _given: argparse.Namespace) -> Iterator[Line]:
    for name, line in _run("benches.dispatching", database, TECHNICIANS, ORDERS).items():
        limit = BOARD if name == "board" else MOVED
        yield Line(database, f"{name}, {line['queries']} queries, p95", line["ours"][1], limit)


_OF_A_DATABASE: Mapping[str, Callable[[str, argparse.Namespace], Iterator[Line]]] = {
    "whatif": _whatifs,
    "searching": _searching,
    "importing": _importing,
    "figures": _counted,
    "popping": _popping,
    "knowing": _knowing,
    "dispatching": _dispatching,
}


def _deadlines(found: Found) -> Iterator[Line]:
    one, compared = found["scalar"], found["compared"]
    yield Line(
        "", "one deadline, against a bare bisect", one["ours"], one["bisect"] / BISECT, "us"
    )
    yield Line(
        "", "one deadline, against a day loop", one["ours"], one["day loop"] / DAY_LOOP, "us"
    )
    for name, line in found.items():
        if name.startswith("batch: "):
            limit = line["numpy"] / NUMPY
            yield Line("", f"a million deadlines, {name[7:]}", line["ours"], limit, "us")
    cases = compared["cases"]
    yield Line("", f"{cases} due times: other than one by one", compared["scalar"], 0, "")
    yield Line("", f"{compared['walked']} of them: other than a day walk", compared["walk"], 0, "")


def _reviewing(found: Found) -> Iterator[Line]:
    for name, line in found.items():
        one, calls = 1e6 / line["calls"], line["calls"]
        what = f"{name}, one call ({line['per_second']:.0f} a second)"
        yield Line("", what, line["ours"] * one, 1e6 / CALLS_A_SECOND, "us")
        yield Line("", f"{name}, one call, no line said twice", line["anew"] * one, NO_LIMIT, "us")
        yield Line("", f"{name}: memory", line["memory_mb"], REVIEW_MEMORY, "MB")
        scan, loop = line["ours"] / line["scan"], line["ours"] / line["loop"]
        what = f"{name}, {calls} calls, {line['phrases']} phrases: ours / "
        yield Line("", f"{what}bare automaton", scan, NO_LIMIT, "times")
        yield Line("", f"{what}loop over phrases", loop, 1, "times")


def _assisting(found: Found) -> Iterator[Line]:
    for name, line in found.items():
        yield Line("", f"{name} of {line['utterances']}, p99", line["p99"], ADVISED)
        yield Line("", f"{name}, the sixtieth of a call, p99", line["last_p99"], ADVISED)


def _whatif(database: str, found: Found) -> Iterator[Line]:
    for name, line in found.items():
        if name.startswith("whatif: "):
            what = f"{line['verdicts']} verdicts by a draft of {name[8:]}"
            yield Line(database, what, line["seconds"], WHATIF, "s")
            yield Line(database, f"{what}: memory", line["memory_mb"], WHATIF_MEMORY, "MB")


def _searches(database: str, found: Found) -> Iterator[Line]:
    for name, line in found.items():
        if name.startswith("search: "):
            ours, p95 = line["ours"]
            limit = TIMES * (line["empty"][0] + line["raw"][0])
            yield Line(database, f"{name}, median", ours, limit)
            yield Line(database, f"{name}, p95", p95, SLOWEST)


def _lists(database: str, found: Found) -> Iterator[Line]:
    for name, line in found.items():
        if name.startswith("list: "):
            limit = GROWTH * line["small"][0]
            yield Line(database, f"{name}, against 1.2 x the small town", line["large"][0], limit)


def _pops(database: str, found: Found) -> Iterator[Line]:
    for name, line in found.items():
        limit = POP_TIMES * line["bare"][0]
        yield Line(database, f"{name}, processor against a bare view", line["ours"][0], limit)
        yield Line(database, f"{name}, p99", line["ours"][1], POP_SLOWEST)


def _imports(database: str, found: dict[str, Any], rows: int) -> Iterator[Line]:
    yield Line(database, f"import of {rows} rows", found["seconds"], IMPORT, "s")
    yield Line(database, "import: longest write transaction", found["longest"] * 1000, TRANSACTION)
    yield Line(database, "import: slowest alarm meanwhile", found["alarm"] * 1000, ALARM)


def _figures(found: Found, database: str) -> Iterator[Line]:
    for name, line in found.items():
        yield Line(database, f"{name}, median", line["ours"][0], FIGURES)


def _run(module: str, database: str, *counts: int) -> Found:
    """What a module measured, by name."""
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *map(str, counts)],
        env={
            **os.environ,
            "SHOUWEN_TEST_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "benches.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["name"]: line for line in lines}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
