"""The security policy of an installation: data, with defaults beside this file."""

import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from shouwen.access.roles import Role

DEFAULTS = Path(__file__).with_name("policy.toml")
FILE = "security.toml"


class BadPolicy(ValueError):
    """The policy file says something that cannot be used. Names the file, the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many times within a window."""

    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Who needs a second factor, who sits at one desk, when a screen locks, how often one may try."""

    second_factor: Set[Role]
    one_desk: Set[Role]
    idle: Mapping[Role, timedelta]
    tries: Limit
    alarms: Limit
    crew_phone: str

    def idle_after(self, roles: Iterable[Role]) -> timedelta | None:
        """When the screen of somebody with these roles locks: the shortest time; None for never."""
        found = [self.idle[role] for role in roles if role in self.idle]
        return min(found, default=None)


def policy() -> Policy:
    """The policy in force. Raises BadPolicy."""
    return _policy(Path(settings.SHOUWEN_HOME) / FILE)


@cache
def _policy(own: Path) -> Policy:
    defaults = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    return parse_policy(_own(own), defaults=defaults, place=str(own))


def _own(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadPolicy(f"{path}: 读不出来 / cannot be read: {error}") from error


def parse_policy(own: Mapping[str, Any], *, defaults: Mapping[str, Any], place: str) -> Policy:
    """The defaults with an installation's own values on top. Raises BadPolicy naming every fault."""
    unknown = sorted(own.keys() - defaults.keys())
    faults = [f"{place}: {name}: 没有这一项 / unknown" for name in unknown]
    merged = {**defaults, **own}
    try:
        found = Policy(
            second_factor=frozenset(Role(role) for role in merged["second_factor"]),
            one_desk=frozenset(Role(role) for role in merged["one_desk"]),
            idle={
                Role(role): timedelta(minutes=_figure(minutes))
                for role, minutes in merged["idle_minutes"].items()
                if minutes
            },
            tries=_limit(merged["tries"]),
            alarms=_limit(merged["alarms"]),
            crew_phone=str(merged["crew_phone"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        faults.append(f"{place}: {error}; 照 {DEFAULTS} 的写法 / write it as in {DEFAULTS}")
        raise BadPolicy("\n".join(faults)) from error
    if faults:
        raise BadPolicy("\n".join(faults))
    return found


def _limit(table: Mapping[str, Any]) -> Limit:
    return Limit(_figure(table["most"]), timedelta(minutes=_figure(table["minutes"])))


def _figure(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{value!r} is not a whole number above 0")
    return value
