import stat
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from shouwen.access.roles import Role
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import recompute
from shouwen.clocks.queries import (
    active_calendar,
    active_pack,
    calendar_folder,
    calendar_moves,
    look_again,
    moves,
    pack_with,
)
from shouwen.clocks.queries.judgements import history
from shouwen.jobs.models import Job
from shouwen.jobs.worker import work_once
from shouwen.journal.models import Entry
from shouwen.people import operations
from shouwen.people.models import CalendarDraft, Staff
from shouwen.standard.calendar_years import added_years, kept_years
from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from tests import databases
from tests.apps.clocks.happenings import ANSWERED, CONSULTATION, clock, happens
from tests.apps.people.calendar_files import (
    DECEMBER,
    YEAR_2026_CHANGED,
    YEAR_2027,
    a_question,
)
from tests.apps.people.register import act, who

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_added_years"),
]
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
LATER = DECEMBER + timedelta(minutes=5)


def holder(role, number):
    there = Staff.objects.filter(staff_no=number).first()
    return there or operations.hire(
        staff_no=number, who=who(role.value, roles={role}), act=act(), now=DECEMBER
    )


def editor():
    return holder(Role.EDITOR, "9101")


def approver():
    return holder(Role.APPROVER, "9111")


def upload(text=YEAR_2027, *, by=None, now=DECEMBER):
    return operations.upload_calendar(
        text=text, file="2027.toml", by=by or editor(), act=act(), today=now.date(), now=now
    )


def publish(draft, *, by=None, now=DECEMBER):
    return operations.publish_calendar(draft_id=draft.pk, by=by or approver(), act=act(), now=now)


def work(now=LATER):
    while work_once(clock=lambda: now):
        pass


def preview(text=YEAR_2027, *, since=NEW_YEAR, now=LATER):
    return moves(pack=pack_with(added_years(text, file="x")), since=since, now=now)


def test_an_upload_changes_nothing_until_it_is_approved():
    draft = upload()

    assert (draft.years, draft.state) == ([2027], "waiting")
    assert not active_calendar().is_published(2027)


def test_an_approved_year_is_in_force_at_once_under_a_version_that_names_it():
    draft = publish(upload())

    calendar = active_calendar()
    assert calendar.is_holiday(date(2027, 2, 6))
    assert calendar.version == draft.version == f"cn-2026.1+2027.{_digest()[:6]}"


def _digest():
    kept, _ = kept_years(calendar_folder(), name="cn")
    return kept[0].digest


def test_the_year_is_kept_in_a_file_that_only_the_owner_can_read():
    publish(upload())

    file = calendar_folder() / "cn-2027.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(calendar_folder().iterdir()) == [file]


def test_a_clock_without_promise_gets_its_due_time_from_the_worker():
    case = a_question()
    assert (clock(case, ANSWERED).state, clock(case, ANSWERED).due_at) == ("no_promise", None)

    publish(upload())
    work()

    row = clock(case, ANSWERED)
    assert row.state == "running"
    # Thursday 31 December and, after the break of New Year, Monday 4 January at 17:30.
    assert row.due_at == datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    assert row.calendar_version == active_calendar().version


def test_after_all_jobs_no_row_differs_from_the_journal():
    open_, done = a_question(), a_question(at=datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    happens(done, "case.answered", at=datetime(2026, 12, 2, 1, 0, tzinfo=UTC), facts=CONSULTATION)
    publish(upload())
    work()

    assert list(recompute(check=True, now=LATER)) == []
    assert Clock.objects.get(subject_id=open_.id, rule_id=ANSWERED).state == "running"


def test_the_preview_says_which_clocks_move_and_writes_nothing():
    case = a_question()
    before = list(Clock.objects.order_by("id").values())

    found = preview()

    assert [(move.clock.subject_id, move.old_due_at, move.new_due_at) for move in found.rows] == [
        (case.id, None, datetime(2027, 1, 4, 9, 30, tzinfo=UTC))
    ]
    assert list(Clock.objects.order_by("id").values()) == before


def test_the_preview_of_a_longer_break_moves_what_is_due_behind_it():
    at = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)
    a_question(at=at)

    found = preview(YEAR_2026_CHANGED, since=datetime(2026, 1, 1, tzinfo=UTC), now=at)

    [(old, new)] = [(move.old_due_at, move.new_due_at) for move in found.rows]
    assert (old, new) == (
        datetime(2026, 10, 9, 9, 30, tzinfo=UTC),
        datetime(2026, 10, 10, 9, 30, tzinfo=UTC),
    )


def test_what_the_preview_said_is_what_happens():
    at = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)
    case = a_question(at=at)
    [move] = preview(YEAR_2026_CHANGED, since=datetime(2026, 1, 1, tzinfo=UTC), now=at).rows

    publish(upload(YEAR_2026_CHANGED, now=at), now=at)
    work(now=at)

    assert clock(case, ANSWERED).due_at == move.new_due_at


