"""What has to be heard on a call before a rule has anything to say of it, as bits of one number: what
is not heard costs nothing.

A bit may be set for nothing, for then the rule says that it has nothing to say; it is never missing.
"""

from collections.abc import Iterable
from typing import TypeVar

from shouwen.core.built_in_signals import BUILT_IN
from shouwen.core.calls import Speaker
from shouwen.core.listening import Heard
from shouwen.core.organisation import Hearing, Organisation

T = TypeVar("T")
ALWAYS = 1
NEVER = 0


class Wakers:
    """Gives a bit to everything that rules wait for on calls of one kind, and tells which of it a call has."""

    def __init__(self, *, hearing: Hearing, organisation: Organisation, kind: str) -> None:
        self.lexicon = hearing.lexicon
        self._hearing = hearing
        self._slots = organisation.slots()
        self._kind = kind
        self._count = 1
        self._words: dict[Speaker, dict[int, int]] = {"agent": {}, "customer": {}}
        self._built_in: dict[str, int] = {}
        self._leanings: dict[str, int] = {}

    def words(self, phrases: tuple[str, ...], speaker: Speaker = "agent") -> int:
        """The bit of what one side says."""
        lexicon = self.lexicon
        ready = lexicon.phrases(phrases)
        if ready.after_surname:
            return self.words(ready.after_surname, speaker) | self.words(ready.others, speaker)
        if ready.names_the_caller:
            return ALWAYS
        if ready.has_slots:
            ready = lexicon.of_house(phrases, self._slots)
        if not ready.frames:
            return NEVER
        number = self._hearing.scanners[speaker].added(ready)
        return self._bit(self._words[speaker], number)

    def any_words(self, sets: Iterable[tuple[str, ...]]) -> int:
        """The bits of what the agent says, in any of several sets."""
        bits = NEVER
        for phrases in sets:
            bits |= self.words(phrases)
        return bits

    def signals(self, names: Iterable[str]) -> int:
        """The bits without which none of these signals is on."""
        bits = NEVER
        for name in names:
            bits |= self._signal(name)
        return bits

    def leaning(self, rule_id: str) -> int:
        """The bit of words that lean to a rule."""
        return self._bit(self._leanings, rule_id) if rule_id else NEVER

    def heard_in(self, heard: Heard) -> int:
        """The bits of a call."""
        bits = ALWAYS
        for speaker, known in self._words.items():
            for number in heard.voices[speaker].said():
                bits |= known.get(number, 0)
        for signal, bit in self._built_in.items():
            if heard.is_on(signal):
                bits |= bit
        if self._leanings:
            for rule_id in heard.leanings:
                bits |= self._leanings.get(rule_id, 0)
        return bits

    def _signal(self, name: str) -> int:
        if name in BUILT_IN:
            return self._bit(self._built_in, name)
        rule = self._hearing.signals.get(name)
        if rule is None or (rule.kinds and self._kind not in rule.kinds):
            return NEVER
        if not (rule.any_of or rule.all_of):
            return ALWAYS
        phrases = rule.any_of or rule.all_of[0]
        if rule.speaker == "any":
            return self.words(phrases, "agent") | self.words(phrases, "customer")
        return self.words(phrases, rule.speaker)

    def _bit(self, known: dict[T, int], what: T) -> int:
        if what not in known:
            known[what] = 1 << self._count
            self._count += 1
        return known[what]
