"""`shouwen standard whatif DRAFT --from D --to D`: a draft tried on the past, in words or as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from shouwen.clocks.queries import active_pack
from shouwen.editions.queries.whatif_parts import parts_of, trial_of
from shouwen.editions.whatif_processes import PROCESSES, answers
from shouwen.standard.pack import Pack
from shouwen.standard.whatif import Flip, Outcome, Peak, Question, RuleOutcome, Tally, outcome

_EXAMPLES = 3
_WEEK = (
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
    ("周六", "Saturday"),
    ("周日", "Sunday"),
)
_PARTS = {
    "night": ("凌晨", "night"),
    "morning": ("上午", "morning"),
    "afternoon": ("下午", "afternoon"),
    "evening": ("晚上", "evening"),
}


class Tried:
    """What came out, with a few examples of each rule that is kept otherwise."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.tally = Tally()
        self.examples: dict[str, list[Flip]] = {}

    @property
    def outcome(self) -> Outcome:
        """All figures."""
        return outcome(self.tally)

    def clause(self, rule_id: str) -> str:
        """The clause that a rule belongs to."""
        rule = self.pack.rules.get(rule_id) or active_pack().rules.get(rule_id)
        return rule.clause if rule else ""


def try_draft(
    *,
    draft: Path,
    since: date,
    until: date,
    now: datetime,
    processes: int = PROCESSES,
    calls_only: bool = False,
) -> Tried:
    """Judges what began from `since` to `until`, local days, both included; with `calls_only` the calls alone.

    Raises PackFaults, PartFailed.
    """
    zone = active_pack().calendar.zone
    question = Question(
        draft=str(draft.resolve()),
        since=datetime.combine(since, time_of_day(), zone),
        until=datetime.combine(until + timedelta(days=1), time_of_day(), zone),
        known_at=now,
        calls_only=calls_only,
    )
    tried = Tried(trial_of(question).pack)
    parts = list(enumerate(parts_of(question)))
    with _bar() as bar:
        task = bar.add_task("重判 / judging", total=len(parts))
        for _, answer in answers(parts, question, processes=processes):
            tried.tally.add(answer.tally)
            for flip in answer.flips:
                some = tried.examples.setdefault(flip.rule_id, [])
                if len(some) < _EXAMPLES:
                    some.append(flip)
            bar.advance(task)
    return tried


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def as_table(tried: Tried) -> dict[str, Any]:
    """For programs."""
    found = tried.outcome
    peak = found.peak
    return {
        "judged": found.total.judged,
        "added": found.total.added,
        "saved": found.total.saved,
        "other": found.total.other,
        "peak": asdict(peak) if peak else None,
        "clauses": [_row(tried, clause, each) for clause, each in _clauses(tried)],
        "rules": [
            {"rule": rule_id, **_row(tried, tried.clause(rule_id), each)}
            for rule_id, each in sorted(found.rules.items())
        ],
        "hours": [
            {"department": department, "weekday": weekday, "hour": hour}
            | {"added": added, "saved": saved}
            for (department, weekday, hour), (added, saved) in sorted(found.hours.items())
        ],
        "examples": [_example(flip) for some in tried.examples.values() for flip in some],
    }


def as_lines(tried: Tried) -> Iterator[str]:
    """For people, Chinese before English."""
    total, peak = tried.outcome.total, tried.outcome.peak
    yield f"重判 {total.judged} 个判定 · {total.judged} verdicts judged again"
    yield (
        f"多出 {total.added} 件超时，少掉 {total.saved} 件，其他变化 {total.other} 件"
        f" · {total.added} breaches more, {total.saved} fewer, {total.other} otherwise"
    )
    if peak:
        yield _told(peak)
    for clause, each in _clauses(tried):
        if each.is_moved:
            yield (
                f"{clause:<14}{_percent(each.old_share):>8} → {_percent(each.new_share):<8}"
                f"+{each.added} -{each.saved} ~{each.other} ={each.unchanged}"
            )


def _told(peak: Peak) -> str:
    (day_zh, day_en), (part_zh, part_en) = _WEEK[peak.weekday], _PARTS[peak.part]
    share = f"{peak.share:.0%}"
    return f"集中在{day_zh}{part_zh}受理的（{share}） · most begin on {day_en} {part_en} ({share})"


def _clauses(tried: Tried) -> list[tuple[str, RuleOutcome]]:
    """The rules of each clause together, in the order of the contents."""
    order = [passage.clause for passage in tried.pack.passages]
    found: dict[str, RuleOutcome] = {}
    for rule_id, each in tried.outcome.rules.items():
        clause = tried.clause(rule_id)
        found[clause] = found.get(clause, RuleOutcome()) + each
    known = [(clause, found.pop(clause)) for clause in order if clause in found]
    return [*known, *found.items()]


def _row(tried: Tried, clause: str, each: RuleOutcome) -> dict[str, Any]:
    return {
        "clause": clause,
        "judged": each.judged,
        "old": {"met": each.old_met, "missed": each.old_missed, "share": each.old_share},
        "new": {"met": each.new_met, "missed": each.new_missed, "share": each.new_share},
        "added": each.added,
        "saved": each.saved,
        "other": each.other,
        "unchanged": each.unchanged,
    }


def _example(flip: Flip) -> dict[str, Any]:
    return {
        "rule": flip.rule_id,
        "subject": {"kind": flip.subject_kind, "id": str(flip.subject_id)},
        "old": flip.old,
        "new": flip.new,
        "began_at": flip.began_at.isoformat(),
        "old_due_at": flip.old_due_at.isoformat() if flip.old_due_at else None,
        "new_due_at": flip.new_due_at.isoformat() if flip.new_due_at else None,
        "ended_at": flip.ended_at.isoformat() if flip.ended_at else None,
    }


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
