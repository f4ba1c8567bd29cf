"""The phrase kind: wording wanted or forbidden in a situation, heard on a call or noted elsewhere."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.cues import Cue

Mode = Literal["required", "forbidden", "guidance"]
Place = Literal["call", "hall", "visit", "text"]
Where = Literal["anywhere", "same_turn", "next_turn", "before", "after", "from_then"]

NOTED, WANTED, SAID = "words.noted", "words.wanted", "visit.said"
ENDED = ("visit.ended", "contact.ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseVersion(Version):
    """One dated wording. `says`: the printed lines, verbatim; `also`: other wording with the
    same meaning, or `all_of`: one of every group; `never`: wording that must not be used
    instead; `instead`: the softened alternative offered for a forbidden line.

    Required lines are wanted each time one of the signals `wanted_if` is heard, in the place
    `where` tells; without signals, and with `unsaid` = "not_judged", hearing them counts and
    not hearing them does not. Forbidden words do not count that are part of the larger wording `not_in`,
    negated, quoted, or where one of the signals `made_good_by` follows in the same turn.
    `provoked_by`: rules to which words must not lean that answer one of the signals, as if they were among
    `never`. `last_counts`: a wanted line after the last of `never` makes up for it.
    `cues`: words that weigh for or against; what one says breaks the rule too when those heard in it
    weigh `at_least` as much. `grave`: wording that counts even beside other broken rules of `left_to`.
    `leans`: what only leans to this rule breaks it too, where no other forbidden words were found.
    `unheard`: what a call comes to on which no forbidden word fell. `left_to`: rules of whose
    broken findings this one does not say the same again as kept.

    In the hall and on visits a line is wanted after each event of `wanted_on`, or when somebody
    notes that it was.
    """

    mode: Mode
    situation: Words
    says: tuple[str, ...]
    also: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    at_least: float = 1.0
    grave: tuple[str, ...] = ()
    leans: str = ""
    instead: tuple[str, ...] = ()
    places: tuple[Place, ...] = ("call", "hall", "visit", "text")
    wanted_if: tuple[str, ...] = ()
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()
    where: Where = "anywhere"
    unsaid: Literal["broken", "not_judged"] = "broken"
    last_counts: bool = False
    provoked_by: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    made_good_by: tuple[str, ...] = ()
    unheard: Literal["kept", "not_applicable"] = "not_applicable"
    left_to: tuple[str, ...] = ()
    wanted_on: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """What begins a matter in the hall or on a visit: a line is wanted, said or noted."""
        return (*self.wanted_on, WANTED, NOTED, SAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(RuleHead):
    """A rule about wording."""

    kind: Literal["phrase"]
    versions: tuple[PhraseVersion, ...]

    @property
    def judged(self) -> bool:
        """Wording is judged wherever it is heard or noted."""
        return True
