"""Surnames in speech: stated by the caller, used by the agent, right or wrong, whatever
characters were written.
"""

import re
from collections.abc import Sequence

from shouwen.core.text.people import COMPOUND_SURNAMES, SURNAMES
from shouwen.core.text.phrases import sounds_alike

# Also words of everyday speech: 那先生您看 does not call anybody 那.
_EVERYDAY = frozenset("那时于和向后有从能都应通查别空相家国文车益钱年爱安常要云")
_FILLER = "(?:呃|嗯|啊|哦|那个|就是|是|姓)*"
_OWN = re.compile(
    f"(?:我姓|免贵姓|复姓|本人姓|鄙姓|敝姓|我是姓|俺姓|我们家姓|我家姓|我是.{{1,8}}的姓){_FILLER}(?P<rest>.{{1,2}})"
)
_ANY = re.compile(f"(?<![贵同不是])姓{_FILLER}(?P<rest>.{{1,2}})")
_NAMED = re.compile(
    "(?:名叫|叫|名字是|写的是|收货人|户主是|业主是|房东是|房东姓|户主姓)(?P<name>.{1,2})"
)
_CORRECTION = re.compile("不是|不姓|不对|不叫|错|复姓|念|读作|没有这个姓")
_NOT_A_NAME = re.compile(r"\d+|^(?:我叫|我是|叫|免贵|嗯|哦|啊)")
# Whoever is named after these is somebody else: 收件人写陆女士, 三号窗口陆女士.
_OF_OTHERS = frozenset("找叫让由给跟替写口")
_LONGEST_NAME = 4
_SOON = 6  # signs before 姓 when it is the own one: 对，是我，姓王
_NOT_A_SURNAME = ("名", "氏", "什", "啥", "甚", "的", "是", "哪", "个", "不", "叫")


def stated(text: str, *, addressed: bool, asked: bool) -> str:
    """The caller's own surname in a normalised turn; empty when none is stated.

    `addressed`: the agent has just used a name or asked for it, so that 姓王 is the caller's own.
    `asked`: the agent has just asked for the name, so that a bare name is an answer, too.
    """
    match = _OWN.search(text)
    if match is None and (addressed or asked):
        match = _ANY.search(text)
        match = match if match and match.start() <= _SOON else None
    if match and match["rest"][0] not in _NOT_A_SURNAME:
        return _leading(match["rest"])
    bare = _NOT_A_NAME.sub("", text)
    if asked and 0 < len(bare) <= _LONGEST_NAME and _is_surname(bare):
        return _leading(bare)
    return ""


def is_own(text: str) -> bool:
    """Whether a normalised text says plainly that a surname is the speaker's own."""
    return _OWN.search(text) is not None


def named(text: str) -> tuple[str, ...]:
    """The surnames of others that a normalised text names: 卡上叫王秀兰 → 王."""
    return tuple(_leading(match["name"]) for match in _NAMED.finditer(text))


def is_correction(text: str) -> bool:
    """Whether a normalised text that states a surname puts another one right."""
    return _CORRECTION.search(text) is not None


def any_surname_used(text: str, surname: str, at: Sequence[int]) -> str:
    """Any surname before the forms of address `at` in a normalised text that does not sound like
    this one.
    """
    for i in at:
        if sounds_alike(text[max(0, i - len(surname)) : i], surname):
            continue
        used = text[max(0, i - 1) : i]
        if used in SURNAMES or text[max(0, i - 2) : i] in COMPOUND_SURNAMES:
            return used
    return ""


def times_used(text: str, surname: str, at: Sequence[int]) -> int:
    """How often a normalised turn has this surname, by sound, before the forms of address `at`."""
    return sum(sounds_alike(text[max(0, i - len(surname)) : i], surname) for i in at)


def other_surnames(text: str, surnames: Sequence[str], at: Sequence[int]) -> tuple[str, ...]:
    """Surnames before the forms of address `at` in a normalised turn that sound like none of
    `surnames`.
    """
    others = []
    for i in at:
        if any(sounds_alike(text[max(0, i - len(s)) : i], s) for s in surnames):
            continue
        used = (
            text[i - 2 : i]
            if text[max(0, i - 2) : i] in COMPOUND_SURNAMES
            else text[max(0, i - 1) : i]
        )
        before = text[max(0, i - len(used) - 1) : i - len(used)]
        if before in _OF_OTHERS:
            continue
        if used in COMPOUND_SURNAMES or (used in SURNAMES and used not in _EVERYDAY):
            others.append(used)
    return tuple(others)


def _leading(text: str) -> str:
    return text[:2] if text[:2] in COMPOUND_SURNAMES else text[:1]


def _is_surname(text: str) -> bool:
    return text[:2] in COMPOUND_SURNAMES or text[0] in SURNAMES
