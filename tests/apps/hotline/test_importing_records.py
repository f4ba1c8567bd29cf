"""Call records and recordings of a vendor's exchange: every fault by row, nothing half-written."""

import wave
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from shouwen.adapters.spreadsheets import read_table
from shouwen.adapters.telephony.records import BadMapping, Layout, read_layout
from shouwen.config.telephony_commands import app
from shouwen.hotline.models import Call, CallVerdict, Recording
from shouwen.hotline.operations import forget_recordings, judge_events
from shouwen.hotline.operations.importing import Checked, check_records, import_records
from shouwen.hotline.operations.recording import store
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from tests.people import staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
HEADING = "通话编号,方向,客户号码,工号,来电时间,振铃时间,接听时间,挂机时间,挂机方"
GOOD = (
    "C1,呼入,14000571192,1031,2026-10-09 09:12:00,2026-10-09 09:12:04,2026-10-09 09:12:10,"
    "2026-10-09 09:14:00,客户"
)
MISSED = (
    "C2,呼入,14000571193,1031,2026-10-09 10:00:00,2026-10-09 10:00:01,,2026-10-09 10:00:40,客户"
)


@pytest.fixture(autouse=True)
def agent(settings, tmp_path: Path):
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    return staff("wang_min")


def sound(path: Path, *, channels: int = 2, seconds: float = 2.0, rate: int = 8000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\0\1" * int(seconds * rate) * channels)
    return path


def checked(
    tmp_path: Path,
    *rows: str,
    heading: str = HEADING,
    layout: Layout | None = None,
    folder: Path | None = None,
) -> Checked:
    file = tmp_path / "records.csv"
    file.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return check_records(
        table=read_table(file), layout=layout or Layout(), folder=folder, zone=ZONE, now=NOW
    )


def faults(found: Checked) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in found.faults]


def test_a_record_becomes_a_call_with_both_clocks_and_verdicts(tmp_path, agent):
    import_records(checked=checked(tmp_path, GOOD), now=NOW)

    call = Call.objects.get()
    judge_events(call_id=call.pk)
    assert (call.source, call.stage, call.outcome, call.ended_by, call.staff) == (
        "records", "over", "answered", "customer", agent,
    )  # fmt: skip
    assert (call.agent_clock, call.customer_clock) == (6.0, 10.0)
    assert call.arrived_at == datetime(2026, 10, 9, 1, 12, tzinfo=UTC)
    assert set(CallVerdict.objects.values_list("verdict", flat=True)) == {"kept"}


def test_what_the_file_does_not_tell_is_not_proved(tmp_path):
    heading = "通话编号,客户号码,工号,接听时间,挂机时间"
    row = "C1,14000571192,1031,2026-10-09 09:12:10,2026-10-09 09:14:00"
    import_records(checked=checked(tmp_path, row, heading=heading), now=NOW)

    call = Call.objects.get()
    judge_events(call_id=call.pk)
    assert (call.agent_clock, call.ended_by) == (None, "")
    assert {"arrival", "ringing", "who_hung_up"} <= set(call.unheard)
    assert CallVerdict.objects.get(rule_id="answer-within-3-rings").verdict == "not_provable"


def test_an_empty_answer_means_missed_only_where_the_file_tells_answers(tmp_path):
    without = "通话编号,来电时间,挂机时间"
    row = "C3,2026-10-09 10:00:00,2026-10-09 10:00:40"
    import_records(checked=checked(tmp_path, MISSED), now=NOW)
    import_records(checked=checked(tmp_path, row, heading=without), now=NOW)

    assert Call.objects.get(call_id="records:C2").outcome == "missed"
    assert Call.objects.get(call_id="records:C3").outcome == "unknown"


def test_old_records_promise_no_call_back(tmp_path):
    import_records(checked=checked(tmp_path, MISSED), now=NOW + timedelta(days=30))
    assert Job.objects.filter(kind="hotline.call_back").count() == 0


def test_imported_again_nothing_changes(tmp_path):
    import_records(checked=checked(tmp_path, GOOD, MISSED), now=NOW)
    before = Entry.objects.count()

    again = import_records(checked=checked(tmp_path, GOOD, MISSED), now=NOW)

    assert (again.calls, again.known, Entry.objects.count()) == (0, 2, before)


def test_every_fault_is_named_by_row_and_column(tmp_path):
    found = checked(
        tmp_path,
        GOOD,
        GOOD,
        ",呼入,14000571192,1031,2026-10-09 09:12:00,,,,",
        "C4,转接,abc,1031,2026-10-09 09:12:00,,,,",
        "C5,呼入,,1031,gestern,,,,",
        "C6,呼入,,1031,2026-10-09 09:12:00,,2026-10-09 09:11:00,,",
        "C7,呼入,,1031,2027-10-09 09:12:00,,,,",
        "C8,呼入,,9999,2026-10-09 09:12:00,,,,上帝",
        "C9,呼入,,1031,,,,,",
    )

    assert faults(found) == [
        (3, "通话编号"), (4, "通话编号"), (5, "客户号码"), (5, "方向"), (6, "来电时间"),
        (7, "接听时间"), (8, "来电时间"), (9, "挂机方"), (9, "工号"), (10, "来电时间"),
    ]  # fmt: skip


