"""Trouble: tampered files, killed workers, two people at once."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from shouwen.clocks.operations import recompute
from shouwen.clocks.queries import active_pack, editions_folder, look_again
from shouwen.clocks.queries import standard as looked_up
from shouwen.config.doctor import Site
from shouwen.config.doctor.editions import editions as examined
from shouwen.editions import operations
from shouwen.editions.models import Edition, Passing
from shouwen.editions.queries import edition_path
from shouwen.editions.refusals import AlreadyDecided, BaseMoved, ChangedMeanwhile
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.standard.faults import PackFaults
from tests import databases
from tests.apps.clocks.happenings import ANSWERED, clock
from tests.apps.editions.drafts import (
    FRIDAY,
    HOUR,
    ONE_DAY,
    TODAY,
    a_draft,
    a_question,
    act,
    approver,
    changed,
    editor,
    limit_of,
    published,
    submitted,
    version_in,
    wordings,
    work,
)

pytestmark = pytest.mark.django_db(transaction=True)


def forget() -> None:
    """As a process that has just started: nothing is loaded."""
    for cache in (looked_up._refuse_tampering, looked_up._with_added_years, looked_up._loaded):
        cache.cache_clear()
    look_again()


def file_of(edition):
    return next((edition_path(edition) / "pack").glob(f"*/{ANSWERED}.toml"))


def findings() -> list[tuple[str, str]]:
    site = Site(home=editions_folder().parent, heads_dir=editions_folder(), now=FRIDAY + HOUR)
    return [(found.level, found.what.en) for found in examined(site)]


def test_a_file_changed_after_publication_is_refused_at_load_and_named():
    edition = published(**ONE_DAY)
    file_of(edition).chmod(0o600)
    file_of(edition).write_text(file_of(edition).read_text().replace("value = 1,", "value = 9,"))
    forget()

    with pytest.raises(PackFaults) as caught:
        active_pack()

    [fault] = caught.value.faults
    assert fault.file.endswith(f"pack/hotline/{ANSWERED}.toml")
    assert fault.problem.zh == "已发布的文件被改动"
    assert findings() == [("wrong", f"{fault.file}: a file of a published edition was changed")]


def test_files_added_or_taken_away_are_named_too():
    edition = published(**ONE_DAY)
    (edition_path(edition) / "pack" / "extra.toml").write_text("")
    file_of(edition).unlink()

    told = sorted(what.split(": ")[1] for level, what in findings() if level == "wrong")

    assert told == [
        "a file of a published edition is gone",
        "a file of a published edition was added afterwards",
    ]


def test_a_running_process_goes_on_with_what_it_has_loaded():
    edition = published(**ONE_DAY)
    assert limit_of(wordings(active_pack())[-1]) == 1

    file_of(edition).unlink()

    assert limit_of(wordings(active_pack())[-1]) == 1


def test_a_list_that_says_something_else_is_told_by_the_doctor_and_mended():
    published(**ONE_DAY)
    (editions_folder() / "published.toml").unlink()
    look_again()
    assert findings() == [
        ("wrong", "the list of editions in the data folder is not that of the database")
    ]

    operations.install()

    assert findings()[0][0] == "ok"
    assert limit_of(wordings(active_pack())[-1]) == 1


def test_a_list_that_cannot_be_read_is_said_to_be_so():
    published(**ONE_DAY)
    (editions_folder() / "published.toml").write_text("[[edition]\n")
    look_again()

    with pytest.raises(PackFaults, match="list of editions"):
        active_pack()
    assert findings()[0][0] == "wrong"


def test_an_approval_cut_short_before_the_list_was_written_is_finished_by_the_worker(monkeypatch):
    from shouwen.editions.operations import deciding

    with monkeypatch.context() as patch:
        patch.setattr(deciding, "install", lambda: None)
        published(**ONE_DAY)
    assert len(active_pack().rules[ANSWERED].versions) == 1

    work()

    assert len(active_pack().rules[ANSWERED].versions) == 2


def test_another_process_notices_a_new_edition_within_seconds():
    operations.ensure_first(now=FRIDAY)
    code = (
        "import sys, time\n"
        "from shouwen.config import boot; boot.django()\n"
        "from shouwen.clocks.queries import active_pack\n"
        f"count = lambda: len(active_pack().rules['{ANSWERED}'].versions)\n"
        "assert count() == 1\n"
        "print('ready', flush=True)\n"
        "end = time.monotonic() + 20\n"
        "while count() < 2 and time.monotonic() < end: time.sleep(0.1)\n"
        "print(count(), flush=True)\n"
    )
    home = editions_folder().parent
    environment = databases.environment_of_server(connection.settings_dict, home=home)
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"

    published(**ONE_DAY)

    began = time.monotonic()
    assert process.stdout.readline() == "2\n"
    process.stdout.close()
    process.wait(5)
    assert time.monotonic() - began < 6


def both_at_once(first, second) -> list[str]:
    """What two threads come to that begin at the same moment."""
    barrier, found = threading.Barrier(2), []

    def go(do) -> None:
        barrier.wait()
        try:
            do()
            found.append("done")
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(each,)) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_of_two_editors_who_save_at_once_one_is_told():
    draft = a_draft()
    table = {**version_in(draft), "from": TODAY, "warn_at": 0.5}
    rule = operations.RuleDraft(rule_id=ANSWERED, version=table)
    who = [editor("8801"), editor("8802")]

    found = both_at_once(
        *(
            lambda person=person: operations.save_rule(
                edition_id=draft.pk,
                revision=draft.revision,
                rule=rule,
                by=person,
                act=act(person),
                now=FRIDAY,
            )
            for person in who
        )
    )

    assert found == [ChangedMeanwhile.__name__, "done"]
    row = Edition.objects.get(pk=draft.pk)
    assert row.revision == 2
    assert [path.name for path in (editions_folder() / str(draft.pk)).iterdir()] == [
        row.folder.split("/")[1]
    ]


def test_of_two_approvers_at_once_one_publishes():
    draft = submitted(changed(a_draft(), **ONE_DAY))
    who = [approver("8811"), approver("8812")]

    found = both_at_once(
        *(
            lambda person=person: operations.approve(
                edition_id=draft.pk, by=person, act=act(person), now=FRIDAY
            )
            for person in who
        )
    )

    assert found == sorted([AlreadyDecided.__name__, "done"])
    assert Entry.objects.filter(kind="pack.published", subject_id=draft.pk).count() == 1


def test_of_two_editions_approved_at_once_one_is_in_force():
    drafts = [submitted(changed(a_draft(), warn_at=share)) for share in (0.5, 0.6)]
    who = [approver("8811"), approver("8812")]

    found = both_at_once(
        *(
            lambda draft=draft, person=person: operations.approve(
                edition_id=draft.pk, by=person, act=act(person), now=FRIDAY
            )
            for draft, person in zip(drafts, who, strict=True)
        )
    )

    assert found == sorted([BaseMoved.__name__, "done"])
    assert Edition.objects.filter(state="published").count() == 2


WORKER = (
    "import sys\n"
    "from datetime import datetime\n"
    "from threading import Event\n"
    "from shouwen.config import boot; boot.django()\n"
    "from shouwen.jobs.worker import work_forever\n"
    "print('ready', flush=True)\n"
    "at = datetime.fromisoformat(sys.argv[1])\n"
    "import time\n"
    "began = time.monotonic()\n"
    "from datetime import timedelta\n"
    "clock = lambda: at + timedelta(seconds=time.monotonic() - began)\n"
    "work_forever(Event(), clock, lease_seconds=1)\n"
)


def test_workers_killed_in_the_middle_move_every_clock_exactly_once():
    cases = [a_question() for _ in range(24)]
    edition = published(on_change="rejudge_open", **ONE_DAY)
    environment = databases.environment_of_server(
        connection.settings_dict, home=editions_folder().parent
    )

    def start(minutes: int) -> subprocess.Popen[str]:
        at = (FRIDAY + minutes * HOUR / 60).isoformat()
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, at], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    for minutes, seconds in ((1, 1.6), (2, 2.0)):
        victim = start(minutes)
        time.sleep(seconds)
        victim.kill()
        victim.wait(5)
        assert victim.stdout
        victim.stdout.close()
    work(FRIDAY + HOUR)

    passing = Passing.objects.get(edition=edition, purpose="move")
    assert (passing.moved, passing.done, passing.handed_out) == (24, 24, 24)
    assert passing.ended_at is not None
    assert Entry.objects.filter(kind="clock.moved").count() == 24
    assert {clock(case, ANSWERED).rule_from for case in cases} == {TODAY}
    ours = Job.objects.filter(kind__startswith="editions.")
    assert not ours.exclude(state="done").exists()
    found = recompute(check=True, now=FRIDAY + HOUR)
    assert [each for each in found if each.rule_id == ANSWERED] == []


def test_a_save_that_fails_leaves_no_folder_behind(monkeypatch):
    from shouwen.editions.operations import drafting

    draft = a_draft()
    before = set(os.listdir(editions_folder() / str(draft.pk)))

    def breaks(*args, **said):
        raise OSError("disk full")

    monkeypatch.setattr(drafting, "checked", breaks)

    with pytest.raises(OSError, match="disk full"):
        changed(draft, **ONE_DAY)

    assert set(os.listdir(editions_folder() / str(draft.pk))) == before
    assert Edition.objects.get(pk=draft.pk).revision == 1
