"""Attachments, prints and late entries."""

import uuid
from datetime import date, timedelta

import pytest

from shouwen.adapters.attachments import AttachmentStore, BadName
from shouwen.cases import operations
from shouwen.cases.models import Attachment, Case, Printout
from shouwen.cases.operations import NewCase, Paper, PaperStep, Upload
from shouwen.clocks.operations import recompute
from shouwen.journal.models import Entry
from tests import people
from tests.apps.cases.acts import clock, kinds, on
from tests.people import MORNING, SHANGHAI

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
BAD_NAMES = (
    "../../etc/passwd",
    "..\\..\\windows\\system32\\config",
    "/etc/shadow",
    "C:\\boot.ini",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "photo.png\x00.exe",
    "con.png",
    ".htaccess",
    "a/../../b.png",
    "file:///etc/passwd",
    "\u202egnp.exe",
    "照片\r\nSet-Cookie: a=b.png",
    "x" * 5000 + ".png",
    "~/.ssh/authorized_keys",
    "",
)


@pytest.fixture
def store(tmp_path):
    return AttachmentStore(tmp_path / "attachments")


def attached(case, store, *, name="现场.png", content=PNG, **act):
    act = act or on(case, 5)
    return operations.attach(upload=Upload(name, content), store=store, **act)


def files(store):
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_with_its_digest_and_its_name_as_data(store):
    case = people.case()

    kept = attached(case, store)

    with store.open(kept.stored_name) as file:
        assert file.read() == PNG
    assert (kept.original_name, kept.media_type) == ("现场.png", "image/png")
    assert "case.attached" in kinds(case)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_name_leads_out_of_the_folder(store, name):
    kept = attached(people.case(), store, name=name)

    (path,) = files(store)
    assert path.resolve().is_relative_to(store.folder.resolve())
    assert path.name == kept.stored_name
    assert len(kept.original_name) <= 200


@pytest.mark.parametrize("name", [*BAD_NAMES, "ab" * 16 + ".png/../x", "AB" * 16 + ".png"])
def test_the_store_opens_only_names_it_made(store, name):
    with pytest.raises(BadName):
        store.open(name)


def test_what_is_not_on_the_list_is_refused_whatever_it_is_called(store):
    case = people.case()

    for content in (
        b"MZ\x90\0",
        b"<html><script>",
        b"PK\x03\x04",
        b"GIF89a\x01\0\x01\0",
        b"",
        b"\0\0",
    ):
        with pytest.raises(operations.NotAllowed):
            attached(case, store, name="photo.png", content=content)
    assert not Attachment.objects.exists()


def test_a_file_over_the_ceiling_is_refused(store):
    with pytest.raises(operations.TooLarge):
        attached(people.case(), store, content=PNG + b"\0" * operations.LARGEST_BYTES)


def test_a_file_whose_row_is_not_written_does_not_stay(store):
    case = people.case()

    with pytest.raises(Case.DoesNotExist):
        attached(case, store, **{**on(case), "case_id": uuid.uuid4()})
    assert files(store) == []


def test_the_same_upload_twice_is_kept_once(store):
    case = people.case()
    act = on(case, 5)

    attached(case, store, **act)
    attached(case, store, **act)

    assert len(files(store)) == Attachment.objects.count() == 1


def test_names_of_files_stay_out_of_the_journal(store):
    case = people.case()

    attached(case, store, name="阮文秀身份证.png")

    assert not [e for e in Entry.objects.all() if "阮文秀" in str(e.data)]


def test_a_print_has_a_number_a_keeper_and_an_end():
    case = people.case()
    for _ in range(2):
        operations.note_printed(
            act_id=uuid.uuid4(),
            case_id=case.pk,
            by=case.owner,
            keeper=people.staff("li_qiang"),
            purpose="visit",
            destroy_on=date(2026, 11, 8),
            now=MORNING,
            workstation="10.0.0.8",
        )

    assert [print_.ordinal for print_ in Printout.objects.order_by("ordinal")] == [1, 2]
    assert kinds(case).count("case.printed") == 2


def late(steps=(), reported=-300, act_id=None, reason="system_down"):
    new = NewCase(
        id=act_id or uuid.uuid4(),
        kind="complaint",
        side="company",
        said="抄表员态度不好",
        reported_at=MORNING + timedelta(minutes=reported),
        first_asked=people.staff("wang_min"),
        channel="paper",
    )
    return operations.enter_from_paper(
        new=new,
        steps=steps,
        paper=Paper("登记本 3 第 12 页", reason),
        by=people.staff("lin_xiao"),
        now=MORNING,
        zone=SHANGHAI,
    )


def test_a_late_entry_counts_from_when_it_happened_and_says_when_it_was_recorded():
    case = late()

    reported = Entry.objects.get(pk=case.pk)
    assert reported.happened_at == MORNING - timedelta(minutes=300)
    assert (reported.recorded_at, reported.source) == (MORNING, "paper")
    due = MORNING - timedelta(minutes=300) + timedelta(hours=72)
    assert clock(case, "complaint-answered-72h").due_at == due
    assert case.paper_entry.entered_by == people.staff("lin_xiao")


def test_a_promise_that_the_paper_says_was_kept_in_time_was_kept():
    answered = PaperStep("answered", MORNING - timedelta(minutes=60), "已当面答复", "hall")
    started = PaperStep("investigating", MORNING - timedelta(minutes=290))
    closed = PaperStep("closed", MORNING - timedelta(minutes=50))

    case = late([started, answered, closed], reported=-300)

    assert case.state == "closed"
    assert clock(case, "complaint-answered-72h").state == "met"
    assert clock(case, "complaint-investigated-at-once").state == "met"
    assert list(recompute(check=True, now=MORNING)) == []


def test_what_the_paper_says_has_to_be_in_order_and_in_the_past():
    before = PaperStep("answered", MORNING - timedelta(minutes=400), "已答复")
    ahead = PaperStep("answered", MORNING + timedelta(minutes=4), "已答复")

    for steps in ([before], [ahead]):
        with pytest.raises(operations.NotInOrder):
            late(steps)
    assert not Case.objects.exists()


def test_the_same_paper_twice_is_one_case():
    act_id = uuid.uuid4()

    assert late(act_id=act_id) == late(act_id=act_id)
