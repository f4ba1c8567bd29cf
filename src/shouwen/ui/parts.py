"""The small frozen values from which every page is made: marks, tags, fields, actions, the shell.

Texts are in the active language, already worded and formatted; templates only print them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

NoteLook = Literal["plain", "flame", "warn", "over", "met"]
ActionLook = Literal["primary", "plain", "quiet", "alarm"]


_NOTE_ICONS: Final[dict[str, str]] = {
    "plain": "info-circle",
    "flame": "flask",
    "warn": "alert-triangle",
    "over": "alert-triangle",
    "met": "circle-check",
}


# --- small parts that several pages share ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClauseMark:
    """The mark of a clause: 条 and its number. `url` leads to the clause page ("" prints it without a link).

    state  "" plain, "now" being done, "kept", "broken", "todo"
    """

    number: str
    url: str = ""
    state: Literal["", "now", "kept", "broken", "todo"] = ""


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step of the calculation and where it comes from (记录, 日历 2026 第 2 版)."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A fact, never the state of a clock. `look`: "", care, flame, warn, met, over, line."""

    text: str
    look: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An explanation in place. `icon` is a name of the sprite ("" takes the look's own)."""

    text: str
    look: NoteLook = "plain"
    icon: str = ""

    @property
    def shown_icon(self) -> str:
        return self.icon or _NOTE_ICONS[self.look]


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty or failed box: what comes next and when, or what still works and how old it is."""

    title: str
    text: str = ""
    icon: str = "mood-smile"
    action_url: str = ""
    action_label: str = ""


@dataclass(frozen=True, slots=True)
class KeyLabel:
    """A short line of a list: what it is, its value; `look` and `note` as of a tag beside it."""

    label: str
    value: str
    note: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a select."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One form field. kind: text, password, textarea, select, date, datetime-local, file, hidden.

    error   says what is missing, printed under the field and tied to it
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    placeholder: str = ""
    hint: str = ""
    error: str = ""
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class Action:
    """A button that does one thing. With `question` it asks first, in a dialog with `fields`.

    id        unique on the page, such as "accept" or "pause-<clock id>"
    verb      the word on the button; the template adds … when a question follows
    url       target: POST for an act (with CSRF), GET for a link (`is_link`)
    icon      sprite name or ""
    key       key cap, single capital letter or F-key; keys.js presses the button
    look      primary (one a place), plain, quiet, alarm
    question  title of the dialog; text explains the consequence; confirm is its button (default verb)
    fields    what the dialog asks; hidden fields are sent by plain buttons too
    is_open   the dialog stands open when the page comes back with errors
    warns     `text` says why the act was refused
    divides   a line stands before it in a list of further acts
    """

    id: str
    verb: str
    url: str
    is_link: bool = False
    icon: str = ""
    key: str = ""
    look: ActionLook = "plain"
    question: str = ""
    text: str = ""
    confirm: str = ""
    fields: tuple[Field, ...] = ()
    is_open: bool = False
    warns: bool = False
    divides: bool = False

    @property
    def sends_file(self) -> bool:
        return any(field.kind == "file" for field in self.fields)

    @property
    def css(self) -> str:
        return {"primary": "btn-primary", "quiet": "sw-btn-quiet", "alarm": "sw-btn-alarm"}.get(
            self.look, ""
        )

    @property
    def confirm_text(self) -> str:
        return self.confirm or self.verb


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment of a row of filters; `url` is fetched when it is chosen."""

    label: str
    url: str
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class SumTile:
    """One figure of the row of sums: look as of a clock chip, count, label, filter url."""

    look: str
    count: int
    label: str
    url: str
    is_on: bool = False


# --- the frame around every page ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the rail: sprite icon, two characters, address, number in the dot, key. `is_alarm`
    is the one red entry."""

    icon: str
    label: str
    url: str
    is_current: bool = False
    badge: str = ""
    badge_label: str = ""
    key: str = ""
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    name: str
    staff_no: str
    initial: str


@dataclass(frozen=True, slots=True)
class Toast:
    """What was just done, in one line, with one undo (POST); never an error that needs an act."""

    text: str
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Rail and top bar.

    title            the page name: the only h1, and the browser's title
    context          small text after it ("" for none): 全公司 · 按剩余时间排
    nav              the rail
    day_text         10月9日 周五 · 明天调休上班
    clock_text       14:32 (the browser keeps it going)
    now_iso          server clock, the base of every countdown
    person           None for pages before signing in
    language         "zh-hans" or "en"; theme "light" or "dark"
    preferences_url  POST target for language and theme: fields language, theme, next
    path             where to come back to after that
    live_url         address of the event stream; "" on a page that does not move
    sign_out_url     POST target
    search_url       "" hides the search field
    watermark        name, number, time, workstation on pages with personal data; "" for none
    is_fixed         a working screen: fills the window, scrolls inside boxes
    toast            what the last act did, shown for 6 s
    alarms_url       GET returns what is dangerous and nobody has looked at; "" for people who do not serve
    ringing_url      GET returns the alarms that ring this person until somebody accepts; "" for others
    """

    title: str
    now_iso: str
    day_text: str = ""
    clock_text: str = ""
    context: str = ""
    nav: tuple[NavItem, ...] = ()
    person: Person | None = None
    language: str = "zh-hans"
    theme: str = "light"
    preferences_url: str = ""
    path: str = "/"
    live_url: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    watermark: str = ""
    is_fixed: bool = False
    toast: Toast | None = None
    alarms_url: str = ""
    ringing_url: str = ""
