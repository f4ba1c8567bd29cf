"""Letters come in: once, whole, with danger found, and machines never answered."""

import uuid
from datetime import timedelta

import pytest

from shouwen.adapters.doubles.mailbox import MailboxDouble, running_mailbox
from shouwen.adapters.imap import MailboxAway, mailbox
from shouwen.core.mail import MailFile
from shouwen.inbox import operations, queries
from shouwen.inbox.models import Letter, MailboxMark
from shouwen.inbox.work import poll, poll_mailbox
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.inbox.post import ARRIVED, NOW, OURS, mailed, posted, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(settings):
    settings.SHOUWEN_MAIL_FROM = OURS
    with running_mailbox(MailboxDouble()) as running:
        settings.SHOUWEN_IMAP_URL = f"imap://service:secret@127.0.0.1:{running.port}/INBOX"
        yield running


def read(double) -> int:
    where = f"imap://service:secret@127.0.0.1:{double.port}/INBOX"
    return poll(mailbox(url=where), now=NOW)


def test_a_mail_is_one_letter_however_often_the_mailbox_is_read(double):
    lying = double.deliver(written(), at=ARRIVED)

    for _ in range(3):
        read(double)
    lying.flags.clear()  # somebody marked it as unread
    read(double)

    letter = Letter.objects.get()
    assert (letter.arrived_at, letter.recorded_at) == (ARRIVED, NOW)
    assert (letter.sender, letter.words) == ("ruan@example.com", "过户要带什么资料？")


def test_nothing_is_acknowledged_before_it_is_kept(double, monkeypatch):
    lying = double.deliver(written(), at=ARRIVED)

    def fails(**_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("shouwen.inbox.work.receive_mail", fails)
    with pytest.raises(RuntimeError):
        read(double)

    assert lying.flags == set()
    monkeypatch.undo()
    read(double)
    assert lying.flags == {"\\Seen"}
    assert Letter.objects.count() == 1


def test_a_line_that_drops_before_the_mark_brings_no_second_letter(double):
    double.deliver(written(), at=ARRIVED)
    double.behaviours.append("drop_store")

    with pytest.raises(MailboxAway):
        read(double)
    read(double)

    assert Letter.objects.count() == 1


def test_a_mailbox_built_anew_brings_no_letter_twice(double):
    double.deliver(written(), at=ARRIVED)
    read(double)
    double.validity, double.mails[0].flags = 2, set()

    read(double)

    assert Letter.objects.count() == 1
    assert MailboxMark.objects.get().validity == 2


def test_a_mail_opened_by_somebody_in_a_mail_program_is_not_lost(double):
    double.deliver(written(), at=ARRIVED)
    read(double)
    second = double.deliver(written("另一件事", message_id="<m2@example.com>"), at=ARRIVED)
    second.flags.add("\\Seen")

    read(double)

    assert Letter.objects.count() == 2


def test_a_mailbox_that_is_away_is_said_on_the_page_until_it_is_back(double):
    double.behaviours.append("refuse")

    poll_mailbox({}, NOW)

    away = queries.mailbox_away()
    assert away is not None
    assert away.away_since == NOW
    assert "secret" not in away.name + away.away_why
    poll_mailbox({}, NOW + timedelta(minutes=1))
    assert queries.mailbox_away() is None


def test_a_person_gets_a_receipt_and_a_machine_nothing():
    letter = mailed()
    mailed(written("我在休假", message_id="<m2@x>", Auto_Submitted="auto-replied"))
    mailed(written("自己", sender=OURS, message_id="<m3@x>"))

    assert Message.objects.get().params == {"receipt": letter.receipt}
    states = Letter.objects.order_by("message_id").values_list("state", "automatic")
    assert list(states) == [
        ("new", ""),
        ("automatic", "auto_submitted"),
        ("automatic", "own"),
    ]


def test_two_machines_that_answer_each_other_stop_after_one_receipt():
    for number in range(40):  # a machine that does not say that it is one
        mailed(written(f"第 {number} 封", message_id=f"<n{number}@x>"))

    assert Message.objects.count() == 1
    assert Letter.objects.count() == 40


def test_words_of_a_leak_ring_on_every_screen_until_somebody_has_looked():
    people.staff("wang_min")
    letter = posted("厨房里闻到燃气味，很浓")

    assert letter.danger
    assert queries.in_danger() == [letter]
    operations.note_danger_seen(
        act_id=uuid.uuid4(), letter_id=letter.pk, by=people.staff("wang_min"), now=NOW
    )
    assert queries.in_danger() == []
    kinds = set(Entry.objects.filter(subject_id=letter.pk).values_list("kind", flat=True))
    assert {"letter.alarmed", "letter.alarm_seen"} <= kinds


def test_a_leak_that_is_only_quoted_rings_nowhere():
    letter = mailed(written("已经修好了，谢谢\n\n> 家里闻到燃气味"))

    assert letter.danger == []


def test_files_are_kept_by_what_they_are_and_others_leave_their_names():
    files = (MailFile("房.pdf", b"%PDF-1.4 x"), MailFile("a.exe", b"MZ\x90\x00"))

    letter = posted(files=files)

    kept, refused = letter.files.all()
    assert (kept.media_type, kept.original_name, kept.refused) == ("application/pdf", "房.pdf", "")
    assert (refused.stored_name, refused.refused) == ("", "kind")


def test_a_form_sent_twice_is_one_letter_and_another_under_its_id_is_refused():
    first = posted(id=uuid.UUID(int=7))

    assert posted(id=uuid.UUID(int=7)) == first
    with pytest.raises(operations.OtherLetter):
        posted("别的事", id=uuid.UUID(int=7))


def test_a_form_that_a_machine_filled_in_is_set_aside_and_kept():
    letter = posted(trapped=True)

    assert (letter.state, letter.spam_reason) == ("set_aside", "trap")


def test_a_reply_to_our_mail_belongs_to_its_case():
    case = people.case()
    first = mailed()
    Letter.objects.filter(pk=first.pk).update(case=case, state="in_case")

    reply = mailed(written("还要带户口本吗", message_id="<m2@x>", In_Reply_To="<m1@example.com>"))
    by_number = mailed(written("补充", subject=f"Re: 答复（{case.number}）", message_id="<m3@x>"))

    assert (reply.thread, by_number.thread) == (case, case)
    assert reply.state == "new"  # a person reads it first


def test_the_status_is_told_to_whoever_knows_receipt_and_telephone_alone():
    letter = posted()

    assert queries.letter_asked_for(receipt=letter.receipt.lower(), phone_tail="2093") == letter
    assert queries.letter_asked_for(receipt=letter.receipt, phone_tail="2094") is None
    assert queries.letter_asked_for(receipt=letter.receipt, phone_tail="") is None


def test_no_personal_words_stand_in_the_journal():
    posted("厨房漏气，阮文秀 14077002093")
    mailed()

    told = " ".join(str(entry.data) for entry in Entry.objects.all())

    assert not any(word in told for word in ("阮文秀", "14077002093", "ruan@", "厨房"))
