"""Whether a thing of the record was spoken or confirmed on a call, and in which turn."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from shouwen.core.listening import Heard, Utterance
from shouwen.core.text.address import (
    names_a_number,
    names_a_spot,
    repeats,
    repeats_a_spot,
    speaks_of,
)
from shouwen.core.text.phrases import in_figures
from shouwen.core.text.surnames import times_used

_NUMBER = re.compile(r"\d{7,}")
_TAIL_DIGITS = 4
_A_MATTER = 4
_PLACE_KINDS = ("alarm", "network_fault")


def name(heard: Heard) -> int | None:
    """The turn in which the agent used the surname, else the one in which the caller stated it."""
    if heard.surname:
        titled = heard.titled(heard.hearing.titles)
        for utterance in heard.agent:
            at = titled.get(utterance.turn, ())
            if at and times_used(utterance.text, heard.surname, at):
                return utterance.turn
    turn, stated = heard.stated_surname
    return turn if stated else None


def phone(heard: Heard) -> int | None:
    """The turn in which a number was spoken or confirmed: the agent's turn first, else the
    caller's.
    """
    hotline = heard.organisation.hotline
    for utterance in (*heard.agent, *heard.customer):
        if names_a_number(utterance.text) and any(
            number != hotline for number in _NUMBER.findall(in_figures(utterance.text))
        ):
            return utterance.turn
    tail = heard.on_screen.phone[-_TAIL_DIGITS:]
    meant = {u.turn for u in heard.having(heard.agent, any_of=heard.hearing.this_number)}
    for utterance in heard.agent:
        if utterance.turn in meant or (tail and tail in in_figures(utterance.text)):
            return utterance.turn
    return None


def address(heard: Heard) -> int | None:
    """The agent's turn in which the place was spoken or repeated in full and not contradicted
    afterwards.
    """
    turns = (look(heard) for look in (_recorded_place, _named_place, _spot))
    return next((turn for turn in turns if turn is not None), None)


def content(heard: Heard) -> int | None:
    """The agent's turn that takes up words of the caller's matter, else the turn in which the caller
    told it.
    """
    matter: set[str] = set()
    everyday = _everyday(heard.hearing.everyday)
    told = None
    for utterance in heard.utterances:
        if utterance.speaker == "customer":
            new = _pairs(utterance.text) - everyday
            told = utterance.turn if told is None and len(new) >= _A_MATTER else told
            matter |= new
        elif matter & _pairs(utterance.text):
            return utterance.turn
    return told


SPOKEN: Mapping[str, Callable[[Heard], int | None]] = MappingProxyType(
    {"name": name, "phone": phone, "address": address, "content": content}
)


def _recorded_place(heard: Heard) -> int | None:
    place = heard.record_place
    if place is None:
        return None
    before, was_numbered = "", not place.numbers
    for utterance in heard.agent:
        text = utterance.text
        is_numbered = not place.numbers or names_a_number(text)
        said = (is_numbered or was_numbered) and (
            speaks_of(text, place)
            or (speaks_of(before + text, place) and not speaks_of(before, place))
        )
        if said and not _denied(utterance, heard):
            return utterance.turn
        before, was_numbered = text, is_numbered
    return None


def _denied(utterance: Utterance, heard: Heard) -> bool:
    """Whether the caller's next words deny the place; a correction of the name denies nothing."""
    answer = heard.after(utterance.turn, "customer")[:1]
    return any(
        bool(heard.having([said], speaker="customer", any_of=heard.hearing.objects))
        and not said.text.startswith(heard.hearing.agrees)
        and "姓" not in said.text
        for said in answer
    )


def _named_place(heard: Heard) -> int | None:
    for turn, place in reversed(heard.named_places):
        before = ""
        for utterance in heard.after(turn, "agent"):
            if repeats(utterance.text, place) or repeats(before + utterance.text, place):
                return utterance.turn
            before = utterance.text
    return None


def _spot(heard: Heard) -> int | None:
    """A place that is no flat, named by the caller and repeated by the agent."""
    if heard.named_places or (heard.record_place and not _elsewhere(heard)):
        return None
    for said in heard.customer:
        if names_a_spot(said.text):
            for utterance in heard.after(said.turn, "agent"):
                if repeats_a_spot(utterance.text, said.text):
                    return utterance.turn
    return None


def _elsewhere(heard: Heard) -> bool:
    """Whether the matter may lie in another place than the one on the screen."""
    denied = any(_denied(utterance, heard) for utterance in heard.agent)
    return denied or heard.call.kind in _PLACE_KINDS


@lru_cache(maxsize=8)
def _everyday(pairs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(pairs)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
