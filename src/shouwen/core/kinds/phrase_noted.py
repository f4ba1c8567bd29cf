"""Wording where no machine listens: noted in the hall, tapped on a visit."""

from collections.abc import Sequence
from datetime import datetime

from shouwen.core.events import Event
from shouwen.core.kinds.phrase import ENDED, NOTED, SAID, WANTED, PhraseVersion
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict


def judge_spoken(version: PhraseVersion, matter: Matter) -> Verdict:
    """The verdict of one phrase rule on a visit or a contact in the hall; pure.

    A forbidden line is missed when somebody notes that it was said, met when somebody listened
    and notes that it was not. A required line must be said after each time it is wanted, at the
    latest by the end; a note that it was not said is a miss at once. Guidance is never missed.
    """
    notes = [e for e in matter.events if _is_note(e) and _is_about(e, matter.rule_id)]
    if version.mode == "forbidden":
        return _noted(notes, kept=False, matter=matter)
    if version.mode == "guidance":
        said = [note for note in notes if _said(note)]
        return _noted(said, kept=True, matter=matter)
    wanted = [event for event in matter.events if _wants(event, version, matter.rule_id)]
    if not wanted:
        return _noted(notes, kept=True, matter=matter)
    return _wanted(wanted, notes, matter)


def _noted(notes: Sequence[Event], *, kept: bool, matter: Matter) -> Verdict:
    """Each note for itself: the first one that goes against the rule decides."""
    if not notes:
        return NotApplicable(reason="not_heard")
    steps = tuple(_told(note) for note in notes) if matter.explain else ()
    start = in_utc(notes[0].at)
    against = next((note for note in notes if _said(note) is not kept), None)
    if against is not None:
        failed = ("not_said" if kept else "said",)
        return Missed(at=in_utc(against.at), started_at=start, failed=failed, steps=steps)
    return Met(at=in_utc(notes[-1].at), started_at=start, steps=steps)


def _wanted(wanted: Sequence[Event], notes: Sequence[Event], matter: Matter) -> Verdict:
    """Every time the line is wanted it must follow before it is wanted again or the end."""
    ended = next((event for event in matter.events if event.kind in ENDED), None)
    limits: list[datetime | None] = [*(event.at for event in wanted[1:]), None]
    answers = [
        _answer(event.at, until, notes) for event, until in zip(wanted, limits, strict=True)
    ]
    steps = _steps(wanted, answers) if matter.explain else ()
    start = in_utc(wanted[0].at)
    for answer, until in zip(answers, limits, strict=True):
        over = until or (ended.at if ended else None)
        if answer is not None and not _said(answer):
            at = in_utc(answer.at)
            return Missed(at=at, started_at=start, failed=("not_said",), steps=steps)
        if answer is None and over is not None:
            at = in_utc(over)
            return Missed(at=at, started_at=start, failed=("not_said",), steps=steps)
    if answers[-1] is None:
        return Running(due_at=None, warn_at=None, started_at=start, steps=steps)
    return Met(at=in_utc(answers[-1].at), started_at=start, steps=steps)


def _answer(since: datetime, until: datetime | None, notes: Sequence[Event]) -> Event | None:
    """What was noted of one time: that the line was said, else that it was not."""
    of_this = [n for n in notes if n.at >= since and (until is None or n.at < until)]
    said = next((note for note in of_this if _said(note)), None)
    return said or next(iter(of_this), None)


def _is_note(event: Event) -> bool:
    return event.kind in (NOTED, SAID)


def _wants(event: Event, version: PhraseVersion, rule_id: str) -> bool:
    return event.kind in version.wanted_on or (event.kind == WANTED and _is_about(event, rule_id))


def _is_about(event: Event, rule_id: str) -> bool:
    return event.data.get("rule", rule_id) == rule_id


def _said(note: Event) -> bool:
    return note.kind == SAID or str(note.data.get("said", "true")).lower() == "true"


def _told(note: Event) -> Step:
    return Step("words_said" if _said(note) else "words_not_said", {"at": in_utc(note.at)})


def _steps(wanted: Sequence[Event], answers: Sequence[Event | None]) -> tuple[Step, ...]:
    steps = []
    for event, answer in zip(wanted, answers, strict=True):
        at = in_utc(event.at)
        steps.append(Step("words_wanted", {"at": at}))
        steps.append(Step("words_unanswered", {"at": at}) if answer is None else _told(answer))
    return tuple(steps)
