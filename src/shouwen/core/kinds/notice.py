"""The notice kind: people are told something, with named contents, by several channels, with proof.

How a notice is judged, from the events up to `now`:
- Ahead (`before`): at least the longest of the applying leads before the planned time. The latest
  plan counts; when its time moved, only what was sent after it counts. What begins earlier than
  planned is measured from its beginning.
- At once (`after`): within a limit after each of the events.
- A notice counts when it carries every content its channel has room for and, where the rule asks
  for it, proof of sending. It is done when enough different channels count and nobody is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Literal

from shouwen.core.clause import Conditions, Limit, RuleHead, Version, Words, matches
from shouwen.core.events import Event
from shouwen.core.events.given import moment_given, names_given, number_given
from shouwen.core.kinds.clock import duration_of, first
from shouwen.core.matter import Matter
from shouwen.core.timing.backwards import latest_before
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Gap, Met, Missed, NotApplicable, Running, Verdict

_A_DAY = Limit(value=24, unit="hours")
Channel = Literal["sms", "call", "poster", "web", "app", "im", "paper", "in_person", "media"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One thing the notice must say. `not_by`: channels that have no room for it."""

    id: str
    title: Words
    not_by: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long ahead people must be told, by whose rule, and where that rule applies."""

    id: str
    title: Words
    limit: Limit
    when: Conditions = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is planned: the events that carry the planned time in the field `at`, those by which
    it begins, and those that call it off.
    """

    on: tuple[str, ...]
    at: str = "at"
    begins: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeVersion(Version):
    """One dated wording: `sent` ahead of what is planned (`before` with `leads`), or at once
    (`after` with `within`).

    `channels` are those that count, `channels_at_least` how many different ones are needed (left
    out: all). `proof`: each notice counts only with a reference to the proof of sending, and
    `untold` homes must be none. `warn_for`: how long before the latest moment a reminder is due.
    """

    sent: tuple[str, ...]
    before: Planned | None = None
    leads: tuple[Lead, ...] = ()
    after: tuple[str, ...] = ()
    within: Limit | None = None
    contents: tuple[Content, ...]
    channels: tuple[Channel, ...]
    channels_at_least: int | None = None
    proof: bool = True
    warn_for: Limit = _A_DAY

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The plan, or what is told at once."""
        if self.before is not None:
            return self.before.on
        return self.after

    @property
    def channels_needed(self) -> int:
        """How many different channels a notice must use."""
        return len(self.channels) if self.channels_at_least is None else self.channels_at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule(RuleHead):
    """A rule about telling people."""

    kind: Literal["notice"]
    versions: tuple[NoticeVersion, ...]

    @property
    def judged(self) -> bool:
        """Notices are judged."""
        return True


def judge_notice(version: NoticeVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Ahead: Running until the latest moment to send; Met when what was sent by then was whole;
    Missed names what was not: `contents.…`, `channels`, `proof`, `homes`, or `sent` when nothing
    was. At once: the earliest outstanding event runs. Raises YearNotPublished.
    """
    if version.before is not None:
        return _ahead(version, version.before, matter)
    return _at_once(version, matter)


# --- ahead of what is planned


def _ahead(version: NoticeVersion, planned: Planned, matter: Matter) -> Verdict:
    plans = [event for event in matter.events if event.kind in planned.on]
    if not plans:
        return NotApplicable(reason="not_started")
    plan, started = plans[-1], in_utc(plans[0].at)
    called_off = first(matter.events, planned.cancelled, since=plan.at)
    planned_at = moment_given(plan, planned.at)
    if planned_at is None:
        step = Step("plan_without_time", {"at": in_utc(plan.at)})
        return Gap(reason="value_not_given", started_at=started, steps=(step,))
    begun = first(matter.events, planned.begins, since=plans[0].at)
    begins_at = planned_at if begun is None else min(planned_at, in_utc(begun.at))
    latest, steps = _latest(version, matter, begins_at)
    since = _last_moved(plans, planned.at)
    window = _Window(version, matter, since, latest, started)
    window.steps += _plan_steps(plans, since, planned_at, begins_at) + steps
    if called_off is not None and called_off.at <= latest:
        return NotApplicable(reason="cancelled", steps=window.told)
    return window.verdict()


def _last_moved(plans: Sequence[Event], name: str) -> datetime:
    """When the planned time was last set to what it is now."""
    since = plans[0]
    for earlier, later in pairwise(plans):
        if moment_given(earlier, name) != moment_given(later, name):
            since = later
    return since.at


def _latest(
    version: NoticeVersion, matter: Matter, begins_at: datetime
) -> tuple[datetime, list[Step]]:
    """The latest moment to send by the longest of the leads, and a step for each lead."""
    steps, latest = [], begins_at
    for lead in version.leads:
        if not matches(when=lead.when, facts=matter.facts):
            continue
        by = latest_before(
            end=begins_at, duration=duration_of(lead.limit), calendar=matter.calendar
        )
        latest = min(latest, by)
        steps.append(_lead_step("lead", lead, by))
    longest = [step for step in steps if step.params["by_at"] == latest]
    return latest, [
        *steps,
        *(Step("longest_lead", step.params) for step in longest[:1] if len(steps) > 1),
    ]


def _lead_step(code: str, lead: Lead, by: datetime) -> Step:
    limit = {"value": lead.limit.value, "unit": lead.limit.unit}
    names = {"name_zh": lead.title.zh, "name_en": lead.title.en}
    return Step(code, {**limit, **names, "by_at": by})


def _plan_steps(
    plans: Sequence[Event], since: datetime, planned_at: datetime, begins_at: datetime
) -> list[Step]:
    steps = [Step("planned_for", {"at": in_utc(plans[-1].at), "planned_at": planned_at})]
    if since != plans[0].at:
        steps.append(Step("plan_moved", {"at": in_utc(since)}))
    if begins_at != planned_at:
        steps.append(Step("begun_early", {"at": begins_at}))
    return steps


