"""The standard cannot be read: what can be done without it is done, and the gap is flagged."""

import shutil
import uuid
from pathlib import Path

import pytest

from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.journal.models import Entry
from shouwen.standard.locations import VARIABLE, default_pack_path
from tests import calls, people
from tests.calls import played, samples
from tests.people import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the standard with one rule cut off in the middle, as after a full disk."""
    calls.take_up_posts()
    here = default_pack_path()
    shutil.copytree(here.parent, tmp_path / "standard")
    rule = tmp_path / "standard" / here.name / "commitments" / "repair-done-24h.toml"
    rule.write_bytes(rule.read_bytes()[:200])
    monkeypatch.setenv(VARIABLE, str(rule.parents[1]))


@pytest.mark.usefixtures("damaged")
def test_an_alarm_taken_at_a_desk_is_opened_and_flagged():
    alarm = people.case(kind="alarm", said="家里有臭鸡蛋味")

    assert Case.objects.get() == alarm
    flagged = Entry.objects.get(subject_id=alarm.pk, kind="case.gap_flagged")
    assert flagged.data == {"gap": "standard_unreadable"}


@pytest.mark.usefixtures("damaged")
def test_an_alarm_is_worked_on_all_the_same():
    alarm = people.case(kind="alarm", said="家里有臭鸡蛋味")

    operations.report(
        act_id=uuid.uuid4(),
        case_id=alarm.pk,
        what="dispatched",
        by=alarm.owner,
        at=MORNING,
        now=MORNING,
    )

    assert Entry.objects.filter(subject_id=alarm.pk, kind="case.dispatched").exists()


@pytest.mark.usefixtures("damaged")
def test_an_alarm_on_the_telephone_is_opened_and_flagged():
    played(samples()["S24"])

    alarm = Case.objects.get()
    assert alarm.kind == "alarm"
    assert Entry.objects.filter(subject_id=alarm.pk, kind="case.gap_flagged").exists()
