"""Reports about gifts and attempts to buy a result; the superior decides."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import OuterRef

from shouwen.cases.operations import part_of
from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import (
    Decided,
    Difference,
    compared,
    groundless,
    restate,
    rulings_on,
)
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import Event
from shouwen.core.kinds import Rule
from shouwen.core.verdict import Met, Missed
from shouwen.fieldwork.models import Order
from shouwen.journal.operations import record, record_once
from shouwen.journal.queries import events_of
from shouwen.people.models import Staff
from shouwen.standard.judging import judge
from shouwen.standard.pack import Pack
from shouwen.visits.models import GiftReport

GIFT: Final = "gift"
_FACTS = {"staff_group": "field"}
_OF_GIFTS = frozenset(("gift.reported", "gift.decided"))


class OwnReport(Exception):
    """Nobody decides about the own report."""


class AlreadyDecided(Exception):
    """Somebody else was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What was offered, how it came about, and whether it was refused."""

    id: uuid.UUID
    offered_at: datetime
    what: str
    circumstances: str
    refused: bool
    kind: str = GiftReport.Kind.GIFT
    order: Order | None = None


@transaction.atomic
def report_gift(*, offered: Offered, by: Staff, at: datetime, now: datetime) -> GiftReport:
    """A report to the superior. The same id again gives the report that is there."""
    there = GiftReport.objects.filter(pk=offered.id).first()
    if there:
        return there
    report = GiftReport.objects.create(
        id=offered.id, kind=offered.kind, staff=by, order=offered.order,
        offered_at=min(offered.offered_at, at), reported_at=at, what=offered.what[:120],
        circumstances=offered.circumstances[:300], refused=offered.refused,
    )  # fmt: skip
    words = {"what": offered.what, "circumstances": offered.circumstances}
    missing = ",".join(name for name, text in words.items() if not text.strip())
    record(
        id=part_of(offered.id, "offered"), kind="gift.offered", subject=report.subject,
        happened_at=report.offered_at, now=now, actor=by.staff_no,
    )  # fmt: skip
    record(
        id=offered.id, kind="gift.reported", subject=report.subject, happened_at=at, now=now,
        actor=by.staff_no,
        data={
            "offered_at": report.offered_at.isoformat(),
            "refused": "yes" if offered.refused else "no",
            "missing": missing,
        },
    )  # fmt: skip
    _judge(report, now=now)
    return report


@transaction.atomic
def decide_gift(
    *,
    act_id: uuid.UUID,
    report_id: uuid.UUID,
    decision: str,
    remark: str,
    by: Staff,
    now: datetime,
) -> GiftReport:
    """The superior's decision. Raises OwnReport, AlreadyDecided."""
    report = GiftReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.staff_id == by.pk:
        raise OwnReport
    if report.decided_at is not None:
        if report.decided_by_id == by.pk and report.decision == decision:
            return report
        raise AlreadyDecided
    report.decision, report.remark = decision, remark[:200]
    report.decided_by, report.decided_at = by, now
    report.save(update_fields=["decision", "remark", "decided_by", "decided_at"])
    record_once(
        id=act_id, kind="gift.decided", subject=report.subject, now=now, actor=by.staff_no,
        data={"decision": decision},
    )  # fmt: skip
    _judge(report, now=now)
    return report


def compare_gifts(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Reports whose rulings are not what their events give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    for report in GiftReport.objects.select_related("staff__department").iterator():
        fresh = _fresh(report, events_of(subject=report.subject), pack, now=now)
        yield from compared(subject=report.subject, fresh=fresh, check=check)
    ground = GiftReport.objects.filter(pk=OuterRef("subject_id"))
    yield from groundless(subject_kind=GIFT, ground=ground, check=check)


def _judge(report: GiftReport, *, now: datetime) -> None:
    pack = readable_standard()
    if pack is not None:
        fresh = _fresh(report, events_of(subject=report.subject), pack, now=now)
        restate(subject=report.subject, fresh=fresh)


def _fresh(
    report: GiftReport, events: Sequence[Event], pack: Pack, *, now: datetime
) -> list[Ruling]:
    decided = [
        each
        for rule in pack.rules.values()
        if _OF_GIFTS.intersection(rule.versions[-1].begins_on)
        for each in _decided(rule, report, events, pack, now=now)
    ]
    return rulings_on(subject=report.subject, decided=decided, pack=pack)


def _decided(
    rule: Rule, report: GiftReport, events: Sequence[Event], pack: Pack, *, now: datetime
) -> Iterator[Decided]:
    verdict = judge(
        rule=rule, facts=_FACTS, events=events, calendar=pack.calendar, calendars=pack.calendars,
        now=now, explain=False,
    )  # fmt: skip
    if isinstance(verdict, Met | Missed):
        yield Decided(
            rule_id=rule.id,
            verdict=verdict.word,
            failed=verdict.failed if isinstance(verdict, Missed) else (),
            judged_on=report.reported_at,
            decided_at=verdict.at or now,
            staff_no=report.staff.staff_no,
            department=report.staff.department_code,
        )
