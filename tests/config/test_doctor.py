"""The doctor finds what is really broken: each test breaks one thing and looks."""

import os
import shutil
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import calendar_folder, look_again
from shouwen.config.beats import beating, last_beat
from shouwen.config.doctor import CHECKS, Site, examine
from shouwen.config.doctor.command import as_table, as_text
from shouwen.config.doctor.database import clock_skew, judged_skew, postgresql, reachable
from shouwen.config.doctor.files import (
    data_folder,
    disk,
    fonts,
    judged_fonts,
    judged_space,
    static_files,
)
from shouwen.config.doctor.processes import beats, dead, journal, lag
from shouwen.config.doctor.register import calendar, pack, roles
from shouwen.core.events import Subject
from shouwen.jobs.models import Job
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record, seal
from shouwen.people.models import Staff
from tests.apps.clocks.happenings import a_repair

NOW = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def site(tmp_path):
    tmp_path.chmod(0o700)
    return Site(home=tmp_path, heads_dir=tmp_path / "heads", now=NOW)


def found(check, site, level="wrong"):
    """What a check says at a level, in English."""
    return [finding.what.en for finding in check(site) if finding.level == level]


# --- files ----------------------------------------------------------------------------------------


def test_a_data_folder_that_others_may_read_is_found(site):
    site.home.chmod(0o755)

    assert found(data_folder, site) == [f"other users may get at {site.home} (755)"]


@pytest.mark.parametrize("name", ["secret-key", "journal.key"])
def test_a_key_that_others_may_read_is_found_with_the_command_that_mends_it(site, name):
    key = site.home / name
    key.write_text("x")
    key.chmod(0o644)

    [finding] = [each for each in data_folder(site) if each.level == "wrong"]

    assert finding.remedy is not None
    assert f"chmod 600 {key}" in finding.remedy.zh
    key.chmod(0o600)
    assert found(data_folder, site) == []


@pytest.mark.parametrize(
    ("free", "level"), [(10 * 1024**3, "ok"), (3 * 1024**3, "warning"), (10**8, "wrong")]
)
def test_little_room_is_told_before_there_is_none(free, level):
    assert [each.level for each in judged_space(free, where=Path("/"))] == [level]


def test_the_disk_of_the_folder_is_looked_at(site):
    assert [each.check for each in disk(site)] == ["disk"]


def test_static_files_that_were_not_collected_are_found(site, settings, tmp_path):
    settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = tmp_path / "nothing"

    assert found(static_files, site) == ["the static files were not collected"]


def test_a_machine_without_a_chinese_font_is_found():
    assert [each.level for each in judged_fonts(["DejaVu Sans", "Libertinus Serif"])] == ["wrong"]


def test_this_machine_can_print_chinese(site):
    assert found(fonts, site) == []


# --- processes ------------------------------------------------------------------------------------


def test_processes_that_do_not_run_are_found(site):
    assert found(beats, site) == [
        f"{name} is not running" for name in ("the worker", "the ticker", "the sealer")
    ]


def test_a_process_that_died_without_a_word_is_found_by_its_silence(site):
    file = site.home / "run" / "worker"
    file.parent.mkdir()
    file.touch()
    old = (NOW - timedelta(minutes=3)).timestamp()
    os.utime(file, (old, old))

    assert "the worker is not running since 2026-10-09 01:09 UTC" in found(beats, site)


def test_a_process_gives_signs_of_life_while_it_runs_and_none_after_it(tmp_path):
    with beating("worker", home=tmp_path):
        last = time.monotonic() + 5
        while last_beat("worker", home=tmp_path) is None and time.monotonic() < last:
            time.sleep(0.01)
        running = Site(home=tmp_path, heads_dir=tmp_path, now=system_clock.now())
        assert "the worker is not running" not in found(beats, running)

    assert last_beat("worker", home=tmp_path) is None


@pytest.mark.django_db
def test_an_entry_that_waits_for_its_seal_is_found(site):
    _entry(at=NOW - timedelta(minutes=5))

    assert found(lag, site) == ["an entry waits for its seal for 300 s"]


@pytest.mark.django_db
def test_a_milestone_that_nobody_noticed_is_found(site):
    a_repair(at=NOW - timedelta(hours=1))
    seal(now=NOW)
    Clock.objects.update(next_milestone_at=NOW - timedelta(seconds=90))

    assert found(lag, site) == ["a milestone has passed unnoticed for 90 s"]


@pytest.mark.django_db
def test_a_job_that_nobody_does_is_found(site):
    _job(at=NOW - timedelta(minutes=2))

    assert found(lag, site) == ["a job waits for 120 s"]


