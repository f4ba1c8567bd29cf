"""Wording on a call or in a written conversation: what the agent's words come to by a phrase rule."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from shouwen.core.clause import Words
from shouwen.core.kinds.forbidden_words import judge_forbidden
from shouwen.core.kinds.phrase import Mode, PhraseVersion, Place
from shouwen.core.kinds.required_words import judge_helpful, judge_required
from shouwen.core.listening import Heard, Outcome

PLACES: dict[str, Place] = {"phone": "call", "text": "text", "hall": "hall", "visit": "visit"}
_ELSEWHERE = Outcome("not_applicable", Words(zh="此处不适用", en="not meant for this channel"))


def judge_phrase(version: PhraseVersion, heard: Heard) -> Outcome:
    """What the agent's words come to on a call or in a written conversation; pure.

    Nothing that the customer says can break or keep it.
    """
    if PLACES[heard.call.channel] not in version.places:
        return _ELSEWHERE
    return BY_MODE[version.mode](version, heard)


BY_MODE: Mapping[Mode, Callable[[PhraseVersion, Heard], Outcome]] = MappingProxyType(
    {"required": judge_required, "forbidden": judge_forbidden, "guidance": judge_helpful}
)
"""How wording is judged that is meant for the channel."""
