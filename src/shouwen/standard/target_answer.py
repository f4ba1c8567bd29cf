"""Answers whether figures reach the target of a rule, from counts as typed at a terminal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from shouwen.core.clause import Version
from shouwen.core.kinds import Rule
from shouwen.core.kinds.sampling import SamplingVersion
from shouwen.core.targets import COUNTS, Target, judge_target
from shouwen.standard.due_input import BadInput, moment_typed, unknown
from shouwen.standard.explain import worded
from shouwen.standard.pack import Pack


def target_answer(
    *, pack: Pack, rule_id: str, typed: Sequence[str], now: str = ""
) -> dict[str, Any]:
    """The keys of `due_answer`, then what the target is and what the figures come to.

    Counts are typed as `met=93`, named as in COUNTS. The version is that of the day of `now`,
    left out: the newest. `value` is None where there are too few matters. Raises BadInput.
    """
    rule = pack.rules.get(rule_id)
    if rule is None:
        raise unknown("规则", "rule", rule_id, pack.rules)
    version = rule.on(_day(pack, rule, now))
    target = None if version is None else _target(version)
    if version is None or target is None:
        raise BadInput(f"{rule_id} 没有目标 · {rule_id} has no target")
    result = judge_target(target, _counts(typed))
    zone = pack.calendar.zone
    told = [worded(result.steps, language, zone=zone) for language in ("zh", "en")]
    no_moments = dict.fromkeys(("started_at", "warn_at", "due_at"))
    return {
        "rule": rule.id,
        "version": version.from_.isoformat(),
        **no_moments,
        "verdict": result.word,
        "calendar": None,
        "explanation": [
            {
                "code": step.code,
                "zh": zh.text,
                "en": en.text,
                "source_zh": zh.source,
                "source_en": en.source,
            }
            for step, zh, en in zip(result.steps, *told, strict=True)
        ],
        "soft_due_at": None,
        "failed": [target.measure] if result.word == "missed" else [],
        "escalation": [],
        "target": {
            "measure": target.measure,
            "at_least": target.at_least,
            "at_most": target.at_most,
            "good_from": target.good_from,
            "per": target.per,
            "by": target.by,
        },
        "value": result.value,
        "close": result.close,
    }


def _target(version: Version) -> Target | None:
    """The target that the version names, or the share that a sample must reach."""
    if version.target is None and isinstance(version, SamplingVersion):
        return version.share_target
    return version.target


def _day(pack: Pack, rule: Rule, now: str) -> date:
    if now:
        return pack.calendar.day_of(moment_typed(now, pack.calendar.zone))
    return rule.versions[-1].from_


def _counts(typed: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for text in typed:
        name, _, value = text.partition("=")
        if name not in COUNTS:
            raise unknown("数", "count", name, COUNTS)
        try:
            counts[name] = float(value)
        except ValueError:
            raise BadInput(
                f"{text}: 应为数字，如 met=93 · must be a number, as in met=93"
            ) from None
        if not 0 <= counts[name] < float("inf"):
            raise BadInput(f"{text}: 不能小于 0 · cannot be less than 0")
    return counts
