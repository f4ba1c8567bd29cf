"""The page of a call: what happened, the clocks, the recording, what was said; who sees and hears what."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.operations import forget_recordings, hear, judge_events
from shouwen.hotline.operations.recording import store
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import people
from tests.apps.hotline.callers import ringing
from tests.apps.hotline.sounds import LEFT, recorded

pytestmark = pytest.mark.django_db
TURNS = [{"start": 1.0, "end": 2.0, "speaker": "customer", "text": "我家电话 14077002093"}]


@pytest.fixture
def call(settings, tmp_path) -> Call:
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    return told("a", answered_after=12.0)


def told(name: str, *, answered_after: float | None, offered: bool = True) -> Call:
    """A call that 王敏 took so many seconds after the first ring."""
    people.staff("wang_min")
    began = system_clock.now() - timedelta(minutes=10)

    def event(kind, after, **more):
        at = began + timedelta(seconds=after)
        return LineEvent(id=f"{name}:{kind}", call=name, type=kind, at=at, **more)

    events = [event("arrived", 0, number="14077002093", direction="inbound")]
    if offered:
        events.append(event("offered", 1, offer="1", staff_no="1031"))
    if answered_after is not None:
        events.append(event("answered", 1 + answered_after, offer="1", staff_no="1031"))
    events.append(event("hung_up", 90, by="customer", unanswered=answered_after is None))
    found = hear(events=events, source="hook", now=system_clock.now())[0]
    judge_events(call_id=found.pk)
    return Call.objects.get(pk=found.pk)


def somebody(role: Role) -> Client:
    client = Client()
    client.force_login(
        Staff.objects.create_staff(staff_no="7-x", name="某人", password=None, roles={role})
    )
    return client


def as_agent() -> Client:
    client = Client()
    client.force_login(people.staff("wang_min"))
    return client


def page(client: Client, call: Call, **query: str) -> str:
    return client.get(reverse("call", args=[call.pk]), query).content.decode()


def opened(client: Client, recording: Recording, act: uuid.UUID | None = None) -> str:
    """The address of the sound after the recording was opened."""
    answer = client.post(
        reverse("recording_open", args=[recording.call_id, recording.pk]),
        {"act_id": str(act or uuid.uuid4())},
    )
    opening = answer["Location"].partition("open=")[2].partition("&")[0]
    return reverse("recording_sound", args=[recording.call_id, recording.pk, opening, "left"])


def test_clocks_and_verdicts_stand_with_their_rule_and_reason(call):
    shown = page(as_agent(), call)

    assert "做到，灰区" in shown
    assert "12 秒" in shown
    assert "客户等的" in shown
    assert "/why/" in shown or "ruling" in shown


def test_what_was_not_heard_is_said_and_nobody_is_blamed(settings, tmp_path):
    unheard = told("b", answered_after=9.0, offered=False)

    shown = page(as_agent(), unheard)

    assert "接听是否及时，无法证明" in shown
    assert "无法证明" in shown


def test_a_call_that_reached_nobody_has_nothing_to_judge(call):
    assert "没有接通，没有录音" in page(as_agent(), told("c", answered_after=None))


def test_opening_a_recording_is_written_down_once_and_not_for_each_part(call, tmp_path):
    recording, client = recorded(call, tmp_path, now=system_clock.now()), as_agent()
    sound = opened(client, recording)

    for start in (0, 1000, 2000):
        answer = client.get(sound, headers={"Range": f"bytes={start}-{start + 99}"})
        assert answer.status_code == 206
        assert answer["Content-Range"] == f"bytes {start}-{start + 99}/{44 + 2 * 16000}"

    entry = Entry.objects.get(kind="call.recording_played")
    assert (entry.actor, entry.data) == ("1031", {"recording": str(recording.pk)})
    assert client.get(sound, headers={"Range": "bytes=44-45"}).content == LEFT


def test_the_same_opening_sent_twice_is_one(call, tmp_path):
    recording, client, act = (
        recorded(call, tmp_path, now=system_clock.now()),
        as_agent(),
        uuid.uuid4(),
    )

    opened(client, recording, act)
    opened(client, recording, act)

    assert Entry.objects.filter(kind="call.recording_played").count() == 1


def test_without_an_opening_of_their_own_nobody_hears_anything(call, tmp_path):
    recording = recorded(call, tmp_path, now=system_clock.now())
    sound = opened(as_agent(), recording)
    made_up = reverse("recording_sound", args=[call.pk, recording.pk, uuid.uuid4(), "both"])

    assert as_agent().get(made_up).status_code == 403
    assert somebody(Role.QA).get(sound).status_code == 403


@pytest.mark.parametrize(
    ("role", "sees", "hears", "takes"),
    [
        (Role.QA, True, True, True),
        (Role.DISPATCHER, True, True, False),
        (Role.STATION_MANAGER, True, True, True),
        (Role.COMPANY_MANAGER, True, False, False),
        (Role.AUDITOR, True, False, False),
        (Role.AGENT, False, False, False),
        (Role.CLERK, False, False, False),
        (Role.SYSTEM_ADMIN, False, False, False),
    ],
)
def test_who_sees_hears_and_takes_away(call, tmp_path, role, sees, hears, takes):
    recording, client = recorded(call, tmp_path, now=system_clock.now()), somebody(role)
    act = {"act_id": str(uuid.uuid4())}

    def may(name: str, *, posts: bool = True) -> bool:
        args = [call.pk] if name == "call" else [call.pk, recording.pk]
        ask = client.post if posts else client.get
        return ask(reverse(name, args=args), act).status_code < 400

    assert may("call", posts=False) is sees
    assert may("recording_open") is hears
    act["act_id"] = str(uuid.uuid4())
    assert may("recording_download") is takes


def test_a_download_is_the_file_and_stands_in_the_journal(call, tmp_path):
    recording = recorded(call, tmp_path, now=system_clock.now())

    answer = somebody(Role.QA).post(
        reverse("recording_download", args=[call.pk, recording.pk]), {"act_id": str(uuid.uuid4())}
    )

    assert len(b"".join(answer)) == 44 + 4 * 16000
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(kind="call.recording_downloaded").count() == 1


def test_bytes_that_do_not_exist_are_416(call, tmp_path):
    client = as_agent()
    sound = opened(client, recorded(call, tmp_path, now=system_clock.now()))

    assert client.get(sound, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_recording_whose_time_is_over_says_so_and_cannot_be_opened(call, tmp_path):
    recording, client = recorded(call, tmp_path, now=system_clock.now()), as_agent()
    later = system_clock.now() + timedelta(days=400)

    assert forget_recordings(now=later) == 1

    assert "录音保存期满" in page(client, call)
    address = reverse("recording_open", args=[call.pk, recording.pk])
    assert client.post(address, {"act_id": str(uuid.uuid4())}).status_code == 410


def test_a_missing_file_is_told_in_place(call, tmp_path):
    recording = recorded(call, tmp_path, now=system_clock.now())
    store().discard(recording.path)

    assert "录音文件不在了" in page(as_agent(), call)


def test_the_transcript_is_for_those_who_may_listen_and_its_reading_is_on_record(call):
    Call.objects.update(turns=TURNS)

    for _ in range(2):
        assert "我家电话 140 **** 2093" in page(as_agent(), call)

    assert Entry.objects.filter(kind="data.read", data__field="transcript").count() == 1
    assert "我家电话" not in page(somebody(Role.AUDITOR), call)


def test_the_page_takes_the_same_queries_whatever_happened(
    call, tmp_path, django_assert_max_num_queries
):
    for _ in range(3):
        recorded(call, tmp_path, now=system_clock.now())
    client = as_agent()
    page(client, call)

    with django_assert_max_num_queries(20):
        page(client, call)


def test_a_recording_of_a_call_from_a_file_makes_no_other_call(settings, tmp_path):
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    replayed = ringing(by=people.staff("wang_min"), stage="over", source="replay")

    recorded(replayed, tmp_path, now=system_clock.now())

    assert Call.objects.count() == 1
    assert Entry.objects.get(kind="call.recording_there").subject_id == replayed.pk
