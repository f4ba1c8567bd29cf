"""Words that weigh for or against a reading of what the agent says; together they decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shouwen.core.listening import Because, Heard, Utterance
from shouwen.core.text.frames import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One of `any_of` weighs so much, once in what one says; a negative weight speaks against.

    `by` the customer: heard in what the customer said just before.
    """

    any_of: tuple[str, ...]
    weight: float
    by: Literal["agent", "customer"] = "agent"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An utterance in which the cues weigh enough: what each weighed, the first and the last hit."""

    utterance: Utterance
    because: tuple[Because, ...]
    first: Hit
    last: Hit


def weighed(cues: Sequence[Cue], at_least: float, heard: Heard) -> Iterator[Weighed]:
    """The agent's utterances in which the cues weigh at least so much, in order."""
    found = _found([cue for cue in cues if cue.by == "agent" and cue.weight > 0], heard)
    most = sum(cue.weight for cue in cues if cue.by == "customer" and cue.weight > 0)
    for turn in sorted(found):
        utterance, hits = found[turn]
        total = sum(cue.weight for cue, _ in hits)
        if total + most < at_least:
            continue
        told = [Because(hit.phrase, cue.weight) for cue, hit in hits]
        told += _besides(cues, utterance, heard)
        if sum(each.weight for each in told) >= at_least - 1e-9:
            places = sorted((hit for _, hit in hits), key=lambda hit: hit.start)
            yield Weighed(utterance, tuple(told), places[0], places[-1])


def _found(
    cues: Sequence[Cue], heard: Heard
) -> dict[int, tuple[Utterance, list[tuple[Cue, Hit]]]]:
    """By utterance the first hit of each cue."""
    found: dict[int, tuple[Utterance, list[tuple[Cue, Hit]]]] = {}
    for cue in cues:
        for utterance, hit in heard.said_by_agent(cue.any_of):
            _, hits = found.setdefault(utterance.turn, (utterance, []))
            if not hits or hits[-1][0] is not cue:
                hits.append((cue, hit))
    return found


def _besides(cues: Sequence[Cue], utterance: Utterance, heard: Heard) -> list[Because]:
    """What speaks against, and what the customer had said just before."""
    before = heard.said_before(utterance)
    told = []
    for cue in cues:
        if cue.by == "agent" and cue.weight > 0:
            continue
        text = utterance.text if cue.by == "agent" else before
        phrase = heard.phrase_in(text, cue.any_of) if text else ""
        if phrase:
            told.append(Because(phrase, cue.weight))
    return told
