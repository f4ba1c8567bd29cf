"""Addresses as they are stored, and as they are shown to people who need not know them."""

import re

_CHINESE_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_FOREIGN = re.compile(r"\+\d{8,15}")
_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PLAIN = re.compile(r"[^\x00-\x1f]{1,254}")


def tidy(address: str, *, channel: str) -> str:
    """The address in its one form; empty when nothing can be sent there on this channel."""
    given = address.strip()
    match channel:
        case "sms":
            return _number(re.sub(r"[\s()-]", "", given))
        case "mail":
            return given if len(given) <= 254 and _MAIL.fullmatch(given) else ""
        case _:
            return given if _PLAIN.fullmatch(given) else ""


def masked(address: str, *, channel: str) -> str:
    """140 **** 2093, z***@example.com; an erased address stays empty."""
    if channel == "mail":
        name, _, host = address.partition("@")
        return f"{name[:1]}***@{host}" if host else ""
    if channel == "sms" and address:
        return f"{address[:3]} **** {address[-4:]}"
    return address


def _number(digits: str) -> str:
    found = _CHINESE_MOBILE.fullmatch(digits)
    if found:
        return found[1]
    return digits if _FOREIGN.fullmatch(digits) else ""
