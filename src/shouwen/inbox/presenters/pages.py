"""What the pages of letters read: frozen values, every text worded."""

from dataclasses import dataclass

from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, KeyLabel, Note, Option, Tag


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of the list."""

    when: str
    who: str
    title: str
    start: str
    channel: str
    state: Tag
    owner: str
    url: str
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class InboxPage:
    """The list, newest first. `more_url` is "" at the end."""

    heading: str
    choices: tuple[Choice, ...]
    rows: tuple[LetterRow, ...]
    rows_url: str
    empty: Empty | None = None
    more_url: str = ""
    away: Note | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a letter; without `url` it was not kept, and `text` says why."""

    name: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What an answer would break: the clause, the rule's name, where, and wording to use instead."""

    clause: ClauseMark
    title: str
    why: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """The answer as it is drafted; with `faults`, `as_is` says which were shown and may be sent all the same."""

    url: str
    act_id: str
    to: str
    drafts: tuple[Choice, ...]
    words: str
    template: str
    faults: tuple[WordingFault, ...] = ()
    as_is: str = ""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter with what can be done with it."""

    heading: str
    state: Tag
    words: str
    facts: tuple[KeyLabel, ...]
    phone: MaskedPhone | None
    files: tuple[FileLine, ...]
    notes: tuple[Note, ...]
    actions: tuple[Action, ...]
    case_url: str
    case_text: str
    kinds: tuple[Option, ...]
    make_url: str
    thread: str
    tie_url: str
    answer: Answering | None
    act_id: str
    back_url: str
    is_alarm: bool = False
    crew: Action | None = None


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """A letter that speaks of danger, for every screen."""

    text: str
    sub: str
    url: str


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The form on the web: danger first, then the fields; or its receipt."""

    company: str
    hotline: str
    tel: str
    urgent: str
    do: tuple[str, ...]
    leave: tuple[str, ...]
    fields: tuple[Field, ...]
    act_id: str
    consent: str
    consent_error: str
    files_text: str
    status_url: str
    fault: str = ""
    receipt: str = ""
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What a stranger may know of a letter: how it stands."""

    company: str
    hotline: str
    fields: tuple[Field, ...]
    state: str = ""
    fault: str = ""
