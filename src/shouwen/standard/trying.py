"""A draft made ready to be tried on the past, and which of its rules need no trying."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from shouwen.core.clause import Version
from shouwen.core.kinds import Rule
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack

NO_RULE = "not_applicable"
"""The word of a verdict that a standard without the rule gives."""
_ALWAYS = date.min


def brought_forward(draft: Pack, *, in_force: Pack) -> Pack:
    """The draft as if what it brings had been in force all the time.

    A version with a first day that the pack in force does not have would begin one day; on the past
    it is tried from the beginning, the last of several. A version that was only edited keeps its
    days, and so do the rules that the draft leaves alone.
    """
    rules = {
        rule.id: _forward(rule, in_force.digests.get(rule.id, {})) for rule in draft.rules.values()
    }
    by_clause = {
        clause: tuple(rules[rule.id] for rule in those)
        for clause, those in draft.by_clause.items()
    }
    return replace(draft, rules=MappingProxyType(rules), by_clause=MappingProxyType(by_clause))


def _forward(rule: Rule, known: Mapping[str, str]) -> Rule:
    coming = [version for version in rule.versions if version.from_.isoformat() not in known]
    if not coming:
        return rule
    versions: tuple[Version, ...] = (replace(coming[-1], from_=_ALWAYS),)
    # Each kind of rule narrows the type of its versions; these came out of this very rule.
    return replace(rule, versions=versions)  # type: ignore[arg-type]


def unchanged_rules(one: Pack, other: Pack) -> frozenset[str]:
    """The rules by which both packs come to the same verdict on everything.

    What they say is the same from the same days on, no rival for their place changed, and working
    time is counted by the same calendar.
    """
    return _unchanged(This(one), This(other))


@lru_cache(maxsize=64)
def _unchanged(one: This[Pack], other: This[Pack]) -> frozenset[str]:
    old, new = one.it, other.it
    if old.calendar != new.calendar:
        return frozenset()
    changed = {
        rule_id
        for rule_id in old.rules.keys() | new.rules.keys()
        if old.rules.get(rule_id) is None
        or new.rules.get(rule_id) is None
        or old.rules[rule_id].versions != new.rules[rule_id].versions
    }
    touched = {
        _place(pack.rules[rule_id])
        for pack in (old, new)
        for rule_id in changed
        if rule_id in pack.rules
    }
    return frozenset(
        rule_id
        for rule_id in old.rules.keys() & new.rules.keys()
        if _place(old.rules[rule_id]) not in touched
        and _place(old.rules[rule_id]) == _place(new.rules[rule_id])
    )


def _place(rule: Rule) -> str:
    """What rules compete for."""
    return getattr(rule, "slot", "") or rule.id
