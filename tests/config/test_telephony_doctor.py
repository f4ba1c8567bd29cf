"""What the doctor says of the telephone, and which processes an installation has."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shouwen.config.doctor import Finding, Site
from shouwen.config.doctor.telephony import listening, recordings, telephony
from shouwen.config.supervisor import installation
from shouwen.hotline.exchanges.pouring import REFUSED
from shouwen.hotline.exchanges.running import SPOOL, say_state
from shouwen.hotline.operations import measure_recording
from shouwen.hotline.operations.recording import store
from tests.apps.hotline.callers import ringing
from tests.apps.hotline.sounds import recorded

NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SHOUWEN_TELEPHONY_DIR = tmp_path
    settings.SHOUWEN_TELEPHONY = "simulator"
    return tmp_path


def found(folder: Path) -> list[Finding]:
    return list(telephony(Site(home=folder, heads_dir=folder, now=NOW)))


def wrong(folder: Path) -> str:
    return " ".join(each.what.en for each in found(folder) if each.level != "ok")


def test_an_installation_without_an_exchange_is_well(folder: Path, settings: Any) -> None:
    settings.SHOUWEN_TELEPHONY = "none"

    assert [each.level for each in found(folder)] == ["ok"]


def test_a_line_that_stands_and_a_spool_that_is_empty_are_well(folder: Path) -> None:
    say_state(folder, state="up", since=NOW)

    assert wrong(folder) == ""


def test_a_line_that_is_down_says_since_when_and_why(folder: Path) -> None:
    say_state(folder, state="down", since=NOW, why="ConnectionRefusedError")

    assert "no line to the exchange since 2026-10-09T06:00" in wrong(folder)
    assert "ConnectionRefusedError" in wrong(folder)


def test_events_that_wait_and_events_refused_are_told(folder: Path) -> None:
    (folder / SPOOL).write_bytes(b"x" * 200_000)
    (folder / REFUSED).write_text("{}")

    assert "200000 bytes" in wrong(folder)
    assert "would not take" in wrong(folder)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SHOUWEN_TELEPHONY", "ami://tel@pbx?trunks=t", "SHOUWEN_TELEPHONY_SECRET_FILE"),
        ("SHOUWEN_TELEPHONY", "asterisk", "ami://user@host"),
        ("SHOUWEN_TELEPHONY_KEY_FILE", "/nowhere/key", "calls hook"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    folder: Path, settings: Any, name: str, value: str, told: str
) -> None:
    setattr(settings, name, value)

    assert told in wrong(folder)


@pytest.mark.parametrize("has_telephony", [True, False])
def test_the_process_at_the_exchange_runs_only_where_there_is_one(has_telephony: bool) -> None:
    children = installation(host="127.0.0.1", port=1, has_telephony=has_telephony)

    assert ("telephony" in [child.name for child in children]) is has_telephony


@pytest.mark.django_db
def test_a_recording_whose_file_is_gone_or_cut_short_is_told(
    settings: Any, tmp_path: Path
) -> None:
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    site = Site(home=tmp_path, heads_dir=tmp_path, now=NOW)
    call = ringing(stage="over")
    assert list(recordings(site)) == []
    recorded(call, tmp_path, now=NOW)
    gone = recorded(ringing(stage="over"), tmp_path, now=NOW + timedelta(seconds=1))
    assert [each.level for each in recordings(site)] == ["ok"]

    store().path(gone.path).write_bytes(b"RIFF")

    [told] = recordings(site)
    assert (told.level, told.what.en) == (
        "wrong",
        f"the files of 1 recordings are missing or cut short, such as {gone.path}",
    )


@pytest.mark.django_db
def test_recordings_that_nobody_could_listen_to_are_told_with_the_remedy(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SHOUWEN_RECORDINGS_DIR = tmp_path / "kept"
    site = Site(home=tmp_path, heads_dir=tmp_path, now=NOW)
    recording = recorded(ringing(stage="over"), tmp_path, now=NOW)
    monkeypatch.setitem(sys.modules, "webrtcvad", None)
    measure_recording(recording_id=recording.pk, now=NOW)

    [told] = listening(site)

    assert told.level == "warning"
    assert told.what.en == "1 recordings were not evaluated: [audio] is not installed"