# --- at once, after something happened


def _at_once(version: NoticeVersion, matter: Matter) -> Verdict:
    after, within = version.after, version.within
    occasions = [event for event in matter.events if event.kind in after]
    if not occasions or within is None:
        return NotApplicable(reason="not_started")
    verdicts = []
    for occasion in occasions:
        due = due_at(
            start=occasion.at,
            duration=duration_of(within),
            calendar=matter.calendar,
            now=occasion.at,
        )
        window = _Window(version, matter, occasion.at, due, in_utc(occasion.at))
        limit = {"value": within.value, "unit": within.unit}
        window.steps += [Step("started", {"at": in_utc(occasion.at)}), Step("limit", limit)]
        verdicts.append(window.verdict())
    for wanted in (Missed, Running):
        found = next((verdict for verdict in verdicts if isinstance(verdict, wanted)), None)
        if found is not None:
            return found
    return verdicts[-1]


# --- what was sent between two moments


@dataclass(slots=True)
class _Window:
    """What must be sent from `since` until `latest`, and what was."""

    version: NoticeVersion
    matter: Matter
    since: datetime
    latest: datetime
    started: datetime
    steps: list[Step] = field(default_factory=list)

    @property
    def told(self) -> tuple[Step, ...]:
        return tuple(self.steps) if self.matter.explain else ()

    def verdict(self) -> Verdict:
        sent = [
            event
            for event in self.matter.events
            if event.kind in self.version.sent and event.at >= self.since
        ]
        in_time = [event for event in sent if event.at <= self.latest]
        self.steps += [step for event in in_time for step in self._of_notice(event)]
        self.steps.append(Step("send_by", {"at": self.latest}))
        done_at = self._whole_at(in_time)
        if done_at is not None:
            return Met(at=done_at, due_at=self.latest, started_at=self.started, steps=self.told)
        failed = _failed(self.version, in_time)
        if self.matter.now > self.latest:
            self.steps += [Step("sent_late", {"at": in_utc(e.at)}) for e in sent[len(in_time) :]]
            self.steps.append(_not_so(self.version, failed))
            return Missed(
                at=self._whole_at(sent),
                due_at=self.latest,
                started_at=self.started,
                failed=failed,
                steps=self.told,
            )
        if in_time:
            self.steps.append(_not_so(self.version, failed))
        return Running(
            due_at=self.latest,
            warn_at=self._warn_at(),
            started_at=self.started,
            steps=self.told,
        )

    def _warn_at(self) -> datetime:
        warn_at = latest_before(
            end=self.latest,
            duration=duration_of(self.version.warn_for),
            calendar=self.matter.calendar,
        )
        return max(warn_at, self.started)

    def _whole_at(self, sent: Sequence[Event]) -> datetime | None:
        """When everything was told; None while something is missing."""
        for i in range(1, len(sent) + 1):
            if not _failed(self.version, sent[:i]):
                return in_utc(sent[i - 1].at)
        return None

    def _of_notice(self, event: Event) -> Iterator[Step]:
        channel = str(event.data.get("channel", ""))
        yield Step("notice_sent", {"at": in_utc(event.at), "channel": channel})
        lacking = (*_contents_lacking(self.version, event), *_proof_lacking(self.version, event))
        if channel not in self.version.channels:
            lacking = ("channels", *lacking)
        if lacking:
            yield _not_so(self.version, lacking, code="notice_incomplete")


def _failed(version: NoticeVersion, sent: Sequence[Event]) -> tuple[str, ...]:
    """What is still missing after these notices; nothing when all is told."""
    if not sent:
        return ("sent",)
    used = {event.data.get("channel") for event in sent} & set(version.channels)
    lacking = {
        event.data.get("channel"): (
            *_contents_lacking(version, event),
            *_proof_lacking(version, event),
        )
        for event in sorted(sent, key=lambda event: _counts(version, event))
        if event.data.get("channel") in used
    }
    failed: list[str] = ["channels"] if len(used) < version.channels_needed else []
    if sum(not lacking[channel] for channel in used) < version.channels_needed:
        failed += dict.fromkeys(name for names in lacking.values() for name in names)
    if version.proof and min((number_given(e, "untold") or 0 for e in sent), default=0) > 0:
        failed.append("homes")
    return tuple(failed)


def _counts(version: NoticeVersion, event: Event) -> bool:
    return not (_contents_lacking(version, event) or _proof_lacking(version, event))


def _contents_lacking(version: NoticeVersion, event: Event) -> tuple[str, ...]:
    said = names_given(event, "contents")
    return tuple(
        f"contents.{content.id}"
        for content in version.contents
        if content.id not in said and event.data.get("channel") not in content.not_by
    )


def _proof_lacking(version: NoticeVersion, event: Event) -> tuple[str, ...]:
    return ("proof",) if version.proof and not str(event.data.get("proof", "")).strip() else ()


_NAMES = {
    "sent": Words(zh="没有发出", en="nothing was sent"),
    "channels": Words(zh="渠道不够", en="too few channels"),
    "proof": Words(zh="没有凭证", en="no proof of sending"),
    "homes": Words(zh="还有户没有告知到", en="homes not reached"),
}


def _not_so(version: NoticeVersion, failed: Sequence[str], code: str = "not_so") -> Step:
    """A step that says in both languages what is missing."""
    titles = {f"contents.{content.id}": content.title for content in version.contents}
    words = [titles.get(name) or _NAMES[name] for name in failed]
    return Step(
        code,
        {"names_zh": "、".join(w.zh for w in words), "names_en": ", ".join(w.en for w in words)},
    )
