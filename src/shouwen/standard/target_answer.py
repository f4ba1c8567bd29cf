"""Answers whether figures reach the target of a rule, from counts as typed at a terminal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shouwen.core.kinds import Rule
from shouwen.core.targets import COUNTS, judge_target
from shouwen.standard.explain import worded
from shouwen.standard.pack import Pack
from shouwen.standard.reading import suggestion


class NoTarget(ValueError):
    """The rule has no target on that day."""


class BadCount(ValueError):
    """A count that cannot be read; the message says what to type, in both languages."""


def target_answer(*, pack: Pack, rule: Rule, counts: Mapping[str, float], day: date) -> Any:
    """Rule, version, target, value, verdict, explanation, for the version in force on `day`.

    `value` is None where there are too few matters. Raises NoTarget.
    """
    version = rule.on(day)
    if version is None or version.target is None:
        raise NoTarget(f"{rule.id} 没有目标 · {rule.id} has no target on {day}")
    target = version.target
    result = judge_target(target, counts)
    zone = pack.calendar.zone
    told = [worded(result.steps, language, zone=zone) for language in ("zh", "en")]
    return {
        "rule": rule.id,
        "version": version.from_.isoformat(),
        "target": {
            "measure": target.measure,
            "at_least": target.at_least,
            "at_most": target.at_most,
            "per": target.per,
            "by": target.by,
        },
        "value": result.value,
        "close": result.close,
        "verdict": result.word,
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
    }


def read_counts(typed: Sequence[str]) -> dict[str, float]:
    """Counts typed as `met=93`. Raises BadCount."""
    counts: dict[str, float] = {}
    for text in typed:
        name, _, value = text.partition("=")
        if name not in COUNTS:
            hint = suggestion(name, COUNTS)
            raise BadCount(f"没有这个数：{name}；{hint.zh} · no such count: {name}; {hint.en}")
        try:
            counts[name] = float(value)
        except ValueError:
            raise BadCount(f"{text}: 应为数字 · must be a number") from None
        if counts[name] < 0:
            raise BadCount(f"{text}: 不能小于 0 · cannot be less than 0")
    return counts
