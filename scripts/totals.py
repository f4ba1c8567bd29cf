"""Adds up several test runs: prints `N passed, N failed`; exit code 1 for a failure or without any test."""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree


def outcome(case: ElementTree.Element) -> str:
    """What became of one test; an error before or after it counts as a failure."""
    marks = {child.tag for child in case}
    if marks & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in marks else "passed"


def main() -> int:
    found: Counter[str] = Counter()
    for path in map(Path, sys.argv[1:]):
        # The files were written a moment ago by our own test runs.
        found.update(outcome(case) for case in ElementTree.parse(path).iter("testcase"))  # noqa: S314
    if found["skipped"]:
        print(f"{found['skipped']} skipped")
    print(f"{found['passed']} passed, {found['failed']} failed")
    return 0 if found["passed"] and not found["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
