"""The texts we send and the rules of sending, as data: `messages/` beside the folder of the standard pack.

`texts/<id>.toml` is one text in both languages; `sending.toml` says when and how often may be sent.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from pydantic import ConfigDict, TypeAdapter

from shouwen.clocks.queries import active_pack
from shouwen.core.clause import Words
from shouwen.messages.policy import Sending
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.reading import read_toml, suggestion, typed

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LONGEST_SMS = 70
LONGEST_TITLE = 200
_PART = 67  # signs in each part of a longer SMS; some go to joining them
_LONGEST_ASCII, _ASCII_PART = 160, 153
_SLOT = re.compile(r"\{(\w*)\}")
_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)


class UnknownText(LookupError):
    """There is no text with this id."""


class WrongParams(ValueError):
    """The text needs values that were not given, or was given some that it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language of a text. Slots are `{name}`; `{company}`, `{hotline}` … come from the pack."""

    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text in both languages. An urgent one knows no quiet hours, limits or opt-outs: danger only.

    `written`: a person writes what it says; the text is the envelope.
    """

    id: str
    name: Words
    zh: Wording
    en: Wording
    required: tuple[str, ...] = ()
    urgent: bool = False
    written: bool = False

    def wording(self, language: Language) -> Wording:
        """The wording in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as the recipient reads it."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in the folder, checked."""

    by_id: Mapping[str, Text]
    sending: Sending
    company: Mapping[str, str]

    def text(self, text_id: str) -> Text:
        """The text with this id. Raises UnknownText."""
        try:
            return self.by_id[text_id]
        except KeyError:
            raise UnknownText(text_id) from None

    def render(self, text_id: str, *, params: Mapping[str, str], language: Language) -> Rendered:
        """Fills a text in. Raises UnknownText, WrongParams naming each value at fault."""
        text = self.text(text_id)
        missing = [name for name in text.required if not str(params.get(name, "")).strip()]
        unknown = sorted(params.keys() - set(text.required))
        if missing or unknown:
            raise WrongParams(f"{text_id}: 缺少 / missing {missing}; 不认识 / unknown {unknown}")
        values = {**self.company, **params}
        wording = text.wording(language)
        # A title becomes a header of a mail and a column of the outbox: one line, not too long.
        title = " ".join(_filled(wording.title, values).split())[:LONGEST_TITLE]
        return Rendered(title, _filled(wording.body, values))


def active_texts() -> Texts:
    """The texts of this installation, with the names of its organisation. Raises PackFaults."""
    return replace(_loaded(folder()), company=active_pack().organisation.slots())


def folder() -> Path:
    """Where the texts lie: beside the calendars, for every pack of the installation."""
    return default_pack_path().parent / "messages"


def load_texts(path: Path, *, company: Iterable[str]) -> Texts:
    """Reads and checks the folder. `company`: slots that need no value. Raises PackFaults with every fault."""
    faults: list[Fault] = []
    sending = cast("Sending | None", _read(path / "sending.toml", "sending.toml", Sending, faults))
    texts: dict[str, Text] = {}
    for file in sorted(path.glob("texts/*.toml")):
        name = f"texts/{file.name}"
        text = cast("Text | None", _read(file, name, Text, faults))
        if text is not None:
            texts[text.id] = text
            faults += _faults_of(text, name, stem=file.stem, company=set(company))
    if faults or sending is None:
        raise PackFaults(faults)
    return Texts(MappingProxyType(texts), sending, {})


def too_long(texts: Texts, *, company: Mapping[str, str]) -> list[tuple[str, Language, int]]:
    """Texts whose fixed words alone make an SMS of more than one part: id, language, signs."""
    found: list[tuple[str, Language, int]] = []
    for text in texts.by_id.values():
        for language in LANGUAGES:
            fixed = _SLOT.sub(lambda slot: company.get(slot[1], ""), text.wording(language).body)
            if sms_parts(fixed) > 1:
                found.append((text.id, language, len(fixed)))
    return found


def sms_parts(body: str) -> int:
    """In how many parts an SMS with these signs is sent and paid for."""
    longest, part = (_LONGEST_ASCII, _ASCII_PART) if body.isascii() else (LONGEST_SMS, _PART)
    return 1 if len(body) <= longest else -(-len(body) // part)


@cache
def _loaded(path: Path) -> Texts:
    return load_texts(path, company=active_pack().organisation.slots())


def _read(path: Path, file: str, of: type, faults: list[Fault]) -> Any:
    table = read_toml(path, file=file, faults=faults)
    if table is None:
        return None
    value, found = typed(_adapter(of), table, file=file, of=of)
    faults += found
    return value


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    # Pydantic takes no config beside a bare dataclass; beside a union it does, and hands it down.
    return TypeAdapter(of | None, config=_CONFIG)


def _faults_of(text: Text, file: str, *, stem: str, company: set[str]) -> list[Fault]:
    faults = []
    if text.id != stem:
        faults.append(
            Fault(
                file,
                "id",
                Words(zh=f"{text.id} 与文件名不同", en=f"{text.id} is not the file's name"),
                Words(zh=f"写成 {stem}", en=f"write {stem}"),
            )
        )
    for language in LANGUAGES:
        faults += _slot_faults(text, language, file, company=company)
    return faults


def _slot_faults(text: Text, language: Language, file: str, *, company: set[str]) -> list[Fault]:
    wording = text.wording(language)
    used = set(_SLOT.findall(wording.title + wording.body))
    known = set(text.required) | company
    unknown = [
        Fault(
            file,
            language,
            Words(zh=f"不认识 {{{name}}}", en=f"{{{name}}} is unknown"),
            suggestion(name, known),
        )
        for name in sorted(used - known)
    ]
    unused = [
        Fault(
            file,
            language,
            Words(zh=f"没有用到 {{{name}}}", en=f"{{{name}}} is never used"),
            Words(zh="写进正文，或从 required 删去", en="use it, or take it out of required"),
        )
        for name in sorted(set(text.required) - used)
    ]
    return unknown + unused


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: str(values[slot[1]]), pattern)
