"""Short ways to draft an edition, have it approved and let time pass, for tests."""

import tomllib
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shouwen.access.roles import Role
from shouwen.core.events import Subject
from shouwen.core.kinds.clock import ClockRule, ClockVersion
from shouwen.editions import operations
from shouwen.editions.models import Edition
from shouwen.editions.queries import edition_path
from shouwen.jobs.worker import work_once
from shouwen.people.models import Staff
from shouwen.people.operations import Act
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from tests.apps.clocks.happenings import ANSWERED, CONSULTATION, a_case, happens

FRIDAY = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)
"""Friday 9 October 2026, 09:12 in Shandong; the Saturday after is worked."""
TODAY = date(2026, 10, 9)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def holder(role: Role, number: str) -> Staff:
    """Somebody with a role."""
    there = Staff.objects.filter(staff_no=number).first()
    return there or Staff.objects.create_staff(
        staff_no=number, name=f"{role.value} {number}", password=None, roles={role}
    )


def editor(number: str = "8801") -> Staff:
    """An editor of the standard."""
    return holder(Role.EDITOR, number)


def approver(number: str = "8811") -> Staff:
    """An approver of the standard."""
    return holder(Role.APPROVER, number)


def versions(pack: Pack, rule_id: str = ANSWERED) -> tuple[Any, ...]:
    """Every version of a clock's rule."""
    return tuple(pack.rules[rule_id].versions)


def act(who: Staff) -> Act:
    """A new act of somebody."""
    return Act(id=uuid.uuid4(), by=who.staff_no)


def a_draft(*, by: Staff | None = None, now: datetime = FRIDAY) -> Edition:
    """A draft that says what the edition in force says."""
    by = by or editor()
    return operations.start_draft(name="2026 年修订", by=by, act=act(by), now=now)


def version_in(draft: Edition, rule_id: str = ANSWERED) -> dict[str, Any]:
    """The last version of a rule as the draft's file has it."""
    path = next((edition_path(draft) / "pack").glob(f"*/**/{rule_id}.toml"))
    versions: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["version"]
    return versions[-1]


def wordings(pack: Pack, rule_id: str = ANSWERED) -> tuple[ClockVersion, ...]:
    """All versions of a clock of the pack."""
    rule = pack.rules[rule_id]
    assert isinstance(rule, ClockRule)
    return rule.versions


def limit_of(version: ClockVersion) -> float:
    """The number in its limit."""
    assert version.limit is not None
    return version.limit.value


def changed(
    draft: Edition,
    *,
    rule_id: str = ANSWERED,
    by: Staff | None = None,
    now: datetime = FRIDAY,
    revision: int | None = None,
    **said: Any,
) -> Edition:
    """The draft after a save that lets the rule say something else from `from_` on."""
    by = by or editor()
    day = said.pop("from_", wording.local_day(now))
    version = {**version_in(draft, rule_id), "from": day, **said}
    return operations.save_rule(
        edition_id=draft.pk,
        revision=revision or draft.revision,
        rule=operations.RuleDraft(
            rule_id=rule_id,
            version={key: value for key, value in version.items() if value is not None},
        ),
        by=by,
        act=act(by),
        now=now,
    )


ONE_DAY: dict[str, Any] = {"limit": {"value": 1, "unit": "working_days"}}


def minutes(value: int) -> dict[str, Any]:
    """A limit in natural time, which knows no reading of working days."""
    return {"limit": {"value": value, "unit": "minutes"}, "reading": None}


def submitted(draft: Edition, *, by: Staff | None = None, now: datetime = FRIDAY) -> Edition:
    """The draft handed in."""
    by = by or editor()
    return operations.submit(
        edition_id=draft.pk,
        revision=draft.revision,
        by=by,
        act=act(by),
        now=now,
    )


def approved(draft: Edition, *, by: Staff | None = None, now: datetime = FRIDAY) -> Edition:
    """The edition published by somebody else."""
    by = by or approver()
    return operations.approve(edition_id=draft.pk, by=by, act=act(by), now=now)


def published(*, now: datetime = FRIDAY, **said: Any) -> Edition:
    """A published edition whose only change is to the two working days for answers."""
    return approved(submitted(changed(a_draft(now=now), now=now, **said), now=now), now=now)


def work(now: datetime = FRIDAY + HOUR) -> None:
    """Everything that is due is done."""
    while work_once(clock=lambda: now):
        pass


def a_question(at: datetime = FRIDAY) -> Subject:
    """A consultation that could not be answered at once."""
    case = a_case()
    happens(case, "case.reported", at=at, facts=CONSULTATION)
    happens(case, "case.deferred", at=at, facts=CONSULTATION)
    return case
