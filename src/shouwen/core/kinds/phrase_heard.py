"""Wording on a call or in a written conversation: what the agent's words come to by a phrase rule."""

from shouwen.core.clause import Words
from shouwen.core.kinds.forbidden_words import judge_forbidden
from shouwen.core.kinds.phrase import PhraseVersion, Place
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
    if version.mode == "forbidden":
        return judge_forbidden(version, heard)
    if version.mode == "guidance":
        return judge_helpful(version, heard)
    return judge_required(version, heard)