def test_a_mapping_file_says_which_heading_is_which_and_what_the_words_mean(tmp_path):
    file = tmp_path / "columns.toml"
    file.write_text(
        'time = "%d/%m/%Y %H.%M.%S"\n'
        '[columns]\ncall = "ID"\nnumber = "ANI"\narrived = "Start"\nended = "End"\nby = "Rel"\n'
        '[values.by]\nA = "customer"\nB = "agent"\n',
        encoding="utf-8",
    )
    row = "X1,14000571192,09/10/2026 09.12.00,09/10/2026 09.14.00,A"

    found = checked(tmp_path, row, heading="ID,ANI,Start,End,Rel", layout=read_layout(file))
    import_records(checked=found, now=NOW)

    call = Call.objects.get()
    assert (call.ended_by, call.outcome) == ("customer", "unknown")


def test_a_column_that_the_mapping_names_must_be_there(tmp_path):
    layout = Layout(columns={"call": "ID", "arrived": "Start"})

    assert faults(checked(tmp_path, "X1", heading="ID", layout=layout)) == [(1, "Start")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns]\nkall = 'x'", "columns.kall"),
        ("[columns]\ncall = 'x'", "one time"),
        ("[columns]\ncall='x'\nended='y'\n[values.by]\nA = 'God'", "values.by"),
        ("[", "cannot be read"),
    ],
)
def test_a_mapping_file_that_cannot_be_used_says_why(tmp_path, text, told):
    file = tmp_path / "columns.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadMapping, match=told):
        read_layout(file)


def test_a_recording_named_like_its_call_is_kept(tmp_path):
    sound(tmp_path / "C1.wav", seconds=2)
    done = import_records(checked=checked(tmp_path, GOOD, folder=tmp_path), now=NOW)

    found = Recording.objects.get()
    assert done.recordings == 1
    assert (found.channels, found.seconds, found.call.call_id) == (2, 2.0, "records:C1")
    assert found.kept_until == date(2026, 10, 9) + timedelta(days=180)
    with store().open(found.path) as file:
        assert file.read() == (tmp_path / "C1.wav").read_bytes()
    again = import_records(checked=checked(tmp_path, GOOD, folder=tmp_path), now=NOW)
    assert (again.recordings, Recording.objects.count()) == (0, 1)


def test_recordings_that_cannot_be_used_are_faults_of_their_rows(tmp_path):
    sound(tmp_path / "C1.wav", channels=3)
    (tmp_path / "C2.wav").write_bytes(b"RIFF nonsense")
    (tmp_path / "secret").write_text("x")
    heading = f"{HEADING},录音文件"
    whole = sound(tmp_path / "cut.wav").read_bytes()
    (tmp_path / "cut.wav").write_bytes(whole[: len(whole) // 2])

    found = checked(
        tmp_path,
        f"{GOOD},",
        f"{MISSED},",
        f"{GOOD.replace('C1', 'C3')},../secret",
        f"{GOOD.replace('C1', 'C4')},none.wav",
        f"{GOOD.replace('C1', 'C5')},cut.wav",
        heading=heading,
        folder=tmp_path,
    )

    assert faults(found) == [(row, "录音文件") for row in (2, 3, 4, 5, 6)]


def test_a_recording_goes_when_its_time_is_over_and_the_record_stays(tmp_path):
    sound(tmp_path / "C1.wav")
    import_records(checked=checked(tmp_path, GOOD, folder=tmp_path), now=NOW)
    path = Recording.objects.get().path

    assert forget_recordings(now=NOW + timedelta(days=180)) == 0
    assert forget_recordings(now=NOW + timedelta(days=181)) == 1
    assert forget_recordings(now=NOW + timedelta(days=182)) == 0

    assert Recording.objects.get().removed_at is not None
    with pytest.raises(FileNotFoundError):
        store().open(path)


def test_the_command_checks_only_until_it_is_told_to_write(tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(f"{HEADING}\n{GOOD}\n", encoding="utf-8")
    sound(tmp_path / "C1.wav", channels=1)
    words = ["import", str(file), "--recordings", str(tmp_path)]

    first = CliRunner().invoke(app, words)
    assert (first.exit_code, Call.objects.count()) == (0, 0)
    assert "1 recordings (1 mono)" in first.output
    second = CliRunner().invoke(app, [*words, "--apply"])

    assert (second.exit_code, Call.objects.count(), Recording.objects.count()) == (0, 1, 1)


def test_the_command_names_every_fault_and_ends_with_1(tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(f"{HEADING}\n{GOOD}\nC2,呼入,x,,,,,,\n", encoding="utf-8")

    found = CliRunner().invoke(app, ["import", str(file), "--apply"])

    assert (found.exit_code, Call.objects.count()) == (1, 0)
    assert "row 3" in found.output