def test_the_preview_goes_on_page_by_page(monkeypatch):
    monkeypatch.setattr(calendar_moves, "LOOKED_AT_AT_MOST", 2)
    cases = {a_question().id for _ in range(5)}
    pack = pack_with(added_years(YEAR_2027, file="x"))
    seen, after, could_move = set(), None, 0
    for _ in range(5):
        page = moves(pack=pack, since=NEW_YEAR, now=LATER, after=after)
        seen |= {move.clock.subject_id for move in page.rows}
        after, could_move = page.after, page.could_move
        if after is None:
            break

    assert (seen, could_move) == (cases, 5)


def test_nobody_approves_the_own_upload():
    both = operations.hire(
        staff_no="9102",
        who=who("两职", roles={Role.EDITOR, Role.APPROVER}),
        act=act(),
        now=DECEMBER,
    )
    draft = upload(by=both)

    with pytest.raises(operations.OwnDraft):
        publish(draft, by=both)


def test_the_database_itself_refuses_an_own_approval():
    draft = upload()

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDraft.objects.filter(pk=draft.pk).update(
            state="published", decided_by=draft.uploaded_by, decided_at=DECEMBER
        )


def test_a_draft_is_decided_once():
    draft = upload()
    operations.refuse_calendar(draft_id=draft.pk, by=approver(), act=act(), now=DECEMBER)

    with pytest.raises(operations.AlreadyDecided):
        publish(draft)


def test_years_that_lie_behind_cannot_be_changed():
    text = YEAR_2027.replace("2027", "2025").replace(", makeup = [2025-02-20]", "")

    with pytest.raises(operations.YearIsOver):
        upload(text)


def test_a_file_that_says_nothing_new_is_refused():
    publish(upload())

    with pytest.raises(operations.NothingNew):
        upload()


def test_of_a_whole_file_only_what_differs_is_taken():
    whole = (default_pack_path().parent / "calendar" / "cn.toml").read_text() + YEAR_2027

    assert upload(whole).years == [2027]


def test_every_fault_is_named_at_once():
    text = YEAR_2027.replace("to = 2027-01-03", "to = 2027-01-33").replace("2027-01-33", '"x"')
    text = text.replace("makeup = [2027-02-20]", "makeup = [2027-02-22]")

    with pytest.raises(PackFaults) as told:
        upload(text)

    assert [fault.path for fault in told.value.faults] == [
        "year.0.holiday.0.to",
        "year.0.holiday.1.makeup.0",
    ]


def test_digest_and_years_are_in_the_journal():
    draft = publish(upload())

    [uploaded, published] = Entry.objects.filter(subject_kind="calendar").order_by("kind")[::-1]
    assert uploaded.data == {"digest": draft.digest, "years": [2027]}
    assert published.data == {
        "digest": draft.digest,
        "years": [2027],
        "version": draft.version,
    }


def test_a_file_that_was_lost_before_it_was_written_is_written_by_the_job():
    draft = publish(upload())
    (calendar_folder() / "cn-2027.toml").unlink()
    look_again()

    work()

    assert active_calendar().version == draft.version


def test_a_file_that_somebody_spoiled_leaves_its_year_out_and_stops_nothing(caplog):
    publish(upload())
    (calendar_folder() / "cn-2027.toml").write_text("year = 'x'")
    look_again()

    assert not active_pack().calendar.is_published(2027)
    assert "left out" in caplog.text


def test_jobs_for_the_same_calendar_are_asked_for_once():
    for _ in range(60):
        a_question()
    draft = publish(upload())
    work()
    count = Job.objects.count()

    operations.install_calendar(draft_id=draft.pk, now=LATER)
    work()

    assert Job.objects.count() == count
    assert Clock.objects.filter(state="no_promise").count() == 0


def test_another_process_notices_a_new_calendar_without_a_restart():
    program = (
        "import django, sys, time; django.setup()\n"
        "from shouwen.clocks.queries import active_calendar\n"
        "print(active_calendar().version, flush=True); sys.stdin.readline()\n"
        "time.sleep(2.2); print(active_calendar().version, flush=True)\n"
    )
    environment = databases.environment_of_server(
        connection.settings_dict, home=calendar_folder().parent
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    before = process.stdout.readline().strip()
    draft = publish(upload())
    process.stdin.write("\n")
    process.stdin.flush()
    after = process.stdout.readline().strip()
    process.communicate()

    assert (before, after) == ("cn-2026.1", draft.version)


def test_two_approvals_at_once_publish_once():
    draft, boss, other = upload(), approver(), holder(Role.APPROVER, "9112")
    start, refused = threading.Barrier(2), []

    def approve(by):
        start.wait()
        try:
            publish(draft, by=by)
        except operations.AlreadyDecided as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[by]) for by in (boss, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entry.objects.filter(kind="calendar.published").count() == 1
    assert len(refused) == 1


def test_a_history_judged_with_the_candidate_does_not_leak_into_the_calendar_in_force():
    case = a_question()
    preview()

    assert not history(subject=case).pack.calendar.is_published(2027)
