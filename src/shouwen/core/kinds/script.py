"""The script kind: lines that must be said on a call, part by part, each in its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeVar

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.confirming import SPOKEN
from shouwen.core.listening import Heard, Outcome

Place = Literal["first_agent_turn", "any_agent_turn", "closing", "last_agent_turn"]
Spoken = Literal["name", "address", "phone", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that must be heard from the agent.

    `any_of`: one of these phrases. `all_of`: one phrase of every group. In a phrase `…` bridges
    up to 12 characters, `{company}`, `{short_name}`, `{brand}`, `{hotline}` come from the
    organisation and `{surname}`, `{title}` from the record. `none_of`: none of these in the same
    turns. `not_in`: larger wording in which a phrase of `any_of` means something else. `spoken`: a thing of the record instead of a phrase. `unless`: signals that make the
    part unnecessary. `only_if`: signals without which it is not needed. `before`: another part
    that must not come earlier than this one. `optional`: may be missing; it is there for the
    sake of order.
    """

    id: str
    title: Words
    any_of: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    spoken: Spoken | None = None
    at: Place = "any_agent_turn"
    unless: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    before: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptVersion(Version):
    """One dated wording of a script. `says` are the lines verbatim, as shown to the agent.

    `applies_if`: the call is judged only when one of these signals is there (empty: always).
    `exempt`: signals that take the call out; `excused_by`: signals that excuse what is missing.
    `hang_up`: who must hang up first (part `customer_first`).
    """

    says: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    hang_up: Literal["customer"] | None = None
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRule(RuleHead):
    """A rule judged on the turns of a call."""

    kind: Literal["script"]
    versions: tuple[ScriptVersion, ...]

    @property
    def judged(self) -> bool:
        """Scripts are judged once their parts are given."""
        return any(version.parts for version in self.versions)


CUSTOMER_FIRST = Words(zh="等客户先挂机", en="the customer hangs up first")


class HeardPart(NamedTuple):
    """A part looked for on a call: whether it was needed, and in which turn it was heard."""

    part: Part
    needed: bool
    turn: int | None

    @property
    def failed(self) -> bool:
        """Needed and not heard."""
        return self.needed and self.turn is None


def judge_script(version: ScriptVersion, heard: Heard) -> Outcome:
    """Kept when every needed part is heard and the right side hangs up first; pure."""
    looked_for = look_for(parts=version.parts, heard=heard)
    hung_up_wrongly = version.hang_up is not None and heard.call.hung_up_by != version.hang_up
    if hung_up_wrongly and not heard.call.hung_up_by:
        return Outcome("not_provable", Words(zh="话机未报挂机方", en="who hung up is not known"))
    return outcome(looked_for=looked_for, heard=heard, hung_up_wrongly=hung_up_wrongly)


class Applicability(Protocol):
    """What every version that is judged on calls says about when it applies."""

    @property
    def applies_if(self) -> tuple[str, ...]: ...
    @property
    def exempt(self) -> tuple[str, ...]: ...
    @property
    def excused_by(self) -> tuple[str, ...]: ...


V = TypeVar("V", bound=Applicability)


def judged_where_it_applies(
    *, version: V, heard: Heard, judge: Callable[[V, Heard], Outcome]
) -> Outcome:
    """The outcome of `judge`, unless the call is not a matter of the version, exempt, or
    excused.
    """
    if not heard.agent:
        return _SILENT
    if version.applies_if and not _first_on(version.applies_if, heard):
        return NO_MATTER
    exempt = _first_on(version.exempt, heard)
    if exempt:
        return _exempt(heard.words_of(exempt))
    found = judge(version, heard)
    if found.verdict != "broken" or not version.excused_by:
        return found
    excuse = _first_on(version.excused_by, heard)
    return _exempt(heard.words_of(excuse)) if excuse else found


_SILENT = Outcome("not_applicable", Words(zh="客服没有讲话", en="the agent did not speak"))
NO_MATTER = Outcome("not_applicable", Words(zh="本次通话未涉及", en="not a matter of this call"))


def _first_on(signals: Sequence[str], heard: Heard) -> str:
    """The first of the signals that is on; empty when none is."""
    for signal in signals:
        if heard.is_on(signal):
            return signal
    return ""


def _exempt(words: Words) -> Outcome:
    return Outcome("not_applicable", Words(zh=f"免于评定：{words.zh}", en=f"exempt: {words.en}"))


def look_for(*, parts: Sequence[Part], heard: Heard) -> tuple[HeardPart, ...]:
    """Each part with the turn in which it was heard; a part that came too late counts as not
    heard.
    """
    turns = {part.id: _turn_of(part, heard) for part in parts}
    return tuple([HeardPart(part, _needed(part, heard), _in_time(part, turns)) for part in parts])


def outcome(
    *, looked_for: Sequence[HeardPart], heard: Heard, hung_up_wrongly: bool = False
) -> Outcome:
    """The finding: kept at the last part heard, or broken where the first failing part belongs."""
    failed = [looked for looked in looked_for if looked.needed and looked.turn is None]
    if failed or hung_up_wrongly:
        titles = [looked.part.title for looked in failed]
        titles += [CUSTOMER_FIRST] if hung_up_wrongly else []
        ids = [looked.part.id for looked in failed]
        return Outcome(
            "broken",
            Words(
                zh="缺少：" + "、".join(title.zh for title in titles),
                en="missing: " + ", ".join(title.en for title in titles),
            ),
            _belongs_at(failed[0].part, heard) if failed else heard.agent[-1].last_turn,
            (*ids, "customer_first") if hung_up_wrongly else tuple(ids),
        )
    turns = [looked.turn for looked in looked_for if looked.needed and looked.turn is not None]
    return Outcome(
        "kept", Words(zh="各项齐全", en="everything was said"), max(turns, default=None)
    )


def _needed(part: Part, heard: Heard) -> bool:
    if part.optional:
        return False
    if part.only_if and not _first_on(part.only_if, heard):
        return False
    return not _first_on(part.unless, heard)


def _turn_of(part: Part, heard: Heard) -> int | None:
    if part.spoken is not None:
        return SPOKEN[part.spoken](heard)
    if part.not_in:
        return _apart_from(part, heard)
    having = heard.having(
        heard.at(part.at), any_of=part.any_of, all_of=part.all_of, none_of=part.none_of
    )
    return having[0].turn if having else None


def _apart_from(part: Part, heard: Heard) -> int | None:
    turns = {utterance.turn for utterance in heard.at(part.at)}
    for utterance, _ in heard.apart(part.not_in, heard.said_by_agent(part.any_of)):
        if utterance.turn in turns:
            return utterance.turn
    return None


def _in_time(part: Part, turns: dict[str, int | None]) -> int | None:
    turn, other = turns[part.id], turns.get(part.before)
    return None if turn is not None and other is not None and turn > other else turn


def _belongs_at(part: Part, heard: Heard) -> int | None:
    if part.at == "first_agent_turn":
        return heard.agent[0].turn
    return None if part.at == "any_agent_turn" else heard.agent[-1].last_turn
