"""What a company sets for what comes in in writing: limits, consent, templates. The file may be missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shouwen.core.clause import Words
from shouwen.core.facts import CASE_KINDS
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults

LETTERS = "letters.toml"
_NOTHING = Words(zh="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """At most so many within so many minutes."""

    most: int = 10
    minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class WebForm(Often):
    """The form on the web: how often, how many files, what is agreed to, what goes by telephone."""

    files: int = 3
    consent: Words = _NOTHING
    urgent: Words = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamReason:
    """Why a letter is none; a `hidden` one is not for people to choose."""

    id: str
    title: Words
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The body of an answer, for matters of these kinds (empty: all)."""

    id: str
    title: Words
    body: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Everything that stands in the file. `greeting`, `closing`: rules whose lines are written;
    `opening` follows the greeting, with {day} and {receipt}; `stranger`: who is addressed when nobody signed.
    `keep_days`: how long words and files of letters that are settled are kept; 0: for good.
    """

    greeting: str = ""
    closing: str = ""
    opening: str = ""
    stranger: str = ""
    keep_days: int = 0
    web: WebForm = field(default_factory=WebForm)
    status: Often = field(default_factory=Often)
    spam: tuple[SpamReason, ...] = ()
    template: tuple[Template, ...] = ()


def load_letters(path: Path, *, rules: Mapping[str, object] | None = None) -> Letters:
    """The settings of the pack in a directory; the defaults without a file. Raises PackFaults.

    `rules`: the pack's, where they are known, to check the names in the file.
    """
    letters = beside_pack(path, file=LETTERS, of=Letters)
    kinds = [(f"template.{each.id}", kind) for each in letters.template for kind in each.kinds]
    faults = strangers(kinds, CASE_KINDS, file=LETTERS)
    if letters.keep_days < 0:
        faults.append(_too_short(letters.keep_days))
    if rules is not None:
        named = [(name, getattr(letters, name)) for name in ("greeting", "closing")]
        faults += strangers(named, rules, file=LETTERS)
    if faults:
        raise PackFaults(faults)
    return letters


def _too_short(days: int) -> Fault:
    return Fault(
        LETTERS,
        "keep_days",
        Words(zh=f"{days} 天不行", en=f"{days} days cannot be"),
        Words(zh="写天数，0 表示一直留着", en="give a number of days, 0 for good"),
    )
