"""A call as it is heard: normalised turns, utterances, signals, and what was spoken of the
record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from shouwen.core.asked_once import asked_once
from shouwen.core.built_in_signals import BUILT_IN
from shouwen.core.call_timing import Silence, break_ins, silences
from shouwen.core.calls import CallerOnScreen, CallRecord, Speaker
from shouwen.core.clause import Words
from shouwen.core.findings import Because as Because
from shouwen.core.findings import CallFinding as CallFinding
from shouwen.core.findings import CallWord as CallWord
from shouwen.core.findings import Outcome as Outcome
from shouwen.core.organisation import BUILT_IN_SIGNALS, Hearing, Organisation, Signal
from shouwen.core.spoken_turns import BACKCHANNELS as BACKCHANNELS
from shouwen.core.spoken_turns import joined, stops_of, texts_of
from shouwen.core.text.address import Place, place_of, places_in
from shouwen.core.text.leaning import Leaning
from shouwen.core.text.phrases import Hit, PhraseSet, sounds_alike
from shouwen.core.text.surnames import is_own, stated
from shouwen.core.voice import Placed, Voice
from shouwen.core.voice import Utterance as Utterance

_CLOSING_UTTERANCES = 3
_LAST_UTTERANCES = 3
_LEAST_TO_LEAN = 6
_OVER_STOPS = frozenset("…，")
_FAREWELL = ("再见", "再会", "拜拜", "祝您")
_NO_TURNS: frozenset[int] = frozenset()


class Heard:
    """A call together with everything that rules ask about it; each question is answered once."""

    call: CallRecord
    organisation: Organisation
    hearing: Hearing

    def __init__(self, call: CallRecord, organisation: Organisation, hearing: Hearing) -> None:
        self.call = call
        self.organisation = organisation
        self.hearing = hearing
        self._lexicon = hearing.lexicon
        self._signals: dict[str, bool] = {}
        self._signalled: dict[str, Sequence[Utterance]] = {}

    @asked_once
    def texts(self) -> tuple[str, ...]:
        """Each turn normalised, homophones of known words put right."""
        return texts_of(self.call.turns, self.hearing, self.organisation)

    @asked_once
    def utterances(self) -> tuple[Utterance, ...]:
        """The turns joined where one speaker goes on; a backchannel of the other does not cut."""
        return joined(self.call.turns, self.texts)

    @asked_once
    def agent(self) -> tuple[Utterance, ...]:
        """What the agent said."""
        return tuple([u for u in self.utterances if u.speaker == "agent"])

    @asked_once
    def customer(self) -> tuple[Utterance, ...]:
        """What the customer said."""
        return tuple([u for u in self.utterances if u.speaker == "customer"])

    def by(self, speaker: Speaker) -> tuple[Utterance, ...]:
        """What one side said."""
        return self.agent if speaker == "agent" else self.customer

    @asked_once
    def on_screen(self) -> CallerOnScreen:
        """The record on the screen, empty when the caller is unknown."""
        return self.call.customer or CallerOnScreen()

    @asked_once
    def slots(self) -> Mapping[str, str]:
        """What fills the slots of a phrase."""
        record = {"surname": self.surname, "title": self.on_screen.title}
        return {**self.organisation.slots(), **record}

    @asked_once
    def surname(self) -> str:
        """The caller's surname: as the caller stated it, else as recorded, else empty."""
        return self.stated_surname[1] or self.on_screen.surname

    @asked_once
    def stated_surname(self) -> tuple[int, str]:
        """The turn in which the caller stated the own surname, and the surname; (-1, "") when
        never.
        """
        found, plainly = (-1, ""), False
        titled = self._turns_with(self.hearing.titles, "agent")
        asking = self._turns_with(self.hearing.name_questions, "agent")
        before = -1
        for utterance in self.utterances:
            if utterance.speaker == "agent":
                before = utterance.turn
                continue
            asked = before in asking
            if not (asked or "姓" in utterance.text):
                continue
            if plainly and not is_own(utterance.text):
                continue
            surname = stated(utterance.text, addressed=before in titled, asked=asked)
            found = (utterance.turn, surname) if surname else found
            plainly = plainly or (bool(surname) and is_own(utterance.text))
        return found

    @asked_once
    def record_place(self) -> Place | None:
        """The place on the screen."""
        return place_of(self.on_screen.address) if self.on_screen.address else None

    @asked_once
    def named_places(self) -> tuple[tuple[int, Place], ...]:
        """Every flat that the customer named, with the turn."""
        return tuple((u.turn, place) for u in self.customer for place in places_in(u.text))

    def is_on(self, signal: str) -> bool:
        """Whether a signal, built in or of the pack, is there on this call."""
        is_on = self._signals.get(signal)
        if is_on is None:
            built_in = BUILT_IN.get(signal)
            is_on = built_in(self) if built_in else bool(self.signalled(signal))
            self._signals[signal] = is_on
        return is_on

    def signal_turn(self, signal: str) -> int | None:
        """The first turn in which a signal of the pack is heard; None when it is not."""
        signalled = self.signalled(signal)
        return signalled[0].turn if signalled else None

    def signalled(self, signal: str) -> Sequence[Utterance]:
        """The utterances in which a signal of the pack is heard. One without phrases is there
        from the first utterance of the call.
        """
        known = self._signalled.get(signal)
        if known is None:
            known = self._signalled[signal] = self._with_signal(signal)
        return known

    def _with_signal(self, signal: str) -> Sequence[Utterance]:
        rule = self.hearing.signals.get(signal)
        if rule is None or (rule.kinds and self.call.kind not in rule.kinds):
            return ()
        turns = self._turns_having(rule.speaker, rule.any_of, rule.all_of, rule.none_of)
        if not turns and (rule.any_of or rule.all_of):
            return ()
        for other in rule.also:
            if not self.is_on(other):
                return ()
        if not (rule.any_of or rule.all_of):
            return self.utterances[:1]
        return [utterance for utterance in _where(rule, self) if utterance.turn in turns]

    def having(
        self,
        utterances: Sequence[Utterance],
        *,
        speaker: Speaker | Literal["any"] = "agent",
        any_of: tuple[str, ...] = (),
        all_of: Sequence[tuple[str, ...]] = (),
        none_of: tuple[str, ...] = (),
    ) -> Sequence[Utterance]:
        """Those of some utterances that have one of `any_of`, or one of each group of `all_of`, and
        none of `none_of`.
        """
        turns = self._turns_having(speaker, any_of, all_of, none_of)
        return [utterance for utterance in utterances if utterance.turn in turns] if turns else ()

    def _turns_having(
        self,
        speaker: Speaker | Literal["any"],
        any_of: tuple[str, ...],
        all_of: Sequence[tuple[str, ...]],
        none_of: tuple[str, ...],
    ) -> frozenset[int]:
        """The same by their first turns, of everything that the speaker says."""
        turns = self._turns_with(any_of, speaker) if any_of else _NO_TURNS
        for i, group in enumerate(() if any_of else all_of):
            with_it = self._turns_with(group, speaker)
            turns = turns & with_it if i else with_it
            if not turns:
                return _NO_TURNS
        return turns - self._turns_with(none_of, speaker) if turns and none_of else turns

    def _turns_with(
        self, phrases: tuple[str, ...], speaker: Speaker | Literal["any"]
    ) -> frozenset[int]:
        """The utterances that have one of the phrases, by their first turns."""
        ready, voices = self.compiled(phrases), self.voices
        if speaker != "any":
            return voices[speaker].turns_with(ready)
        return voices["agent"].turns_with(ready) | voices["customer"].turns_with(ready)

    def has(
        self,
        text: str,
        any_of: Sequence[str],
        all_of: Sequence[Sequence[str]] = (),
        none_of: Sequence[str] = (),
    ) -> bool:
        """Whether a text has one of `any_of`, one of each group of `all_of`, and none of
        `none_of`.
        """
        groups = [any_of] if any_of else list(all_of)
        return all(self.phrase_in(text, group) for group in groups) and not (
            none_of and self.phrase_in(text, none_of)
        )

    def phrase_in(self, text: str, phrases: Sequence[str]) -> str:
        """The first of the phrases, slots filled, that the text has; empty when it has none."""
        ready = self.compiled(phrases if isinstance(phrases, tuple) else tuple(phrases))
        return ready.first_in(text)

    def compiled(self, phrases: tuple[str, ...]) -> PhraseSet:
        """The phrases ready to be looked for, their slots filled."""
        lexicon = self._lexicon
        ready = lexicon.phrases(phrases)
        if not ready.has_slots:
            return ready
        if ready.names_the_caller:
            return lexicon.filled(phrases, self.slots)
        return lexicon.of_house(phrases, self.organisation.slots())

    def may_hear(self, owner: object, sets: Callable[[], Sequence[tuple[str, ...]]]) -> bool:
        """Whether the agent's words have a phrase of any of the sets of `owner`, which name no caller."""
        return self.voices["agent"].has_any(self._lexicon.sets_of(owner, sets))

    def said_of(self, owner: object, sets: Callable[[], Sequence[tuple[str, ...]]]) -> Placed:
        """Every place of the sets of `owner` in the agent's words, set by set."""
        ready, voice = self._lexicon.sets_of(owner, sets), self.voices["agent"]
        return [place for each in ready for place in voice.places(each)]

    def said_by_agent(self, phrases: tuple[str, ...]) -> Placed:
        """Every place of the phrases in the agent's words, in order; one pass over the call.

        Places are counted within the utterance. A surname in a phrase is known by its sound.
        """
        named = self._lexicon.phrases(phrases)
        if not named.after_surname:
            return self.voices["agent"].places(self.compiled(phrases))
        found = self.voices["agent"].places(self.compiled(named.others)) if named.others else ()
        if not self.surname:
            return found
        both = (*found, *self._addressed(named.after_surname))
        return tuple(sorted(both, key=lambda pair: (pair[0].turn, pair[1].start)))

    def apart(self, not_in: tuple[str, ...], found: Placed) -> Placed:
        """The places that are not part of larger wording with another meaning. Larger wording does
        not go over a stop, unless it is written with a bridge or with a stop of its own.
        """
        if not not_in or not found:
            return found
        larger = [
            (utterance, hit)
            for utterance, hit in self.said_by_agent(not_in)
            if not _OVER_STOPS.isdisjoint(hit.phrase)
            or not any(hit.start < stop < hit.end for stop in self.stops(utterance))
        ]
        return [
            (utterance, hit)
            for utterance, hit in found
            if not any(
                u.turn == utterance.turn and other.start < hit.end and hit.start < other.end
                for u, other in larger
            )
        ]

    @asked_once
    def voices(self) -> Mapping[Speaker, Voice]:
        """What each side says, to look for phrases in."""
        scanners = self.hearing.scanners
        return {
            "agent": Voice(self.agent, scanners["agent"]),
            "customer": Voice(self.customer, scanners["customer"]),
        }

    def _addressed(self, titles: tuple[str, ...]) -> Iterator[tuple[Utterance, Hit]]:
        """The caller's surname with a title, whatever sign a recogniser wrote it with."""
        length = len(self.surname)
        for utterance, hit in self.said_by_agent(titles):
            if sounds_alike(utterance.text[max(0, hit.start - length) : hit.start], self.surname):
                yield utterance, Hit(hit.start - length, hit.end, hit.phrase)

    def stops(self, utterance: Utterance) -> tuple[int, ...]:
        """The places of an utterance at which the writer or recogniser made a stop or a pause."""
        return stops_of(self.call, utterance)

    def turn_at(self, utterance: Utterance, place: int) -> int:
        """The turn in which a place of an utterance lies: a recogniser splits what one says."""
        if utterance.turn == utterance.last_turn:
            return utterance.turn
        for i in range(utterance.turn, utterance.last_turn + 1):
            if self.call.turns[i].speaker == utterance.speaker:
                place -= len(self.texts[i])
                if place < 0:
                    return i
        return utterance.last_turn

    @asked_once
    def leanings(self) -> Mapping[str, Sequence[tuple[Utterance, Leaning]]]:
        """The agent's utterances that lean to a rule, by the rule's id."""
        found: dict[str, list[tuple[Utterance, Leaning]]] = {}
        before, weights = "", self.hearing.leanings
        if not weights.rules:
            return found
        for utterance in self.utterances:
            if utterance.speaker == "customer":
                before = utterance.text
            elif len(utterance.text) >= _LEAST_TO_LEAN:
                leaning = weights.of(utterance.text, before)
                if leaning is not None:
                    found.setdefault(leaning.rule_id, []).append((utterance, leaning))
        return found

    @asked_once
    def break_ins(self) -> tuple[int, ...]:
        """The agent's turns that break into what the customer says."""
        more_than = self.hearing.overlap_over
        return break_ins(self.call, self.texts, more_than=more_than, backchannels=BACKCHANNELS)

    @asked_once
    def silences(self) -> tuple[Silence, ...]:
        """The long silences outside holds."""
        return silences(self.call, longer_than=self.hearing.silence_over)

    @asked_once
    def waits(self) -> tuple[tuple[float, float], ...]:
        """Each time the caller waited, from and to: an answer that came late, a hold, a silence
        for which the agent had asked.
        """
        answered = self.call.answered_after
        late = (
            self.call.direction == "inbound"
            and answered is not None
            and answered >= self.hearing.late_after
        )
        asked = [
            (silence.start, silence.end)
            for silence in self.silences
            if self.phrase_in(self.texts[silence.after], self.hearing.wait_requests)
        ]
        first = [(0.0, answered)] if late and answered is not None else []
        return tuple(sorted([*first, *self.call.holds, *asked]))

    def words_of(self, signal: str) -> Words:
        """The name of a signal."""
        rule = self.hearing.signals.get(signal)
        return rule.title if rule else BUILT_IN_SIGNALS[signal]

    def at(self, place: str) -> tuple[Utterance, ...]:
        """The agent's utterances in a place of the call."""
        if place == "first_agent_turn":
            return self.agent[:1]
        if place == "last_agent_turn":
            return self.agent[-1:]
        return self.agent[-_CLOSING_UTTERANCES:] if place == "closing" else self.agent

    def after(self, turn: int, speaker: Speaker) -> tuple[Utterance, ...]:
        """The utterances of a speaker that begin after a turn."""
        return tuple([u for u in self.by(speaker) if u.turn > turn])

    def said_before(self, utterance: Utterance) -> str:
        """What the customer said last before an utterance; empty when nothing."""
        before = (u.text for u in reversed(self.customer) if u.turn < utterance.turn)
        return next(before, "")

    def titled(
        self, titles: tuple[str, ...], speaker: Speaker = "agent"
    ) -> Mapping[int, Sequence[int]]:
        """Where forms of address begin, by the utterance's first turn."""
        found: dict[int, list[int]] = {}
        for utterance, hit in self.voices[speaker].places(self.compiled(titles)):
            starts = found.setdefault(utterance.turn, [])
            if hit.start not in starts:
                starts.append(hit.start)
        return found

    @asked_once
    def farewells(self) -> frozenset[int]:
        """The utterances of either side with a farewell, by their first turns."""
        return self._turns_with(_FAREWELL, "any")


def _where(rule: Signal, heard: Heard) -> tuple[Utterance, ...]:
    utterances = heard.utterances if rule.speaker == "any" else heard.by(rule.speaker)
    if rule.at == "first":
        return utterances[:1]
    if rule.at == "before_closing":
        closing = max((u.turn for u in heard.agent if u.turn in heard.farewells), default=None)
        return tuple(u for u in utterances if closing is None or u.turn < closing)
    return utterances[-_LAST_UTTERANCES:] if rule.at == "last" else utterances
