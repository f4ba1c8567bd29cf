"""How counts, shares and verdicts read."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.queries.figures import Counts
from shouwen.core.kinds import Rule
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.targets import Target, judge_target
from shouwen.reports.forms import Asked
from shouwen.ui import wording

EVIDENCE_ONLY = frozenset({"value", "guidance"})
"""Kinds of rule that show that there is evidence; a percentage would pretend to more."""
LOOKS = {
    "met": "met",
    "missed": "over",
    "excepted": "na",
    "not_provable": "gap",
    "gap": "gap",
    "running": "run",
    "paused": "pause",
    "not_applicable": "na",
}


def takes_share(rule: Rule) -> bool:
    """Whether a percentage says how well the rule is kept."""
    return rule.kind not in EVIDENCE_ONLY and not counts_only_breaches(rule)


def counts_only_breaches(rule: Rule) -> bool:
    """Whether nothing is put on record as long as the rule is kept, such as a word never said.

    Of those that were broken all were: only how often tells something.
    """
    version = rule.versions[-1]
    return (
        isinstance(version, PhraseVersion)
        and version.mode == "forbidden"
        and version.unheard == "not_applicable"
    )


def why_no_share(rule: Rule) -> str:
    """Why there is no percentage, for a rule that takes none."""
    return _("只数次数") if counts_only_breaches(rule) else _("只列证据，不算百分比")


def clause_url(rule: Rule) -> str:
    """The page of the clause that a rule carries."""
    return reverse("clause", args=[rule.clause])


def verdict_word(verdict: str) -> str:
    """What came of it, in the trade's words."""
    return {
        "met": _("做到"),
        "missed": _("没做到"),
        "excepted": _("例外"),
        "not_provable": _("无法证明"),
        "gap": _("缺口"),
        "running": _("进行中"),
        "paused": _("暂停"),
        "not_applicable": _("不适用"),
    }[verdict]


def stage_word(stage: str) -> str:
    """The stage of service that a rule belongs to."""
    return {
        "pre_sale": _("售前"),
        "in_sale": _("售中"),
        "after_sale": _("售后"),
        "any": _("全程"),
    }[stage]


def percent(share: float | None) -> str:
    """97.4%; rounded down, so that only what is whole reads 100%. "" for None."""
    if share is None:
        return ""
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def number(count: int) -> str:
    """1,904."""
    return f"{count:,}"


def counted(counts: Counts) -> str:
    """Of how many: 75 / 77 件."""
    return _("%(met)s / %(decided)s 件") % {
        "met": number(counts.met),
        "decided": number(counts.decided),
    }


def missed_words(counts: Counts) -> str:
    """24 件没做到; "" for none."""
    if not counts.missed:
        return ""
    return _("%(count)s 件没做到") % {"count": number(counts.missed)}


def days_words(asked: Asked) -> str:
    """9月10日 到 10月9日."""
    last = asked.until - timedelta(days=1)
    if last == asked.since:
        return _day(asked.since)
    return _("%(first)s 到 %(last)s") % {
        "first": _dated(asked.since, last),
        "last": _day(last),
    }


def target_of(rule: Rule, *, day: date) -> Target | None:
    """The target that the version of a day sets."""
    return (rule.on(day) or rule.versions[-1]).target


def target_share(target: Target | None) -> float | None:
    """The share of kept ones that must be reached, where the target is one."""
    if target is None or (target.measure, target.of, target.among) != ("share", "met", "all"):
        return None
    return target.at_least


def target_words(target: Target | None) -> str:
    """目标 98%; "" without one that is a share."""
    share = target_share(target)
    return _("目标 %(share)s") % {"share": percent(share)} if share is not None else ""


def reaches(target: Target | None, counts: Counts) -> bool | None:
    """Whether the counts reach the target; None without one, or with too few to say."""
    if target is None or target.measure == "average":
        return None
    told = {
        "met": counts.met,
        "missed": counts.missed,
        "excepted": counts.excepted,
        "not_provable": counts.not_provable,
    }
    word = judge_target(target, told).word
    return None if word == "too_few" else word == "met"


def _dated(day: date, beside: date) -> str:
    if day.year == beside.year:
        return _day(day)
    return _("%(year)s年%(day)s") % {"year": day.year, "day": _day(day)}


def _day(day: date) -> str:
    return wording.day_of_month(day)
