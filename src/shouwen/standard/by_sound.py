"""What the standard says of a call by its recording: settings for listening, and the rules that a sound can tell of."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from shouwen.core.audio.settings import Listening
from shouwen.core.clause import Scalar, Words, matches
from shouwen.core.kinds.by_sound import OF_THE_VOICE, OF_TIMING, SoundHeard, judge_sound
from shouwen.core.kinds.call_measure import CallMeasureRule, CallMeasureVersion
from shouwen.core.listening import CallFinding, Outcome
from shouwen.standard.beside import beside_pack
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.pack import Pack

SOUND = "sound.toml"
_STRICTEST = 3


def load_listening(path: Path) -> Listening:
    """How recordings are listened to, of the pack in a directory; the defaults without a file. Raises PackFaults."""
    value = beside_pack(path, file=SOUND, of=Listening)
    faults = list(_faults(value))
    if faults:
        raise PackFaults(faults)
    return value


def judge_by_sound(
    *,
    pack: Pack,
    heard: SoundHeard | Words,
    day: date,
    facts: Mapping[str, Scalar],
    words_known: bool,
) -> tuple[CallFinding, ...]:
    """What the rules say of a call's recording, by the versions of `day`; those that do not apply are left out.

    `heard`: what was measured, or why nothing was; then nothing is proved. `words_known`: timing is
    left to those who know what was said.
    """
    findings = []
    for rule, version in _told_by_sound(pack, day, words_known=words_known):
        if not matches(when=version.when, facts=facts):
            continue
        outcome = (
            Outcome("not_provable", heard)
            if isinstance(heard, Words)
            else judge_sound(version, heard)
        )
        if outcome.verdict != "not_applicable":
            findings.append(
                CallFinding(
                    rule_id=rule.id,
                    clause=rule.clause,
                    verdict=outcome.verdict,
                    why=outcome.why,
                    measured=outcome.measured,
                )
            )
    return tuple(findings)


def limit_of(*, pack: Pack, day: date, measure: str) -> float | None:
    """The most that the rule on a measure keeps, in its unit, on a day; None without such a rule."""
    told = _told_by_sound(pack, day, words_known=False)
    return next((v.kept_up_to for _, v in told if v.measure == measure), None)


def sound_rules(*, pack: Pack, day: date, words_known: bool) -> tuple[str, ...]:
    """The rules that a recording tells of on a day, by their ids."""
    return tuple(r.id for r, _ in _told_by_sound(pack, day, words_known=words_known))


def _told_by_sound(
    pack: Pack, day: date, *, words_known: bool
) -> Iterator[tuple[CallMeasureRule, CallMeasureVersion]]:
    measures = OF_THE_VOICE if words_known else (*OF_THE_VOICE, *OF_TIMING)
    rules = (rule for rule in pack.rules.values() if isinstance(rule, CallMeasureRule))
    for rule, version in ((rule, rule.on(day)) for rule in rules):
        if not isinstance(version, CallMeasureVersion) or not version.is_judged:
            continue
        if version.measure in measures:
            yield rule, version


def _faults(value: Listening) -> Iterator[Fault]:
    if not 0 <= value.strictness <= _STRICTEST:
        yield _fault("strictness", f"要在 0 和 {_STRICTEST} 之间", f"must be 0 to {_STRICTEST}")
    for name in ("pause", "shortest", "overlap_from", "dead_air_from", "longest_utterance"):
        if getattr(value, name) <= 0:
            yield _fault(name, "秒数要大于 0", "the seconds must be more than 0")
    if value.backchannel_up_to < 0:
        yield _fault("backchannel_up_to", "秒数不能小于 0", "the seconds must not be less than 0")
    for name in ("norm_calls", "norm_days"):
        if getattr(value, name) < 1:
            yield _fault(name, "至少为 1", "must be 1 or more")


def _fault(place: str, zh: str, en: str) -> Fault:
    return Fault(SOUND, place, Words(zh=zh, en=en), Words(zh=f"改 {SOUND}", en=f"change {SOUND}"))
