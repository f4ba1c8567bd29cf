"""The standard cannot be read: what can be done without it is done, and the gap is flagged."""

import shutil
import uuid
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.hotline.models import Call
from shouwen.journal.models import Entry
from shouwen.standard.locations import VARIABLE, default_pack_path
from tests import calls, people
from tests.calls import played, samples
from tests.calls_played import PlayedCall, seated
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


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("name", ["sign_in", "alarm", "cockpit", "security"])
def test_whoever_answers_the_telephone_gets_in_and_to_work(client: Client, name: str):
    if name != "sign_in":
        client.force_login(people.staff("wang_min"))

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("name", ["my_work", "clock_board", "cases", "clauses", "figures"])
def test_a_page_that_needs_the_standard_says_so_and_shows_the_way(client: Client, name: str):
    client.force_login(people.staff("wang_min"))

    page = client.get(reverse(name))

    assert page.status_code == 503
    assert "标准读不出来" in page.content.decode()
    assert reverse("alarm") in page.content.decode()


@pytest.mark.usefixtures("damaged")
def test_a_call_is_on_the_screen_and_its_alarm_goes_out(client: Client):
    people.department("emergency")
    agent = seated(people.staff("wang_min"))
    call = PlayedCall(agent)
    call.rings(ago=9)
    call.is_answered(ago=5)
    client.force_login(agent)

    page = client.get(reverse("cockpit"))
    url = partial(reverse, "cockpit_act")
    said = client.post(url(args=[Call.objects.get().pk, "kind"]), {"kind": "alarm"})
    sent = client.post(url(args=[Call.objects.get().pk, "dispatch"]))

    assert [page.status_code, said.status_code, sent.status_code] == [200, 302, 302]
    assert Case.objects.get().handovers.get().to_department == people.department("emergency")
