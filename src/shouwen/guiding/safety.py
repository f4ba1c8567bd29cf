"""What is said first when gas escapes. It lies beside the program: no fault in a pack may take it away."""

import tomllib
from functools import cache
from pathlib import Path

from shouwen.core.clause import Words

_WORDS = Path(__file__).with_name("alarm_words.toml")


def safety_words() -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """What to do and what to leave, three sentences each, in the order they are spoken."""
    return _safety_words()


def safety_count() -> int:
    """How many sentences of safety words there are."""
    do, leave = safety_words()
    return len(do) + len(leave)


@cache
def _safety_words() -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    kept = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    do, leave = (tuple(Words(**words) for words in kept[part]) for part in ("do", "leave"))
    return do, leave
