"""Pages at the doors: second factors, the lock, one's own security, desks, alarms. See `pages` for the rules."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Empty, Field, Note


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey to make or to prove. `options` is JSON for the browser; the form is sent by it."""

    options: str
    makes: bool
    label: str
    action_url: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorPage:
    """One question at a door.

    heading, tagline   what is asked, and of whom
    picture            a code to scan (address of an image), with `secret` to type instead
    codes              recovery codes, shown this once
    fields, submit     the form; `action_url` is where it goes
    passkey            another way to answer
    back               a quiet link out
    """

    heading: str
    tagline: str
    submit: str
    action_url: str = ""
    fields: tuple[Field, ...] = ()
    error: str = ""
    note: str = ""
    picture: str = ""
    secret: str = ""
    codes: tuple[str, ...] = ()
    passkey: Passkey | None = None
    back_url: str = ""
    back_label: str = ""
    is_link: bool = False
    sign_out_url: str = ""
    alarm_url: str = ""

    @property
    def has_foot(self) -> bool:
        return bool(self.back_url or self.sign_out_url or self.alarm_url)


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """One second factor, or one sign-in: what, since when, and the way to end it."""

    title: str
    sub: str
    end: Action | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """One's own password, second factors and sign-ins."""

    password: tuple[Field, ...]
    password_url: str
    factors: tuple[SecurityRow, ...]
    factor_note: Note | None
    factor_acts: tuple[Action, ...]
    sign_ins: tuple[SecurityRow, ...]
    end_others: Action | None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A registered workstation."""

    name: str
    place: str
    registered: str
    state: str
    is_here: bool
    revoke: Action | None


@dataclass(frozen=True, slots=True)
class DesksPage:
    """The register of workstations, and the form for this one."""

    rows: tuple[DeskRow, ...]
    register: Action
    empty: Empty | None
    here: str
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class AlarmPage:
    """Sending an alarm: nothing to read but what to say.

    do, leave   three sentences each
    crew        the number to call when the page fails
    sent        number and time of the alarm that was just sent, "" before
    """

    do: tuple[str, ...]
    leave: tuple[str, ...]
    fields: tuple[Field, ...]
    action_url: str
    crew: str
    from_text: str
    fault: str = ""
    sent: str = ""
    sent_sub: str = ""
    case_url: str = ""
    back_url: str = ""
