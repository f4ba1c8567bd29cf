"""Telephone numbers as they are said: 幺四零，三三零零，一九二七 → 14033001927."""

import re
from collections.abc import Collection, Iterator

from shouwen.core.text.numerals import DIGITS, half_width, number

_DIGIT = "0-9零〇洞幺一二两俩三四五六七八九拐勾"
_REPEATED = re.compile(rf"([两俩三四五六])个([{_DIGIT}])")
_GAP = r"(?:[\s,，、。.\-—]|杠|呃|嗯|啊|然后|再){0,3}"
_RUN = re.compile(rf"[{_DIGIT}]+(?:{_GAP}[{_DIGIT}]+)*")
_GROUP = re.compile(rf"[{_DIGIT}]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITH_AREA_CODE = re.compile(r"0\d{2,3}[2-8]\d{6,7}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_ANNOUNCED = re.compile(r"(?:电话|座机|固话|号码|联系|打给?|拨)[^。！？]{0,8}$")
_OTHER_NUMBER = re.compile(r"(?:户号|卡号|表号|工号|单号|编号|账号)[^。！？]{0,4}$")


def phone_numbers(text: str, *, except_for: Collection[str] = ()) -> tuple[str, ...]:
    """The telephone numbers in `text` in order, each once, as plain digits.

    A mobile number and a number with area code are recognised by themselves; seven or eight
    digits only where the words before them announce a telephone. `except_for`: the
    company's own numbers, which are never a caller's.
    """
    plain = _REPEATED.sub(_repeat, half_width(text))
    found = [phone for run in _RUN.finditer(plain) for phone in _of_run(plain, run)]
    own = {re.sub(r"\D", "", phone) for phone in except_for}
    return tuple(dict.fromkeys(phone for phone in found if phone not in own))


def last_digits(text: str) -> str:
    """The digits after 尾号 (`尾号是五五八一` → `5581`); empty when none are said."""
    heard = re.search(
        rf"(?:尾号|后四位)[是为的]?\s*([{_DIGIT}]{{3,4}})(?![{_DIGIT}])", half_width(text)
    )
    return _digits(heard[1]) if heard else ""


def _repeat(match: re.Match[str]) -> str:
    return match[2] * (number(match[1].replace("俩", "两")) or 1)


def _digits(words: str) -> str:
    return "".join(DIGITS[sign] for sign in words)


def _of_run(text: str, run: re.Match[str]) -> Iterator[str]:
    """Whole numbers made of neighbouring groups, so that `502 140 3300 1927` keeps them apart."""
    groups = [_digits(group) for group in _GROUP.findall(run[0])]
    before = text[: run.start()]
    first = 0
    while first < len(groups):
        for last in range(first + 1, len(groups) + 1):
            if _is_phone("".join(groups[first:last]), before, last - first):
                yield "".join(groups[first:last])
                first = last
                break
        else:
            first += 1


def _is_phone(digits: str, before: str, groups: int) -> bool:
    if _MOBILE.fullmatch(digits) or _WITH_AREA_CODE.fullmatch(digits):
        return True
    announced = bool(_ANNOUNCED.search(before)) and not _OTHER_NUMBER.search(before)
    return announced and groups <= 2 and bool(_LOCAL.fullmatch(digits))
