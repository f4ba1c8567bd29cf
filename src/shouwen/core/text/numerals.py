"""Figures as they are said and typed: 五零二, 幺零二, 十二, 一千三百零四, １２ → plain digits."""

import re
from types import MappingProxyType

_ONES = "零一二三四五六七八九"
DIGITS = MappingProxyType(
    {sign: str(value) for value, sign in enumerate(_ONES)}
    | {"〇": "0", "洞": "0", "幺": "1", "两": "2", "俩": "2", "拐": "7", "勾": "9"}
    | {str(value): str(value) for value in range(10)}
)
_TENS = MappingProxyType({"十": 10, "百": 100, "千": 1000})

# One figure of an address or a count, in digits or in words.
FIGURE = r"(?:[0-9]+|[零〇幺一二两三四五六七八九十百千]+)"

_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_KEPT = "，。！？：；（）"
_HALF_WIDTH = (
    {code: narrow for code, narrow in _WIDE.items() if chr(code) not in _KEPT}
    | dict.fromkeys(map(ord, "－–—―‐‑﹣−"), ord("-"))
    | {0x3000: ord(" "), ord("＃"): ord("#"), ord("№"): ord("#")}
)

# 十三零四: the floor said as a number, then the two digits of the door.
_FLOOR_AND_DOOR = re.compile(
    r"([二三四五六七八九]?十[一二三四五六七八九]?)([零〇一二两三四五六七八九幺]{2})"
)


def half_width(text: str) -> str:
    """`text` with full-width letters, digits, dashes and spaces made narrow; Chinese stops stay."""
    return text.translate(_HALF_WIDTH)


def figure(words: str) -> str | None:
    """The digits that `words` stand for (`十二` → `12`, `五零二` → `502`); None when no figure.

    Digit by digit and positional speech are both read, leading zeros are kept as said, and
    the short form `三百二` is 320.
    """
    words = half_width(words)
    if not words:
        return None
    if all(sign in DIGITS for sign in words):
        return "".join(DIGITS[sign] for sign in words)
    mixed = _FLOOR_AND_DOOR.fullmatch(words)
    if mixed:
        floor = _positional(mixed[1])
        return f"{floor}{figure(mixed[2])}"
    value = _positional(words)
    return None if value is None else str(value)


def number(words: str) -> int | None:
    """The whole number that `words` stand for, None when they are no figure."""
    digits = figure(words)
    return None if digits is None else int(digits)


def chinese(value: int) -> str:
    """`value` (0 to 9999) in positional Chinese: 12 → 十二, 1304 → 一千三百零四."""
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} is not between 0 and 9999")
    said = ""
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, place)
        if digit:
            said += _ONES[digit] + sign
        elif said and value:
            said += "零"
    said = re.sub("零+", "零", said)
    return said.removeprefix("一") if said.startswith("一十") else said or "零"


def _positional(words: str) -> int | None:
    total, pending, last_place = 0, None, 0
    for sign in words:
        if sign in _TENS:
            total += (1 if pending is None else pending) * _TENS[sign]
            pending, last_place = None, _TENS[sign]
        elif sign in "零〇":
            if pending is not None:
                return None
            last_place = 0
        elif sign in DIGITS:
            if pending is not None:
                return None
            pending = int(DIGITS[sign])
        else:
            return None
    if pending is None:
        return total
    # 三百二 is 320, but 十二 is 12 and 三百零二 is 302.
    return total + pending * (last_place // 10 if last_place >= 100 else 1)
