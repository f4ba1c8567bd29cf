"""Texts that exist in both languages as data, in the one that is active."""

from collections.abc import Iterable
from typing import Literal

from django.utils.translation import get_language

from shouwen.core.clause import Words


def tongue() -> Literal["zh", "en"]:
    """`zh` or `en`: the language of this request as the standard pack names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def listed(texts: Iterable[str]) -> str:
    """Several things in a row, as the active language writes them."""
    return (", " if tongue() == "en" else "、").join(texts)


def worded(words: Words) -> str:
    """The text in the active language."""
    return words.en if tongue() == "en" else words.zh
