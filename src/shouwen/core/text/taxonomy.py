"""Which leaf of the case taxonomy a customer's words speak of: scored, explained, always the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from shouwen.core.clause import Words
from shouwen.core.text.danger import ALARM_WORDS, alarm_words, mentions
from shouwen.core.text.numerals import half_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One class of matter. `share` is an estimated share of all calls in percent.

    `keywords` and `danger` are hints: `one&other` means both words near each other. A word of
    `danger` makes the call an alarm whatever kind the agent chose.
    """

    code: str
    group: Words
    title: Words
    kind: str
    department: str
    clauses: tuple[str, ...]
    side: str
    share: float
    keywords: tuple[str, ...]
    danger: tuple[str, ...] = ()
    priority: str = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A leaf proposed to the agent, how strongly, and the words that speak for it.

    A `score` of 0 with no words is the last resort of an alarm: nothing was recognised.
    """

    code: str
    score: float
    words: tuple[str, ...] = ()


# How near another kind of leaf is to the kind that the agent chose. Agents have no key for network faults
# and home services: they come as repairs, alarms or consultations.
_NEARNESS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "repair": {"network_fault": 0.9, "home_service": 0.7, "alarm": 0.5},
        "alarm": {"network_fault": 0.4},
        "consultation": {"home_service": 0.8, "new_connection": 0.4, "other": 0.3},
        "new_connection": {"home_service": 0.5, "consultation": 0.4},
        "home_service": {"consultation": 0.6, "repair": 0.5},
        "network_fault": {"repair": 0.5, "alarm": 0.5},
        "other": {"consultation": 0.4, "home_service": 0.3},
    }
)
_FAR = 0.15
_ALARM_BONUS = 100.0
_FIRST_WORDS = 2
_LATER = 0.5


def propose(
    *, leaves: Iterable[Leaf], texts: Sequence[str], kind: str, most: int = 3
) -> tuple[Proposal, ...]:
    """The likeliest leaves for a customer's `texts` (his or her turns in order), best first.

    `kind` is the agent's choice and counts most; a leak, a fire or another danger told in
    earnest wins over it. What is said first counts twice. An alarm always gets a proposal,
    with nothing recognised the most frequent alarm; other kinds may get none.
    """
    known = tuple(leaves)
    said = tuple(half_width(text).replace(" ", "，") for text in texts)
    heard = "\n".join(said)
    in_danger = kind == "alarm" or bool(alarm_words(said, words=_every_danger_word(known)))
    commonness = Counter(word for leaf in known for word in set(leaf.keywords))
    proposals = [
        _scored(leaf, said, heard, commonness, _nearness(leaf, kind, in_danger=in_danger))
        for leaf in known
    ]
    share = {leaf.code: leaf.share for leaf in known}
    ranked = sorted(
        (proposal for proposal in proposals if proposal.score > 0),
        key=lambda proposal: (-proposal.score, -share[proposal.code], proposal.code),
    )
    if in_danger and not any(p.score >= _ALARM_BONUS for p in ranked):
        ranked = [*_last_resort(known), *ranked]
    return tuple(ranked[:most])


def _every_danger_word(leaves: Iterable[Leaf]) -> tuple[str, ...]:
    own = (word for leaf in leaves for word in leaf.danger)
    return tuple(dict.fromkeys((*ALARM_WORDS, *own)))


def _nearness(leaf: Leaf, kind: str, *, in_danger: bool) -> float:
    if in_danger:
        return 1.0 if leaf.kind == "alarm" else _NEARNESS["alarm"].get(leaf.kind, _FAR)
    return 1.0 if leaf.kind == kind else _NEARNESS.get(kind, {}).get(leaf.kind, _FAR)


def _scored(
    leaf: Leaf, said: tuple[str, ...], heard: str, commonness: Counter[str], nearness: float
) -> Proposal:
    weights = {word: 2 * _weight(word) for word in alarm_words(said, words=leaf.danger)}
    for word in leaf.keywords:
        # Nearly every word is in none of the texts: one look at all of them tells.
        if word.partition("&")[0] not in heard:
            continue
        weight = _weight(word) * _weight_of_place(word, said) / commonness[word]
        if weight:
            weights[word] = max(weight, weights.get(word, 0.0))
    if not weights:
        return Proposal(code=leaf.code, score=0.0)
    bonus = _ALARM_BONUS if nearness == 1.0 and leaf.kind == "alarm" else 0.0
    words = sorted(weights, key=lambda word: (-weights[word], word))
    # Many keywords are variants of one another: the second counts half, the third a third.
    score = sum(weights[word] / rank for rank, word in enumerate(words, start=1))
    return Proposal(code=leaf.code, score=round(score * nearness + bonus, 3), words=tuple(words))


def _weight_of_place(word: str, said: tuple[str, ...]) -> float:
    for place, text in enumerate(said):
        if mentions(text, word):
            return 1.0 if place < _FIRST_WORDS else _LATER
    return 0.0


def _weight(word: str) -> float:
    """Longer words and words that must stand together say more."""
    signs = len(word.replace("&", ""))
    return min(1.0 + 0.4 * (signs - 2), 3.0) + (0.5 if "&" in word else 0.0)


def _last_resort(leaves: Iterable[Leaf]) -> list[Proposal]:
    alarms = [leaf for leaf in leaves if leaf.kind == "alarm"]
    if not alarms:
        return []
    commonest = max(alarms, key=lambda leaf: (leaf.share, leaf.code))
    return [Proposal(code=commonest.code, score=_ALARM_BONUS)]
