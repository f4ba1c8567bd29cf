"""Which exchange this installation has, by its settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

from shouwen.adapters.telephony.ami import Account, BadAddress, account

Kind = Literal["none", "simulator", "ami"]


@dataclass(frozen=True, slots=True)
class Configured:
    """The exchange of this installation; `account` only for Asterisk."""

    kind: Kind
    account: Account | None = None


def kind() -> Kind:
    """Which kind of exchange the settings name, without looking closer."""
    match settings.SHOUWEN_TELEPHONY:
        case "none":
            return "none"
        case "simulator":
            return "simulator"
        case _:
            return "ami"


def configured() -> Configured:
    """The exchange of the settings. Raises BadAddress naming what to mend."""
    if kind() != "ami":
        return Configured(kind())
    return Configured("ami", account(url=settings.SHOUWEN_TELEPHONY, secret=_secret()))


def _secret() -> str:
    path = settings.SHOUWEN_TELEPHONY_SECRET_FILE
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadAddress(
            f"SHOUWEN_TELEPHONY_SECRET_FILE={path}: 读不出来 / cannot be read ({error})"
        ) from None
