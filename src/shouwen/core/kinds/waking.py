"""What each kind of rule waits for on a call; until all of it is heard, it has nothing to say."""

from shouwen.core.clause import Version
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.forbidden_words import known_by
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.phrase_heard import PLACES
from shouwen.core.kinds.record import RecordVersion
from shouwen.core.kinds.required_words import wanted
from shouwen.core.kinds.routing import RoutingVersion
from shouwen.core.kinds.script import ScriptVersion
from shouwen.core.waking import ALWAYS, NEVER, Wakers

Judged = PhraseVersion | CallMeasureVersion | ScriptVersion | RecordVersion | RoutingVersion


def waits_for(version: Version, channel: str, wakers: Wakers) -> tuple[int, ...] | None:
    """The bits of each of which one must be heard; None where it never has anything to say on such
    calls.
    """
    if not isinstance(version, Judged):
        return None
    first = wakers.signals(version.applies_if) if version.applies_if else ALWAYS
    each = (first, _own(version, channel, wakers))
    return None if NEVER in each else tuple(bits for bits in each if not bits & ALWAYS)


def asks_first(version: Judged, wakers: Wakers) -> int:
    """The bits of signals that may take a call out of the rule or excuse it; never set for most."""
    if version.applies_if:
        return ALWAYS
    return wakers.signals((*version.exempt, *version.excused_by))


def _own(version: Judged, channel: str, wakers: Wakers) -> int:
    match version:
        case PhraseVersion():
            return _of_words(version, channel, wakers)
        case RoutingVersion():
            return wakers.signals(["transferred"]) if version.warm_words else NEVER
        case CallMeasureVersion(measure="unexplained_terms"):
            return wakers.words(tuple(one.term for one in version.jargon))
        case _:
            return ALWAYS


def _of_words(version: PhraseVersion, channel: str, wakers: Wakers) -> int:
    if PLACES[channel] not in version.places:
        return NEVER
    if version.mode == "forbidden":
        if version.unheard == "kept":
            return ALWAYS
        return wakers.any_words(known_by(version, wakers.lexicon)) | wakers.leaning(version.leans)
    instead = wakers.words(version.never) if version.mode == "required" else NEVER
    if version.wanted_if and version.mode == "required":
        return wakers.signals(version.wanted_if) | instead
    meant = wakers.words(version.all_of[0]) if version.all_of else NEVER
    return wakers.words(wanted(version, wakers.lexicon)) | meant | instead
