"""Every name that rules may use, with what it means."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from shouwen.core.clause import Version, Words
from shouwen.core.events import EVENTS
from shouwen.core.facts import FACTS
from shouwen.core.kinds.clock import DueBy, FromDay, Reading
from shouwen.core.organisation import BUILT_IN_SIGNALS, NamedCalendar
from shouwen.core.timing.wall_clock import DayPoint
from shouwen.core.verdict import WORDS
from shouwen.standard.explain import catalogue
from shouwen.standard.pack import Pack
from shouwen.standard.registry import KINDS

_SETTINGS = (
    (Reading, "day_of_receipt", "收到日算不算", "whether the day of receipt counts"),
    (Reading, "limit_ends", "最后一天到几点", "when the last day ends"),
    (DueBy, "boundary", "正好在两行之间归哪一行", "which row a moment between two belongs to"),
    (DayPoint, "ends", "不写时刻到几点", "when a day ends without a time"),
    (FromDay, "begins", "那一天从几点起算", "when the day begins"),
    (NamedCalendar, "holidays", "节假日休不休", "whether holidays are kept"),
    (NamedCalendar, "makeup_days", "调休上班日上不上班", "whether make-up days are worked"),
    (
        Version,
        "on_change",
        "新版本生效时旧事怎么办",
        "what becomes of matters that began before",
    ),
)

WAYS_IN_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "limit": Words(zh="一段时间", en="a length of time"),
        "limit_from": Words(zh="时长写在记录里", en="a length that stands in a record"),
        "due_by": Words(zh="按报来的钟点查表", en="a table by the hour of report"),
        "end_of_day": Words(zh="某一天结束之前", en="the end of a day"),
        "until": Words(zh="期限由外部定下", en="a moment set from outside"),
        "window": Words(zh="约定的时段，早到也不算", en="an agreed span, early is a miss too"),
        "limits": Words(zh="几个期限取最早或最晚", en="the earliest or latest of several"),
        "gap": Words(zh="文件没有给出数值", en="the document gives no value"),
    }
)
"""The ways in which a clock says its limit."""


def vocabulary_of(pack: Pack) -> Mapping[str, list[dict[str, Any]]]:
    """By section, one entry for each name: kinds, events with their fields, facts, units …"""
    signals = {name: signal.title for name, signal in pack.hearing.signals.items()}
    return {
        "kinds": [{"name": name} for name in sorted(KINDS)],
        "events": [
            {
                "name": e.name,
                "subject": e.subject,
                "zh": e.zh,
                "en": e.en,
                "fields": list(e.fields),
            }
            for e in EVENTS.values()
        ],
        "facts": [
            {"name": f.name, "zh": f.zh, "en": f.en, "values": list(f.values), "unit": f.unit}
            for f in FACTS.values()
        ],
        "units": [
            {
                "name": name,
                "zh": zh.format(n="n"),
                "en": catalogue("en")["units"][name].format(n="n"),
            }
            for name, zh in catalogue("zh")["units"].items()
        ],
        "limits": _named(WAYS_IN_WORDS),
        "settings": [_setting(*row) for row in _SETTINGS],
        "verdicts": [{"name": name, "zh": zh, "en": en} for name, (zh, en) in WORDS.items()],
        "pause_reasons": _named(pack.pause_reasons),
        "exception_reasons": _named(pack.exception_reasons),
        "departments": _named(pack.departments),
        "calendars": _named({name: c.title for name, c in pack.named_calendars.items()}),
        "signals": _named({**BUILT_IN_SIGNALS, **signals}),
    }


def _setting(kind: Any, name: str, zh: str, en: str) -> dict[str, Any]:
    """A reading that the pack may choose; the first value is the one that holds when it does not."""
    default = next(field.default for field in fields(kind) if field.name == name)
    values = [str(value) for value in get_args(get_type_hints(kind)[name])]
    rest = [value for value in values if value != default]
    return {"name": name, "zh": zh, "en": en, "default": default, "values": [default, *rest]}


def _named(words: Mapping[str, Words]) -> list[dict[str, Any]]:
    return [{"name": name, "zh": word.zh, "en": word.en} for name, word in words.items()]