@pytest.mark.django_db
def test_jobs_that_were_given_up_are_found(site):
    _job(at=NOW)
    Job.objects.update(state="dead")

    assert found(dead, site) == ["1 jobs were given up"]


@pytest.mark.django_db
def test_an_entry_that_was_changed_after_sealing_is_found(site):
    from tests.databases import without_triggers

    for minutes in range(3):
        _entry(at=NOW + timedelta(minutes=minutes))
    seal(now=NOW)
    assert found(journal, site) == []

    with without_triggers(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'x' WHERE kind = 'data.read'")

    [told] = found(journal, site)
    assert told.startswith("the journal is broken at position 1: ")


# --- standard, calendar, people -------------------------------------------------------------------


def test_a_standard_that_cannot_be_read_is_found_with_every_fault(site, tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWEN_STANDARD", str(tmp_path))

    assert any("pack.toml" in told for told in found(pack, site))
    assert found(calendar, site) == []


@pytest.mark.parametrize(
    ("at", "wrong", "warned"),
    [
        (datetime(2026, 10, 9, tzinfo=UTC), [], []),
        (datetime(2026, 11, 24, tzinfo=UTC), [], ["2027"]),
        (datetime(2031, 3, 1, tzinfo=UTC), ["2031"], []),
    ],
)
def test_a_year_without_calendar_is_told_in_time(site, at, wrong, warned):
    there = Site(home=site.home, heads_dir=site.heads_dir, now=at)

    for level, years in (("wrong", wrong), ("warning", warned)):
        told = found(calendar, there, level)
        assert [year for year in years if any(year in each for each in told)] == years
        assert len(told) == len(years)


def test_a_spoiled_file_of_an_added_year_is_found(site):
    calendar_folder().mkdir(parents=True, exist_ok=True)
    (calendar_folder() / "cn-2027.toml").write_text("[[year]]\nyear = 2027\n")
    look_again()
    try:
        told = found(calendar, site)
    finally:
        shutil.rmtree(calendar_folder())
        look_again()

    assert any("cn-2027.toml" in each for each in told)


@pytest.mark.django_db
def test_nobody_to_administer_is_wrong_and_other_empty_duties_are_told(site):
    assert found(roles, site) == ["nobody is system administrator"]
    assert "nobody is dispatcher" in found(roles, site, "warning")


@pytest.mark.django_db
def test_an_administrator_who_never_set_a_password_is_found(site):
    Staff.objects.create_staff(
        staff_no="9201", name="管理", password=None, roles={Role.SYSTEM_ADMIN}
    )

    assert found(roles, site) == ["no system administrator has set a password"]


# --- database -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "level"), [(0.2, "ok"), (-5, "warning"), (90, "warning")])
def test_clocks_that_differ_are_told(seconds, level):
    assert [each.level for each in judged_skew(timedelta(seconds=seconds))] == [level]


@pytest.mark.django_db
def test_the_postgresql_of_the_tests_is_told_to_lose_data_when_the_power_goes(site):
    told = found(postgresql, site)

    assert told == (
        [
            f"{name} is off: a power cut loses data"
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]
        if connection.vendor == "postgresql"
        else []
    )
    assert found(clock_skew, site) == []


@pytest.mark.django_db
def test_a_database_that_answers_is_told_so(site):
    assert [each.level for each in reachable(site)] == ["ok"]


@pytest.mark.django_db
def test_a_check_that_breaks_does_not_silence_the_others(site):
    gone = Site(home=site.home / "gone", heads_dir=site.heads_dir, now=NOW)

    told = {each.check: each for each in examine(gone)}

    assert "could not be carried out" in told["data_folder"].what.en
    assert "roles" in told


@pytest.mark.django_db
def test_every_finding_that_is_not_good_says_what_to_do_in_both_languages(site):
    findings = [finding for check in CHECKS for finding in check(site)]

    assert all(each.remedy for each in findings if each.level != "ok")
    text, table = as_text(findings), as_table(findings)
    assert "任务进程没有在运行 / the worker is not running" in text
    assert '"zh": "任务进程没有在运行"' in table


def _entry(*, at):
    with transaction.atomic():
        record(
            id=uuid.uuid4(),
            kind="data.read",
            subject=Subject("system", uuid.uuid4()),
            happened_at=at,
            now=at,
        )


def _job(*, at):
    enqueue(kind="x", key=str(uuid.uuid4()), payload={}, run_at=at, now=at)
