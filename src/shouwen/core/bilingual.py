"""A text in both languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in both languages of the product."""

    zh: str
    en: str
