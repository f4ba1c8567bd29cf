"""The benchmarks themselves run, on a town small enough for every day."""

import json
import os
import subprocess
import sys

import pytest

from benches.__main__ import Line
from benches.many import lines

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("SHOUWEN_TEST_SERVER", "SHOUWEN_TEST_HOME")
} | {"SHOUWEN_TEST_DATABASE": "sqlite", "DJANGO_SETTINGS_MODULE": "benches.settings"}


@pytest.mark.parametrize(
    ("module", "sizes", "wanted"),
    [
        ("benches.searching", ("150", "300"), {"search: one character", "list: estates"}),
        ("benches.importing", ("300",), {"import"}),
        ("benches.deadlines", ("150", "1"), {"scalar", "batch: working days", "compared"}),
        ("benches.whatif", ("300",), {"whatif: one rule", "whatif: every rule"}),
        ("benches.figures", ("2500",), {"figures: all, a year", "figures: one rule, a year"}),
        ("benches.popping", ("300",), {"pop: one home", "pop: several homes"}),
        ("benches.knowing", ("300",), {"know: a question"}),
        ("benches.reviewing", ("60",), {"review: text"}),
        ("benches.assisting", ("2",), {"assist: one utterance"}),
        ("benches.dispatching", ("8", "90"), {"board", "board: an order changed"}),
    ],
)
def test_a_bench_measures_a_small_town(module, sizes, wanted):
    done = subprocess.run(
        [sys.executable, "-m", module, *sizes],
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(["src", "."])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    measured = {json.loads(line)["name"] for line in done.stdout.splitlines()}
    assert wanted <= measured


def test_a_line_over_its_limit_says_so():
    assert Line("sqlite", "a search", 10.0, 20.0).text.endswith("0.50")
    assert Line("sqlite", "a search", 30.0, 20.0).text.endswith("OVER")


def test_the_town_is_the_same_each_time():
    assert list(lines(50, of_estates=5)) == list(lines(50, of_estates=5))
    assert {line.estate for line in lines(50, of_estates=5)} == set(range(5))
