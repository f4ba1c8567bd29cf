"""A hazard goes from finding to closing, its clocks with it, and never closes without its proofs."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from shouwen.adapters.attachments import AttachmentStore
from shouwen.adapters.signing import signing_key
from shouwen.clocks.models import Clock
from shouwen.fieldwork.models import Hazard, HazardReading, HazardState, HazardTelling, Order
from shouwen.fieldwork.operations import hazards, start_visit
from shouwen.jobs.models import Job
from shouwen.jobs.registry import handler_of
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.fieldwork.field import MORNING, at, order, technician, when
from tests.apps.fieldwork.hazardous import (
    FLUELESS,
    LOOSE_CLAMP,
    OLD_HOSE,
    doing,
    found,
    given,
    noticed,
    office,
    pictured,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(tmp_path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "files")


def clock(hazard: Hazard, rule: str) -> Clock:
    return Clock.objects.filter(subject_id=hazard.pk, rule_id=rule).order_by("-ordinal")[0]


def kinds(hazard: Hazard) -> list[str]:
    events = Entry.objects.filter(subject_id=hazard.pk, kind__startswith="hazard.")
    return list(events.order_by("happened_at", "recorded_at", "id").values_list("kind", flat=True))


def lacks(act) -> tuple[str, ...]:
    with pytest.raises(hazards.HazardRefusal) as refusal:
        act()
    return refusal.value.lacks


def test_a_hazard_found_knows_what_the_catalogue_says_of_it():
    hazard = found()

    assert (hazard.grade, hazard.side, hazard.needs_notice, hazard.needs_photo) == (
        "major", "USER", True, True,
    )  # fmt: skip
    assert hazard.number.startswith("Y20261009-")
    assert clock(hazard, "hazard-notice-same-day").state == "running"


def test_a_hazard_that_the_catalogue_does_not_know_is_refused():
    with pytest.raises(hazards.UnknownHazard):
        found("HZ-Z99")


def test_the_same_finding_sent_twice_is_one_hazard():
    same = uuid.uuid4()

    assert found(id=same).pk == found(id=same).pk
    assert Hazard.objects.count() == 1


def test_what_was_found_in_a_visit_takes_its_order_case_and_home_along():
    given_order = order()
    visit = start_visit(visit_id=uuid.uuid4(), order_id=given_order.pk, by=technician(), **when(5))

    hazard = found(visit=visit, place="")

    assert (hazard.order, hazard.case) == (given_order, given_order.case)


def test_readings_stand_by_the_limits_of_the_pack():
    read = [
        hazards.Read(reading="co_ppm_room", value="45", instrument="CO-07"),
        hazards.Read(reading="gas_ppm_joint", value="many"),
    ]

    hazard = found(readings=read)

    stands = dict(hazard.readings.values_list("reading", "stands"))
    assert stands == {
        "co_ppm_room": "danger",
        "gas_ppm_joint": "danger",
    }  # unreadable: take it as the worst


def test_the_same_hazard_found_again_at_the_same_spot_is_one_and_the_more_dangerous_finding_holds():
    home = people.home()[1]
    first = found(OLD_HOSE, premises=home, where="灶下")

    again = found(OLD_HOSE, premises=home, where="灶下", grade="major", minutes=2)

    assert (again.pk, again.grade) == (first.pk, "major")
    assert found(OLD_HOSE, premises=home, where="灶下", minutes=3).grade == "major"
    assert "hazard.graded" in kinds(first)


def test_at_another_spot_it_is_another_hazard():
    home = people.home()[1]

    assert found(premises=home, where="厨房").pk != found(premises=home, where="阳台").pk


def test_a_hazard_of_written_notice_is_not_closed_without_proof_of_it(store):
    hazard = found()
    pictured(hazard, store)
    hazards.note_rectified(doing=doing(hazard, minutes=20))
    hazards.note_rechecked(doing=doing(hazard, minutes=30), passed=True)

    assert lacks(lambda: hazards.close_hazard(doing=doing(hazard, minutes=40))) == ("notice",)

    given(noticed(hazard, minutes=41), minutes=42)
    hazards.close_hazard(doing=doing(hazard, minutes=43))
    hazard.refresh_from_db()
    assert hazard.state == HazardState.CLOSED


def test_the_database_itself_refuses_to_close_one_without_notice():
    hazard = found()

    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(closed_at=at(9), closed_by=technician())


def test_a_notice_that_was_made_and_not_given_is_no_proof(store):
    hazard = found()
    pictured(hazard, store)
    noticed(hazard)
    hazards.note_removed(doing=doing(hazard, minutes=20), words="热水器已拆走，照片 3")

    assert lacks(lambda: hazards.close_hazard(doing=doing(hazard, minutes=40))) == ("notice",)


@pytest.mark.parametrize(
    "proof",
    [
        {"how": "signed"},
        {"how": "refused", "signer": "阮女士"},
        {"how": "served", "witness": "物业"},
        {"how": "told", "signer": "阮女士"},
    ],
)
def test_a_notice_is_given_only_with_a_whole_proof(proof):
    notice = noticed(found())

    with pytest.raises(hazards.NotGiven):
        given(notice, **proof)


@pytest.mark.parametrize(
    "proof",
    [
        {"how": "signed", "signer": "阮女士"},
        {"how": "refused", "witness": "物业 王某"},
        {"how": "served", "words": "挂号信 RK310"},
    ],
)
def test_signed_refused_before_a_witness_and_served_otherwise_all_count(proof):
    hazard = found()

    given(noticed(hazard), **proof)

    assert clock(hazard, "hazard-notice-same-day").state == "met"
    assert clock(hazard, "hazard-rectified-by-deadline").due_at == at(5) + timedelta(days=15)


def test_a_notice_is_given_once_and_the_first_proof_stays():
    notice = given(noticed(found()))

    again = given(notice, how="refused", witness="物业")

    assert (again.how, again.witness) == ("signed", "")


def test_one_notice_may_tell_of_several_hazards_of_one_place_and_only_of_one():
    one, two = found(), found(OLD_HOSE)

    given(noticed(one, hazard_ids=[one.pk, two.pk]))

    assert Hazard.objects.filter(notified_at__isnull=False).count() == 2
    assert Message.objects.get(text_id="hazard-told").params["count"] == "2"
    with pytest.raises(ValueError, match="one place"):
        noticed(one, hazard_ids=[one.pk, found(OLD_HOSE, place="禾风小区 1").pk])


def test_a_stop_is_a_chain_gas_comes_back_after_a_passed_re_check(store):
    hazard = found()
    pictured(hazard, store)
    given(noticed(hazard))
    hazards.make_safe(doing=doing(hazard, minutes=12), stop="appliance", seal="F-0231")

    assert lacks(lambda: hazards.give_gas_back(doing=doing(hazard, minutes=13))) == ("recheck",)
    hazards.note_rectified(doing=doing(hazard, minutes=60, by=office()))
    hazards.note_rechecked(doing=doing(hazard, minutes=90), passed=True)
    assert lacks(lambda: hazards.close_hazard(doing=doing(hazard, minutes=91))) == ("gas_back",)
    recovery = clock(hazard, "hazard-gas-back-24h")
    assert (recovery.state, recovery.due_at) == ("running", at(90) + timedelta(hours=24))

    hazards.give_gas_back(doing=doing(hazard, minutes=100))
    hazards.close_hazard(doing=doing(hazard, minutes=101))

    assert clock(hazard, "hazard-gas-back-24h").state == "met"
    assert Message.objects.filter(text_id="hazard-passed").count() == 1


def test_stopped_again_the_mending_begins_anew():
    hazard = found()
    for minutes in (10, 30):
        hazards.make_safe(doing=doing(hazard, minutes=minutes), stop="house")
        if minutes == 10:
            hazards.note_rectified(doing=doing(hazard, minutes=11))
            hazards.note_rechecked(doing=doing(hazard, minutes=12), passed=True)
            hazards.give_gas_back(doing=doing(hazard, minutes=13))

    assert lacks(lambda: hazards.give_gas_back(doing=doing(hazard, minutes=31))) == ("recheck",)


def test_reported_put_right_an_order_to_re_check_is_made_once():
    hazard = found()

    hazards.note_rectified(doing=doing(hazard, minutes=20))
    hazards.note_rectified(doing=doing(hazard, minutes=25))

    made = Order.objects.get(kind="recheck")
    hazard.refresh_from_db()
    assert (hazard.recheck, made.skills) == (made, ["inspection"])
    assert clock(hazard, "hazard-rechecked-24h").state == "running"


def test_a_failed_re_check_was_in_time_and_the_hazard_waits_to_be_put_right():
    hazard = found()
    given(noticed(hazard))
    hazards.note_rectified(doing=doing(hazard, minutes=20))

    hazards.note_rechecked(doing=doing(hazard, minutes=30), passed=False)

    hazard.refresh_from_db()
    assert (hazard.state, hazard.rectified_at) == (HazardState.TOLD, None)
    assert clock(hazard, "hazard-rechecked-24h").state == "met"


def test_what_is_put_right_on_the_spot_needs_no_paper():
    hazard = found(LOOSE_CLAMP)
    read = [hazards.Read(reading="gas_ppm_joint", value="0", moment="after")]

    hazards.tell(doing=doing(hazard, minutes=4))
    hazards.fixed_on_the_spot(doing=doing(hazard, minutes=5), readings=read)
    hazards.close_hazard(doing=doing(hazard, minutes=6))

    assert not Order.objects.filter(kind="recheck").exists()
    assert HazardReading.objects.get().moment == "after"


def test_every_act_sent_twice_is_done_once(store):
    hazard = found()
    act = uuid.uuid4()

    for _ in range(2):
        hazards.make_safe(doing=doing(hazard, minutes=12, act_id=act), stop="appliance")

    assert kinds(hazard).count("hazard.made_safe") == 1


def test_whoever_decides_on_an_older_page_is_told():
    hazard = found()
    hazards.tell(doing=doing(hazard, minutes=4))

    with pytest.raises(hazards.HazardMoved):
        hazards.tell(doing=doing(hazard, minutes=5, version=hazard.version))


def test_nothing_happens_to_a_closed_hazard():
    hazard = found(LOOSE_CLAMP)
    hazards.tell(doing=doing(hazard, minutes=4))
    hazards.fixed_on_the_spot(doing=doing(hazard, minutes=5))
    hazards.close_hazard(doing=doing(hazard, minutes=6))

    assert lacks(lambda: hazards.make_safe(doing=doing(hazard, minutes=7), stop="house")) == (
        "open",
    )


def test_before_and_after_the_day_in_the_notice_the_customer_is_reminded_once():
    hazard = found(OLD_HOSE)
    notice = given(noticed(hazard, days=15))
    jobs = Job.objects.filter(kind=hazards.REMIND).order_by("run_at")
    assert [job.run_at for job in jobs] == [
        notice.until - timedelta(days=3), notice.until + timedelta(days=3),
    ]  # fmt: skip

    for job in (*jobs, *jobs):
        handler_of(hazards.REMIND)(job.payload, job.run_at)

    texts = Message.objects.order_by("asked_at").values_list("text_id", flat=True)
    assert list(texts) == ["hazard-told", "hazard-due", "hazard-overdue"]


def test_nobody_is_reminded_of_what_was_put_right():
    hazard = found(OLD_HOSE)
    notice = given(noticed(hazard))
    hazards.note_rectified(doing=doing(hazard, minutes=30))

    assert hazards.remind(notice_id=notice.pk, place=0, now=notice.until) is None


def test_at_night_the_message_waits_for_the_morning():
    night = 12 * 60 + 60  # ten in the evening

    hazard = found(minutes=night)
    given(noticed(hazard, minutes=night), minutes=night + 1)

    assert Message.objects.get(text_id="hazard-told").due_at > at(night + 60)


def test_an_overdue_hazard_climbs_the_ladder_and_nobody_is_told_twice():
    hazard = found(OLD_HOSE)
    notice = given(noticed(hazard, days=1))
    running = clock(hazard, "hazard-rectified-by-deadline")
    office()
    payload = {
        "clock": str(running.pk), "due_at": notice.until.isoformat(), "rung": "dispatcher-missed",
    }  # fmt: skip

    for minutes in (1, 2):
        handler_of("cases.escalate")(payload, notice.until + timedelta(minutes=minutes))

    told = HazardTelling.objects.filter(hazard=hazard).values_list("staff__staff_no", flat=True)
    assert sorted(told) == sorted([technician().staff_no, office().staff_no])
    assert kinds(hazard).count("hazard.escalated") == 1


def test_a_paper_is_sealed_with_the_key_of_the_journal(store, tmp_path):
    key = signing_key(tmp_path / "journal.key")
    notice = noticed(found())

    paper = hazards.seal_paper(
        act_id=uuid.uuid4(), notice=notice, pdf=b"%PDF-1.7 x", by=technician(), store=store,
        key=key, now=MORNING,
    )  # fmt: skip

    with store.open(paper.stored_name) as file:
        content = file.read()
    assert hazards.seal_holds(paper, content=content, key=key)
    assert not hazards.seal_holds(paper, content=content + b" ", key=key)
    sealed = Entry.objects.get(kind="hazard.paper_sealed")
    assert sealed.data["sha256"] == paper.sha256


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time anyway")
def test_two_phones_that_find_the_same_hazard_at_once_make_one():
    home, by = people.home()[1], technician()
    people.department("repair")

    def find() -> None:
        found(OLD_HOSE, premises=home, where="灶下", found_by=by)
        connection.close()

    threads = [threading.Thread(target=find) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Hazard.objects.count() == 1


def test_a_flueless_heater_is_opened_by_the_failed_item_of_the_form():
    opened = hazards.hazards_of(readings={}, answers={"heater_has_flue": "no"})

    assert [each.code for each in opened] == [FLUELESS]
