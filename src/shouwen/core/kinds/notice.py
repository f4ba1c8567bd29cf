"""The notice kind: people are told something, long enough before an event, by named channels,
with proof.
"""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version, Words

Channel = Literal["sms", "call", "poster", "web", "app", "im", "paper", "in_person", "media"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeVersion(Version):
    """One dated wording: `sent` at least `lead` before `before`; `closing` is the event told at
    the end.
    """

    before: str
    sent: str
    lead: Limit
    contents: tuple[Words, ...]
    channels: tuple[Channel, ...]
    proof: bool = True
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule(RuleHead):
    """A rule about telling people beforehand."""

    kind: Literal["notice"]
    versions: tuple[NoticeVersion, ...]
