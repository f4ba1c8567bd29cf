"""Surnames in speech: stated by the caller, used by the agent, right or wrong, whatever
characters were written.
"""

import re
from collections.abc import Sequence

from shouwen.core.text.people import COMPOUND_SURNAMES, SURNAMES
from shouwen.core.text.phrases import phrase_set, sounds_alike

# Also words of everyday speech: 那先生您看 does not call anybody 那.
_EVERYDAY = frozenset("那时于和向后有从能都应通查别空相家国文车益钱年爱安常要云")
_OWN = re.compile("(?:我姓|免贵姓|复姓|本人姓|鄙姓|我是姓)(?P<rest>.{1,2})")
_ANY = re.compile("(?<![贵同不])姓(?P<rest>.{1,2})")
_NOT_A_NAME = re.compile(r"\d+|^(?:我叫|我是|叫|免贵|嗯|哦|啊)")
_LONGEST_NAME = 4
_NOT_A_SURNAME = ("名", "氏", "什", "啥", "甚", "的", "是", "哪", "个", "不", "叫")


def stated(text: str, *, addressed: bool, asked: bool) -> str:
    """The caller's own surname in a normalised turn; empty when none is stated.

    `addressed`: the agent has just used a name or asked for it, so that 姓王 is the caller's own.
    `asked`: the agent has just asked for the name, so that a bare name is an answer, too.
    """
    match = _OWN.search(text) or (_ANY.search(text) if addressed or asked else None)
    if match and match["rest"][0] not in _NOT_A_SURNAME:
        return _leading(match["rest"])
    bare = _NOT_A_NAME.sub("", text)
    if asked and 0 < len(bare) <= _LONGEST_NAME and _is_surname(bare):
        return _leading(bare)
    return ""


def times_used(text: str, surname: str, titles: Sequence[str]) -> int:
    """How often a normalised turn addresses somebody by this surname, by sound, with a form of
    address.
    """
    return sum(
        sounds_alike(text[max(0, i - len(surname)) : i], surname) for i in _titled(text, titles)
    )


def other_surnames(text: str, surnames: Sequence[str], titles: Sequence[str]) -> tuple[str, ...]:
    """Surnames with a form of address in a normalised turn that sound like none of `surnames`."""
    others = []
    for i in _titled(text, titles):
        if any(sounds_alike(text[max(0, i - len(s)) : i], s) for s in surnames):
            continue
        used = (
            text[i - 2 : i]
            if text[max(0, i - 2) : i] in COMPOUND_SURNAMES
            else text[max(0, i - 1) : i]
        )
        if used in COMPOUND_SURNAMES or (used in SURNAMES and used not in _EVERYDAY):
            others.append(used)
    return tuple(others)


def _titled(text: str, titles: Sequence[str]) -> list[int]:
    ready = phrase_set(tuple(titles))
    return sorted({hit.start for hit in ready.hits_in(text)})


def _leading(text: str) -> str:
    return text[:2] if text[:2] in COMPOUND_SURNAMES else text[:1]


def _is_surname(text: str) -> bool:
    return text[:2] in COMPOUND_SURNAMES or text[0] in SURNAMES
