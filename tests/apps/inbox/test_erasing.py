"""Letters whose time is over lose words and files; that they came, and what became of them, stays."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.clocks.queries import letters_plan
from shouwen.core.mail import MailFile
from shouwen.inbox import operations, queries
from shouwen.inbox.models import Letter
from shouwen.inbox.work import erase_old_letters
from shouwen.journal.models import Entry
from tests import people
from tests.apps.inbox.post import NOW, mailed, posted

pytestmark = pytest.mark.django_db
PDF = MailFile("表.pdf", b"%PDF-1.4 x")


@pytest.fixture
def agent():
    for code in people.DEPARTMENTS:
        people.department(code)
    return people.staff("wang_min")


def night(*, days: int) -> None:
    """The job of a night so many days later."""
    later = NOW + timedelta(days=days)
    erase_old_letters({}, later)(later)


def set_aside(letter: Letter, by) -> Letter:
    return operations.set_aside(
        act_id=uuid.uuid4(), letter_id=letter.pk, reason="fraud", by=by, now=NOW
    )


def test_words_and_files_go_when_their_time_is_over_and_the_row_stays(agent):
    letter = set_aside(posted(files=(PDF,), mail="ruan@example.com"), agent)
    stored = letter.files.get().stored_name
    keep = letters_plan().keep_days

    night(days=keep - 1)
    assert Letter.objects.get().words

    night(days=keep + 1)

    row = Letter.objects.get()
    told = (row.sender_name, row.sender, row.phone, row.place, row.subject, row.words)
    assert set(told) == {""}
    assert (row.receipt, row.state) == (letter.receipt, "set_aside")
    assert (row.files.get().refused, row.files.get().original_name) == ("erased", "")
    with pytest.raises(FileNotFoundError):
        queries.file_store().open(stored)
    assert Entry.objects.get(kind="letter.erased").data == {"files": 1}


def test_the_page_of_an_erased_letter_says_so(agent):
    letter, client = set_aside(posted(files=(PDF,)), agent), Client()
    client.force_login(agent)

    night(days=5000)

    page = client.get(reverse("letter", args=[letter.receipt])).content.decode()
    assert "到期清除" in page


def test_what_somebody_still_has_to_deal_with_is_kept(agent):
    open_one = mailed()
    in_case = posted()
    operations.make_case(
        act_id=uuid.uuid4(), letter_id=in_case.pk, kind="repair", by=agent,
        store=queries.file_store(), now=NOW,
    )  # fmt: skip

    night(days=5000)

    assert not Letter.objects.filter(words="").exists()
    assert open_one.words


def test_a_letter_is_erased_once(agent):
    set_aside(mailed(), agent)

    for days in (2000, 2001):
        night(days=days)

    assert Entry.objects.filter(kind="letter.erased").count() == 1


def test_nought_days_keep_everything(agent):
    set_aside(mailed(), agent)

    gone = operations.erase_old(
        keep_days=0, store=queries.file_store(), now=NOW + timedelta(days=9000)
    )

    assert gone == 0
